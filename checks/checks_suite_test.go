package checks_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

func TestChecks(t *testing.T) {
	RegisterFailHandler(Fail)
	// Many specs hold an app to a deadline of a tenth of a second over a real socket,
	// and another process on the machine can take that long. A spec that fails is
	// tried again; what is wrong fails each time.
	suite, reporter := GinkgoConfiguration()
	suite.FlakeAttempts = 3
	RunSpecs(t, "checks", suite, reporter)
}
