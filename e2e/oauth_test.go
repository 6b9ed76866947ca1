//go:build e2e

package e2e_test

import (
	"net/url"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/payload"
	"belay/simulator/webapi"
)

// An installable is an app that nobody installed yet, and its Slack.
type installable struct {
	slack *simulator.Server
	base  string
}

// startInstallable runs apps/install.js. Its redirect URL is known when it listens, and
// its client id and secret stay as they are.
func startInstallable(kind string, web *webapi.Profile, change func(*webapi.SeedApp)) installable {
	GinkgoHelper()
	seed := webapi.DefaultSeed()
	app := &seed.Apps[0]
	app.NotInstalled, app.Events = true, []string{}
	change(app)
	profile := simulator.SlackProfile()
	profile.AckWithin = 20 * time.Second
	slack, err := simulator.Start(simulator.Options{Seed: &seed, Web: web, Profile: &profile})
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(slack.Close)
	c, err := slack.Workspace().Credentials("")
	Expect(err).NotTo(HaveOccurred())
	i := installable{slack: slack, base: address(run([]string{
		"SLACK_API_URL=" + slack.API(), "SLACK_AUTHORIZATION_URL=" + slack.URL() + string(webapi.FlowV2),
		"SLACK_CLIENT_ID=" + c.ClientID, "SLACK_CLIENT_SECRET=" + string(c.ClientSecret), "SLACK_STATE_SECRET=" + secret,
	}, "install", kind))}
	app.RedirectURLs = []string{i.base + "/slack/oauth_redirect"}
	slack.Workspace().Sow(seed)
	return i
}

// install follows the app's own install path.
func (i installable) install(ctx SpecContext, v simulator.InstallVariant) simulator.InstallReport {
	GinkgoHelper()
	u, err := url.Parse(i.base + "/slack/install")
	Expect(err).NotTo(HaveOccurred())
	report, err := i.slack.Install(ctx, simulator.InstallOptions{URL: u, Variant: v})
	Expect(err).NotTo(HaveOccurred())
	return report
}

// deploys runs the app's command, and returns the token with which the app posts that it
// was handled.
func (i installable) deploys(ctx SpecContext, text string) payload.Secret {
	GinkgoHelper()
	u, err := url.Parse(i.base + "/slack/events")
	Expect(err).NotTo(HaveOccurred())
	outcome := i.slack.Deliver(ctx, payload.Delivery{
		Kind: payload.Command, Fields: payload.Command.Fields(payload.Scene{Command: "/deploy", Text: text}), URL: u, Secret: secret,
	})
	Expect(outcome.Acknowledged).To(BeTrue(), outcome.Last().Detail)
	call, err := i.slack.WaitFor(ctx, func(c simulator.Call) bool {
		form, _ := url.ParseQuery(string(c.Body))
		return isMessage(c) && form.Get("text") == "command /deploy "+text
	})
	Expect(err).NotTo(HaveOccurred())
	Expect(call.Error).To(BeEmpty())
	return call.Token
}

// problems are what the fake Slack found.
func (i installable) problems() []string {
	var ids []string
	for _, f := range i.slack.Findings() {
		ids = append(ids, f.Problem)
	}
	return ids
}

// refreshes are the calls that exchanged a refresh token.
func (i installable) refreshes() []simulator.Call {
	return i.slack.Calls(func(c simulator.Call) bool {
		return c.API == "oauth.v2.access" && strings.Contains(string(c.Body), "grant_type=refresh_token")
	})
}

func asItIs(*webapi.SeedApp) {}

var _ = Describe("the install of", func() {
	for _, kind := range []string{"bolt", "bolt-direct", "provider"} {
		Describe(kind, func() {
			It("goes through a browser, to tokens that work", func(ctx SpecContext) {
				app := startInstallable(kind, nil, asItIs)
				report := app.install(ctx, "")
				Expect(report.Installed).To(BeTrue(), string(report.Body))
				Expect(report).To(And(HaveField("Status", 200), HaveField("Lost", BeEmpty())))
				Expect(string(report.Body)).To(ContainSubstring("Thank you!"))
				Expect(app.slack.Workspace().Installations("")).To(HaveExactElements(And(HaveField("TeamID", webapi.DefaultTeam), HaveField("BotScopes", []string{"chat:write", "chat:write.public", "commands"}))))
				if kind != "provider" {
					app.deploys(ctx, "prod")
				}
				Expect(app.problems()).To(BeEmpty())
			}, NodeTimeout(patience))

			DescribeTable("lives with one that is",
				func(ctx SpecContext, v simulator.InstallVariant, exchanged bool, status int) {
					app := startInstallable(kind, nil, asItIs)
					report := app.install(ctx, v)
					Expect(report).To(And(HaveField("Exchanged", exchanged), HaveField("Status", status)), string(report.Body))
					Expect(app.problems()).To(BeEmpty())
				},
				// Its answer to a person who declines is 500.
				Entry("refused", simulator.InstallRefused, false, 500, NodeTimeout(patience)),
				// The first visit took the state's cookie back.
				Entry("replayed", simulator.InstallReplayed, true, 400, NodeTimeout(patience)),
				Entry("without a state", simulator.InstallNoState, false, 400, NodeTimeout(patience)),
				Entry("with another state", simulator.InstallOtherState, false, 400, NodeTimeout(patience)),
				Entry("another browser's", simulator.InstallForeignState, false, 400, NodeTimeout(patience)),
			)
		})
	}

	Describe("Bolt that looks at no state", func() {
		DescribeTable("is found out",
			func(ctx SpecContext, v simulator.InstallVariant, problem string) {
				app := startInstallable("bolt-stateless", nil, asItIs)
				Expect(app.install(ctx, v).Exchanged).To(BeTrue())
				Expect(app.problems()).To(Equal([]string{problem}))
			},
			Entry("without a state", simulator.InstallNoState, "oauth.state", NodeTimeout(patience)),
			Entry("with another state", simulator.InstallOtherState, "oauth.state", NodeTimeout(patience)),
			Entry("with another browser's", simulator.InstallForeignState, "oauth.state", NodeTimeout(patience)),
			Entry("with a code that it used", simulator.InstallReplayed, "oauth.code-reuse", NodeTimeout(patience)),
		)
	})

	Describe("Bolt with tokens that rotate", func() {
		rotating := func(a *webapi.SeedApp) { a.TokenRotation = true }

		It("keeps a token that lasts", func(ctx SpecContext) {
			app := startInstallable("bolt", nil, rotating)
			app.install(ctx, "")
			Expect(string(app.deploys(ctx, "prod"))).To(HavePrefix("xoxe.xoxb-1-"))
			Expect(app.refreshes()).To(BeEmpty())
		}, NodeTimeout(patience))

		It("refreshes one that ends within two hours, and uses the new one", func(ctx SpecContext) {
			web := webapi.SlackProfile()
			web.OAuth.TokenLife = time.Hour
			app := startInstallable("bolt", &web, rotating)
			app.install(ctx, "")
			first := app.deploys(ctx, "one")
			// The bot's and the person's.
			Expect(app.refreshes()).To(HaveLen(2))
			Expect(app.refreshes()).To(HaveEach(HaveField("Error", "")))
			second := app.deploys(ctx, "two")
			Expect(string(second)).NotTo(Equal(string(first)))
			Expect(app.refreshes()).To(HaveLen(4))
			Expect(app.problems()).To(BeEmpty())
		}, NodeTimeout(patience))
	})
})
