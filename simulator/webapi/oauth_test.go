package webapi_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/webapi"
)

const back = "https://app.example.com/slack/oauth_redirect"

// oauthApps are an app that nobody installed yet, in two workspaces, and another one.
func oauthApps(change ...func(*webapi.SeedApp)) func(*webapi.Options) {
	seed := office()
	seed.Teams = append(seed.Teams, webapi.SeedTeam{ID: "TPLANT", Name: "Plant", Domain: "plant", Users: []webapi.SeedUser{{ID: "UPAT", Name: "pat"}}})
	seed.Apps[0].NotInstalled, seed.Apps[0].RedirectURLs = true, []string{"https://app.example.com/slack"}
	seed.Apps = append(seed.Apps, webapi.SeedApp{ID: "AOTHER", Name: "other", NotInstalled: true, RedirectURLs: []string{"https://app.example.com/slack"}})
	for _, c := range change {
		c(&seed.Apps[0])
	}
	return seeded(seed)
}

func rotating(a *webapi.SeedApp)   { a.TokenRotation = true }
func withPKCE(a *webapi.SeedApp)   { a.PKCE = true }
func classic(a *webapi.SeedApp)    { a.Classic = true }
func everywhere(a *webapi.SeedApp) { a.Distributed = true }

// credentials are an app's, as the arguments of a call.
func (s *slack) credentials(app string, more args) args {
	GinkgoHelper()
	c, err := s.Credentials(app)
	Expect(err).NotTo(HaveOccurred())
	a := args{"client_id": c.ClientID, "client_secret": string(c.ClientSecret)}
	for name, value := range more {
		a[name] = value
	}
	return a
}

// asking is what the app sends a person to Slack with.
func (s *slack) asking(change ...func(*webapi.AuthorizeRequest)) webapi.AuthorizeRequest {
	GinkgoHelper()
	c, err := s.Credentials("helper")
	Expect(err).NotTo(HaveOccurred())
	r := webapi.AuthorizeRequest{Flow: webapi.FlowV2, ClientID: c.ClientID, Scope: "chat:write,commands", RedirectURI: back, State: "s1"}
	for _, f := range change {
		f(&r)
	}
	return r
}

// approved is the code of an approval.
func (s *slack) approved(r webapi.AuthorizeRequest, by webapi.Approval) string {
	GinkgoHelper()
	to, err := s.Approve(r, by)
	Expect(err).NotTo(HaveOccurred())
	u, err := url.Parse(to)
	Expect(err).NotTo(HaveOccurred())
	Expect(u.Query().Get("state")).To(Equal(r.State))
	return u.Query().Get("code")
}

// exchange brings a code to oauth.v2.access, with what is changed of it.
func (s *slack) exchange(code string, more args) map[string]any {
	GinkgoHelper()
	all := args{"code": code, "redirect_uri": back}
	for name, value := range more {
		all[name] = value
	}
	return s.as("", "oauth.v2.access", s.credentials("helper", all))
}

// installed is an install with these scopes.
func (s *slack) installed(change ...func(*webapi.AuthorizeRequest)) map[string]any {
	GinkgoHelper()
	answer := s.exchange(s.approved(s.asking(change...), webapi.Approval{}), nil)
	Expect(answer).To(succeed())
	return answer
}

func userScopes(scopes string) func(*webapi.AuthorizeRequest) {
	return func(r *webapi.AuthorizeRequest) { r.UserScope = scopes }
}

func scopes(scopes string) func(*webapi.AuthorizeRequest) {
	return func(r *webapi.AuthorizeRequest) { r.Scope = scopes }
}

func token(answer map[string]any) string { return answer["access_token"].(string) }

func challenge(verifier string) func(*webapi.AuthorizeRequest) {
	sum := sha256.Sum256([]byte(verifier))
	return func(r *webapi.AuthorizeRequest) {
		r.CodeChallenge, r.CodeChallengeMethod = base64.RawURLEncoding.EncodeToString(sum[:]), "S256"
	}
}

