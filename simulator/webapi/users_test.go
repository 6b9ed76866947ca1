package webapi_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/webapi"
)

var _ = Describe("The users", func() {
	var s *slack
	BeforeEach(func() { s = open(seeded(office())) })

	It("are listed, bots and former ones too", func() {
		answer := s.call("users.list", nil)
		Expect(names(answer["members"], "id")).To(Equal([]string{ann, bob, cleo, dora, bot}))
		Expect(answer).To(HaveKey("cache_ts"))
		members := answer["members"].([]any)
		Expect(members[0]).To(And(HaveKeyWithValue("is_primary_owner", true), HaveKeyWithValue("is_admin", true)))
		Expect(members[2]).To(HaveKeyWithValue("is_restricted", true))
		Expect(members[3]).To(HaveKeyWithValue("deleted", true))
		Expect(members[4]).To(HaveKeyWithValue("is_bot", true))
		Expect(s.call("users.list", args{"limit": "2"})["members"]).To(HaveLen(2))
	})

	It("are told of one by one", func() {
		Expect(s.call("users.info", args{"user": ann})["user"]).To(And(
			HaveKeyWithValue("real_name", "Ann A."), HaveKeyWithValue("team_id", "TOFFICE"), Not(HaveKey("locale")),
			HaveKeyWithValue("profile", HaveKeyWithValue("email", "ann@example.com"))))
		Expect(s.call("users.info", args{"user": ann, "include_locale": "true"})["user"]).To(HaveKeyWithValue("locale", "en-US"))
		Expect(s.call("users.info", args{"user": "U404"})).To(failWith("user_not_found"))
	})

	It("keep their addresses from who lacks users:read.email", func() {
		s = open(seeded(office("users:read", "users.profile:read")))
		for _, method := range []string{"users.info", "users.profile.get", "users.list"} {
			reply := s.Answer(webapi.Incoming{Name: method, Verb: "GET", Query: "user=" + ann, Authorization: "Bearer " + botToken})
			Expect(reply.Error).To(BeEmpty(), method)
			Expect(reply.Body).NotTo(ContainSubstring("ann@example.com"), method)
		}
		Expect(s.call("users.lookupByEmail", args{"email": "ann@example.com"})).To(failWith("missing_scope"))
	})

	It("are found by their addresses, if they are still there", func() {
		Expect(s.call("users.lookupByEmail", args{"email": "Ann@Example.com"})["user"]).To(HaveKeyWithValue("id", ann))
		Expect(s.call("users.lookupByEmail", args{"email": "dora@example.com"})).To(failWith("users_not_found"))
	})

	It("are in conversations, of which others learn what they may", func() {
		all := "public_channel,private_channel,mpim,im"
		Expect(names(s.call("users.conversations", args{"types": all})["channels"], "id")).To(ConsistOf("COFFICE0GEN", town, secret, trio, duo))
		Expect(names(s.call("users.conversations", args{"types": all, "user": ann})["channels"], "id")).To(ConsistOf("COFFICE0GEN", town, quiet, secret, trio, duo))
		Expect(s.call("users.conversations", args{"user": ann})["channels"].([]any)[0]).To(And(Not(HaveKey("is_member")), Not(HaveKey("num_members"))))
	})

	It("are there or away", func() {
		Expect(s.call("users.getPresence", args{"user": ann})).To(And(HaveKeyWithValue("presence", "active"), Not(HaveKey("online"))))
		Expect(s.as(userToken, "users.setPresence", args{"presence": "away"})).To(succeed())
		Expect(s.as(userToken, "users.getPresence", nil)).To(And(HaveKeyWithValue("presence", "away"), HaveKeyWithValue("manual_away", true)))
		Expect(s.as(userToken, "users.setPresence", args{"presence": "gone"})).To(failWith("invalid_presence"))
	})

	It("change their profiles, of which apps learn", func() {
		answer := s.as(userToken, "users.profile.set", args{"profile": args{"status_text": "out", "status_emoji": ":palm_tree:", "bot_id": "B1"}})
		Expect(answer["profile"]).To(And(HaveKeyWithValue("status_text", "out"), HaveKeyWithValue("real_name", "Ann A."), Not(HaveKey("bot_id"))))
		for _, sort := range []string{"user_change", "user_profile_changed", "user_status_changed"} {
			Expect(s.events(sort)).To(ConsistOf(HaveKeyWithValue("user", HaveKeyWithValue("profile", HaveKeyWithValue("status_text", "out")))), sort)
		}
		Expect(s.as(userToken, "users.profile.set", args{"name": "title", "value": "Boss"})["profile"]).To(HaveKeyWithValue("title", "Boss"))
		Expect(s.events("user_status_changed")).To(HaveLen(1))
		Expect(s.as(userToken, "users.profile.set", args{"profile": "{"})).To(failWith("invalid_profile"))
		Expect(s.as(userToken, "users.profile.set", nil)).To(failWith("invalid_profile"))
	})

	It("let admins alone change others", func() {
		seed := office()
		seed.Apps[0].Tokens = []webapi.SeedToken{{Token: "xoxp-bob", User: "bob"}}
		s = open(seeded(seed))
		Expect(s.as("xoxp-bob", "users.profile.set", args{"user": cleo, "name": "title", "value": "x"})).To(failWith("not_admin"))
		Expect(s.as(userToken, "users.profile.set", args{"user": cleo, "name": "title", "value": "x"})).To(succeed())
	})

	It("say no more of themselves than they granted", func() {
		seed := office()
		seed.Apps[0].UserScopes = []string{"identity.basic"}
		s = open(seeded(seed))
		answer := s.as(userToken, "users.identity", nil)
		Expect(answer).To(succeed())
		Expect(answer["user"]).To(Equal(map[string]any{"name": "Ann A.", "id": ann}))
		Expect(answer["team"]).To(Equal(map[string]any{"id": "TOFFICE"}))
	})
})

