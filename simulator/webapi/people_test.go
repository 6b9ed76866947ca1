package webapi_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/manifest"
	"belay/simulator/webapi"
)

var _ = Describe("People", func() {
	var s *slack
	BeforeEach(func() { s = open(seeded(office())) })

	It("are found by whatever they are called", func() {
		for _, name := range []string{ann, "ann", "@ann", "Ann A.", "ann@example.com"} {
			Expect(s.FindUser("", name)).To(HaveField("ID", ann), name)
		}
		Expect(s.FindUser("Office", "helper")).To(HaveField("ID", bot))
		_, err := s.FindUser("", "nobody")
		Expect(err).To(MatchError(`team Office has no user "nobody"; it has ann, bob, cleo, dora, helper`))
		_, err = s.FindUser("Attic", "ann")
		Expect(err).To(MatchError(`there is no team "Attic"; there is Office`))
	})

	It("find channels", func() {
		for _, name := range []string{town, "town", "#town"} {
			Expect(s.FindChannel("office", name)).To(HaveField("ID", town), name)
		}
		_, err := s.FindChannel("", "#twon")
		Expect(err).To(MatchError(ContainSubstring(`no channel "#twon"; it has #general, #town`)))
		Expect(s.Teams()).To(ConsistOf(HaveField("ID", "TOFFICE")))
		Expect(s.Users("")).To(HaveLen(5))
		Expect(s.Channels("TOFFICE")).To(HaveLen(7))
		Expect(s.Channels("TATTIC")).To(BeNil())
	})

	It("come and go as they do by the Web API", func() {
		Expect(s.Join("", "quiet", "helper")).To(HaveField("Members", ContainElement(bot)))
		Expect(s.Invite("", "#secret", "ann", "bob")).To(HaveField("Members", ContainElement(bob)))
		Expect(s.events("member_joined_channel")).To(ConsistOf(Not(HaveKey("inviter")), HaveKeyWithValue("inviter", ann)))
		Expect(s.Leave("", "secret", "helper", "ann")).To(HaveField("Members", Not(ContainElement(bot))))
		Expect(s.events("group_left")).To(ConsistOf(HaveKeyWithValue("actor_id", ann)))
		Expect(s.Join("", "town", "ann")).NotTo(BeZero())
		Expect(s.events("member_joined_channel")).To(HaveLen(2))
		_, err := s.Join("", duo, "bob")
		Expect(err).To(MatchError(ContainSubstring("direct message")))
	})

	It("make channels, name them anew, and end them", func() {
		made, err := s.CreateChannel("", "bob", "#plans", false)
		Expect(err).NotTo(HaveOccurred())
		Expect(made).To(And(HaveField("Name", "plans"), HaveField("Members", ConsistOf(bob))))
		_, err = s.CreateChannel("", "bob", "Plans", false)
		Expect(err).To(MatchError(ContainSubstring("invalid_name_specials")))
		Expect(s.Rename("", "plans", "bob", "deeds")).To(HaveField("Name", "deeds"))
		Expect(s.Archive("", "deeds", "bob")).To(HaveField("Archived", true))
		Expect(s.DeleteChannel("", "deeds", "ann")).NotTo(BeZero())
		Expect(s.events("channel_deleted")).To(ConsistOf(HaveKeyWithValue("channel", made.ID)))
		_, err = s.FindChannel("", made.ID)
		Expect(err).To(HaveOccurred())
	})

	It("write to each other", func() {
		Expect(s.OpenDirect("", "bob", "cleo")).To(And(HaveField("Type", "im"), HaveField("Members", ConsistOf(bob, cleo))))
		Expect(s.OpenDirect("", "bob", "ann", "helper")).To(HaveField("ID", trio))
		Expect(s.OpenDirect("", "ann", "helper")).To(HaveField("ID", duo))
	})

	It("join the team", func() {
		Expect(s.AddUser("", webapi.SeedUser{Name: "eve", Email: "eve@example.com"})).To(HaveField("Name", "eve"))
		Expect(s.events("team_join")).To(ConsistOf(HaveKeyWithValue("user", HaveKeyWithValue("name", "eve"))))
		_, err := s.AddUser("", webapi.SeedUser{Name: "eve"})
		Expect(err).To(MatchError(ContainSubstring("already")))
	})
})

var _ = Describe("A seed", func() {
	It("has an app as its manifest describes it", func() {
		m, err := manifest.Parse("manifest.yaml", []byte(`
display_information: {name: Deploy Bot}
features: {bot_user: {display_name: deploy bot}}
oauth_config: {scopes: {bot: [commands, "app_mentions:read"]}}
settings: {event_subscriptions: {bot_events: [app_mention]}, socket_mode_enabled: true}
`))
		Expect(err).NotTo(HaveOccurred())
		seed := webapi.SeedFromManifest(m)
		Expect(seed.Apps).To(ConsistOf(And(
			HaveField("Name", "Deploy Bot"), HaveField("BotName", "deploy bot"), HaveField("BotScopes", ConsistOf("commands", "app_mentions:read")),
			HaveField("UserScopes", And(BeEmpty(), Not(BeNil()))), HaveField("Events", ConsistOf("app_mention")))))
		s := open(seeded(seed))
		Expect(s.call("auth.test", nil)).To(HaveKeyWithValue("user", "deploy_bot"))
		Expect(s.call("chat.postMessage", args{"channel": "general", "text": "hi"})).To(failWith("missing_scope"))
		Expect(s.as(userToken, "users.list", nil)).To(failWith("missing_scope"))
	})

	It("says what contradicts itself", func() {
		seed := office()
		seed.Teams[0].Channels[6].Members = []string{"ann"}
		seed.Teams[0].Usergroups = []webapi.SeedUsergroup{{Handle: "crew", Users: []string{"nobody"}}}
		var all []string
		for _, err := range seed.Check() {
			all = append(all, err.Error())
		}
		Expect(all).To(ConsistOf(ContainSubstring("direct message "+duo+" has 1 members"), ContainSubstring(`user "nobody"`)))
	})
})
