package webapi_test

import (
	"strconv"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/webapi"
)

var _ = Describe("The user groups", func() {
	var s *slack
	var id string
	BeforeEach(func() {
		s = open(seeded(office()))
		answer := s.call("usergroups.create", args{"name": "On Call", "handle": "oncall", "channels": []string{town, secret}})
		Expect(answer).To(succeed())
		group := answer["usergroup"].(map[string]any)
		Expect(group).To(And(HaveKeyWithValue("handle", "oncall"), HaveKeyWithValue("is_usergroup", true), HaveKeyWithValue("created_by", bot), HaveKeyWithValue("date_delete", 0.0)))
		Expect(group["prefs"]).To(And(HaveKeyWithValue("channels", ConsistOf(town)), HaveKeyWithValue("groups", ConsistOf(secret))))
		id = group["id"].(string)
		Expect(s.events("subteam_created")).To(ConsistOf(HaveKeyWithValue("subteam", HaveKeyWithValue("id", id))))
	})

	It("have users, who are replaced as one", func() {
		Expect(s.call("usergroups.users.update", args{"usergroup": id, "users": ann + "," + bob})).To(succeed())
		s.Clock.Advance(time.Minute)
		Expect(s.call("usergroups.users.update", args{"usergroup": id, "users": []string{bob, cleo}})["usergroup"]).To(HaveKeyWithValue("user_count", 2.0))
		Expect(s.call("usergroups.users.list", args{"usergroup": id})).To(HaveKeyWithValue("users", Equal([]any{bob, cleo})))
		Expect(s.events("subteam_updated")).To(HaveLen(2))
		Expect(s.events("subteam_members_changed")[1]).To(And(
			HaveKeyWithValue("added_users", ConsistOf(cleo)), HaveKeyWithValue("removed_users", ConsistOf(ann)), HaveKeyWithValue("added_users_count", 1.0),
			HaveKeyWithValue("date_previous_update", float64(noon.Unix())), HaveKeyWithValue("date_update", float64(noon.Add(time.Minute).Unix()))))
		Expect(s.call("usergroups.users.update", args{"usergroup": id, "users": dora})).To(failWith("invalid_users"))
		Expect(s.call("usergroups.users.update", args{"usergroup": "S404", "users": ann})).To(failWith("no_such_subteam"))
	})

	It("are listed with as much as was asked for", func() {
		Expect(s.call("usergroups.users.update", args{"usergroup": id, "users": ann})).To(succeed())
		groups := s.call("usergroups.list", nil)["usergroups"].([]any)
		Expect(groups).To(ConsistOf(And(Not(HaveKey("users")), Not(HaveKey("user_count")))))
		groups = s.call("usergroups.list", args{"include_users": "true", "include_count": "true"})["usergroups"].([]any)
		Expect(groups).To(ConsistOf(And(HaveKeyWithValue("users", ConsistOf(ann)), HaveKeyWithValue("user_count", 1.0), HaveKeyWithValue("channel_count", 2.0))))
	})

	It("go out of use and come back", func() {
		Expect(s.call("usergroups.disable", args{"usergroup": id})["usergroup"]).To(HaveKeyWithValue("deleted_by", bot))
		Expect(s.call("usergroups.list", nil)).To(HaveKeyWithValue("usergroups", BeEmpty()))
		Expect(s.call("usergroups.list", args{"include_disabled": "true"})).To(HaveKeyWithValue("usergroups", HaveLen(1)))
		Expect(s.call("usergroups.enable", args{"usergroup": id})["usergroup"]).To(HaveKeyWithValue("date_delete", 0.0))
		Expect(s.call("usergroups.list", nil)).To(HaveKeyWithValue("usergroups", HaveLen(1)))
	})

	DescribeTable("need names of their own",
		func(a args, code string) { Expect(s.call("usergroups.create", a)).To(failWith(code)) },
		Entry("the same name", args{"name": "on call", "handle": "x"}, "name_already_exists"),
		Entry("the same handle", args{"name": "x", "handle": "@OnCall"}, "handle_already_exists"),
		Entry("a broken handle", args{"name": "x", "handle": "a b"}, "bad_handle"),
		Entry("a channel that cannot be seen", args{"name": "x", "channels": vault}, "invalid_channel_provided"),
	)

	It("change their names", func() {
		Expect(s.call("usergroups.update", args{"usergroup": id, "name": "On Duty"})["usergroup"]).To(And(HaveKeyWithValue("name", "On Duty"), HaveKeyWithValue("handle", "oncall")))
	})

	It("stand in seeds and snapshots", func() {
		seed := office()
		seed.Teams[0].Usergroups = []webapi.SeedUsergroup{{ID: "SCREW", Handle: "crew", Users: []string{"ann"}}}
		Expect(seed.Check()).To(BeEmpty())
		s = open(seeded(seed))
		Expect(s.call("usergroups.users.list", args{"usergroup": "SCREW"})).To(HaveKeyWithValue("users", ConsistOf(ann)))
		Expect(s.Snapshot().Teams[0].Usergroups).To(ConsistOf(HaveField("Users", ConsistOf(ann))))
	})
})

