package webapi_test

import (
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/webapi"
)

// A thread is a channel with a message of the bot's and one of a person's.
type thread struct {
	*slack
	bot, person string
}

// talk opens a workspace in which both have said something in general.
func talk(change ...func(*webapi.Options)) thread {
	t := thread{slack: open(change...)}
	t.bot, _ = t.say(nil)["ts"].(string)
	m, err := t.Post(webapi.Draft{TeamID: webapi.DefaultTeam, ChannelID: webapi.GeneralChannel, UserID: webapi.DefaultUser, Body: webapi.Body{Text: "from a person"}})
	Expect(err).NotTo(HaveOccurred())
	t.person = m.TS
	t.Events = nil
	return t
}

// say posts to general as the bot. Without a text it says hello.
func (s *slack) say(more args) map[string]any {
	a := args{"channel": webapi.GeneralChannel, "text": "hello"}
	for name, value := range more {
		a[name] = value
	}
	answer := s.post("chat.postMessage", a)
	return answer
}

func section(text string) map[string]any {
	return map[string]any{"type": "section", "text": map[string]any{"type": "mrkdwn", "text": text}}
}

// event is the last event of that subtype, where "" is simply a message.
func (s *slack) event(subtype string) map[string]any {
	for i := len(s.Events) - 1; i >= 0; i-- {
		e := s.Events[i]
		found, _ := e["subtype"].(string)
		if e["type"] == "message" && found == subtype {
			return e
		}
	}
	Fail("there is no message event of the subtype " + subtype)
	return nil
}

