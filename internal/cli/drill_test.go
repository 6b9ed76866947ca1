package cli_test

import (
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
)

// notebookSeed is the workspace of a notebook: two teams, and an app that nobody
// installed.
const notebookSeed = `
teams:
- {id: TBELAY00000, name: One, domain: one, users: [{id: UBELAY00000, name: ann}], channels: [{id: CBELAY00000, name: general}]}
- {id: TBELAY00002, name: Two, domain: two, users: [{id: UBELAY00002, name: bob}], channels: [{id: CBELAY00002, name: general}]}
apps:
- {id: ABELAY00000, name: notebook, bot_user_id: UBELAYBOT00, not_installed: true, distributed: true, token_rotation: ROTATION,
   client_id: "1.2", client_secret: notebooks-own-secret, signing_secret: notebooks-signing-secret,
   events: [app_mention, message.channels, tokens_revoked, app_uninstalled],
   bot_scopes: ["chat:write", commands, "app_mentions:read", "channels:history"]}
`

// drillServed drills a notebook that is connected to belay serve.
func drillServed(n *notebook, args ...string) outcome {
	GinkgoHelper()
	seed := filepath.Join(GinkgoT().TempDir(), "seed.yaml")
	Expect(os.WriteFile(seed, []byte(strings.ReplaceAll(notebookSeed, "ROTATION", "true")), 0o600)).To(Succeed())
	app := serveNotebook(n)
	DeferCleanup(app.Close)
	n.secret, n.clientID, n.clientSecret = "notebooks-signing-secret", "1.2", "notebooks-own-secret"
	s := serve(env{"SLACK_SIGNING_SECRET": n.secret}, "--seed", seed, "--app", app.URL+"/slack/events", "--quiet")
	n.api = s.API
	n.client = &http.Client{Transport: &http.Transport{}}
	all := []string{
		"drill", "--serve", s.Control, "--install-url", app.URL + "/slack/install",
		"--command", "/notes", "--store", "/notes add WORD", "-o", "json",
	}
	return belay(context.Background(), env{"BELAY_CONTROL_TOKEN": s.Token}, append(all, args...)...)
}

// statuses are the results of a drill by their checks.
func statuses(r checks.Report) map[string]string {
	all := map[string]string{}
	for _, section := range r.Sections {
		for _, result := range section.Results {
			all[result.Check] = string(result.Status)
			if result.Problem != nil {
				all[result.Check] += " " + result.Problem.ID
			}
		}
	}
	return all
}

