package webapi_test

import (
	"fmt"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/webapi"
)

// The conversations of office, and who is there.
const (
	town   = "COFFICE0TWN" // public, everybody
	quiet  = "COFFICE0QUI" // public, without the bot
	secret = "COFFICE0SEC" // private, with the bot
	vault  = "COFFICE0VLT" // private, without the bot
	trio   = "COFFICE0TRI" // a group's direct message, with the bot
	duo    = "DOFFICE0DUO" // a direct message with the bot
	ann    = "UOFFICE0ANN" // owner; user tokens are hers
	bob    = "UOFFICE0BOB"
	cleo   = "UOFFICE0CLE" // a guest
	dora   = "UOFFICE0DOR" // deleted
	bot    = "UOFFICE0BOT"
)

// office is a workspace with conversations of every type, and what its app may do.
func office(botScopes ...string) webapi.Seed {
	return webapi.Seed{
		Teams: []webapi.SeedTeam{{
			ID: "TOFFICE", Name: "Office", Domain: "office",
			Users: []webapi.SeedUser{
				{ID: ann, Name: "ann", RealName: "Ann A.", Email: "ann@example.com"},
				{ID: bob, Name: "bob"}, {ID: cleo, Name: "cleo", Guest: true}, {ID: dora, Name: "dora", Deleted: true},
			},
			Channels: []webapi.SeedChannel{
				{ID: "COFFICE0GEN", Name: "general"},
				{ID: town, Name: "town"},
				{ID: quiet, Name: "quiet", Members: []string{"ann", "bob"}},
				{ID: secret, Name: "secret", Type: "private", Members: []string{"ann", "helper"}},
				{ID: vault, Name: "vault", Type: "private", Members: []string{"ann"}},
				{ID: trio, Type: "mpim", Members: []string{"ann", "bob", "helper"}},
				{ID: duo, Type: "im"},
			},
		}},
		Apps: []webapi.SeedApp{{ID: "AOFFICE", Name: "helper", BotUserID: bot, BotScopes: botScopes}},
	}
}

// names are those of the things in a list.
func names(list any, key string) []string {
	var all []string
	for _, one := range list.([]any) {
		all = append(all, fmt.Sprint(one.(map[string]any)[key]))
	}
	return all
}

// events are what happened since the last look, of a type.
func (s *slack) events(sort string) []map[string]any {
	var all []map[string]any
	for _, e := range s.Events {
		if e["type"] == sort {
			all = append(all, e)
		}
	}
	return all
}