var _ = Describe("chat.postMessage", func() {
	var s *slack
	BeforeEach(func() { s = open() })

	It("says who posted, as Slack does for bots", func() {
		m := s.say(nil)["message"]
		Expect(m).To(And(
			HaveKeyWithValue("user", webapi.DefaultBotUser), HaveKeyWithValue("bot_id", webapi.DefaultBot),
			HaveKeyWithValue("app_id", webapi.DefaultApp), HaveKeyWithValue("team", webapi.DefaultTeam), Not(HaveKey("subtype")),
		))
		Expect(m).To(HaveKeyWithValue("bot_profile", And(HaveKeyWithValue("id", webapi.DefaultBot), HaveKeyWithValue("name", "belay"))))
	})

	It("comes back to the app as an event", func() {
		answer := s.say(args{"text": "hello <@" + webapi.DefaultBotUser + ">"})
		Expect(s.Events).To(HaveLen(2))
		Expect(s.Events[0]).To(And(
			HaveKeyWithValue("type", "message"), HaveKeyWithValue("bot_id", webapi.DefaultBot), HaveKey("bot_profile"),
			HaveKeyWithValue("channel", webapi.GeneralChannel), HaveKeyWithValue("event_ts", answer["ts"]), HaveKeyWithValue("channel_type", "channel"),
		))
		Expect(s.Events[1]).To(And(HaveKeyWithValue("type", "app_mention"), HaveKeyWithValue("ts", answer["ts"])))
		Expect(s.Happened[0].Subscription).To(Equal("message.channels"))
	})

	It("makes blocks of a text", func() {
		m := s.say(args{"text": "*done* by <@U1>"})["message"].(map[string]any)
		Expect(m["blocks"]).To(ConsistOf(And(HaveKeyWithValue("type", "rich_text"), HaveKey("block_id"))))
	})

	It("posts as a bot_message under another name", func() {
		m := s.say(args{"username": "deploys", "icon_emoji": "rocket"})["message"]
		Expect(m).To(And(
			HaveKeyWithValue("subtype", "bot_message"), HaveKeyWithValue("username", "deploys"), HaveKeyWithValue("bot_id", webapi.DefaultBot),
			HaveKeyWithValue("icons", HaveKeyWithValue("emoji", ":rocket:")), Not(HaveKey("user")),
		))
	})

	It("needs a scope for another name", func() {
		s = open(seeded(webapi.Seed{Apps: []webapi.SeedApp{{Name: "bot", BotScopes: []string{"chat:write"}}}}))
		Expect(s.say(args{"username": "deploys"})).To(And(failWith("missing_scope"), HaveKeyWithValue("needed", "chat:write.customize")))
		Expect(s.Found).To(ConsistOf("api.missing-scope"))
	})

	It("gives blocks ids and keeps what was sent", func() {
		m := s.say(args{"text": "fallback", "blocks": []any{section("*x*"), map[string]any{"type": "divider", "block_id": "mine"}}})["message"]
		Expect(m).To(HaveKeyWithValue("blocks", HaveExactElements(
			And(HaveKeyWithValue("type", "section"), HaveKeyWithValue("block_id", Not(BeEmpty()))), HaveKeyWithValue("block_id", "mine"),
		)))
	})

	It("takes blocks and attachments as lists and as text", func() {
		for _, blocks := range []any{[]any{section("x")}, `[{"type":"section","text":{"type":"mrkdwn","text":"x"}}]`} {
			Expect(s.say(args{"blocks": blocks})["message"]).To(HaveKeyWithValue("blocks", HaveLen(1)))
		}
		for _, attachments := range []any{[]any{map[string]any{"text": "x"}}, `[{"text":"x"}]`} {
			Expect(s.say(args{"attachments": attachments})["message"]).To(HaveKeyWithValue("attachments",
				ConsistOf(And(HaveKeyWithValue("id", 1.0), HaveKeyWithValue("fallback", "x")))))
		}
		Expect(s.call("chat.postMessage", args{"channel": "general", "blocks": []any{section("x")}})).To(succeed())
	})

	It("fills the text of blocks alone", func() {
		Expect(s.say(args{"text": "", "blocks": []any{section("x")}})["message"]).To(HaveKeyWithValue("text", "This content can't be displayed."))
	})

	It("cuts a text that is too long, and warns", func() {
		answer := s.say(args{"text": strings.Repeat("漢", 40_001)})
		Expect(answer).To(And(succeed(), HaveKeyWithValue("warning", "message_truncated")))
		Expect([]rune(answer["message"].(map[string]any)["text"].(string))).To(HaveLen(40_000))
	})

	DescribeTable("refuses as Slack does",
		func(more args, code string) { Expect(s.say(more)).To(failWith(code)) },
		Entry("no text", args{"text": ""}, "no_text"),
		Entry("blocks that are none", args{"text": "", "blocks": []any{}}, "no_text"),
		Entry("a channel that is none", args{"channel": "C404"}, "channel_not_found"),
		Entry("blocks that are no list", args{"blocks": "{"}, "invalid_blocks_format"),
		Entry("blocks that are wrong", args{"blocks": []any{map[string]any{"type": "sections"}}}, "invalid_blocks"),
		Entry("too many attachments", args{"attachments": make([]struct{}, 101)}, "too_many_attachments"),
		Entry("attachments that are no list", args{"attachments": `"x"`}, "invalid_attachments"),
		Entry("markdown and text", args{"markdown_text": "**x**"}, "markdown_text_conflict"),
		Entry("metadata that is no JSON", args{"metadata": "{"}, "invalid_metadata_format"),
		Entry("metadata without a type", args{"metadata": map[string]any{"event_payload": args{}}}, "invalid_metadata_schema"),
		Entry("metadata without a payload", args{"metadata": map[string]any{"event_type": "x"}}, "invalid_metadata_schema"),
		Entry("too much metadata", args{"metadata": map[string]any{"event_type": "x", "event_payload": args{"x": strings.Repeat("x", 65<<10)}}}, "metadata_too_large"),
		Entry("a thread that is none", args{"thread_ts": "0"}, "invalid_thread_ts"),
		Entry("an empty thread", args{"thread_ts": ""}, "invalid_thread_ts"),
	)

	It("says where blocks are wrong", func() {
		answer := s.say(args{"blocks": []any{section(strings.Repeat("x", 3001))}})
		Expect(answer).To(HaveKeyWithValue("errors", ContainElement(ContainSubstring("[json-pointer:/blocks/0/text/text]"))))
		Expect(answer).To(HaveKeyWithValue("response_metadata", HaveKeyWithValue("messages", ContainElement(HavePrefix("[ERROR] must be less than 3001 characters")))))
		Expect(s.Found).To(ConsistOf("api.blocks"))
	})

	It("warns of blocks that are close to a limit", func() {
		Expect(s.say(args{"blocks": []any{section(strings.Repeat("x", 2900))}})).To(succeed())
		Expect(s.Found).To(ConsistOf("api.near-limit"))
	})

	It("tells other apps of metadata", func() {
		answer := s.say(args{"metadata": map[string]any{"event_type": "deployed", "event_payload": args{"id": 1}}})
		Expect(answer["message"]).To(HaveKeyWithValue("metadata", HaveKeyWithValue("event_type", "deployed")))
		Expect(s.Events).To(ContainElement(And(
			HaveKeyWithValue("type", "message_metadata_posted"), HaveKeyWithValue("app_id", webapi.DefaultApp), HaveKeyWithValue("message_ts", answer["ts"]),
			HaveKeyWithValue("channel_id", webapi.GeneralChannel), HaveKeyWithValue("metadata", HaveKeyWithValue("event_type", "deployed")),
		)))
	})

	It("opens the direct message of a user's id", func() {
		answer := s.say(args{"channel": webapi.DefaultUser})
		Expect(answer).To(And(succeed(), HaveKeyWithValue("channel", HavePrefix("D"))))
		Expect(s.Events).To(HaveExactElements(HaveKeyWithValue("type", "im_created"), HaveKeyWithValue("channel_type", "im")))
		Expect(s.say(args{"channel": webapi.DefaultUser})["channel"]).To(Equal(answer["channel"]))
	})

	Describe("to a channel the bot is not in", func() {
		in := func(kind string, scopes ...string) *slack {
			return open(seeded(webapi.Seed{
				Teams: []webapi.SeedTeam{{ID: webapi.DefaultTeam, Users: []webapi.SeedUser{{ID: webapi.DefaultUser, Name: "ann"}},
					Channels: []webapi.SeedChannel{{ID: webapi.GeneralChannel, Name: "general", Type: kind, Members: []string{"ann"}}}}},
				Apps: []webapi.SeedApp{{Name: "bot", BotScopes: scopes}},
			}))
		}
		It("is refused", func() { Expect(in("", "chat:write").say(nil)).To(failWith("not_in_channel")) })
		It("is allowed by a scope", func() { Expect(in("", "chat:write", "chat:write.public").say(nil)).To(succeed()) })
		It("is refused for a private one, which the bot does not see", func() {
			Expect(in("private", "chat:write", "chat:write.public").say(nil)).To(failWith("channel_not_found"))
		})
	})

	It("posts as a person with their token", func() {
		answer := s.as(userToken, "chat.postMessage", args{"channel": "general", "text": "hi"})
		Expect(answer["message"]).To(And(HaveKeyWithValue("user", webapi.DefaultUser), Not(HaveKey("bot_id"))))
	})

	It("refuses a channel in which nobody may post", func() {
		s = open(seeded(webapi.Seed{Teams: []webapi.SeedTeam{{ID: webapi.DefaultTeam, Channels: []webapi.SeedChannel{{ID: webapi.GeneralChannel, Name: "general", ReadOnly: true}}}}}))
		Expect(s.say(nil)).To(failWith("restricted_action_read_only_channel"))
	})

	It("refuses a direct message of an app that takes none", func() {
		s = open(seeded(webapi.Seed{Apps: []webapi.SeedApp{{Name: "bot", NoMessagesTab: true}}}))
		Expect(s.say(args{"channel": webapi.DefaultUser})).To(failWith("messages_tab_disabled"))
	})

	It("refuses an archived channel", func() {
		s = open(seeded(webapi.Seed{Teams: []webapi.SeedTeam{{ID: webapi.DefaultTeam, Channels: []webapi.SeedChannel{{ID: webapi.GeneralChannel, Name: "general", Archived: true}}}}}))
		Expect(s.say(nil)).To(failWith("is_archived"))
	})
})

