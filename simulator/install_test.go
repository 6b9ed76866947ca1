package simulator_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/slack-go/slack"

	"belay/simulator"
	"belay/simulator/webapi"
)

// An installer is an app that people install. Its faults are for specs.
type installer struct {
	url   *url.URL
	slack *simulator.Server

	// slackURL is where Slack is by the app's configuration; "" is the fake's.
	slackURL string
	// linked shows a page with a link, in place of a redirect.
	linked bool
	// trusts takes codes without looking at the state, and forgets takes every state that
	// it ever made, of whatever browser.
	trusts, forgets bool
	// crashes answers 500 where the exchange fails, and hangsUp not at all.
	crashes, hangsUp bool
	// path is where the cookie of the state is sent.
	path string

	mu     sync.Mutex
	states map[string]bool
	tokens []string
}

func install(change func(*installer)) *installer {
	a := &installer{path: "/", states: map[string]bool{}}
	change(a)
	mux := http.NewServeMux()
	mux.HandleFunc("/install", a.begin)
	mux.HandleFunc("/callback", a.end)
	mux.HandleFunc("/done", func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "installed") })
	server := httptest.NewServer(mux)
	DeferCleanup(server.Close)
	a.url = parse(server.URL + "/install")
	a.slack = controlled(simulator.Options{Seed: uninstalled(func(app *webapi.SeedApp) {
		app.RedirectURLs, app.OptionalScopes = []string{server.URL}, []string{"commands"}
	})})
	return a
}

func (a *installer) begin(w http.ResponseWriter, r *http.Request) {
	state := rand.Text()
	a.mu.Lock()
	a.states[state] = true
	a.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: "state", Value: state, Path: a.path, Secure: true, HttpOnly: true})
	c, _ := a.slack.Workspace().Credentials("")
	at := a.slackURL
	if at == "" {
		at = a.slack.URL()
	}
	at += "/oauth/v2/authorize?" + url.Values{
		"client_id": {c.ClientID}, "scope": {"chat:write,commands"}, "state": {state}, "redirect_uri": {"http://" + r.Host + "/callback"},
	}.Encode()
	if a.linked {
		_, _ = fmt.Fprintf(w, `<a href="/help">Help</a> <a class='x' href='%s'>Add to Slack</a>`, at)
		return
	}
	http.Redirect(w, r, at, http.StatusFound)
}

func (a *installer) end(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	a.mu.Lock()
	known := a.states[query.Get("state")]
	a.mu.Unlock()
	cookie, err := r.Cookie("state")
	if own := err == nil && cookie.Value == query.Get("state"); !a.trusts && (!known || !own && !a.forgets) {
		http.Error(w, "another state", http.StatusBadRequest)
		return
	}
	if query.Get("error") != "" {
		_, _ = fmt.Fprint(w, "as you like")
		return
	}
	c, _ := a.slack.Workspace().Credentials("")
	answer, err := slack.GetOAuthV2Response(http.DefaultClient, c.ClientID, string(c.ClientSecret), query.Get("code"), "http://"+r.Host+"/callback", slack.OAuthOptionAPIURL(a.slack.API()))
	switch {
	case err != nil && a.hangsUp:
		panic(http.ErrAbortHandler)
	case err != nil && a.crashes:
		http.Error(w, err.Error(), http.StatusInternalServerError)
	case err != nil:
		_, _ = fmt.Fprint(w, "please begin again")
	default:
		a.mu.Lock()
		a.tokens = append(a.tokens, answer.AccessToken)
		a.mu.Unlock()
		http.Redirect(w, r, "/done", http.StatusFound)
	}
}

func (a *installer) walk(ctx SpecContext, o simulator.InstallOptions) simulator.InstallReport {
	GinkgoHelper()
	o.URL = a.url
	report, err := a.slack.Install(ctx, o)
	Expect(err).NotTo(HaveOccurred())
	return report
}