var _ = Describe("The conversations", func() {
	var s *slack
	BeforeEach(func() { s = open(seeded(office())) })

	It("are listed by type, the private ones to their members alone", func() {
		Expect(names(s.call("conversations.list", nil)["channels"], "id")).To(ConsistOf("COFFICE0GEN", town, quiet))
		all := s.call("conversations.list", args{"types": "public_channel,private_channel, mpim,im"})
		Expect(names(all["channels"], "id")).To(ConsistOf("COFFICE0GEN", town, quiet, secret, trio, duo))
		Expect(names(s.as(userToken, "conversations.list", args{"types": "private_channel"})["channels"], "id")).To(ConsistOf(secret, vault))
		Expect(s.call("conversations.list", args{"types": "private"})).To(failWith("invalid_types"))
	})

	It("are listed in pages", func() {
		first := s.call("conversations.list", args{"limit": "2"})
		Expect(first["channels"]).To(HaveLen(2))
		cursor := first["response_metadata"].(map[string]any)["next_cursor"]
		Expect(cursor).NotTo(BeEmpty())
		last := s.call("conversations.list", args{"limit": "2", "cursor": cursor})
		Expect(names(last["channels"], "id")).To(Equal([]string{quiet}))
		Expect(last["response_metadata"]).To(HaveKeyWithValue("next_cursor", ""))
		Expect(s.call("conversations.list", args{"cursor": "never"})).To(failWith("invalid_cursor"))
		Expect(s.call("conversations.list", args{"limit": "1001"})).To(failWith("invalid_limit"))
	})

	DescribeTable("are shown as Slack shows those of their type",
		func(id string, yes []string, keys ...string) {
			answer := s.call("conversations.info", args{"channel": id, "include_num_members": "true", "include_locale": "true"})
			Expect(answer).To(succeed())
			channel := answer["channel"].(map[string]any)
			var set []string
			for name, value := range channel {
				if value == true && strings.HasPrefix(name, "is_") {
					set = append(set, name)
				}
			}
			Expect(set).To(ConsistOf(yes))
			for _, key := range keys {
				Expect(channel).To(HaveKey(key))
			}
			Expect(channel).To(HaveKeyWithValue("context_team_id", "TOFFICE"))
			Expect(channel).To(HaveKeyWithValue("locale", "en-US"))
		},
		Entry("a public channel", town, []string{"is_channel", "is_member"}, "name_normalized", "num_members", "topic", "purpose", "previous_names", "shared_team_ids", "pending_shared", "last_read"),
		Entry("one the bot is not in", quiet, []string{"is_channel"}, "num_members"),
		Entry("the general one", "COFFICE0GEN", []string{"is_channel", "is_general", "is_member"}),
		Entry("a private channel", secret, []string{"is_channel", "is_private", "is_member"}, "creator"),
		Entry("a group's", trio, []string{"is_channel", "is_mpim", "is_private", "is_member"}, "name"),
		Entry("a direct message", duo, []string{"is_im", "is_open"}, "user", "unread_count", "priority"),
	)

	It("have the other side as the user of a direct message", func() {
		Expect(s.call("conversations.info", args{"channel": duo})["channel"]).To(HaveKeyWithValue("user", ann))
		Expect(s.as(userToken, "conversations.info", args{"channel": duo})["channel"]).To(HaveKeyWithValue("user", bot))
	})

	DescribeTable("are no conversation to who may not know of them, nor by name",
		func(channel string) {
			for _, method := range []string{"conversations.info", "conversations.history", "conversations.members", "conversations.join"} {
				Expect(s.call(method, args{"channel": channel})).To(failWith("channel_not_found"), method)
			}
		},
		Entry("a private channel", vault), Entry("a name", "town"), Entry("a user", bob), Entry("nothing", "C404"),
	)

	DescribeTable("need the scope of their own type",
		func(method string, a args, granted, needed string) {
			s = open(seeded(office(strings.Split(granted, ",")...)))
			answer := s.call(method, a)
			Expect(answer).To(failWith("missing_scope"))
			Expect(answer).To(And(HaveKeyWithValue("needed", needed), HaveKeyWithValue("provided", granted)))
			Expect(s.Found).To(ConsistOf("api.missing-scope"))
		},
		Entry("any is missing", "conversations.list", nil, "commands", "groups:read,im:read,mpim:read,channels:read"),
		Entry("a type of a list", "conversations.list", args{"types": "public_channel,private_channel"}, "channels:read", "groups:read"),
		Entry("a private channel", "conversations.info", args{"channel": secret}, "channels:read", "groups:read"),
		Entry("a direct message", "conversations.history", args{"channel": duo}, "channels:history", "im:history"),
		Entry("a group's", "conversations.replies", args{"channel": trio, "ts": "1.2"}, "im:history", "mpim:history"),
		Entry("a new private channel", "conversations.create", args{"name": "n", "is_private": "true"}, "channels:manage", "groups:write"),
		Entry("inviting", "conversations.invite", args{"channel": town, "users": bob}, "groups:write", "channels:write.invites,channels:manage"),
		Entry("opening a group's", "conversations.open", args{"users": ann + "," + bob}, "im:write", "mpim:write"),
	)

	It("do with the one scope of their type", func() {
		s = open(seeded(office("channels:write.invites", "channels:join")))
		Expect(s.call("conversations.join", args{"channel": quiet})).To(succeed())
		Expect(s.call("conversations.invite", args{"channel": quiet, "users": cleo})).To(succeed())
	})

	It("hide public channels from guests who are not in them", func() {
		s = open(seeded(office()), profiled(func(*webapi.Profile) {}), func(o *webapi.Options) {
			o.Seed.Apps[0].Tokens = []webapi.SeedToken{{Token: "xoxp-guest", User: cleo}}
		})
		Expect(names(s.as("xoxp-guest", "conversations.list", nil)["channels"], "id")).To(ConsistOf("COFFICE0GEN", town))
	})
})

