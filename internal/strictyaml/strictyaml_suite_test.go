package strictyaml_test

import (
	"errors"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/strictyaml"
)

func TestStrictyaml(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Strictyaml")
}

// told is every mistake of an error on one line, without the file's name.
func told(err error) []string {
	GinkgoHelper()
	if err == nil {
		return nil
	}
	var e *strictyaml.Error
	Expect(errors.As(err, &e)).To(BeTrue(), "%T: %v", err, err)
	var lines []string
	for _, m := range e.Mistakes {
		m.File = ""
		lines = append(lines, m.String()[1:])
	}
	return lines
}

// mistakesOf reads a document and tells everything wrong with it as such.
func mistakesOf(file, text string) []string {
	GinkgoHelper()
	doc, err := strictyaml.Parse(file, []byte(text))
	if err != nil {
		return told(err)
	}
	return told(doc.Err())
}
