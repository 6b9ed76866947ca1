//go:build e2e

package e2e_test

import (
	"os"
	"os/exec"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"
)

func TestE2E(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "E2E")
}

// belay is the path of the program that the specs run.
var belay string

// The program is built and the packages are installed once, by the first process of
// those that ginkgo may run at the same time.
var _ = SynchronizedBeforeSuite(func() []byte {
	installPackages()
	path, err := gexec.Build("belay")
	Expect(err).NotTo(HaveOccurred())
	return []byte(path)
}, func(path []byte) {
	belay = string(path)
})

var _ = SynchronizedAfterSuite(func() {}, gexec.CleanupBuildArtifacts)

// installPackages leaves a folder that is there as it is: whoever changes the lock
// file runs npm ci.
func installPackages() {
	GinkgoHelper()
	if _, err := os.Stat("node_modules"); err == nil {
		return
	}
	npm := exec.Command("npm", "ci", "--no-audit", "--no-fund")
	npm.Stdout, npm.Stderr = GinkgoWriter, GinkgoWriter
	Expect(npm.Run()).To(Succeed(), "the sample apps need Node.js 20 and npm")
}