var _ = Describe("The members of a conversation", func() {
	var s *slack
	BeforeEach(func() { s = open(seeded(office())) })

	It("join with a message and an event", func() {
		Expect(s.call("conversations.join", args{"channel": quiet})).To(succeed())
		Expect(s.events("member_joined_channel")).To(ConsistOf(And(
			HaveKeyWithValue("user", bot), HaveKeyWithValue("channel", quiet), HaveKeyWithValue("channel_type", "C"), HaveKeyWithValue("team", "TOFFICE"), Not(HaveKey("inviter")))))
		Expect(s.events("message")).To(ConsistOf(And(HaveKeyWithValue("subtype", "channel_join"), HaveKeyWithValue("text", "<@"+bot+"> has joined the channel"))))
		Expect(s.Happened[0].Members).To(ContainElements(ann, bot))
		again := s.call("conversations.join", args{"channel": quiet})
		Expect(again).To(And(succeed(), HaveKeyWithValue("warning", "already_in_channel")))
		Expect(s.Events).To(HaveLen(2))
	})

	It("join public channels alone", func() {
		for _, id := range []string{secret, trio, duo} {
			Expect(s.call("conversations.join", args{"channel": id})).To(failWith("method_not_supported_for_channel_type"), id)
		}
	})

	It("are invited by members, all or none", func() {
		Expect(s.call("conversations.invite", args{"channel": quiet, "users": cleo})).To(failWith("not_in_channel"))
		answer := s.call("conversations.invite", args{"channel": secret, "users": strings.Join([]string{bob, "U404", ann, bot}, ",")})
		Expect(answer).To(failWith("user_not_found"))
		Expect(names(answer["errors"], "error")).To(Equal([]string{"user_not_found", "already_in_channel", "cant_invite_self"}))
		Expect(s.Events).To(BeEmpty())

		Expect(s.call("conversations.invite", args{"channel": secret, "users": bob + ",U404", "force": "true"})).To(succeed())
		Expect(s.events("member_joined_channel")).To(ConsistOf(And(HaveKeyWithValue("user", bob), HaveKeyWithValue("inviter", bot))))
		Expect(s.events("message")).To(ConsistOf(And(HaveKeyWithValue("subtype", "group_join"), HaveKeyWithValue("channel_type", "group"), HaveKeyWithValue("inviter", bot))))
		Expect(s.call("conversations.members", args{"channel": secret})).To(HaveKeyWithValue("members", ConsistOf(ann, bot, bob)))
	})

	It("leave, of which the app learns by another event", func() {
		Expect(s.call("conversations.leave", args{"channel": town})).To(succeed())
		Expect(s.events("member_left_channel")).To(HaveLen(1))
		Expect(s.events("channel_left")).To(ConsistOf(And(HaveKeyWithValue("channel", town), HaveKeyWithValue("actor_id", bot))))
		Expect(s.events("message")).To(ConsistOf(HaveKeyWithValue("subtype", "channel_leave")))
		Expect(s.Happened[0].Members).NotTo(ContainElement(bot))
		Expect(s.call("conversations.leave", args{"channel": town})).To(And(succeed(), HaveKeyWithValue("not_in_channel", true)))
	})

	DescribeTable("cannot leave or be put out at will",
		func(method string, a args, code string) {
			Expect(s.call(method, a)).To(failWith(code))
			Expect(s.Events).To(BeEmpty())
		},
		Entry("leaving the general channel", "conversations.leave", args{"channel": "COFFICE0GEN"}, "cant_leave_general"),
		Entry("leaving a direct message", "conversations.leave", args{"channel": duo}, "method_not_supported_for_channel_type"),
		Entry("out of the general channel", "conversations.kick", args{"channel": "COFFICE0GEN", "user": bob}, "cant_kick_from_general"),
		Entry("oneself", "conversations.kick", args{"channel": town, "user": bot}, "cant_kick_self"),
		Entry("nobody", "conversations.kick", args{"channel": town, "user": "U404"}, "user_not_found"),
		Entry("who is not there", "conversations.kick", args{"channel": secret, "user": bob}, "not_in_channel"),
		Entry("by who is not there", "conversations.kick", args{"channel": quiet, "user": bob}, "not_in_channel"),
	)

	It("keep the last one of a private channel in", func() {
		Expect(s.as(userToken, "conversations.leave", args{"channel": vault})).To(failWith("last_member"))
	})

	It("are put out", func() {
		Expect(s.call("conversations.kick", args{"channel": town, "user": bob})).To(succeed())
		Expect(s.call("conversations.members", args{"channel": town})["members"]).NotTo(ContainElement(bob))
	})

	It("mark what they have read", func() {
		Expect(s.call("conversations.mark", args{"channel": town, "ts": "1795435200.000100"})).To(succeed())
		Expect(s.call("conversations.info", args{"channel": town})["channel"]).To(HaveKeyWithValue("last_read", "1795435200.000100"))
		Expect(s.call("conversations.mark", args{"channel": town, "ts": "then"})).To(failWith("invalid_timestamp"))
		Expect(s.call("conversations.mark", args{"channel": quiet, "ts": "1"})).To(failWith("not_in_channel"))
	})
})