var _ = Describe("A thread", func() {
	It("counts its replies", func() {
		s := talk()
		answer := s.say(args{"thread_ts": s.person})
		Expect(answer["message"]).To(And(HaveKeyWithValue("thread_ts", s.person), HaveKeyWithValue("parent_user_id", webapi.DefaultUser)))
		s.say(args{"thread_ts": s.person})
		parent, ok := s.Message(webapi.DefaultTeam, webapi.GeneralChannel, s.person)
		Expect(ok).To(BeTrue())
		Expect(parent.ReplyCount).To(Equal(2))
		Expect(parent.ReplyUsers).To(ConsistOf(webapi.DefaultBotUser))
		Expect(parent.ReplyUsersCount).To(Equal(1))
	})

	It("shows a reply in the channel, too", func() {
		s := talk()
		s.say(args{"thread_ts": s.person, "reply_broadcast": true})
		Expect(s.event("thread_broadcast")).To(And(
			HaveKeyWithValue("thread_ts", s.person), HaveKeyWithValue("root", And(HaveKeyWithValue("ts", s.person), HaveKeyWithValue("text", "from a person"))),
		))
	})

	It("loses replies to a message that is gone, and says so by silence", func() {
		s := talk()
		Expect(s.post("chat.delete", args{"channel": webapi.GeneralChannel, "ts": s.bot})).To(succeed())
		answer := s.say(args{"thread_ts": s.bot})
		Expect(answer).To(succeed())
		Expect(answer["message"]).NotTo(HaveKey("thread_ts"))
	})

	It("is not found by the ts of a reply", func() {
		s := talk()
		reply := s.say(args{"thread_ts": s.person})["ts"]
		Expect(s.say(args{"thread_ts": reply})["message"]).To(HaveKeyWithValue("thread_ts", reply))
		parent, _ := s.Message(webapi.DefaultTeam, webapi.GeneralChannel, s.person)
		Expect(parent.ReplyCount).To(Equal(1))
	})

	It("leaves a tombstone until its last reply goes", func() {
		s := talk()
		reply := s.say(args{"thread_ts": s.bot})["ts"]
		s.Events = nil
		Expect(s.post("chat.delete", args{"channel": webapi.GeneralChannel, "ts": s.bot})).To(succeed())
		Expect(s.event("message_changed")).To(HaveKeyWithValue("message", And(
			HaveKeyWithValue("subtype", "tombstone"), HaveKeyWithValue("text", "This message was deleted."), HaveKeyWithValue("user", "USLACKBOT"),
			HaveKeyWithValue("reply_count", 1.0), HaveKeyWithValue("hidden", true),
		)))
		Expect(s.post("chat.delete", args{"channel": webapi.GeneralChannel, "ts": s.bot})).To(failWith("message_not_found"))
		Expect(s.post("chat.delete", args{"channel": webapi.GeneralChannel, "ts": reply})).To(succeed())
		_, ok := s.Message(webapi.DefaultTeam, webapi.GeneralChannel, s.bot)
		Expect(ok).To(BeFalse())
	})
})

