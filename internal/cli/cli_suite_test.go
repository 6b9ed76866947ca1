package cli_test

import (
	"os"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// TestMain lets the specs start this program as an app that is drilled.
func TestMain(m *testing.M) {
	if os.Getenv("NOTEBOOK_ADDRESS") != "" {
		runNotebook()
		return
	}
	os.Exit(m.Run())
}

func TestCLI(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "cli")
}