var _ = Describe("A channel's life", func() {
	var s *slack
	BeforeEach(func() { s = open(seeded(office())) })

	It("begins with its creator in it", func() {
		answer := s.call("conversations.create", args{"name": "neu-größe_1"})
		Expect(answer).To(succeed())
		Expect(answer["channel"]).To(And(HaveKeyWithValue("name", "neu-größe_1"), HaveKeyWithValue("creator", bot), HaveKeyWithValue("is_member", true)))
		Expect(s.events("channel_created")).To(ConsistOf(HaveKeyWithValue("channel", And(HaveKeyWithValue("name", "neu-größe_1"), HaveKeyWithValue("is_channel", true)))))
		Expect(s.events("member_joined_channel")).To(HaveLen(1))
	})

	It("begins unseen when it is private", func() {
		answer := s.call("conversations.create", args{"name": "hush", "is_private": "true"})
		Expect(answer["channel"]).To(HaveKeyWithValue("is_private", true))
		Expect(s.events("channel_created")).To(BeEmpty())
		for _, h := range s.Happened {
			Expect(h.Members).To(ConsistOf(bot), h.Type)
		}
	})

	DescribeTable("does not begin with a bad name",
		func(name, code string) {
			Expect(s.call("conversations.create", args{"name": name})).To(failWith(code))
			Expect(s.call("conversations.rename", args{"channel": s.own(), "name": name})).To(failWith(code))
		},
		Entry("upper case", "Town", "invalid_name_specials"),
		Entry("a space", "a b", "invalid_name_specials"),
		Entry("a point", "a.b", "invalid_name_specials"),
		Entry("too long", strings.Repeat("ä", 81), "invalid_name_maxlength"),
		Entry("punctuation", "--__", "invalid_name_punctuation"),
		Entry("blank", " ", "invalid_name_required"),
		Entry("taken", "town", "name_taken"),
		Entry("taken by one that cannot be seen", "vault", "name_taken"),
	)

	It("goes on under another name", func() {
		id := s.own()
		Expect(s.call("conversations.rename", args{"channel": id, "name": "ours"})["channel"]).To(
			And(HaveKeyWithValue("name", "ours"), HaveKeyWithValue("previous_names", ConsistOf("own"))))
		Expect(s.events("channel_rename")).To(ConsistOf(HaveKeyWithValue("channel", HaveKeyWithValue("name", "ours"))))
		Expect(s.events("message")).To(ContainElement(And(HaveKeyWithValue("subtype", "channel_name"), HaveKeyWithValue("old_name", "own"), HaveKeyWithValue("name", "ours"))))
		Expect(s.call("conversations.rename", args{"channel": town, "name": "city"})).To(failWith("not_authorized"))
		Expect(s.as(userToken, "conversations.rename", args{"channel": secret, "name": "safe"})).To(succeed())
		Expect(s.events("group_rename")).To(HaveLen(1))
	})

	It("has a topic and a purpose", func() {
		Expect(s.call("conversations.setTopic", args{"channel": town, "topic": "now"})["channel"]).To(
			HaveKeyWithValue("topic", And(HaveKeyWithValue("value", "now"), HaveKeyWithValue("creator", bot))))
		Expect(s.call("conversations.setPurpose", args{"channel": secret, "purpose": "ever"})).To(HaveKeyWithValue("purpose", "ever"))
		Expect(s.call("conversations.setTopic", args{"channel": town, "topic": "now"})).To(succeed())
		Expect(s.events("message")).To(ConsistOf(
			And(HaveKeyWithValue("subtype", "channel_topic"), HaveKeyWithValue("topic", "now")),
			And(HaveKeyWithValue("subtype", "group_purpose"), HaveKeyWithValue("purpose", "ever"))))
		Expect(s.call("conversations.setTopic", args{"channel": quiet, "topic": "x"})).To(failWith("not_in_channel"))
		Expect(s.call("conversations.setTopic", args{"channel": town, "topic": strings.Repeat("x", 251)})).To(failWith("too_long"))
	})

	It("ends in the archive, and comes back", func() {
		Expect(s.call("conversations.unarchive", args{"channel": town})).To(failWith("not_archived"))
		Expect(s.call("conversations.archive", args{"channel": town})).To(succeed())
		Expect(s.events("channel_archive")).To(ConsistOf(And(HaveKeyWithValue("channel", town), HaveKeyWithValue("user", bot), HaveKeyWithValue("is_moved", 0.0))))
		for method, more := range map[string]args{"conversations.invite": {"users": bob}, "conversations.setTopic": {"topic": "x"}, "conversations.leave": nil} {
			a := args{"channel": town}
			for name, value := range more {
				a[name] = value
			}
			Expect(s.call(method, a)).To(failWith("is_archived"), method)
		}
		Expect(s.call("conversations.archive", args{"channel": town})).To(failWith("already_archived"))
		Expect(names(s.call("conversations.list", args{"exclude_archived": "true"})["channels"], "id")).NotTo(ContainElement(town))
		Expect(s.call("conversations.unarchive", args{"channel": town})).To(succeed())
		Expect(s.events("channel_unarchive")).To(HaveLen(1))
		Expect(s.call("conversations.archive", args{"channel": "COFFICE0GEN"})).To(failWith("cant_archive_general"))
		Expect(s.call("conversations.archive", args{"channel": duo})).To(failWith("method_not_supported_for_channel_type"))
	})
})