var _ = Describe("belay drill of an app that is connected to belay serve", func() {
	It("finds nothing in one that is as it should be", func() {
		o := drillServed(newNotebook(), "--quiet-for", "100ms")
		r := reported(o.stdout)
		Expect(statuses(r)).To(Equal(map[string]string{
			"oauth.install": "pass", "events.retry": "pass", "events.own": "pass", "socket.reconnect": "skip",
			"workspace.apart": "pass", "team.foreign": "pass", "api.retry-after": "pass", "rotation.refresh": "pass",
			"uninstall.data": "pass", "revocation.calls": "pass", "outage.acknowledged": "pass",
			"client-secret.change": "skip", "tls.client": "skip",
		}), o.stdout+o.stderr)
		Expect(o.code).To(Equal(0))
		Expect(r.Verdict.Summary).To(ContainSubstring("10 drills"))
		Expect(o.stdout).NotTo(Or(ContainSubstring("notebooks-own-secret"), ContainSubstring("xoxe.xoxb-1")))
	})

	DescribeTable("finds, and nothing else, an app that",
		func(check, problem string, code int, faults ...string) {
			args := []string{"--quiet-for", "100ms"}
			for _, c := range checks.DrillChecks() {
				// It waits for a second, which the others need not.
				if c.ID != "api.retry-after" || check == c.ID {
					args = append(args, "--check", c.ID)
				}
			}
			o := drillServed(newNotebook(faults...), args...)
			r := reported(o.stdout)
			found := map[string]string{}
			for id, status := range statuses(r) {
				if status != "pass" && status != "skip" {
					found[id] = status
				}
			}
			Expect(found).To(Equal(map[string]string{check: problem}), o.stdout)
			Expect(o.code).To(Equal(code))
		},
		Entry("keeps its token", "revocation.calls", "fail revocation.keeps-calling", 1, "keeps"),
		Entry("calls again and again", "revocation.calls", "fail revocation.keeps-calling", 1, "insists", "keeps"),
		Entry("does not acknowledge its end", "revocation.calls", "fail revocation.keeps-calling", 1, "deaf"),
		Entry("keeps the notes", "uninstall.data", "warn uninstall.keeps-data", 0, "keeps-notes"),
		Entry("has one store for all", "workspace.apart", "fail workspace.data-leak", 1, "one-store"),
		Entry("serves anybody", "team.foreign", "fail team.accepts-foreign", 1, "serves-anybody"),
		Entry("greets anybody", "team.foreign", "warn team.accepts-foreign", 0, "greets-anybody"),
		Entry("does not wait", "api.retry-after", "fail api.ignores-retry-after", 1, "impatient"),
		Entry("does not refresh", "rotation.refresh", "fail rotation.expired", 1, "no-refresh"),
		Entry("refreshes twice", "rotation.refresh", "fail rotation.expired", 1, "refresh-twice"),
		Entry("acknowledges after its calls", "outage.acknowledged", "warn outage.not-acknowledged", 0, "calls-first"),
		Entry("ends in an outage", "outage.acknowledged", "fail outage.not-acknowledged", 1, "dies"),
		Entry("forgets events", "events.retry", "warn events.duplicate-work", 0, "forgets-events"),
		Entry("takes any state", "oauth.install", "fail oauth.state", 1, "trusts"),
	)

	It("finds an app that talks to itself, and ends that", func() {
		o := drillServed(newNotebook("talks"), "--quiet-for", "1s", "--check", "events.own")
		Expect(statuses(reported(o.stdout))).To(Equal(map[string]string{"events.own": "fail events.loop"}), o.stdout)
	})

	It("tells a person what it found, what is well, and what was not asked", func() {
		file := filepath.Join(GinkgoT().TempDir(), "report.txt")
		o := drillServed(newNotebook("serves-anybody"), "--quiet-for", "100ms", "--check", "team", "--check", "oauth", "--check", "socket", "-o", "text="+file)
		Expect(o.code).To(Equal(1))
		text, err := os.ReadFile(file)
		Expect(err).NotTo(HaveOccurred())
		Expect(string(text)).To(And(
			HavePrefix("✗ A workspace that never installed the app is served."),
			MatchRegexp(`on the wire +it called chat.postMessage with the token of TBELAY00000`),
			ContainSubstring("belay explain team.accepts-foreign"),
			MatchRegexp(`pass +the app's install goes well`),
			MatchRegexp(`not asked +the app connects again`), ContainSubstring("no connection of Socket Mode open"),
			ContainSubstring("1 failed"),
		))
		o = belay(context.Background(), env{}, "explain", "team.foreign")
		Expect(o.stdout).To(ContainSubstring("team.accepts-foreign"))
	})

	It("says what it needs", func() {
		o := belay(context.Background(), env{}, "drill")
		Expect(o.code).To(Equal(2))
		Expect(o.stderr).To(ContainSubstring("one of --exec CMD, -- CMD… and --serve URL"))
		o = belay(context.Background(), env{}, "drill", "--serve", "http://127.0.0.1:1", "--check", "revocations", "--store", "/notes")
		Expect(o.code).To(Equal(2))
		Expect(o.stderr).To(And(ContainSubstring("revocation"), ContainSubstring("WORD")))
		o = belay(context.Background(), env{}, "drill", "--serve", "http://127.0.0.1:1")
		Expect(o.code).To(Equal(3))
	})
})

// freeAddress is one that nothing listens on.
func freeAddress() string {
	GinkgoHelper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	Expect(err).NotTo(HaveOccurred())
	defer l.Close()
	return l.Addr().String()
}

