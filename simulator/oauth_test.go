package simulator_test

import (
	"encoding/json"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/slack-go/slack"
	"golang.org/x/oauth2"

	"belay/simulator"
	"belay/simulator/payload"
	"belay/simulator/webapi"
)

const callback = "https://app.example.com/callback"

// uninstalled is a seed whose app nobody installed yet.
func uninstalled(change ...func(*webapi.SeedApp)) *webapi.Seed {
	seed := webapi.DefaultSeed()
	seed.Apps[0].NotInstalled, seed.Apps[0].RedirectURLs = true, []string{callback}
	for _, c := range change {
		c(&seed.Apps[0])
	}
	return &seed
}

// clientOf is the app's id and secret.
func clientOf(s *simulator.Server) (id, secret string) {
	GinkgoHelper()
	c, err := s.Workspace().Credentials("")
	Expect(err).NotTo(HaveOccurred())
	return c.ClientID, string(c.ClientSecret)
}

// person is a browser that stops where Slack leads it back to the app.
type person struct{ *http.Client }

func newPerson() person {
	jar, err := cookiejar.New(nil)
	Expect(err).NotTo(HaveOccurred())
	return person{&http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (p person) get(at string) (int, string) {
	GinkgoHelper()
	response, err := p.Get(at)
	Expect(err).NotTo(HaveOccurred())
	body, err := io.ReadAll(response.Body)
	Expect(err).NotTo(HaveOccurred())
	Expect(response.Body.Close()).To(Succeed())
	return response.StatusCode, string(body)
}

// formOf is what a page's form holds, and where it is posted to.
func formOf(at, page string) (string, url.Values) {
	GinkgoHelper()
	values := url.Values{}
	for _, m := range regexp.MustCompile(`<input type="(?:hidden|checkbox)" name="([^"]*)" value="([^"]*)"( checked)?`).FindAllStringSubmatch(page, -1) {
		if m[1] != "org" {
			values.Add(html.UnescapeString(m[1]), html.UnescapeString(m[2]))
		}
	}
	action := regexp.MustCompile(`action="([^"]*)"`).FindStringSubmatch(page)
	Expect(action).NotTo(BeNil(), page)
	u, err := url.Parse(at)
	Expect(err).NotTo(HaveOccurred())
	to, err := u.Parse(html.UnescapeString(action[1]))
	Expect(err).NotTo(HaveOccurred())
	return to.String(), values
}

// post posts a form, and returns the status and where it leads.
func (p person) post(to string, values url.Values) (int, string) {
	GinkgoHelper()
	response, err := p.PostForm(to, values)
	Expect(err).NotTo(HaveOccurred())
	Expect(response.Body.Close()).To(Succeed())
	return response.StatusCode, response.Header.Get("Location")
}

// allow approves on the page of that URL, and returns the parameters of the callback.
func allow(at string) url.Values {
	GinkgoHelper()
	p := newPerson()
	status, page := p.get(at)
	Expect(status).To(Equal(200), page)
	to, values := formOf(at, page)
	values.Set("decision", "allow")
	status, back := p.post(to, values)
	Expect(status).To(Equal(302))
	u, err := url.Parse(back)
	Expect(err).NotTo(HaveOccurred())
	return u.Query()
}

func authorizeURL(s *simulator.Server, flow webapi.Flow, more url.Values) string {
	id, _ := clientOf(s)
	query := url.Values{"client_id": {id}, "scope": {"chat:write"}, "state": {`"s&1`}}
	for name, values := range more {
		query[name] = values
	}
	return s.URL() + string(flow) + "?" + query.Encode()
}

var _ = Describe("Slack's page of an install", func() {
	var s *simulator.Server
	BeforeEach(func() {
		s = start(simulator.Options{Seed: uninstalled(func(a *webapi.SeedApp) {
			a.Name, a.OptionalScopes = `<b>"app"</b>`, []string{"users:read"}
		})})
	})

	It("is plain HTML, which shows what the app asks for and runs nothing", func() {
		status, page := newPerson().get(authorizeURL(s, webapi.FlowV2, url.Values{"scope": {"chat:write,incoming-webhook"}, "user_scope": {"users:read"}}))
		Expect(status).To(Equal(200))
		Expect(page).To(And(ContainSubstring("&lt;b&gt;&#34;app&#34;&lt;/b&gt; asks for access"), ContainSubstring("<code>chat:write</code> as its bot"),
			ContainSubstring(`name="granted" value="users:read" checked`), ContainSubstring("Belay Probe (@belay)"), ContainSubstring("#general"), ContainSubstring("not Slack")))
		Expect(page).NotTo(Or(ContainSubstring("<script"), ContainSubstring("<b>")))
	})

	It("cannot be framed, and keeps nothing", func() {
		response, err := http.Get(authorizeURL(s, webapi.FlowV2, nil))
		Expect(err).NotTo(HaveOccurred())
		Expect(response.Body.Close()).To(Succeed())
		for name, value := range map[string]string{"X-Frame-Options": "DENY", "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "Content-Type": "text/html; charset=utf-8"} {
			Expect(response.Header.Get(name)).To(Equal(value))
		}
		Expect(response.Header.Get("Content-Security-Policy")).To(ContainSubstring("default-src 'none'"))
		Expect(response.Cookies()).To(HaveExactElements(And(HaveField("HttpOnly", true), HaveField("SameSite", http.SameSiteLaxMode))))
	})

	It("leads back with a code and the state", func() {
		back := allow(authorizeURL(s, webapi.FlowV2, nil))
		Expect(back.Get("state")).To(Equal(`"s&1`))
		Expect(back.Get("code")).NotTo(BeEmpty())
	})

	It("leads back with access_denied", func() {
		p, at := newPerson(), authorizeURL(s, webapi.FlowV2, nil)
		_, page := p.get(at)
		to, values := formOf(at, page)
		values.Set("decision", "cancel")
		status, back := p.post(to, values)
		Expect(status).To(Equal(302))
		Expect(back).To(Equal(callback + "?error=access_denied&state=%22s%261"))
	})

	It("takes the form of no other browser, and none without its crumb", func() {
		at := authorizeURL(s, webapi.FlowV2, nil)
		p, other := newPerson(), newPerson()
		_, page := p.get(at)
		to, values := formOf(at, page)
		values.Set("decision", "allow")
		status, _ := other.post(to, values)
		Expect(status).To(Equal(403), "without a cookie")
		other.get(at)
		status, _ = other.post(to, values)
		Expect(status).To(Equal(403), "with another cookie")
		values.Set("crumb", "")
		status, _ = p.post(to, values)
		Expect(status).To(Equal(403))
	})

	It("stays good when it is open twice", func() {
		p, at := newPerson(), authorizeURL(s, webapi.FlowV2, nil)
		_, first := p.get(at)
		p.get(at)
		to, values := formOf(at, first)
		status, _ := p.post(to, values)
		Expect(status).To(Equal(302))
	})

	DescribeTable("says what is wrong",
		func(flow webapi.Flow, more url.Values, words string) {
			status, page := newPerson().get(authorizeURL(s, flow, more))
			Expect(status).To(Equal(400))
			Expect(page).To(And(ContainSubstring(words), Not(ContainSubstring("<form"))))
		},
		Entry("a client", webapi.FlowV2, url.Values{"client_id": {"1.2"}}, "invalid_client_id"),
		Entry("a redirect URL", webapi.FlowV2, url.Values{"redirect_uri": {"https://evil.example/"}}, "bad_redirect_uri"),
		Entry("a scope", webapi.FlowUser, url.Values{"scope": {"<script>"}}, "invalid_scope"),
		Entry("a classic scope", webapi.FlowV1, url.Values{"scope": {"bot"}}, "invalid_scope"),
		Entry("no response type", webapi.FlowIdentity, url.Values{"scope": {"openid"}}, "unsupported_response_type"),
	)

	It("does not take other methods, nor forms without end", func() {
		for method, status := range map[string]int{"DELETE": 405, "POST": 400} {
			request, err := http.NewRequest(method, authorizeURL(s, webapi.FlowV2, nil), strings.NewReader(strings.Repeat("x", 100_000)))
			Expect(err).NotTo(HaveOccurred())
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			response, err := http.DefaultClient.Do(request)
			Expect(err).NotTo(HaveOccurred())
			Expect(response.Body.Close()).To(Succeed())
			Expect(response.StatusCode).To(Equal(status), method)
		}
	})
})

var _ = Describe("golang.org/x/oauth2", func() {
	config := func(s *simulator.Server, style oauth2.AuthStyle) *oauth2.Config {
		id, secret := clientOf(s)
		return &oauth2.Config{ClientID: id, ClientSecret: secret, RedirectURL: callback, Scopes: []string{"chat:write", "commands"}, Endpoint: oauth2.Endpoint{
			AuthURL: s.URL() + string(webapi.FlowV2), TokenURL: s.API() + "oauth.v2.access", AuthStyle: style,
		}}
	}

	for style, name := range map[oauth2.AuthStyle]string{oauth2.AuthStyleInParams: "parameters", oauth2.AuthStyleInHeader: "the header"} {
		It("installs with the secret in "+name, func(ctx SpecContext) {
			s := start(simulator.Options{Seed: uninstalled()})
			c := config(s, style)
			token, err := c.Exchange(ctx, allow(c.AuthCodeURL("s1")).Get("code"))
			Expect(err).NotTo(HaveOccurred())
			Expect(token.AccessToken).To(HavePrefix("xoxb-"))
			Expect(token.Extra("app_id")).To(Equal(webapi.DefaultApp))
		})
	}

	It("proves itself by PKCE, and refreshes what expires", func(ctx SpecContext) {
		s := start(simulator.Options{Seed: uninstalled(func(a *webapi.SeedApp) { a.PKCE, a.TokenRotation = true, true })})
		c, verifier := config(s, oauth2.AuthStyleInParams), oauth2.GenerateVerifier()
		secret := c.ClientSecret
		c.ClientSecret = ""
		code := allow(c.AuthCodeURL("s1", oauth2.S256ChallengeOption(verifier))).Get("code")
		_, err := c.Exchange(ctx, code, oauth2.VerifierOption(oauth2.GenerateVerifier()))
		Expect(err).To(HaveOccurred())
		token, err := c.Exchange(ctx, code, oauth2.VerifierOption(verifier))
		Expect(err).NotTo(HaveOccurred())
		c.ClientSecret = secret
		next, err := c.TokenSource(ctx, &oauth2.Token{RefreshToken: token.RefreshToken}).Token()
		Expect(err).NotTo(HaveOccurred())
		Expect(next.AccessToken).To(And(HavePrefix("xoxe.xoxb-1-"), Not(Equal(token.AccessToken))))
		_, err = c.TokenSource(ctx, &oauth2.Token{RefreshToken: token.RefreshToken}).Token()
		Expect(err).To(HaveOccurred())
	})
})

var _ = Describe("go-oidc", func() {
	It("verifies who signed in, by the fake's keys", func(ctx SpecContext) {
		s := start(simulator.Options{Seed: uninstalled()})
		// The issuer is Slack's, wherever its pages are.
		provider, err := oidc.NewProvider(oidc.InsecureIssuerURLContext(ctx, "https://slack.com"), s.URL())
		Expect(err).NotTo(HaveOccurred())
		id, secret := clientOf(s)
		c := oauth2.Config{ClientID: id, ClientSecret: secret, RedirectURL: callback, Endpoint: provider.Endpoint(), Scopes: []string{oidc.ScopeOpenID, "profile", "email"}}
		token, err := c.Exchange(ctx, allow(c.AuthCodeURL("s1", oidc.Nonce("n1"))).Get("code"))
		Expect(err).NotTo(HaveOccurred())
		raw, ok := token.Extra("id_token").(string)
		Expect(ok).To(BeTrue())
		who, err := provider.Verifier(&oidc.Config{ClientID: id, Now: s.Clock().Now}).Verify(ctx, raw)
		Expect(err).NotTo(HaveOccurred())
		Expect([]string{who.Nonce, who.Subject}).To(Equal([]string{"n1", webapi.DefaultUser}))
		Expect(who.VerifyAccessToken(token.AccessToken)).To(Succeed())
		Expect(who.VerifyAccessToken(token.AccessToken + "x")).NotTo(Succeed())

		_, err = provider.Verifier(&oidc.Config{ClientID: "another"}).Verify(ctx, raw)
		Expect(err).To(HaveOccurred())
		other, err := oidc.NewProvider(oidc.InsecureIssuerURLContext(ctx, "https://slack.com"), start(simulator.Options{}).URL())
		Expect(err).NotTo(HaveOccurred())
		_, err = other.Verifier(&oidc.Config{ClientID: id}).Verify(ctx, raw)
		Expect(err).To(HaveOccurred(), "another server's keys")

		info, err := provider.UserInfo(ctx, oauth2.StaticTokenSource(token))
		Expect(err).NotTo(HaveOccurred())
		Expect(info).To(And(HaveField("Subject", webapi.DefaultUser), HaveField("Email", "belay@example.com"), HaveField("EmailVerified", true)))
	})
})

var _ = Describe("slack-go's OAuth", func() {
	It("installs, refreshes and signs in", func() {
		s := start(simulator.Options{Seed: uninstalled(func(a *webapi.SeedApp) { a.TokenRotation, a.Classic = true, true })})
		id, secret := clientOf(s)
		api := slack.OAuthOptionAPIURL(s.API())

		code := allow(authorizeURL(s, webapi.FlowV2, url.Values{"user_scope": {"users:read"}, "scope": {"chat:write,incoming-webhook"}})).Get("code")
		v2, err := slack.GetOAuthV2Response(http.DefaultClient, id, secret, code, "", api)
		Expect(err).NotTo(HaveOccurred())
		Expect(v2).To(And(HaveField("BotUserID", webapi.DefaultBotUser), HaveField("Team.ID", webapi.DefaultTeam), HaveField("ExpiresIn", 43200),
			HaveField("AuthedUser.AccessToken", HavePrefix("xoxe.xoxp-1-")), HaveField("IncomingWebhook.ChannelID", webapi.GeneralChannel)))
		Expect(slack.PostWebhook(v2.IncomingWebhook.URL, &slack.WebhookMessage{Text: "hello"})).To(Succeed())
		_, err = slack.GetOAuthV2Response(http.DefaultClient, id, secret, code, "", api)
		Expect(err).To(MatchError("invalid_code"))

		next, err := slack.RefreshOAuthV2Token(http.DefaultClient, id, secret, v2.RefreshToken, api)
		Expect(err).NotTo(HaveOccurred())
		who, err := slack.New(next.AccessToken, slack.OptionAPIURL(s.API())).AuthTest()
		Expect(err).NotTo(HaveOccurred())
		Expect(who.UserID).To(Equal(webapi.DefaultBotUser))

		v1, err := slack.GetOAuthResponse(http.DefaultClient, id, secret, allow(authorizeURL(s, webapi.FlowV1, url.Values{"scope": {"bot"}})).Get("code"), "", api)
		Expect(err).NotTo(HaveOccurred())
		Expect(v1.Bot.BotAccessToken).To(HavePrefix("xoxb-"))

		signed, err := slack.GetOpenIDConnectToken(http.DefaultClient, id, secret,
			allow(authorizeURL(s, webapi.FlowIdentity, url.Values{"scope": {"openid,email"}, "response_type": {"code"}})).Get("code"), "", api)
		Expect(err).NotTo(HaveOccurred())
		info, err := slack.New(signed.AccessToken, slack.OptionAPIURL(s.API())).GetOpenIDConnectUserInfo()
		Expect(err).NotTo(HaveOccurred())
		Expect(info).To(And(HaveField("Email", "belay@example.com"), HaveField("TeamDomain", "belay-probe")))
		_, err = slack.New(next.AccessToken, slack.OptionAPIURL(s.API())).SendAuthRevoke(next.AccessToken)
		Expect(err).NotTo(HaveOccurred())
	})
})

var _ = Describe("The discovery of Sign in with Slack", func() {
	It("leads here, by https too", func() {
		s := start(simulator.Options{})
		_, body := newPerson().get(s.URL() + "/.well-known/openid-configuration")
		var d map[string]any
		Expect(json.Unmarshal([]byte(body), &d)).To(Succeed())
		Expect(d).To(And(HaveKeyWithValue("issuer", "https://slack.com"), HaveKeyWithValue("jwks_uri", s.URL()+"/openid/connect/keys"), HaveKeyWithValue("token_endpoint", s.API()+"openid.connect.token")))
	})
})

var _ = Describe("An app that loses its tokens", func() {
	It("learns of it although it is gone, and of nothing more", func() {
		a := serve(status(200))
		s := start(simulator.Options{Targets: simulator.Targets{Events: a.URL, Secret: secret}})
		Expect(s.Workspace().Uninstall("", "")).To(Succeed())
		Eventually(a.requests).Should(HaveLen(2))
		var inner []any
		for _, r := range a.requests() {
			var body map[string]any
			Expect(json.Unmarshal([]byte(r.Body), &body)).To(Succeed())
			Expect(body).To(And(HaveKeyWithValue("team_id", webapi.DefaultTeam), HaveKeyWithValue("api_app_id", webapi.DefaultApp)))
			inner = append(inner, body["event"])
			Expect(payload.Verify(secret, r.Header.Get(payload.SignatureHeader), r.Header.Get(payload.TimestampHeader), []byte(r.Body), s.Clock().Now())).To(BeTrue())
		}
		Expect(inner).To(ConsistOf(
			HaveKeyWithValue("type", "app_uninstalled"),
			And(HaveKeyWithValue("type", "tokens_revoked"), HaveKeyWithValue("tokens", Equal(map[string]any{"bot": []any{webapi.DefaultBotUser}}))),
		))
		u, err := s.User("", "")
		Expect(err).NotTo(HaveOccurred())
		_, err = u.Say("general", "anybody there?", "")
		Expect(err).NotTo(HaveOccurred())
		Expect(s.Withheld()).To(HaveExactElements(HaveField("Reason", "the app is not installed")))
	})
})
