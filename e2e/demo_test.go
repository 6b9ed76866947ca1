//go:build e2e

package e2e_test

import (
	"os"
	"os/exec"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gbytes"
	"github.com/onsi/gomega/gexec"
)

var _ = Describe("belay demo", func() {
	It("runs from a fresh clone and finds just the fault that it planted", func() {
		command := exec.Command("go", "run", ".", "demo")
		command.Dir = ".."
		// Go needs its caches, which the home of a spec does not have.
		command.Env = os.Environ()
		session, err := gexec.Start(command, GinkgoWriter, GinkgoWriter)
		Expect(err).NotTo(HaveOccurred())
		session.Wait(5 * time.Minute)
		Expect(session.ExitCode()).To(Equal(0))
		Expect(session.Out).To(gbytes.Say("healthy"))
		Expect(session.Out).To(gbytes.Say("ack.timeout"))
	})
})