var _ = Describe("The reminders", func() {
	var s *slack
	BeforeEach(func() { s = open(seeded(office())) })

	DescribeTable("understand a time",
		func(text string, at time.Time) {
			reminder := s.as(userToken, "reminders.add", args{"text": "eat", "time": text})["reminder"]
			Expect(reminder).To(And(HaveKeyWithValue("time", float64(at.Unix())), HaveKeyWithValue("recurring", false), HaveKeyWithValue("complete_ts", 0.0)))
		},
		Entry("of Unix", strconv.FormatInt(noon.Add(48*time.Hour).Unix(), 10), noon.Add(48*time.Hour)),
		Entry("in seconds", "90", noon.Add(90*time.Second)),
		Entry("in words", "in 15 minutes", noon.Add(15*time.Minute)),
		Entry("in other words", "in an hour", noon.Add(time.Hour)),
		Entry("on another day", "Tomorrow", time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)),
	)

	DescribeTable("refuse",
		func(a args, code string) { Expect(s.as(userToken, "reminders.add", a)).To(failWith(code)) },
		Entry("what is no time", args{"text": "eat", "time": "soonish"}, "cannot_parse"),
		Entry("the past", args{"text": "eat", "time": "1600000000"}, "cannot_parse"),
		Entry("others", args{"text": "eat", "time": "90", "user": bob}, "cannot_add_others"),
		Entry("bots", args{"text": "eat", "time": "90", "user": bot}, "cannot_add_bot"),
		Entry("nobody", args{"text": "eat", "time": "90", "user": "U404"}, "user_not_found"),
	)

	It("recur without a time", func() {
		answer := s.as(userToken, "reminders.add", args{"text": "eat", "time": "every Thursday"})
		Expect(answer["reminder"]).To(And(HaveKeyWithValue("recurring", true), Not(HaveKey("time"))))
		id := answer["reminder"].(map[string]any)["id"].(string)
		Expect(s.as(userToken, "reminders.complete", args{"reminder": id})).To(failWith("cannot_complete_recurring"))
	})

	It("are done and forgotten", func() {
		id := s.as(userToken, "reminders.add", args{"text": "eat", "time": "90"})["reminder"].(map[string]any)["id"].(string)
		Expect(s.as(userToken, "reminders.complete", args{"reminder": id})).To(succeed())
		Expect(s.as(userToken, "reminders.info", args{"reminder": id})["reminder"]).To(HaveKeyWithValue("complete_ts", float64(noon.Unix())))
		Expect(s.Snapshot().Teams[0].Reminders).To(ConsistOf(HaveField("Text", "eat")))
		Expect(s.as(userToken, "reminders.delete", args{"reminder": id})).To(succeed())
		Expect(s.as(userToken, "reminders.list", nil)).To(HaveKeyWithValue("reminders", BeEmpty()))
		Expect(s.as(userToken, "reminders.info", args{"reminder": id})).To(failWith("not_found"))
	})

	It("are for people", func() {
		Expect(s.call("reminders.list", nil)).To(failWith("not_allowed_token_type"))
	})
})

var _ = Describe("The emoji", func() {
	It("are the workspace's own", func() {
		seed := office()
		seed.Teams[0].Emoji = map[string]string{"party": "https://emoji.example/party.gif", "fest": "alias:party"}
		Expect(open(seeded(seed)).call("emoji.list", nil)["emoji"]).To(HaveKeyWithValue("fest", "alias:party"))
		Expect(open().call("emoji.list", nil)["emoji"]).To(BeEmpty())
	})
})