var _ = Describe("oauth.v2.access", func() {
	It("exchanges a code for the tokens of what was granted", func() {
		s := open(oauthApps())
		answer := s.installed(userScopes("users:read"))
		Expect(answer).To(And(
			HaveKeyWithValue("app_id", "AOFFICE"), HaveKeyWithValue("token_type", "bot"), HaveKeyWithValue("scope", "chat:write,commands"),
			HaveKeyWithValue("bot_user_id", bot), HaveKeyWithValue("team", And(HaveKeyWithValue("id", "TOFFICE"), HaveKeyWithValue("name", "Office"))),
			HaveKeyWithValue("enterprise", BeNil()), HaveKeyWithValue("is_enterprise_install", false), Not(HaveKey("expires_in")), Not(HaveKey("refresh_token")),
		))
		Expect(token(answer)).To(HavePrefix("xoxb-"))
		person := answer["authed_user"].(map[string]any)
		Expect(person).To(And(HaveKeyWithValue("id", ann), HaveKeyWithValue("scope", "users:read"), HaveKeyWithValue("token_type", "user")))

		Expect(s.as(token(answer), "auth.test", nil)).To(And(succeed(), HaveKeyWithValue("user_id", bot), HaveKeyWithValue("is_enterprise_install", false)))
		Expect(s.as(person["access_token"].(string), "auth.test", nil)).To(And(succeed(), HaveKeyWithValue("user_id", ann)))
		Expect(s.as(token(answer), "users.info", args{"user": ann})).To(And(failWith("missing_scope"), HaveKeyWithValue("provided", "chat:write,commands")))
		Expect(s.Found).To(Equal([]string{"api.missing-scope"}))
	})

	It("takes the client's id and secret by HTTP Basic", func() {
		s := open(oauthApps())
		c, err := s.Credentials("")
		Expect(err).NotTo(HaveOccurred())
		answer := decode(s.Answer(webapi.Incoming{
			Name: "oauth.v2.access", Verb: "POST", ContentType: "application/x-www-form-urlencoded",
			Authorization: "Basic " + base64.StdEncoding.EncodeToString([]byte(c.ClientID+":"+string(c.ClientSecret))),
			Body:          []byte(url.Values{"code": {s.approved(s.asking(), webapi.Approval{})}, "redirect_uri": {back}}.Encode()),
		}))
		Expect(answer).To(succeed())
	})

	DescribeTable("refuses",
		func(code string, change func(s *slack, a args)) {
			s := open(oauthApps(), profiled(func(p *webapi.Profile) { p.AnyToken = false }))
			a := s.credentials("helper", args{"code": s.approved(s.asking(), webapi.Approval{}), "redirect_uri": back})
			change(s, a)
			Expect(s.as("", "oauth.v2.access", a)).To(failWith(code))
		},
		Entry("no client id", "invalid_client_id", func(_ *slack, a args) { delete(a, "client_id") }),
		Entry("an unknown client id", "invalid_client_id", func(_ *slack, a args) { a["client_id"] = "1.2" }),
		Entry("no secret", "bad_client_secret", func(_ *slack, a args) { delete(a, "client_secret") }),
		Entry("a wrong secret", "bad_client_secret", func(_ *slack, a args) { a["client_secret"] = "wrong" }),
		Entry("no code", "invalid_code", func(_ *slack, a args) { delete(a, "code") }),
		Entry("an unknown code", "invalid_code", func(_ *slack, a args) { a["code"] = "1.2.3" }),
		Entry("another app's code", "invalid_code", func(s *slack, a args) {
			other := s.credentials("other", nil)
			a["client_id"], a["client_secret"] = other["client_id"], other["client_secret"]
		}),
		Entry("an expired code", "invalid_code", func(s *slack, _ args) { s.Clock.Advance(10 * time.Minute) }),
		Entry("a used code", "invalid_code", func(s *slack, a args) { Expect(s.as("", "oauth.v2.access", a)).To(succeed()) }),
		Entry("no redirect_uri where one was sent", "bad_redirect_uri", func(_ *slack, a args) { delete(a, "redirect_uri") }),
		Entry("another redirect_uri", "bad_redirect_uri", func(_ *slack, a args) { a["redirect_uri"] = back + "/" }),
		Entry("an unknown grant", "invalid_grant_type", func(_ *slack, a args) { a["grant_type"] = "password" }),
		Entry("no refresh token", "invalid_refresh_token", func(_ *slack, a args) { a["grant_type"] = "refresh_token" }),
		Entry("PKCE that the app did not switch on", "pkce_not_allowed", func(_ *slack, a args) { a["code_verifier"] = "v" }),
		Entry("a code of the first version", "oauth_authorization_url_mismatch", func(s *slack, a args) {
			a["code"] = s.approved(s.asking(func(r *webapi.AuthorizeRequest) { r.Flow = webapi.FlowV1 }), webapi.Approval{})
		}),
	)

	It("takes a code up to its last second, and refused ones again", func() {
		s := open(oauthApps())
		code := s.approved(s.asking(), webapi.Approval{})
		s.Clock.Advance(10*time.Minute - time.Second)
		Expect(s.exchange(code, args{"redirect_uri": ""})).To(failWith("bad_redirect_uri"))
		Expect(s.exchange(code, nil)).To(succeed())
		tries, done := s.Exchanged(code)
		Expect([]any{tries, done}).To(Equal([]any{2, true}))
		tries, done = s.Exchanged("1.2.3")
		Expect([]any{tries, done}).To(Equal([]any{0, false}))
	})

	It("needs no redirect_uri where none was sent", func() {
		s := open(oauthApps())
		none := func(r *webapi.AuthorizeRequest) { r.RedirectURI = "" }
		for uri, answer := range map[string]OmegaMatcher{"": succeed(), "https://app.example.com/slack": succeed(), "https://elsewhere.example.com": failWith("bad_redirect_uri")} {
			Expect(s.exchange(s.approved(s.asking(none), webapi.Approval{}), args{"redirect_uri": uri})).To(answer, uri)
		}
	})

	It("refuses in the words of a profile what was used", func() {
		s := open(oauthApps(), profiled(func(p *webapi.Profile) { p.OAuth.UsedCode = "code_already_used" }))
		code := s.approved(s.asking(), webapi.Approval{})
		Expect(s.exchange(code, nil)).To(succeed())
		Expect(s.exchange(code, nil)).To(failWith("code_already_used"))
	})

	It("grants what was not declined, and adds to what was granted", func() {
		s := open(oauthApps(func(a *webapi.SeedApp) { a.OptionalScopes = []string{"users:read", "commands"} }))
		code := s.approved(s.asking(scopes("chat:write,users:read")), webapi.Approval{Declined: []string{"users:read", "chat:write"}})
		first := s.exchange(code, nil)
		Expect(first).To(HaveKeyWithValue("scope", "chat:write"))
		second := s.installed(scopes("commands"))
		Expect(second).To(And(HaveKeyWithValue("scope", "chat:write,commands"), HaveKeyWithValue("access_token", token(first))))
		Expect(s.exchange(s.approved(s.asking(scopes("commands")), webapi.Approval{Declined: []string{"commands"}}), nil)).To(failWith("no_scopes"))
	})

	It("gives a webhook for the channel that was chosen", func() {
		s := open(oauthApps(), func(o *webapi.Options) {
			o.Webhook = func(app, team, channel string) string { return strings.Join([]string{"hook", app, team, channel}, "/") }
		})
		answer := s.exchange(s.approved(s.asking(scopes("incoming-webhook")), webapi.Approval{ChannelID: town}), nil)
		Expect(answer["incoming_webhook"]).To(And(HaveKeyWithValue("channel", "#town"), HaveKeyWithValue("channel_id", town),
			HaveKeyWithValue("url", "hook/AOFFICE/TOFFICE/"+town), HaveKey("configuration_url")))
	})

	It("installs for a whole organization", func() {
		seed := office()
		seed.Enterprise = &webapi.SeedEnterprise{ID: "EORG", Name: "Org", Domain: "org"}
		seed.Teams = append(seed.Teams, webapi.SeedTeam{ID: "TPLANT", Name: "Plant", Channels: []webapi.SeedChannel{{ID: "CPLANT", Name: "plant"}}})
		seed.Apps[0].NotInstalled, seed.Apps[0].OrgDeploy = true, true
		s := open(seeded(seed))
		answer := s.exchange(s.approved(s.asking(), webapi.Approval{Org: true}), nil)
		Expect(answer).To(And(HaveKeyWithValue("team", BeNil()), HaveKeyWithValue("is_enterprise_install", true), HaveKeyWithValue("enterprise", HaveKeyWithValue("id", "EORG"))))
		Expect(s.as(token(answer), "auth.test", nil)).To(And(HaveKeyWithValue("is_enterprise_install", true), HaveKeyWithValue("team_id", "EORG")))
		Expect(names(s.as(token(answer), "auth.teams.list", nil)["teams"], "id")).To(Equal([]string{"TOFFICE", "TPLANT"}))
		// A workspace cannot install what the organization has.
		Expect(s.exchange(s.approved(s.asking(), webapi.Approval{}), nil)).To(failWith("cannot_install_an_org_installed_app"))
	})
})