// own is a channel that the bot created.
func (s *slack) own() string {
	answer := s.call("conversations.create", args{"name": "own"})
	Expect(answer).To(succeed())
	return answer["channel"].(map[string]any)["id"].(string)
}

var _ = Describe("Direct messages", func() {
	var s *slack
	BeforeEach(func() { s = open(seeded(office())) })

	It("open once", func() {
		first := s.call("conversations.open", args{"users": bob, "return_im": "true"})
		Expect(first).To(And(succeed(), Not(HaveKey("no_op"))))
		Expect(first["channel"]).To(And(HaveKeyWithValue("is_im", true), HaveKeyWithValue("user", bob), HaveKeyWithValue("id", HavePrefix("D"))))
		Expect(s.events("im_created")).To(ConsistOf(HaveKeyWithValue("channel", HaveKeyWithValue("user", bob))))
		again := s.call("conversations.open", args{"users": bob})
		Expect(again).To(And(HaveKeyWithValue("no_op", true), HaveKeyWithValue("already_open", true)))
		Expect(again["channel"]).To(HaveLen(1))
		Expect(s.call("conversations.open", args{"channel": duo})).To(And(succeed(), HaveKeyWithValue("already_open", true)))
	})

	It("are found by exactly the people in them", func() {
		same := s.call("conversations.open", args{"users": bob + "," + ann})
		Expect(same["channel"]).To(HaveKeyWithValue("id", trio))
		other := s.call("conversations.open", args{"users": strings.Join([]string{bob, ann, cleo}, ","), "return_im": "true"})
		Expect(other["channel"]).To(And(HaveKeyWithValue("is_mpim", true), HaveKeyWithValue("name", "mpdm-helper--bob--ann--cleo-1")))
	})

	DescribeTable("do not open with everybody",
		func(a args, code string) { Expect(s.call("conversations.open", a)).To(failWith(code)) },
		Entry("nobody named", nil, "users_list_not_supplied"),
		Entry("oneself", args{"users": bot}, "not_enough_users"),
		Entry("nobody known", args{"users": "U404"}, "user_not_found"),
		Entry("who is gone", args{"users": dora}, "user_disabled"),
		Entry("a channel", args{"channel": town}, "method_not_supported_for_channel_type"),
		Entry("what must not be made", args{"users": bob, "prevent_creation": "true"}, "channel_not_found"),
	)

	It("close and open again", func() {
		Expect(s.call("conversations.close", args{"channel": duo})).To(And(succeed(), Not(HaveKey("no_op"))))
		Expect(s.call("conversations.close", args{"channel": duo})).To(And(succeed(), HaveKeyWithValue("already_closed", true)))
		Expect(s.call("conversations.open", args{"channel": duo})).To(And(succeed(), Not(HaveKey("already_open"))))
		Expect(s.events("im_close")).To(HaveLen(1))
		Expect(s.events("im_open")).To(HaveLen(1))
		Expect(s.call("conversations.close", args{"channel": town})).To(failWith("method_not_supported_for_channel_type"))
	})
})

