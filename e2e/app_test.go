//go:build e2e

package e2e_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gbytes"
	"github.com/onsi/gomega/gexec"
)

// The secret has the form of Slack's, and is planted: no output may hold it.
const (
	secret      = "5ec4e7d0be1a7c0ffee0f00d5ec4e7d0"
	wrongSecret = "0bad5ec4e7f00d5ba5eba11c0ffee0ff"
)

// patience bounds the start and the end of an app. Nothing waits that long when all
// is well.
const patience = 30 * time.Second

var readyLine = regexp.MustCompile(`(?m)^ready (\d+)$`)

// An app is a sample app that runs until its spec ends.
type app struct {
	url     string
	session *gexec.Session
}

// start runs one of the apps, and returns when it listens.
func start(name string) app {
	GinkgoHelper()
	node := exec.Command("node", filepath.Join("apps", name+".js"))
	node.Env = environment("SLACK_SIGNING_SECRET=" + secret)
	session, err := gexec.Start(node, GinkgoWriter, GinkgoWriter)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(func() { session.Kill().Wait(patience) })
	Eventually(session, patience).Should(gbytes.Say(`ready \d+\n`))
	port := readyLine.FindSubmatch(session.Out.Contents())
	Expect(port).NotTo(BeNil(), "the app says on which port it listens")
	return app{"http://127.0.0.1:" + string(port[1]) + "/slack/events", session}
}

// survived holds that the diagnosis did the app no harm.
func (a app) survived() {
	GinkgoHelper()
	Expect(a.session.ExitCode()).To(Equal(-1), "the app still runs")
}

// environment is what a program of the specs gets: none of the variables by which a
// developer's own shell would change what belay does, and a home of its own.
func environment(more ...string) []string {
	return append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + GinkgoT().TempDir()}, more...)
}