var _ = Describe("What a person is asked for", func() {
	DescribeTable("is refused on Slack's page",
		func(code string, change func(*webapi.AuthorizeRequest)) {
			s := open(oauthApps())
			r := s.asking(change)
			_, err := s.Ask(r)
			Expect(err).To(MatchError(code))
			_, err = s.Approve(r, webapi.Approval{})
			Expect(err).To(MatchError(code))
			_, err = s.Refuse(r)
			Expect(err).To(MatchError(code))
		},
		Entry("of an unknown client", "invalid_client_id", func(r *webapi.AuthorizeRequest) { r.ClientID = "1.2" }),
		Entry("without scopes", "invalid_scope", scopes("")),
		Entry("with a scope that is none", "invalid_scope", scopes("chat write!")),
		Entry("with a slip in a scope", "invalid_scope", scopes("chat:wirte")),
		Entry("with a letter less", "invalid_scope", scopes("chanels:read")),
		Entry("with the scope of classic apps", "invalid_scope", scopes("bot")),
		Entry("with Sign in with Slack among others", "invalid_scope", userScopes("openid,users:read")),
		Entry("by Sign in with Slack with other scopes", "invalid_scope", func(r *webapi.AuthorizeRequest) { r.Flow, r.ResponseType = webapi.FlowIdentity, "code" }),
		Entry("by Sign in with Slack for no code", "unsupported_response_type", func(r *webapi.AuthorizeRequest) { r.Flow, r.Scope = webapi.FlowIdentity, "openid" }),
		Entry("in a workspace of others", "invalid_team_for_non_distributed_app", func(r *webapi.AuthorizeRequest) { r.Team = "TPLANT" }),
		Entry("with a challenge of an unknown method", "invalid_code_challenge_method", func(r *webapi.AuthorizeRequest) { r.CodeChallenge, r.CodeChallengeMethod = "c", "S512" }),
	)

	DescribeTable("leads back only to where the app's URLs lead",
		func(uri string, good bool) {
			s := open(oauthApps())
			_, err := s.Ask(s.asking(func(r *webapi.AuthorizeRequest) { r.RedirectURI = uri }))
			if good {
				Expect(err).NotTo(HaveOccurred())
			} else {
				Expect(err).To(MatchError("bad_redirect_uri"))
			}
		},
		Entry("the URL itself", "https://app.example.com/slack", true),
		Entry("with a slash", "https://app.example.com/slack/", true),
		Entry("below it", "https://app.example.com/slack/a/b", true),
		Entry("with a query", "https://app.example.com/slack?x=1", true),
		Entry("with the host in capitals", "https://APP.example.com/slack", true),
		Entry("beside it", "https://app.example.com/slackers", false),
		Entry("above it", "https://app.example.com/", false),
		Entry("upwards", "https://app.example.com/slack/../admin", false),
		Entry("upwards in disguise", "https://app.example.com/slack/%2e%2e/admin", false),
		Entry("another host", "https://app.example.org/slack", false),
		Entry("a host that begins alike", "https://app.example.com.evil.example/slack", false),
		Entry("a subdomain", "https://x.app.example.com/slack", false),
		Entry("another port", "https://app.example.com:8443/slack", false),
		Entry("http", "http://app.example.com/slack", false),
		Entry("a fragment", "https://app.example.com/slack#x", false),
		Entry("a user", "https://app.example.com@evil.example/slack", false),
		Entry("a path of others", "/slack", false),
		Entry("a scheme", "myapp://auth", false),
		Entry("a script", "javascript:alert(1)", false),
	)

	It("may lead to loopback over http where the app names no URL", func() {
		s := open(oauthApps(func(a *webapi.SeedApp) { a.RedirectURLs = nil }))
		for uri, good := range map[string]bool{"http://localhost:3000/x": true, "http://127.0.0.1:3000": true, "http://[::1]:3000": true, "http://example.com": false, "": false} {
			_, err := s.Ask(s.asking(func(r *webapi.AuthorizeRequest) { r.RedirectURI = uri }))
			Expect(err == nil).To(Equal(good), uri)
		}
	})

	It("is shown with who may decide it", func() {
		s := open(oauthApps(everywhere, func(a *webapi.SeedApp) { a.OptionalScopes = []string{"commands"} }))
		c, err := s.Ask(s.asking(userScopes("users:read"), func(r *webapi.AuthorizeRequest) { r.Team = "TPLANT" }))
		Expect(err).NotTo(HaveOccurred())
		Expect(c.Scopes).To(Equal([]webapi.ConsentScope{{Name: "chat:write"}, {Name: "commands", Optional: true}, {Name: "users:read", User: true}}))
		Expect(c.Teams).To(HaveExactElements(HaveField("ID", "TPLANT"), HaveField("ID", "TOFFICE")))
		Expect(c.Teams[1].People).To(HaveExactElements(HaveField("Name", "ann"), HaveField("Name", "bob"), HaveField("Name", "cleo")))
		Expect([]any{c.Org, c.Webhook}).To(Equal([]any{"", false}))
	})

	It("can be refused", func() {
		s := open(oauthApps())
		Expect(s.Refuse(s.asking(func(r *webapi.AuthorizeRequest) { r.RedirectURI += "?keep=1" }))).To(Equal(back + "?error=access_denied&keep=1&state=s1"))
	})

	DescribeTable("cannot be approved by",
		func(by webapi.Approval, code string) {
			s := open(oauthApps())
			_, err := s.Approve(s.asking(), by)
			Expect(err).To(MatchError(code))
		},
		Entry("a workspace that there is not", webapi.Approval{TeamID: "TNONE"}, "invalid_team"),
		Entry("a workspace of others", webapi.Approval{TeamID: "TPLANT"}, "invalid_team_for_non_distributed_app"),
		Entry("nobody", webapi.Approval{UserID: "UNONE"}, "user_not_found"),
		Entry("somebody who left", webapi.Approval{UserID: dora}, "user_not_found"),
	)
})

