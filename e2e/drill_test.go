//go:build e2e

package e2e_test

import (
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"

	"belay/checks"
)

// drillSeed is a workspace and another, with an app whose tokens expire.
const drillSeed = `
teams:
- {id: TBELAY00000, name: One, domain: one, users: [{id: UBELAY00000, name: ann}], channels: [{id: CBELAY00000, name: general}]}
- {id: TBELAY00002, name: Two, domain: two, users: [{id: UBELAY00002, name: bob}], channels: [{id: CBELAY00002, name: general}]}
apps: [{id: ABELAY00000, name: notes, token_rotation: true}]
`

// drill drills apps/drilled.js, and returns what did not pass, by check.
func drill(kind string, args ...string) (code int, odd map[string]string, passed int) {
	GinkgoHelper()
	command := exec.Command(belay, append([]string{"drill", "-o", "json", "--quiet-for", "1s", "--command", "/notes"}, args...)...)
	if kind != "socket" {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		Expect(err).NotTo(HaveOccurred())
		base := "http://" + l.Addr().String()
		_, port, _ := net.SplitHostPort(l.Addr().String())
		Expect(l.Close()).To(Succeed())
		seed := filepath.Join(GinkgoT().TempDir(), "seed.yaml")
		Expect(os.WriteFile(seed, []byte(drillSeed), 0o600)).To(Succeed())
		command.Args = append(command.Args, "--seed", seed, "--app", base+"/slack/events", "--install-url", base+"/slack/install", "--store", "/notes add WORD")
		command.Env = append(command.Env, "PORT="+port)
	}
	command.Args = append(command.Args, "--", "node", "apps/drilled.js", kind)
	command.Env = environment(command.Env...)
	session, err := gexec.Start(command, nil, GinkgoWriter)
	Expect(err).NotTo(HaveOccurred())
	session.Wait(3 * time.Minute)
	var r checks.Report
	Expect(json.Unmarshal(session.Out.Contents(), &r)).To(Succeed(), "%s", session.Out.Contents())
	odd = map[string]string{}
	for _, result := range r.Sections[0].Results {
		if result.Status == checks.Pass {
			passed++
			continue
		}
		odd[result.Check] = string(result.Status)
		if result.Problem != nil {
			odd[result.Check] += " " + result.Problem.ID
		}
	}
	return session.ExitCode(), odd, passed
}

var _ = Describe("belay drill of a Bolt app", func() {
	DescribeTable("finds what is wrong, and nothing else",
		func(kind string, code, passed int, findings ...string) {
			want := map[string]string{"socket.reconnect": "skip"}
			for _, f := range findings {
				check, found, _ := strings.Cut(f, " ")
				want[check] = found
			}
			got, odd, well := drill(kind)
			Expect(odd).To(Equal(want))
			Expect(well).To(Equal(passed))
			Expect(got).To(Equal(code))
		},
		Entry("in one that is as it should be", "good", 0, 12),
		Entry("in one that listens to no uninstall", "keeps", 1, 10, "revocation.calls fail revocation.keeps-calling", "uninstall.data warn uninstall.keeps-data"),
		Entry("in one that acknowledges late", "late", 0, 11, "outage.acknowledged warn outage.not-acknowledged"),
		Entry("in one that keeps what was stored", "keeps-notes", 0, 11, "uninstall.data warn uninstall.keeps-data"),
		Entry("in one with one store for all", "one-store", 1, 10, "workspace.apart fail workspace.data-leak", "uninstall.data warn uninstall.keeps-data"),
		Entry("in one that verifies no certificate", "unverified", 1, 11, "tls.client fail tls.client-unverified"),
	)

	It("finds nothing in one of Socket Mode, which connects again", func() {
		code, odd, passed := drill("socket")
		Expect(odd).To(HaveEach("skip"))
		Expect(odd).NotTo(HaveKey("socket.reconnect"))
		Expect(passed).To(Equal(7))
		Expect(code).To(Equal(0))
	})
})