var _ = Describe("chat.update", func() {
	var s thread
	BeforeEach(func() { s = talk() })
	update := func(a args) map[string]any {
		all := args{"channel": webapi.GeneralChannel, "ts": s.bot}
		for name, value := range a {
			all[name] = value
		}
		return s.post("chat.update", all)
	}

	It("changes a message and tells of it", func() {
		answer := update(args{"text": "changed"})
		Expect(answer).To(And(succeed(), HaveKeyWithValue("text", "changed"), HaveKeyWithValue("ts", s.bot)))
		Expect(s.event("message_changed")).To(And(
			HaveKeyWithValue("message", And(HaveKeyWithValue("text", "changed"), HaveKeyWithValue("ts", s.bot), HaveKeyWithValue("edited", And(HaveKeyWithValue("user", webapi.DefaultBot), HaveKeyWithValue("ts", HaveSuffix(".000000")))))),
			HaveKeyWithValue("previous_message", And(HaveKeyWithValue("text", "hello"), Not(HaveKey("edited")))),
			HaveKeyWithValue("hidden", true), HaveKeyWithValue("channel", webapi.GeneralChannel), HaveKeyWithValue("channel_type", "channel"),
		))
	})

	It("keeps blocks that are not given, unless there is a text", func() {
		Expect(update(args{"blocks": []any{section("x")}})["message"]).To(HaveKeyWithValue("blocks", ConsistOf(HaveKeyWithValue("type", "section"))))
		Expect(update(args{"metadata": args{"event_type": "x", "event_payload": args{}}})["message"]).To(HaveKeyWithValue("blocks", ConsistOf(HaveKeyWithValue("type", "section"))))
		Expect(update(args{"text": "plain"})["message"]).To(HaveKeyWithValue("blocks", ConsistOf(HaveKeyWithValue("type", "rich_text"))))
	})

	It("keeps attachments that are not given, and takes them away by an empty list", func() {
		update(args{"attachments": []any{args{"text": "x"}}})
		Expect(update(args{"text": "y"})["message"]).To(HaveKey("attachments"))
		Expect(update(args{"text": "y", "attachments": []any{}})["message"]).NotTo(HaveKey("attachments"))
	})

	It("takes metadata away by an empty object", func() {
		update(args{"metadata": args{"event_type": "x", "event_payload": args{}}})
		Expect(update(args{"metadata": args{}})["message"]).NotTo(HaveKey("metadata"))
		Expect(s.Events).To(ContainElement(HaveKeyWithValue("type", "message_metadata_posted")))
		Expect(s.Events).To(ContainElement(And(HaveKeyWithValue("type", "message_metadata_deleted"), HaveKey("previous_metadata"), HaveKeyWithValue("deleted_ts", s.bot))))
	})

	It("shows an old reply in the channel", func() {
		s.bot = s.say(args{"thread_ts": s.person})["ts"].(string)
		Expect(update(args{"text": "other", "reply_broadcast": true})).To(failWith("no_dual_broadcast_content_update"))
		Expect(update(args{"reply_broadcast": true})["message"]).To(HaveKeyWithValue("subtype", "thread_broadcast"))
	})

	DescribeTable("refuses as Slack does",
		func(a args, code string) { Expect(update(a)).To(failWith(code)) },
		Entry("a message that is none", args{"ts": "1.1", "text": "x"}, "message_not_found"),
		Entry("a channel that is none", args{"channel": "C404", "text": "x"}, "channel_not_found"),
		Entry("a channel's name", args{"channel": "general", "text": "x"}, "channel_not_found"),
		Entry("nothing to change", args{}, "no_text"),
		Entry("a text of more than 4,000 characters", args{"text": strings.Repeat("x", 4001)}, "msg_too_long"),
		Entry("blocks that are wrong", args{"blocks": []any{args{"type": "x"}}}, "invalid_blocks"),
		Entry("a broadcast of what is no reply", args{"reply_broadcast": true}, "cant_broadcast_message"),
	)

	It("refuses a message of somebody else", func() {
		Expect(update(args{"ts": s.person, "text": "x"})).To(failWith("cant_update_message"))
		Expect(s.as(userToken, "chat.update", args{"channel": webapi.GeneralChannel, "ts": s.bot, "text": "x"})).To(failWith("cant_update_message"))
	})

	It("refuses an ephemeral message", func() {
		ts := s.post("chat.postEphemeral", args{"channel": "general", "user": webapi.DefaultUser, "text": "x"})["message_ts"]
		Expect(update(args{"ts": ts, "text": "y"})).To(failWith("message_not_found"))
	})

	It("does not put blocks in the place of what a person typed", func() {
		Expect(s.as(userToken, "chat.update", args{"channel": webapi.GeneralChannel, "ts": s.person, "blocks": []any{section("x")}})).To(failWith("block_mismatch"))
	})
})