var _ = Describe("PKCE", func() {
	const verifier = "a-verifier-that-is-long-enough-for-the-standard"

	It("stands for the secret", func() {
		s := open(oauthApps(withPKCE))
		code := s.approved(s.asking(challenge(verifier)), webapi.Approval{})
		Expect(s.exchange(code, args{"client_secret": "", "code_verifier": verifier})).To(succeed())
	})

	It("can be plain", func() {
		s := open(oauthApps(withPKCE))
		code := s.approved(s.asking(func(r *webapi.AuthorizeRequest) { r.CodeChallenge = verifier }), webapi.Approval{})
		Expect(s.exchange(code, args{"code_verifier": verifier})).To(succeed())
	})

	DescribeTable("refuses",
		func(ask func(*webapi.AuthorizeRequest), more args, code string) {
			s := open(oauthApps(withPKCE))
			Expect(s.exchange(s.approved(s.asking(ask), webapi.Approval{}), more)).To(failWith(code))
		},
		Entry("another verifier", challenge(verifier), args{"code_verifier": verifier + "x"}, "invalid_code_verifier"),
		Entry("no verifier", challenge(verifier), nil, "invalid_code_verifier"),
		Entry("the challenge as the verifier", challenge(verifier), args{"code_verifier": "jXMcgBKJ"}, "invalid_code_verifier"),
		Entry("a verifier without a challenge", scopes("commands"), args{"code_verifier": verifier}, "invalid_code_verifier"),
		Entry("a wrong secret all the same", challenge(verifier), args{"client_secret": "x", "code_verifier": verifier}, "bad_client_secret"),
		Entry("no secret where there was no challenge", scopes("commands"), args{"client_secret": ""}, "bad_client_secret"),
	)

	It("is what an app on somebody's desk needs, whose tokens expire, with their refresh tokens after 30 days", func() {
		s := open(oauthApps(withPKCE, func(a *webapi.SeedApp) { a.RedirectURLs = []string{"myapp://auth"} }))
		desk := func(r *webapi.AuthorizeRequest) {
			r.RedirectURI, r.Scope, r.UserScope = "myapp://auth", "", "chat:write"
		}
		_, err := s.Ask(s.asking(desk))
		Expect(err).To(MatchError("missing_code_challenge"))
		_, err = s.Ask(s.asking(desk, challenge(verifier), scopes("chat:write")))
		Expect(err).To(MatchError("invalid_scope"), "a bot's")

		code := s.approved(s.asking(desk, challenge(verifier)), webapi.Approval{})
		answer := s.exchange(code, args{"client_secret": "", "redirect_uri": "myapp://auth", "code_verifier": verifier})
		Expect(answer).To(And(succeed(), Not(HaveKey("access_token"))))
		person := answer["authed_user"].(map[string]any)
		Expect(person).To(And(HaveKeyWithValue("expires_in", 43200.0), HaveKeyWithValue("access_token", HavePrefix("xoxe.xoxp-1-"))))
		again := func(token any) map[string]any {
			return s.exchange("", args{"grant_type": "refresh_token", "refresh_token": token, "client_secret": ""})
		}
		next := again(person["refresh_token"])
		Expect(next).To(And(succeed(), HaveKeyWithValue("token_type", "user")))
		s.Clock.Advance(30 * 24 * time.Hour)
		Expect(again(next["refresh_token"])).To(failWith("invalid_refresh_token"))
	})
})

