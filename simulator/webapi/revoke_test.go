package webapi_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/webapi"
)

// lost are the events by which the app learns that it lost something.
func (s *slack) lost() []map[string]any {
	return append(s.events("tokens_revoked"), s.events("app_uninstalled")...)
}

func revoked(tokens map[string]any) OmegaMatcher {
	return Equal(map[string]any{"type": "tokens_revoked", "tokens": tokens})
}

var uninstalled = Equal(map[string]any{"type": "app_uninstalled"})

var _ = Describe("A token that is revoked", func() {
	It("ends the bot, and the app stays for its users", func() {
		s := open(oauthApps())
		answer := s.installed(userScopes("users:read"))
		person := answer["authed_user"].(map[string]any)["access_token"].(string)
		Expect(s.as(token(answer), "auth.revoke", args{"test": "1"})).To(And(succeed(), HaveKeyWithValue("revoked", false)))
		Expect(s.as(token(answer), "auth.test", nil)).To(succeed())
		Expect(s.as(token(answer), "auth.revoke", nil)).To(And(succeed(), HaveKeyWithValue("revoked", true)))
		Expect(s.as(token(answer), "auth.test", nil)).To(failWith("account_inactive"))
		Expect(s.as(person, "auth.test", nil)).To(succeed())
		Expect(s.lost()).To(HaveExactElements(revoked(map[string]any{"bot": []any{bot}})))
		Expect(s.Users("TOFFICE")).To(ContainElement(And(HaveField("ID", bot), HaveField("Deleted", true))))

		Expect(s.as(person, "auth.revoke", nil)).To(succeed())
		Expect(s.as(person, "auth.test", nil)).To(failWith("token_revoked"))
		Expect(s.lost()).To(HaveExactElements(revoked(map[string]any{"bot": []any{bot}}), revoked(map[string]any{"oauth": []any{ann}}), uninstalled))
		Expect(s.Installations("helper")).To(BeEmpty())
	})

	It("takes the bot out of its channels, but not of direct messages", func() {
		s := open(seeded(office()))
		Expect(s.RevokeToken(botToken)).To(Succeed())
		for _, c := range s.Channels("TOFFICE") {
			if c.Type == "channel" || c.Type == "group" {
				Expect(c.Members).NotTo(ContainElement(bot), c.Name)
			} else {
				Expect(c.Members).To(ContainElement(bot), c.Name)
			}
		}
	})

	It("leaves a classic app's bot until the last is gone", func() {
		s := open(oauthApps(classic))
		a := s.credentials("helper", args{"redirect_uri": back, "code": s.approved(s.asking(func(r *webapi.AuthorizeRequest) { r.Flow, r.Scope = webapi.FlowV1, "bot" }), webapi.Approval{})})
		answer := s.as("", "oauth.access", a)
		Expect(s.RevokeToken(webapi.Secret(answer["bot"].(map[string]any)["bot_access_token"].(string)))).To(Succeed())
		Expect(s.FindUser("TOFFICE", "helper")).To(HaveField("Deleted", false))
		Expect(s.RevokeToken(webapi.Secret(token(answer)))).To(Succeed())
		Expect(s.FindUser("TOFFICE", "helper")).To(HaveField("Deleted", true))
		Expect(s.events("app_uninstalled")).To(HaveLen(1))
	})

	It("may be one that the app never used, and stays revoked", func() {
		s := open()
		Expect(s.RevokeToken("xoxb-unused")).To(Succeed())
		Expect(s.as("xoxb-unused", "auth.test", nil)).To(failWith("account_inactive"))
		Expect(s.as("xoxb-another", "auth.test", nil)).To(failWith("account_inactive"))
		Expect(s.RevokeToken("nonsense")).To(MatchError(ContainSubstring("nobody issued it")))
		s.Reset()
		Expect(s.as("xoxb-unused", "auth.test", nil)).To(succeed())
	})

	It("may be an app-level one", func() {
		s := open()
		Expect(s.RevokeToken(appToken)).To(Succeed())
		Expect(s.as(appToken, "auth.test", nil)).To(failWith("token_revoked"))
		Expect(s.lost()).To(BeEmpty())
	})
})

