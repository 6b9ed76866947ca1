//go:build e2e

package e2e_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"
)

// A diagnosis is what belay check said of an app, as scripts read it.
type diagnosis struct {
	Exit    int    `json:"-"`
	Text    string `json:"-"`
	Verdict struct {
		Status string `json:"status"`
		Cause  string `json:"cause"`
	} `json:"verdict"`
	Counts struct {
		Pass         int `json:"pass"`
		Inconclusive int `json:"inconclusive"`
	} `json:"counts"`
}

// passes holds that nothing was found, and that something was asked.
func (d diagnosis) passes() {
	GinkgoHelper()
	Expect(d.Verdict.Status).To(Equal("pass"), d.Text)
	Expect(d.Verdict.Cause).To(BeEmpty())
	Expect(d.Counts.Pass).To(BeNumerically(">", 10))
	Expect(d.Counts.Inconclusive).To(BeZero())
	Expect(d.Exit).To(Equal(0))
}

// fails holds that this problem was found to be the cause.
func (d diagnosis) fails(cause string) {
	GinkgoHelper()
	Expect(d.Verdict.Cause).To(Equal(cause), d.Text)
	Expect(d.Verdict.Status).To(Equal("fail"))
	Expect(d.Exit).To(Equal(1))
}

// check runs belay check on a local app, with its default time limit. The secret
// comes by the environment as a user is told to give it; "" gives none.
func check(a app, secret string, flags ...string) diagnosis {
	GinkgoHelper()
	text := filepath.Join(GinkgoT().TempDir(), "report.txt")
	args := append([]string{"check", "--local", a.url, "-o", "json", "-o", "text=" + text}, flags...)
	command := exec.Command(belay, args...)
	command.Env = environment()
	if secret != "" {
		command.Env = append(command.Env, "SLACK_SIGNING_SECRET="+secret)
	}
	session, err := gexec.Start(command, GinkgoWriter, GinkgoWriter)
	Expect(err).NotTo(HaveOccurred())
	session.Wait(time.Minute)
	a.survived()
	return read(session, text)
}

// read takes in what was written, none of which may hold a secret.
func read(session *gexec.Session, textFile string) diagnosis {
	GinkgoHelper()
	text, err := os.ReadFile(textFile)
	Expect(err).NotTo(HaveOccurred())
	for _, output := range [][]byte{session.Out.Contents(), session.Err.Contents(), text} {
		Expect(string(output)).NotTo(Or(ContainSubstring(secret), ContainSubstring(wrongSecret)))
	}
	d := diagnosis{Exit: session.ExitCode(), Text: string(text)}
	Expect(json.Unmarshal(session.Out.Contents(), &d)).To(Succeed())
	return d
}