var _ = Describe("Token rotation", func() {
	var s *slack
	BeforeEach(func() { s = open(oauthApps(rotating)) })
	refresh := func(token any) map[string]any {
		return s.exchange("", args{"grant_type": "refresh_token", "refresh_token": token})
	}

	It("lets a token expire after 12 hours of Slack's clock", func() {
		answer := s.installed(userScopes("users:read"))
		Expect(answer).To(And(HaveKeyWithValue("access_token", HavePrefix("xoxe.xoxb-1-")), HaveKeyWithValue("refresh_token", HavePrefix("xoxe-1-")), HaveKeyWithValue("expires_in", 43200.0)))
		Expect(answer["authed_user"]).To(And(HaveKeyWithValue("access_token", HavePrefix("xoxe.xoxp-1-")), HaveKeyWithValue("refresh_token", HavePrefix("xoxe-1-"))))
		s.Clock.Advance(12*time.Hour - time.Second)
		Expect(s.as(token(answer), "auth.test", nil)).To(succeed())
		s.Clock.Advance(time.Second)
		Expect(s.as(token(answer), "auth.test", nil)).To(failWith("token_expired"))
		next := refresh(answer["refresh_token"])
		Expect(next).To(And(succeed(), HaveKeyWithValue("token_type", "bot"), HaveKeyWithValue("bot_user_id", bot), HaveKeyWithValue("team", HaveKeyWithValue("id", "TOFFICE"))))
		Expect(s.as(token(next), "auth.test", nil)).To(succeed())
	})

	It("takes a refresh token once, whoever comes first", func() {
		answer := s.installed()
		a := s.credentials("helper", args{"grant_type": "refresh_token", "refresh_token": answer["refresh_token"]})
		var results [8]map[string]any
		var all sync.WaitGroup
		for i := range results {
			all.Go(func() {
				defer GinkgoRecover()
				results[i] = s.as("", "oauth.v2.access", a)
			})
		}
		all.Wait()
		won := 0
		for _, r := range results {
			if r["ok"] == true {
				won++
			} else {
				Expect(r).To(failWith("invalid_refresh_token"))
			}
		}
		Expect(won).To(Equal(1))
	})

	It("takes it again within the grace of a profile", func() {
		s = open(oauthApps(rotating), profiled(func(p *webapi.Profile) { p.OAuth.RefreshGrace = time.Minute }))
		answer := s.installed()
		Expect(refresh(answer["refresh_token"])).To(succeed())
		s.Clock.Advance(59 * time.Second)
		Expect(refresh(answer["refresh_token"])).To(succeed())
		s.Clock.Advance(time.Second)
		Expect(refresh(answer["refresh_token"])).To(failWith("invalid_refresh_token"))
	})

	It("keeps two tokens alive", func() {
		first := s.installed()
		second := refresh(first["refresh_token"])
		Expect(s.as(token(first), "auth.test", nil)).To(succeed())
		third := refresh(second["refresh_token"])
		Expect(s.as(token(first), "auth.test", nil)).To(failWith("token_revoked"))
		Expect(s.as(token(second), "auth.test", nil)).To(succeed())
		Expect(s.as(token(third), "auth.test", nil)).To(succeed())
	})

	It("does not refresh for another app, nor with a wrong secret", func() {
		answer := s.installed()
		Expect(s.exchange("", args{"grant_type": "refresh_token", "refresh_token": answer["refresh_token"], "client_secret": ""})).To(failWith("bad_client_secret"))
		Expect(s.as("", "oauth.v2.access", s.credentials("other", args{"grant_type": "refresh_token", "refresh_token": answer["refresh_token"]}))).To(failWith("invalid_refresh_token"))
		Expect(refresh(answer["refresh_token"])).To(succeed())
	})

	It("revokes one token alone, and refreshes what it proved", func() {
		answer := s.installed()
		Expect(s.as(token(answer), "auth.revoke", nil)).To(succeed())
		Expect(s.as(token(answer), "auth.test", nil)).To(failWith("token_revoked"))
		Expect(s.events("app_uninstalled")).To(BeEmpty())
		Expect(refresh(answer["refresh_token"])).To(succeed())
	})

	It("exchanges a token that stays for one that expires", func() {
		seed := office()
		seed.Apps[0].TokenRotation, seed.Apps[0].Tokens = true, []webapi.SeedToken{{Token: "xoxb-long"}}
		s = open(seeded(seed))
		exchange := func(token string) map[string]any {
			return s.as(token, "oauth.v2.exchange", s.credentials("helper", nil))
		}
		next := exchange("xoxb-long")
		Expect(next).To(And(succeed(), HaveKeyWithValue("access_token", HavePrefix("xoxe.xoxb-1-")), HaveKey("refresh_token"), HaveKeyWithValue("token_type", "bot")))
		Expect(exchange("xoxb-long")).To(failWith("token_already_exchanged"))
		Expect(exchange(token(next))).To(failWith("invalid_token"))
		// The old one lasts until the first refresh.
		Expect(s.as("xoxb-long", "auth.test", nil)).To(succeed())
		Expect(refresh(next["refresh_token"])).To(succeed())
		Expect(s.as("xoxb-long", "auth.test", nil)).To(failWith("token_expired"))
	})

	It("exchanges nothing where the app does not rotate, nor another's token", func() {
		s = open(seeded(office()))
		Expect(s.as(botToken, "oauth.v2.exchange", s.credentials("helper", nil))).To(failWith("token_rotation_not_enabled"))
		Expect(s.as(appToken, "oauth.v2.exchange", s.credentials("helper", nil))).To(failWith("not_allowed_token_type"))
		Expect(s.as(botToken, "oauth.v2.exchange", args{"client_id": "x", "client_secret": "x"})).To(failWith("invalid_client_id"))
	})
})