// drillExec drills a notebook that is started.
func drillExec(faults string, args ...string) outcome {
	GinkgoHelper()
	address, kept := freeAddress(), filepath.Join(GinkgoT().TempDir(), "secret")
	command := "NOTEBOOK='" + faults + "' NOTEBOOK_ADDRESS=" + address + " NOTEBOOK_SECRET_FILE=" + kept + " exec " + os.Args[0]
	all := []string{"drill", "--exec", command, "--app", "http://" + address + "/slack/events", "--command", "/notes", "--quiet-for", "100ms", "-o", "json"}
	if !slices.Contains(args, "alone") {
		all = append(all, "--install-url", "http://"+address+"/slack/install")
	}
	args = slices.DeleteFunc(args, func(a string) bool { return a == "alone" })
	return belay(context.Background(), env{}, append(all, args...)...)
}

var _ = Describe("belay drill of an app that it starts", func() {
	It("finds nothing in one that is as it should be", func() {
		o := drillExec("", "--store", "/notes add WORD")
		Expect(statuses(reported(o.stdout))).To(Equal(map[string]string{
			"oauth.install": "pass", "events.retry": "pass", "events.own": "pass", "socket.reconnect": "skip",
			"workspace.apart": "pass", "team.foreign": "pass", "api.retry-after": "pass", "rotation.refresh": "skip",
			"uninstall.data": "pass", "revocation.calls": "pass", "outage.acknowledged": "pass",
			"client-secret.change": "pass", "tls.client": "pass",
		}), o.stdout+o.stderr)
		Expect(o.code).To(Equal(0))
	})

	It("finds nothing in one with a token of its own, and says so", func() {
		o := drillExec("", "alone")
		r := reported(o.stdout)
		Expect(statuses(r)).To(Equal(map[string]string{
			"oauth.install": "skip", "events.retry": "pass", "events.own": "pass", "socket.reconnect": "skip",
			"workspace.apart": "skip", "team.foreign": "skip", "api.retry-after": "pass", "rotation.refresh": "skip",
			"uninstall.data": "skip", "revocation.calls": "pass", "outage.acknowledged": "pass",
			"client-secret.change": "skip", "tls.client": "pass",
		}), o.stdout+o.stderr)
		Expect(o.stdout).To(ContainSubstring("its token is in its settings"))
	})

	DescribeTable("finds one that",
		func(faults, check, problem string) {
			o := drillExec(faults, "--check", check)
			Expect(statuses(reported(o.stdout))).To(Equal(map[string]string{check: problem}), o.stdout+o.stderr)
			Expect(o.code).To(Equal(1))
		},
		Entry("keeps the old secret", "stale-secret", "client-secret.change", "fail client-secret.stale"),
		Entry("verifies no certificate", "unverified", "tls.client", "fail tls.client-unverified"),
	)

	It("ends the app, and says what it learnt so far, when it is interrupted", func() {
		address := freeAddress()
		ctx, interrupt := context.WithCancel(context.Background())
		defer interrupt()
		ended := make(chan outcome, 1)
		go func() {
			defer GinkgoRecover()
			ended <- belay(ctx, env{}, "drill", "--exec", "NOTEBOOK_ADDRESS="+address+" "+os.Args[0], "--app", "http://"+address+"/slack/events", "--command", "/notes", "--quiet-for", "1m", "-o", "json")
		}()
		listens := func() error {
			conn, err := net.Dial("tcp", address)
			if err == nil {
				_ = conn.Close()
			}
			return err
		}
		Eventually(listens, "20s").Should(Succeed())
		interrupt()
		o := <-ended
		Expect(o.code).To(BeElementOf(3, 130), o.stderr)
		if o.code == 130 {
			Expect(reported(o.stdout).Interrupted).To(BeTrue())
		}
		Expect(listens()).NotTo(Succeed())
	})

	It("refuses an address that another program has", func() {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		Expect(err).NotTo(HaveOccurred())
		defer l.Close()
		o := belay(context.Background(), env{}, "drill", "--app", "http://"+l.Addr().String()+"/slack/events", "--", "true")
		Expect(o.code).To(Equal(3))
		Expect(o.stderr).To(ContainSubstring("something else listens"))
	})

	It("says when the app does not come up", func() {
		o := drillExec("ends")
		Expect(o.code).To(Equal(3))
		Expect(o.stderr).To(And(ContainSubstring("ended before it listened"), ContainSubstring("NOTEBOOK=… "), Not(ContainSubstring("'ends'"))))
	})
})