var _ = Describe("chat.delete", func() {
	It("deletes a message and tells of it", func() {
		s := talk()
		Expect(s.post("chat.delete", args{"channel": webapi.GeneralChannel, "ts": s.bot})).To(And(succeed(), HaveKeyWithValue("ts", s.bot)))
		Expect(s.event("message_deleted")).To(And(
			HaveKeyWithValue("deleted_ts", s.bot), HaveKeyWithValue("hidden", true), HaveKeyWithValue("previous_message", HaveKeyWithValue("text", "hello")),
		))
		Expect(s.post("chat.delete", args{"channel": webapi.GeneralChannel, "ts": s.bot})).To(failWith("message_not_found"))
	})

	It("refuses a message of somebody else, unless an admin asks", func() {
		s := talk()
		Expect(s.post("chat.delete", args{"channel": webapi.GeneralChannel, "ts": s.person})).To(failWith("cant_delete_message"))
		Expect(s.as(userToken, "chat.delete", args{"channel": webapi.GeneralChannel, "ts": s.bot})).To(succeed())
	})
})

var _ = Describe("chat.postEphemeral", func() {
	It("shows a message to one user alone", func() {
		s := open()
		answer := s.post("chat.postEphemeral", args{"channel": "general", "user": webapi.DefaultUser, "text": "psst"})
		Expect(answer).To(succeed())
		Expect(s.Events).To(BeEmpty())
		seen := s.Ephemerals(webapi.DefaultTeam, webapi.GeneralChannel, webapi.DefaultUser)
		Expect(seen).To(HaveLen(1))
		Expect(seen[0].TS).To(Equal(answer["message_ts"]))
		Expect(s.Ephemerals(webapi.DefaultTeam, webapi.GeneralChannel, "UBELAYGUEST")).To(BeEmpty())
		_, ok := s.Last(webapi.DefaultTeam, webapi.GeneralChannel)
		Expect(ok).To(BeFalse())
		Expect(s.Snapshot().Teams[0].Channels[0].Ephemerals).To(ConsistOf(HaveField("User", webapi.DefaultUser)))
	})

	It("keeps the last hundred", func() {
		s := open()
		for range 130 {
			s.post("chat.postEphemeral", args{"channel": "general", "user": webapi.DefaultUser, "text": "psst"})
		}
		Expect(s.Ephemerals(webapi.DefaultTeam, webapi.GeneralChannel, webapi.DefaultUser)).To(HaveLen(100))
	})

	It("refuses a user who is not there", func() {
		Expect(open().post("chat.postEphemeral", args{"channel": "general", "user": "U404", "text": "x"})).To(failWith("user_not_in_channel"))
	})
})