var _ = Describe("A client secret that is changed", func() {
	It("is taken for 24 hours more, and named afterwards", func() {
		s := open(oauthApps())
		old := s.credentials("helper", args{"redirect_uri": back})
		changed, err := s.ChangeClientSecret("helper")
		Expect(err).NotTo(HaveOccurred())
		Expect(string(changed)).To(HaveLen(32))
		Expect(string(changed)).NotTo(Equal(old["client_secret"]))
		try := func() map[string]any {
			old["code"] = s.approved(s.asking(), webapi.Approval{})
			return s.as("", "oauth.v2.access", old)
		}
		s.Clock.Advance(24*time.Hour - time.Second)
		Expect(try()).To(succeed())
		Expect(s.Found).To(BeEmpty())
		s.Clock.Advance(time.Second)
		Expect(try()).To(failWith("bad_client_secret"))
		Expect(s.Found).To(Equal([]string{"client-secret.stale"}))
		Expect(s.exchange(old["code"].(string), nil)).To(succeed())
	})

	It("is named for nobody who merely guesses", func() {
		s := open(oauthApps())
		_, err := s.ChangeClientSecret("helper")
		Expect(err).NotTo(HaveOccurred())
		s.Clock.Advance(48 * time.Hour)
		Expect(s.exchange("", args{"client_secret": "guess"})).To(failWith("bad_client_secret"))
		Expect(s.Found).To(BeEmpty())
	})

	It("shows itself nowhere, and outlasts a reset where nobody changed it", func() {
		s := open(oauthApps())
		before, err := s.Credentials("helper")
		Expect(err).NotTo(HaveOccurred())
		s.Reset()
		Expect(s.Credentials("helper")).To(Equal(before))
		Expect(fmt.Sprintf("%v %+v %#v %s %x", before, before, before.ClientSecret, before.SigningSecret, before.SigningSecret)).NotTo(ContainSubstring(string(before.ClientSecret)))
		Expect(plain(before)).To(And(HaveKeyWithValue("client_secret", "[redacted]"), HaveKeyWithValue("signing_secret", "[redacted]")))
		_, err = s.Credentials("nobody")
		Expect(err).To(MatchError(ContainSubstring(`no app "nobody"; there is helper`)))
	})
})