var _ = Describe("The history of a conversation", func() {
	var s *slack
	var ts []string
	BeforeEach(func() {
		s, ts = open(seeded(office())), nil
		for i := range 5 {
			answer := s.call("chat.postMessage", args{"channel": town, "text": fmt.Sprint("m", i)})
			ts = append(ts, answer["ts"].(string))
			s.Clock.Advance(time.Second)
		}
		for i := range 3 {
			Expect(s.call("chat.postMessage", args{"channel": town, "text": fmt.Sprint("r", i), "thread_ts": ts[1]})).To(succeed())
		}
	})

	texts := func(answer map[string]any) []string { return names(answer["messages"], "text") }
	cursor := func(answer map[string]any) any {
		return answer["response_metadata"].(map[string]any)["next_cursor"]
	}

	It("is newest first, without the replies of threads", func() {
		answer := s.call("conversations.history", args{"channel": town})
		Expect(texts(answer)).To(Equal([]string{"m4", "m3", "m2", "m1", "m0"}))
		Expect(answer).To(And(HaveKeyWithValue("has_more", false), HaveKeyWithValue("pin_count", 0.0)))
		Expect(answer["messages"].([]any)[3]).To(HaveKeyWithValue("reply_count", 3.0))
	})

	DescribeTable("is cut by time",
		func(from, to int, inclusive string, want ...string) {
			a := args{"channel": town, "inclusive": inclusive}
			if from >= 0 {
				a["oldest"] = ts[from]
			}
			if to >= 0 {
				a["latest"] = ts[to]
			}
			Expect(texts(s.call("conversations.history", a))).To(Equal(want))
		},
		Entry("after", 2, -1, "false", "m4", "m3"),
		Entry("from", 2, -1, "true", "m4", "m3", "m2"),
		Entry("before", -1, 2, "false", "m1", "m0"),
		Entry("one message", 2, 2, "true", "m2"),
		Entry("between", 0, 3, "false", "m2", "m1"),
	)

	It("comes in pages that new messages do not move", func() {
		first := s.call("conversations.history", args{"channel": town, "limit": "2"})
		Expect(texts(first)).To(Equal([]string{"m4", "m3"}))
		Expect(first).To(HaveKeyWithValue("has_more", true))
		Expect(s.call("chat.postMessage", args{"channel": town, "text": "late"})).To(succeed())
		second := s.call("conversations.history", args{"channel": town, "limit": "2", "cursor": cursor(first)})
		Expect(texts(second)).To(Equal([]string{"m2", "m1"}))
		last := s.call("conversations.history", args{"channel": town, "limit": "2", "cursor": cursor(second)})
		Expect(texts(last)).To(Equal([]string{"m0"}))
		Expect(last).To(And(HaveKeyWithValue("has_more", false), Not(HaveKey("response_metadata"))))
	})

	DescribeTable("refuses",
		func(method string, a args, code string) {
			if a["ts"] == "" {
				a["ts"] = ts[1]
			}
			Expect(s.call(method, a)).To(failWith(code))
		},
		Entry("a public channel without the bot", "conversations.history", args{"channel": quiet}, "not_in_channel"),
		Entry("a broken cursor", "conversations.history", args{"channel": town, "cursor": "bmV4dDoy"}, "invalid_cursor"),
		Entry("an oldest that is no ts", "conversations.history", args{"channel": town, "oldest": "monday"}, "invalid_ts_oldest"),
		Entry("a latest that is no ts", "conversations.history", args{"channel": town, "latest": "-1"}, "invalid_ts_latest"),
		Entry("a thread that is not there", "conversations.replies", args{"channel": town, "ts": "1.000001"}, "thread_not_found"),
		Entry("a thread elsewhere", "conversations.replies", args{"channel": secret, "ts": ""}, "thread_not_found"),
	)

	It("lets people read public channels they are not in", func() {
		Expect(s.as(userToken, "conversations.leave", args{"channel": town})).To(succeed())
		Expect(s.as(userToken, "conversations.history", args{"channel": town})).To(succeed())
	})

	It("has threads, their parents first", func() {
		answer := s.call("conversations.replies", args{"channel": town, "ts": ts[1]})
		Expect(texts(answer)).To(Equal([]string{"m1", "r0", "r1", "r2"}))
		Expect(answer).To(HaveKeyWithValue("has_more", false))
		first := s.call("conversations.replies", args{"channel": town, "ts": ts[1], "limit": "3"})
		Expect(texts(first)).To(Equal([]string{"m1", "r0", "r1"}))
		Expect(texts(s.call("conversations.replies", args{"channel": town, "ts": ts[1], "limit": "3", "cursor": cursor(first)}))).To(Equal([]string{"m1", "r2"}))
	})

	It("has messages without a thread alone", func() {
		Expect(texts(s.call("conversations.replies", args{"channel": town, "ts": ts[0]}))).To(Equal([]string{"m0"}))
	})
})