var _ = Describe("chat.meMessage", func() {
	It("says what the app does", func() {
		s := open()
		Expect(s.post("chat.meMessage", args{"channel": webapi.GeneralChannel, "text": "waves"})).To(And(succeed(), HaveKey("ts")))
		Expect(s.event("me_message")).To(HaveKeyWithValue("text", "waves"))
	})
})

var _ = Describe("chat.getPermalink", func() {
	link := func(s *slack, ts any) map[string]any {
		return s.call("chat.getPermalink", args{"channel": webapi.GeneralChannel, "message_ts": ts.(string)})
	}
	It("says where a message and a reply are", func() {
		s := talk()
		plain := strings.Replace(s.bot, ".", "", 1)
		Expect(link(s.slack, s.bot)).To(HaveKeyWithValue("permalink", "https://belay-probe.slack.com/archives/"+webapi.GeneralChannel+"/p"+plain))
		Expect(link(s.slack, s.say(args{"thread_ts": s.bot})["ts"])).To(HaveKeyWithValue("permalink", HaveSuffix("?thread_ts="+s.bot+"&cid="+webapi.GeneralChannel)))
		Expect(link(s.slack, "1.1")).To(failWith("message_not_found"))
	})
})

var _ = Describe("A scheduled message", func() {
	var s *slack
	BeforeEach(func() { s = open() })
	at := func(d time.Duration) int64 { return noon.Add(d).Unix() }
	schedule := func(d time.Duration) map[string]any {
		return s.post("chat.scheduleMessage", args{"channel": "general", "text": "later", "post_at": at(d)})
	}
	list := func() any { return s.post("chat.scheduledMessages.list", args{})["scheduled_messages"] }

	It("is posted when its time comes", func() {
		answer := schedule(time.Hour)
		Expect(answer).To(And(succeed(), HaveKeyWithValue("post_at", float64(at(time.Hour))), HaveKeyWithValue("channel", webapi.GeneralChannel)))
		Expect(answer["message"]).To(And(HaveKeyWithValue("type", "delayed_message"), Not(HaveKey("ts"))))
		Expect(list()).To(ConsistOf(And(HaveKeyWithValue("id", answer["scheduled_message_id"]), HaveKeyWithValue("text", "later"))))
		s.Clock.Advance(59 * time.Minute)
		Expect(s.Events).To(BeEmpty())
		s.Clock.Advance(time.Minute)
		Expect(s.Events).To(ConsistOf(And(HaveKeyWithValue("type", "message"), HaveKeyWithValue("text", "later"), HaveKeyWithValue("bot_id", webapi.DefaultBot))))
		Expect(list()).To(BeEmpty())
	})

	It("is taken back, but for its last minute", func() {
		for d, want := range map[time.Duration]OmegaMatcher{time.Hour: succeed(), 30 * time.Second: failWith("invalid_scheduled_message_id")} {
			id := schedule(d)["scheduled_message_id"]
			Expect(s.post("chat.deleteScheduledMessage", args{"channel": webapi.GeneralChannel, "scheduled_message_id": id})).To(want)
		}
		s.Clock.Advance(2 * time.Hour)
		Expect(s.Events).To(HaveLen(1))
	})

	It("is forgotten with everything else", func() {
		schedule(time.Hour)
		s.Reset()
		s.Clock.Advance(2 * time.Hour)
		Expect(s.Events).To(BeEmpty())
		Expect(s.Clock.Waiting()).To(BeZero())
	})

	DescribeTable("is refused as Slack does",
		func(postAt any, code string) {
			Expect(s.post("chat.scheduleMessage", args{"channel": "general", "text": "x", "post_at": postAt})).To(failWith(code))
		},
		Entry("in the past", noon.Add(-time.Second).Unix(), "time_in_past"),
		Entry("now", noon.Unix(), "time_in_past"),
		Entry("too far", noon.Add(121*24*time.Hour).Unix(), "time_too_far"),
		Entry("no time", -1, "invalid_time"),
	)

	It("is one of 30 in five minutes", func() {
		for range 30 {
			Expect(schedule(time.Hour)).To(succeed())
		}
		Expect(schedule(time.Hour + time.Minute)).To(failWith("restricted_too_many"))
		Expect(schedule(time.Hour + 5*time.Minute)).To(succeed())
	})
})