var _ = Describe("oauth.access", func() {
	v1 := func(r *webapi.AuthorizeRequest) { r.Flow, r.Scope = webapi.FlowV1, "bot,users:read" }

	It("installs a classic app with its bot", func() {
		s := open(oauthApps(classic))
		code := s.approved(s.asking(v1), webapi.Approval{})
		a := s.credentials("helper", args{"code": code, "redirect_uri": back})
		answer := s.as("", "oauth.access", a)
		Expect(answer).To(And(succeed(), HaveKeyWithValue("scope", "identify,users:read,bot"), HaveKeyWithValue("user_id", ann),
			HaveKeyWithValue("team_id", "TOFFICE"), HaveKeyWithValue("team_name", "Office"), HaveKeyWithValue("enterprise_id", BeNil())))
		robot := answer["bot"].(map[string]any)
		Expect(robot).To(HaveKeyWithValue("bot_user_id", bot))
		Expect(s.as(robot["bot_access_token"].(string), "chat.postMessage", args{"channel": "COFFICE0GEN", "text": "hi"})).To(succeed())
		Expect(s.as(token(answer), "users.list", nil)).To(succeed())
		Expect(s.as("", "oauth.access", a)).To(failWith("code_already_used"))
	})

	DescribeTable("refuses",
		func(code string, change func(s *slack, a args)) {
			s := open(oauthApps(classic))
			a := s.credentials("helper", args{"code": s.approved(s.asking(v1), webapi.Approval{}), "redirect_uri": back})
			change(s, a)
			Expect(s.as("", "oauth.access", a)).To(failWith(code))
		},
		Entry("an unknown client id", "invalid_client_id", func(_ *slack, a args) { a["client_id"] = "1.2" }),
		Entry("a wrong secret", "bad_client_secret", func(_ *slack, a args) { a["client_secret"] = "wrong" }),
		Entry("an unknown code", "invalid_code", func(_ *slack, a args) { a["code"] = "1.2.3" }),
		Entry("another redirect_uri", "bad_redirect_uri", func(_ *slack, a args) { a["redirect_uri"] = "https://app.example.com/slack" }),
		Entry("a code of the second version", "oauth_authorization_url_mismatch", func(s *slack, a args) { a["code"] = s.approved(s.asking(), webapi.Approval{}) }),
	)
})

