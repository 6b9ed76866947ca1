//go:build e2e

package e2e_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
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

var readyLine = regexp.MustCompile(`(?m)^ready(?: (\d+))?$`)

// An app is a sample app that runs until its spec ends.
type app struct {
	url     string
	session *gexec.Session
}

// start runs one of the apps, and returns when it listens.
func start(name string) app {
	GinkgoHelper()
	session := run(nil, name)
	return app{address(session) + "/slack/events", session}
}

// run starts an app, which ends with the spec or its container, and returns when the
// app says that it is ready.
func run(env []string, name string, args ...string) *gexec.Session {
	GinkgoHelper()
	node := exec.Command("node", append([]string{filepath.Join("apps", name+".js")}, args...)...)
	node.Env = environment(append(env, "SLACK_SIGNING_SECRET="+secret)...)
	// What the app starts is in its group, and ends with it.
	node.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	session, err := gexec.Start(node, GinkgoWriter, GinkgoWriter)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(func() {
		_ = syscall.Kill(-node.Process.Pid, syscall.SIGKILL)
		session.Wait(patience)
	})
	Eventually(session, patience).Should(gbytes.Say(`ready.*\n`))
	return session
}

// address is where the app listens.
func address(session *gexec.Session) string {
	GinkgoHelper()
	line := readyLine.FindSubmatch(session.Out.Contents())
	Expect(line).NotTo(BeNil(), "the app says on which port it listens")
	return "http://127.0.0.1:" + string(line[1])
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
