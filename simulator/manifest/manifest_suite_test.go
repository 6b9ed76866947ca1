package manifest_test

import (
	"fmt"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/manifest"
)

func TestManifest(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Manifest")
}

// read reads a manifest that can be read.
func read(text string) *manifest.Manifest {
	GinkgoHelper()
	m, err := manifest.Parse("manifest.yaml", []byte(text))
	Expect(err).NotTo(HaveOccurred())
	return m
}

// of is the findings of one problem, each on a line.
func of(problem string, found []manifest.Finding) []string {
	lines := []string{}
	for _, f := range found {
		if f.Problem == problem {
			lines = append(lines, fmt.Sprintf("%d:%d: %s", f.Line, f.Column, f.Text))
		}
	}
	return lines
}

// lines is every finding on a line.
func lines(found []manifest.Finding) []string {
	all := []string{}
	for _, f := range found {
		all = append(all, fmt.Sprintf("%d:%d: %s: %s: %s", f.Line, f.Column, f.Level, f.Problem, f.Text))
	}
	return all
}