var _ = Describe("oauth.v2.user.access", func() {
	flow := func(r *webapi.AuthorizeRequest) { r.Flow, r.Scope = webapi.FlowUser, "users:read" }

	It("gives a user token alone", func() {
		s := open(oauthApps())
		a := s.credentials("helper", args{"code": s.approved(s.asking(flow), webapi.Approval{UserID: bob}), "redirect_uri": back})
		answer := s.as("", "oauth.v2.user.access", a)
		Expect(answer).To(And(succeed(), HaveKeyWithValue("access_token", HavePrefix("xoxp-")), HaveKeyWithValue("token_type", "user"),
			HaveKeyWithValue("authed_user", HaveKeyWithValue("id", bob)), HaveKeyWithValue("team", HaveKeyWithValue("id", "TOFFICE"))))
		Expect(s.as(token(answer), "auth.test", nil)).To(HaveKeyWithValue("user_id", bob))
		Expect(s.as("", "oauth.v2.user.access", a)).To(failWith("invalid_code"))
	})

	It("refuses other codes and grants", func() {
		s := open(oauthApps(func(a *webapi.SeedApp) { a.OptionalScopes = []string{"users:read"} }))
		call := func(more args) map[string]any {
			return s.as("", "oauth.v2.user.access", s.credentials("helper", more))
		}
		Expect(call(args{"grant_type": "magic"})).To(failWith("invalid_grant_type"))
		Expect(call(args{"code": s.approved(s.asking(), webapi.Approval{}), "redirect_uri": back})).To(failWith("no_user_scopes"))
		Expect(call(args{"code": s.approved(s.asking(userScopes("users:read")), webapi.Approval{}), "redirect_uri": back})).To(failWith("oauth_authorization_url_mismatch"))
		Expect(call(args{"code": s.approved(s.asking(flow), webapi.Approval{Declined: []string{"users:read"}}), "redirect_uri": back})).To(failWith("no_user_scopes"))
		Expect(call(args{"grant_type": "refresh_token", "refresh_token": "xoxe-1-x"})).To(failWith("invalid_refresh_token"))
	})
})

var _ = Describe("tooling.tokens.rotate", func() {
	It("gives configuration tokens, a refresh token once", func() {
		s := open()
		rotate := func(token any) map[string]any {
			return s.as("", "tooling.tokens.rotate", args{"refresh_token": token})
		}
		answer := rotate("xoxe-1-theirs")
		Expect(answer).To(And(succeed(), HaveKeyWithValue("token", HavePrefix("xoxe.xoxp-1-")), HaveKeyWithValue("exp", answer["iat"].(float64)+43200)))
		Expect(rotate("xoxe-1-theirs")).To(failWith("invalid_refresh_token"))
		Expect(rotate(answer["refresh_token"])).To(succeed())
		Expect(rotate("nothing")).To(failWith("invalid_refresh_token"))
		Expect(s.as(answer["token"].(string), "apps.manifest.validate", args{"manifest": `{"display_information":{"name":"n"}}`})).To(succeed())
		s.Clock.Advance(12 * time.Hour)
		Expect(s.as(answer["token"].(string), "apps.manifest.validate", args{"manifest": `{}`})).To(failWith("token_expired"))
		strict := open(profiled(func(p *webapi.Profile) { p.AnyToken = false }))
		Expect(strict.as("", "tooling.tokens.rotate", args{"refresh_token": "xoxe-1-theirs"})).To(failWith("invalid_refresh_token"))
	})
})