var _ = Describe("A workspace", func() {
	It("tells of itself and the others of its organization", func() {
		seed := office()
		seed.Enterprise = &webapi.SeedEnterprise{ID: "EORG", Name: "Org", Domain: "org"}
		seed.Teams = append(seed.Teams, webapi.SeedTeam{ID: "TLAB", Name: "Lab", Domain: "lab"})
		s := open(seeded(seed))
		Expect(s.call("team.info", nil)["team"]).To(And(HaveKeyWithValue("id", "TOFFICE"), HaveKeyWithValue("enterprise_id", "EORG"), HaveKeyWithValue("enterprise_name", "Org")))
		Expect(s.call("team.info", args{"team": "TLAB"})["team"]).To(HaveKeyWithValue("domain", "lab"))
		Expect(s.call("team.info", args{"team": "T404"})).To(failWith("team_not_found"))
		Expect(s.call("users.info", args{"user": bot})["user"]).To(HaveKeyWithValue("enterprise_user", And(
			HaveKeyWithValue("enterprise_id", "EORG"), HaveKeyWithValue("teams", ConsistOf("TOFFICE", "TLAB")))))
		Expect(s.call("conversations.info", args{"channel": town})["channel"]).To(HaveKeyWithValue("enterprise_id", "EORG"))
	})

	It("keeps to itself without an organization", func() {
		seed := office()
		seed.Teams = append(seed.Teams, webapi.SeedTeam{ID: "TLAB", Name: "Lab"})
		Expect(open(seeded(seed)).call("team.info", args{"team": "TLAB"})).To(failWith("team_not_found"))
	})

	It("tells of bots", func() {
		s := open()
		Expect(s.call("bots.info", args{"bot": webapi.DefaultBot})["bot"]).To(And(HaveKeyWithValue("app_id", webapi.DefaultApp), HaveKeyWithValue("user_id", webapi.DefaultBotUser), HaveKey("icons")))
		Expect(s.call("bots.info", args{"bot": "B404"})).To(failWith("bot_not_found"))
		Expect(s.call("bots.info", nil)).To(failWith("bot_not_found"))
	})
})