var _ = Describe("chat.unfurl", func() {
	var s *slack
	var ts string
	const link = "https://example.com/a?b=1&c=2"
	BeforeEach(func() {
		s = open()
		m, err := s.Post(webapi.Draft{TeamID: webapi.DefaultTeam, ChannelID: "general", UserID: webapi.DefaultUser, Body: webapi.Body{Text: "see <https://example.com/a?b=1&amp;c=2>"}})
		Expect(err).NotTo(HaveOccurred())
		ts = m.TS
	})

	It("puts what the app knows beneath the message, once for a link", func() {
		for _, title := range []string{"one", "two"} {
			Expect(s.post("chat.unfurl", args{"channel": webapi.GeneralChannel, "ts": ts, "unfurls": `{"` + link + `":{"title":"` + title + `"}}`})).To(succeed())
		}
		Expect(s.event("message_changed")).To(HaveKeyWithValue("message", And(
			HaveKeyWithValue("attachments", ConsistOf(And(HaveKeyWithValue("title", "two"), HaveKeyWithValue("from_url", link), HaveKeyWithValue("app_id", webapi.DefaultApp)))),
			Not(HaveKey("edited")),
		)))
	})

	DescribeTable("refuses as Slack does",
		func(a args, code string) {
			if a["ts"] == "it" {
				a["ts"] = ts
			}
			Expect(s.post("chat.unfurl", a)).To(failWith(code))
		},
		Entry("no channel", args{"unfurls": "{}"}, "missing_channel"),
		Entry("no ts", args{"channel": webapi.GeneralChannel}, "missing_ts"),
		Entry("no unfurls", args{"channel": webapi.GeneralChannel, "ts": "it"}, "missing_unfurls"),
		Entry("unfurls that are no map", args{"channel": webapi.GeneralChannel, "ts": "it", "unfurls": "[]"}, "invalid_unfurls_format"),
		Entry("an unfurl that is no attachment", args{"channel": webapi.GeneralChannel, "ts": "it", "unfurls": `{"` + link + `":1}`}, "cannot_parse_attachment"),
		Entry("another link", args{"channel": webapi.GeneralChannel, "ts": "it", "unfurls": `{"https://example.com/z":{}}`}, "cannot_unfurl_message"),
		Entry("another message", args{"channel": webapi.GeneralChannel, "ts": "1.1", "unfurls": "{}"}, "cannot_find_message"),
		Entry("another channel", args{"channel": "C404", "ts": "1.1", "unfurls": "{}"}, "cannot_find_channel"),
		Entry("a source alone", args{"source": "composer", "unfurls": "{}"}, "missing_unfurl_id"),
		Entry("an id alone", args{"unfurl_id": "U1", "unfurls": "{}"}, "missing_source"),
		Entry("another source", args{"unfurl_id": "U1", "source": "x", "unfurls": "{}"}, "invalid_source"),
	)
})

