package payload_test

import (
	"encoding/base64"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/payload"
)

var _ = Describe("the event types", func() {
	It("are the 92 of Slack's list, and those that it lacks", func() {
		listed, names := 0, []string{}
		for _, e := range payload.EventTypes() {
			if !e.Unlisted {
				listed++
			}
			names = append(names, e.Name)
		}
		Expect(listed).To(Equal(92))
		Expect(slices.IsSorted(names)).To(BeTrue())
		Expect(slices.Compact(slices.Clone(names))).To(HaveLen(len(names)))
	})

	It("say which of them have a general shape only", func() {
		var general []string
		for _, e := range slices.Concat(payload.EventTypes(), payload.MessageSubtypes()) {
			if !e.Full {
				general = append(general, e.Name)
			}
		}
		Expect(general).To(ConsistOf("channel_posting_permissions"))
	})

	It("name scopes as Slack writes them", func() {
		for _, e := range payload.EventTypes() {
			for _, scope := range e.Scopes {
				Expect(scope).To(MatchRegexp(`^[a-z_.]+:[a-z]+$`), e.Name)
			}
		}
		mention, err := payload.FindEventType("app_mention")
		Expect(err).NotTo(HaveOccurred())
		Expect(mention.Scopes).To(ConsistOf("app_mentions:read"))
	})

	It("arrive as message, whatever the subscription and the subtype are called", func() {
		for _, of := range slices.Concat(payload.EventTypes(), payload.MessageSubtypes()) {
			if of.Name != "message" && !strings.HasPrefix(of.Name, "message.") && !strings.HasPrefix(of.Name, "message/") {
				continue
			}
			event := payload.Event.Fields(payload.Scene{EventType: of.Name}).Value("event").(payload.Object)
			Expect(event.Text("type")).To(Equal("message"), of.Name)
			Expect(event.Text("channel_type")).NotTo(BeEmpty(), of.Name)
			if _, subtype, ok := strings.Cut(of.Name, "/"); ok && subtype != "assistant_app_thread" {
				Expect(event.Text("subtype")).To(Equal(subtype))
			}
		}
	})

	DescribeTable("are in the right sort of channel",
		func(name string, scene payload.Scene, channel, sort string) {
			scene.EventType = name
			event := payload.Event.Fields(scene).Value("event").(payload.Object)
			Expect(event.Text("channel")).To(Equal(channel))
			Expect(event.Text("channel_type")).To(Equal(sort))
		},
		Entry("a direct message", "message.im", payload.Scene{}, payload.StandInDirect, "im"),
		Entry("the messages tab", "message.app_home", payload.Scene{}, payload.StandInDirect, "app_home"),
		Entry("a group's direct message", "message.mpim", payload.Scene{ChannelID: "G1"}, "G1", "mpim"),
		Entry("a private channel", "message.groups", payload.Scene{}, payload.StandInChannel, "group"),
		Entry("a public channel", "message.channels", payload.Scene{}, payload.StandInChannel, "channel"),
		Entry("the scene's direct message", "message", payload.Scene{ChannelID: "D1"}, "D1", "im"),
		Entry("the scene's private channel", "message", payload.Scene{Private: true}, payload.StandInChannel, "group"),
		Entry("a subtype in a direct message", "message.im/me_message", payload.Scene{ChannelID: "D2"}, "D2", "im"),
	)

	It("all have a time, and a type of their own", func() {
		for _, of := range payload.EventTypes() {
			fields := of.Kind().Fields(payload.Scene{Time: at(1531420618), Sequence: 3})
			if !fields.Has("event") {
				continue
			}
			Expect(fields.Text("event_id")).To(Equal("EvBELAY00003"))
			Expect(fields.Value("event").(payload.Object).Text("event_ts")).To(Equal("1531420618.000003"), of.Name)
			base, _, _ := strings.Cut(of.Name, ".")
			Expect(fields.Value("event").(payload.Object).Text("type")).To(Equal(base))
		}
	})

	It("have a context that names the channel", func() {
		text, ok := strings.CutPrefix(payload.Event.Fields(payload.Scene{EventType: "reaction_added"}).Text("event_context"), "4-")
		Expect(ok).To(BeTrue())
		context, err := base64.RawURLEncoding.DecodeString(text)
		Expect(err).NotTo(HaveOccurred())
		Expect(string(context)).To(Equal(`{"et":"reaction_added","tid":"TBELAY00000","aid":"ABELAY00000","cid":"CBELAY00000"}`))
	})

	It("keep the given text, user and thread", func() {
		event := payload.Event.Fields(payload.Scene{
			EventType: "app_mention", UserID: "U1", Text: "<@U2> a < b", ThreadTS: "1.2",
		}).Value("event").(payload.Object)
		Expect(event.Text("user")).To(Equal("U1"))
		Expect(event.Text("thread_ts")).To(Equal("1.2"))
		Expect(event.Text("blocks")).To(ContainSubstring(`[{"type":"user","user_id":"U2"},{"type":"text","text":" a < b"}]`))
	})

	It("open the home tab with the scene's view", func() {
		event := payload.Event.Fields(payload.Scene{
			EventType: "app_home_opened", View: payload.Object{{Name: "blocks", Value: payload.List{}}},
		}).Value("event").(payload.Object)
		Expect(event.Text("view")).To(ContainSubstring(`"type":"home"`))
	})
})