var _ = Describe("An app that is uninstalled", func() {
	It("loses all that it was granted in that workspace", func() {
		s := open(oauthApps(everywhere))
		here := s.installed(userScopes("users:read"))
		there := s.exchange(s.approved(s.asking(), webapi.Approval{TeamID: "TPLANT"}), nil)
		Expect(s.Uninstall("helper", "Office")).To(Succeed())
		Expect(s.lost()).To(HaveExactElements(revoked(map[string]any{"bot": []any{bot}, "oauth": []any{ann}}), uninstalled))
		Expect(s.as(token(here), "auth.test", nil)).To(failWith("account_inactive"))
		Expect(s.as(here["authed_user"].(map[string]any)["access_token"].(string), "auth.test", nil)).To(failWith("token_revoked"))
		Expect(s.as(token(there), "auth.test", nil)).To(HaveKeyWithValue("team_id", "TPLANT"))
		Expect(s.Uninstall("helper", "Office")).To(MatchError(ContainSubstring("not installed in the team Office")))
	})

	It("uninstalls itself by apps.uninstall", func() {
		s := open(oauthApps())
		t := token(s.installed())
		other := s.credentials("other", nil)
		Expect(s.as(t, "apps.uninstall", other)).To(failWith("client_id_token_mismatch"))
		Expect(s.as(t, "apps.uninstall", s.credentials("helper", args{"client_secret": "x"}))).To(failWith("bad_client_secret"))
		Expect(s.as(t, "apps.uninstall", s.credentials("helper", args{"client_id": "x"}))).To(failWith("invalid_client_id"))
		Expect(s.as(t, "apps.uninstall", s.credentials("helper", nil))).To(succeed())
		Expect(s.as(t, "auth.test", nil)).To(failWith("account_inactive"))
		Expect(s.lost()).To(HaveLen(2))
	})

	It("loses everything by Revoke all tokens", func() {
		s := open(oauthApps(everywhere))
		for _, team := range []string{"TOFFICE", "TPLANT"} {
			Expect(s.exchange(s.approved(s.asking(), webapi.Approval{TeamID: team}), nil)).To(succeed())
		}
		Expect(s.RevokeAll("helper")).To(Succeed())
		Expect(s.Installations("helper")).To(BeEmpty())
		Expect(s.events("tokens_revoked")).To(HaveLen(2))
		Expect(s.events("app_uninstalled")).To(HaveLen(2))
	})

	It("is told nothing more but that, and is told again once it is installed", func() {
		s := open()
		barred := func() []string {
			s.Happened = nil
			_, err := s.Post(webapi.Draft{TeamID: webapi.DefaultTeam, ChannelID: webapi.GeneralChannel, UserID: webapi.DefaultUser, Body: webapi.Body{Text: "hi"}})
			Expect(err).NotTo(HaveOccurred())
			var all []string
			for _, h := range s.Happened {
				all = append(all, h.Barred)
			}
			return all
		}
		Expect(barred()).To(HaveExactElements(""))
		Expect(s.Uninstall("", "")).To(Succeed())
		Expect(s.Happened[len(s.Happened)-2:]).To(HaveEach(HaveField("Barred", "")))
		Expect(barred()).To(HaveExactElements("the app is not installed"))
		_, err := s.Install(webapi.InstallRequest{BotScopes: []string{"chat:write"}})
		Expect(err).NotTo(HaveOccurred())
		Expect(barred()).To(HaveExactElements(""))
		Expect(s.Happened[0].App.BotScopes).To(Equal([]string{"chat:write"}))
	})

	It("gets its seed's tokens back by no new install", func() {
		s := open()
		Expect(s.call("auth.test", nil)).To(succeed())
		Expect(s.Uninstall("", "")).To(Succeed())
		in, err := s.Install(webapi.InstallRequest{})
		Expect(err).NotTo(HaveOccurred())
		Expect(s.call("auth.test", nil)).To(failWith("account_inactive"))
		Expect(s.as(userToken, "auth.test", nil)).To(failWith("token_revoked"))
		Expect(s.as(string(in.BotToken), "auth.test", nil)).To(succeed())
	})
})

var _ = Describe("Revoking what an app was granted", func() {
	var s *slack
	var in webapi.Installation
	BeforeEach(func() {
		s = open(oauthApps(func(a *webapi.SeedApp) { a.BotScopes, a.UserScopes = []string{"chat:write"}, []string{"users:read"} }))
		var err error
		in, err = s.Install(webapi.InstallRequest{User: "bob"})
		Expect(err).NotTo(HaveOccurred())
	})

	It("takes a person's tokens, and leaves the bot's", func() {
		Expect(s.RevokeGrant("", "", "bob")).To(Succeed())
		Expect(s.as(string(in.UserToken), "auth.test", nil)).To(failWith("token_revoked"))
		Expect(s.as(string(in.BotToken), "auth.test", nil)).To(succeed())
		Expect(s.RevokeGrant("", "", "bob")).To(MatchError(ContainSubstring("has none there")))
	})

	It("takes the bot's, which may be named as the user that it is", func() {
		Expect(s.RevokeGrant("", "", bot)).To(Succeed())
		Expect(s.as(string(in.BotToken), "auth.test", nil)).To(failWith("account_inactive"))
		Expect(s.as(string(in.UserToken), "auth.test", nil)).To(succeed())
	})
})

var _ = Describe("An install without OAuth", func() {
	It("issues tokens of what the app asks for", func() {
		s := open(oauthApps(rotating, func(a *webapi.SeedApp) { a.BotScopes, a.UserScopes = []string{"chat:write"}, []string{"users:read"} }))
		Expect(s.Installations("")).To(BeEmpty())
		_, err := s.FindUser("TOFFICE", bot)
		Expect(err).To(HaveOccurred())
		in, err := s.Install(webapi.InstallRequest{User: "bob"})
		Expect(err).NotTo(HaveOccurred())
		Expect(in).To(And(HaveField("TeamID", "TOFFICE"), HaveField("BotScopes", []string{"chat:write"}), HaveField("Users", []string{bob})))
		for token, who := range map[webapi.Secret]string{in.BotToken: bot, in.UserToken: bob} {
			Expect(s.as(string(token), "auth.test", nil)).To(HaveKeyWithValue("user_id", who))
		}
		Expect(in.BotRefreshToken).NotTo(BeEmpty())
		Expect(plain(s.Snapshot())["apps"].([]any)[0]).To(HaveKeyWithValue("installations", HaveLen(1)))
	})

	DescribeTable("says what cannot be",
		func(r webapi.InstallRequest, words string) {
			_, err := open(oauthApps()).Install(r)
			Expect(err).To(MatchError(ContainSubstring(words)))
		},
		Entry("an app", webapi.InstallRequest{App: "x"}, `no app "x"`),
		Entry("a team", webapi.InstallRequest{Team: "x"}, `no team "x"`),
		Entry("a user", webapi.InstallRequest{User: "x"}, `no user "x"`),
		Entry("an organization", webapi.InstallRequest{Org: true}, "in no organization"),
		Entry("nothing granted", webapi.InstallRequest{BotScopes: []string{}}, "asks for no scopes"),
	)
})