var _ = Describe("A stream", func() {
	var s thread
	BeforeEach(func() { s = talk() })
	start := func(more args) map[string]any {
		a := args{"channel": webapi.GeneralChannel, "thread_ts": s.person, "recipient_team_id": webapi.DefaultTeam, "recipient_user_id": webapi.DefaultUser}
		for name, value := range more {
			a[name] = value
		}
		return s.post("chat.startStream", a)
	}
	with := func(method string, ts any, more args) map[string]any {
		a := args{"channel": webapi.GeneralChannel, "ts": ts}
		for name, value := range more {
			a[name] = value
		}
		return s.post(method, a)
	}

	It("writes a message little by little", func() {
		ts := start(args{"markdown_text": "one"})["ts"]
		Expect(s.event("")).To(And(HaveKeyWithValue("text", "one"), HaveKeyWithValue("streaming_state", "in_progress"), HaveKeyWithValue("thread_ts", s.person)))
		Expect(with("chat.appendStream", ts, args{"markdown_text": ", two"})).To(And(succeed(), HaveKeyWithValue("ts", ts)))
		answer := with("chat.stopStream", ts, args{"markdown_text": ", three", "blocks": []any{section("footer")}, "metadata": args{"event_type": "x", "event_payload": args{}}})
		Expect(answer["message"]).To(And(
			HaveKeyWithValue("text", "one, two, three"), HaveKeyWithValue("streaming_state", "completed"), HaveKey("metadata"),
			HaveKeyWithValue("blocks", HaveExactElements(HaveKeyWithValue("type", "rich_text"), HaveKeyWithValue("type", "section"))),
		))
		Expect(s.event("message_changed")).To(HaveKeyWithValue("message", HaveKeyWithValue("text", "one, two, three")))
		Expect(with("chat.appendStream", ts, args{"markdown_text": "four"})).To(failWith("message_not_in_streaming_state"))
	})

	It("shows tasks in a plan, and says that unfinished ones went wrong", func() {
		ts := start(args{"task_display_mode": "plan", "chunks": []any{
			args{"type": "plan_update", "title": "Working"}, args{"type": "task_update", "id": "1", "title": "look", "status": "in_progress"},
		}})["ts"]
		with("chat.appendStream", ts, args{"chunks": []any{args{"type": "task_update", "id": "2", "title": "leap", "status": "complete"}}})
		m := with("chat.stopStream", ts, nil)["message"]
		Expect(m).To(HaveKeyWithValue("text", "This message contains interactive elements."))
		Expect(m).To(HaveKeyWithValue("blocks", ConsistOf(And(
			HaveKeyWithValue("type", "plan"), HaveKeyWithValue("title", "Something went wrong"), HaveKeyWithValue("tasks", HaveExactElements(
				And(HaveKeyWithValue("task_id", "1"), HaveKeyWithValue("status", "error")), HaveKeyWithValue("status", "complete"),
			))))))
	})

	It("shows tasks as cards, whose details are appended", func() {
		ts := start(args{"chunks": []any{args{"type": "task_update", "id": "1", "title": "look", "status": "pending", "details": "a"}}})["ts"]
		with("chat.appendStream", ts, args{"chunks": []any{args{"type": "task_update", "id": "1", "title": "leap", "status": "complete", "details": "b"}}})
		m, _ := s.Message(webapi.DefaultTeam, webapi.GeneralChannel, ts.(string))
		Expect(m.Blocks).To(MatchJSON(`[{"type":"task_card","block_id":` + quote(blockIDs(m)[0]) + `,"task_id":"1","title":"leap","status":"complete",
			"details":{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"ab"}]}]}}]`))
	})

	It("ends by itself", func() {
		ts := start(args{"markdown_text": "one"})["ts"]
		s.Clock.Advance(306 * time.Second)
		Expect(with("chat.appendStream", ts, args{"markdown_text": "two"})).To(failWith("message_not_in_streaming_state"))
	})

	It("cannot be updated meanwhile", func() {
		ts := start(args{"markdown_text": "one"})["ts"]
		Expect(with("chat.update", ts, args{"text": "two"})).To(failWith("streaming_state_conflict"))
	})

	It("is for somebody outside of direct messages", func() {
		Expect(start(args{"recipient_team_id": nil})).To(failWith("missing_recipient_team_id"))
		Expect(start(args{"recipient_user_id": nil})).To(failWith("missing_recipient_user_id"))
		dm := s.say(args{"channel": webapi.DefaultUser})
		Expect(s.post("chat.startStream", args{"channel": dm["channel"], "thread_ts": dm["ts"]})).To(succeed())
	})

	It("begins in a thread, unless the profile says otherwise", func() {
		Expect(start(args{"thread_ts": nil})).To(failWith("invalid_thread_ts"))
		s = talk(profiled(func(p *webapi.Profile) { p.StreamTopLevel = true }))
		Expect(start(args{"thread_ts": nil})).To(succeed())
	})

	DescribeTable("refuses what cannot be appended",
		func(more args, code string) {
			ts := start(args{"chunks": []any{args{"type": "markdown_text", "text": "one"}}})["ts"]
			Expect(with("chat.appendStream", ts, more)).To(failWith(code))
		},
		Entry("nothing", args{}, "no_text"),
		Entry("text and chunks", args{"markdown_text": "x", "chunks": []any{args{}}}, "cannot_provide_both_markdown_text_and_chunks"),
		Entry("text after chunks", args{"markdown_text": "x"}, "streaming_mode_mismatch"),
		Entry("chunks that are no list", args{"chunks": "x"}, "invalid_chunks"),
		Entry("a chunk of no kind", args{"chunks": []any{args{"type": "x"}}}, "invalid_chunks"),
		Entry("a task without a title", args{"chunks": []any{args{"type": "task_update", "id": "1"}}}, "invalid_chunks"),
		Entry("blocks that are wrong", args{"chunks": []any{args{"type": "blocks", "blocks": []any{args{"type": "x"}}}}}, "invalid_blocks"),
		Entry("a text that is too long", args{"chunks": []any{args{"type": "markdown_text", "text": strings.Repeat("x", 12_001)}}}, "msg_too_long"),
	)

	It("is the app's own", func() {
		Expect(with("chat.appendStream", s.person, args{"markdown_text": "x"})).To(failWith("message_not_owned_by_app"))
	})
})