var _ = Describe("Installing an app with a browser", func() {
	for name, change := range map[string]func(*installer){
		"redirects": func(*installer) {}, "shows a link": func(a *installer) { a.linked = true },
		"knows only slack.com": func(a *installer) { a.slackURL = "https://slack.com" },
	} {
		It("goes from an app that "+name+" to Slack and back", func(ctx SpecContext) {
			a := install(change)
			report := a.walk(ctx, simulator.InstallOptions{})
			Expect(report).To(And(HaveField("Exchanged", true), HaveField("Installed", true), HaveField("Status", 200), HaveField("Lost", BeEmpty())))
			Expect(string(report.Body)).To(Equal("installed"))
			Expect(a.tokens).To(HaveLen(1))
			Expect(a.slack.Findings()).To(BeEmpty())
		})
	}

	It("tells the way, without codes and cookies", func(ctx SpecContext) {
		a := install(func(*installer) {})
		report := a.walk(ctx, simulator.InstallOptions{})
		var way []string
		for _, h := range report.Hops {
			way = append(way, fmt.Sprint(h.Method, " ", parse(h.URL).Path, " ", h.Status))
		}
		Expect(way).To(Equal([]string{"GET /install 302", "GET /oauth/v2/authorize 200", "POST /oauth/v2/authorize 302", "GET /callback 302", "GET /done 200"}))
		Expect(report.Hops[0].Set).To(HaveExactElements("state=; Path=/; HttpOnly; Secure"))
		Expect(report.Hops[3].Sent).To(ContainElement("state"))
		Expect(report.Hops[3].URL).To(ContainSubstring("code=%5Bredacted%5D"))
		told, err := json.Marshal(report.Hops)
		Expect(err).NotTo(HaveOccurred())
		Expect(string(told)).NotTo(ContainSubstring("0000000000.0000000001."))
	})

	It("installs as who is named, with what was not declined", func(ctx SpecContext) {
		a := install(func(*installer) {})
		a.walk(ctx, simulator.InstallOptions{Team: "belay-probe", User: "belay-guest", Decline: []string{"commands"}})
		Expect(a.slack.Workspace().Installations("")).To(HaveExactElements(And(HaveField("TeamID", webapi.DefaultTeam), HaveField("BotScopes", []string{"chat:write"}))))
	})

	It("begins at Slack's page too", func(ctx SpecContext) {
		a := install(func(a *installer) { a.trusts = true })
		at := parse(authorizeURL(a.slack, webapi.FlowV2, url.Values{"redirect_uri": {a.url.ResolveReference(parse("/callback")).String()}}))
		report, err := a.slack.Install(ctx, simulator.InstallOptions{URL: at, Hosts: []string{a.url.Host}})
		Expect(err).NotTo(HaveOccurred())
		Expect(report.Installed).To(BeTrue())
	})

	It("can be refused", func(ctx SpecContext) {
		a := install(func(*installer) {})
		report := a.walk(ctx, simulator.InstallOptions{Variant: simulator.InstallRefused})
		Expect(report).To(And(HaveField("Exchanged", false), HaveField("Installed", false), HaveField("Status", 200)))
		Expect(string(report.Body)).To(Equal("as you like"))
		Expect(a.slack.Findings()).To(BeEmpty())
	})

	It("names the cookies that do not come back", func(ctx SpecContext) {
		a := install(func(a *installer) { a.path = "/install" })
		report := a.walk(ctx, simulator.InstallOptions{})
		Expect(report).To(And(HaveField("Installed", false), HaveField("Status", 400), HaveField("Lost", HaveExactElements("state"))))
	})

	It("finds nothing in an app that looks at the state and lives with used codes", func(ctx SpecContext) {
		for _, v := range simulator.InstallVariants() {
			a := install(func(*installer) {})
			a.walk(ctx, simulator.InstallOptions{Variant: v})
			Expect(a.slack.Findings()).To(BeEmpty(), string(v))
			Expect(len(a.tokens)).To(BeNumerically("<=", 1))
		}
	})

	DescribeTable("finds an app that",
		func(ctx SpecContext, v simulator.InstallVariant, change func(*installer), problem, words string) {
			a := install(change)
			_, _ = a.slack.Install(ctx, simulator.InstallOptions{URL: a.url, Variant: v})
			Expect(a.slack.Findings()).To(HaveExactElements(And(HaveField("Problem", problem), HaveField("Text", ContainSubstring(words)))))
		},
		Entry("needs no state", simulator.InstallNoState, func(a *installer) { a.trusts = true }, "oauth.state", "without a state"),
		Entry("takes any state", simulator.InstallOtherState, func(a *installer) { a.trusts = true }, "oauth.state", "did not make"),
		Entry("takes another browser's state", simulator.InstallForeignState, func(a *installer) { a.forgets = true }, "oauth.state", "another browser"),
		Entry("crashes on a used code", simulator.InstallReplayed, func(a *installer) { a.crashes = true }, "oauth.code-reuse", "answered 500"),
		Entry("hangs up on a used code", simulator.InstallReplayed, func(a *installer) { a.hangsUp = true }, "oauth.code-reuse", "did not answer"),
	)

	DescribeTable("says where the way ended",
		func(ctx SpecContext, answer http.HandlerFunc, o simulator.InstallOptions, words string) {
			a := serve(answer)
			s := start(simulator.Options{Seed: uninstalled()})
			o.URL = a.URL
			report, err := s.Install(ctx, o)
			Expect(err).To(MatchError(And(HavePrefix("installing: "), ContainSubstring(words))))
			Expect(report.Hops).NotTo(BeEmpty())
			Expect(report.Installed).To(BeFalse())
		},
		Entry("at a page that is not there", status(404), simulator.InstallOptions{}, "answered 404"),
		Entry("at a page without a link", status(200), simulator.InstallOptions{}, "has no link to Slack's page"),
		Entry("at a link to somebody else", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = fmt.Fprint(w, `<a href="https://slack.com.evil.example/oauth/v2/authorize?client_id=1">x</a>`)
		}, simulator.InstallOptions{}, "has no link to Slack's page"),
		Entry("at an app that does not answer", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, simulator.InstallOptions{}, "did not answer"),
		Entry("in a circle", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/again", http.StatusFound) }, simulator.InstallOptions{}, "redirects more than"),
		Entry("at Slack", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://slack.com/oauth/v2/authorize?client_id=1.2", http.StatusFound)
		}, simulator.InstallOptions{}, "invalid_client_id"),
		Entry("at another host, to which nobody is sent", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://slack.com/oauth/v2/authorize?scope=chat:write&client_id=0000000000.0000000001", http.StatusFound)
		}, simulator.InstallOptions{}, "app.example.com, where belay does not follow"),
		Entry("with a user that there is not", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://slack.com/oauth/v2/authorize?scope=chat:write&client_id=0000000000.0000000001", http.StatusFound)
		}, simulator.InstallOptions{User: "nobody"}, "nobody"),
	)

	It("needs to know where to begin", func(ctx SpecContext) {
		_, err := start(simulator.Options{}).Install(ctx, simulator.InstallOptions{})
		Expect(err).To(MatchError(ContainSubstring("install path is missing")))
	})
})
