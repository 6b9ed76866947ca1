package payload_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/payload"
)

var _ = Describe("the kinds", func() {
	It("are found by their names, which are unique", func() {
		seen := map[string]bool{}
		for _, kind := range payload.Kinds() {
			Expect(seen).NotTo(HaveKey(kind.Name))
			seen[kind.Name] = true
			found, err := payload.FindKind(kind.Name)
			Expect(err).NotTo(HaveOccurred())
			Expect(found.Name).To(Equal(kind.Name))
			Expect(found.Title).NotTo(BeEmpty())
		}
	})

	It("end with the one that Slack retired", func() {
		all := payload.Kinds()
		Expect(all[len(all)-1].Name).To(Equal("workflow_step_edit"))
	})

	DescribeTable("are found by",
		func(name, found string) {
			kind, err := payload.FindKind(name)
			Expect(err).NotTo(HaveOccurred())
			Expect(kind.Name).To(Equal(found))
		},
		Entry("the short word action", "action", "block_actions"),
		Entry("an event's type behind the word event", "event app_mention", "event app_mention"),
		Entry("an event's type alone", "tokens_revoked", "event tokens_revoked"),
		Entry("a subscription", "event message.im", "event message.im"),
		Entry("a subtype", "event message/bot_message", "event message/bot_message"),
		Entry("a subtype in a sort of channel", "message.groups/file_share", "event message.groups/file_share"),
		Entry("an event that is not wrapped", "event app_rate_limited", "app_rate_limited"),
		Entry("the challenge as an event", "event url_verification", "url_verification"),
	)

	DescribeTable("are missed with a hint for",
		func(name string, words ...string) {
			_, err := payload.FindKind(name)
			for _, w := range words {
				Expect(err).To(MatchError(ContainSubstring(w)))
			}
		},
		Entry("a misspelt kind", "blok_actions", `unknown kind "blok_actions"`, "did you mean block_actions?", "view_closed"),
		Entry("two letters swapped", "comamnd", "did you mean command?"),
		Entry("a misspelt event", "event app_mentoin", "did you mean app_mention?", "reaction_added"),
		Entry("a misspelt event without the word", "reacton_added", "did you mean reaction_added?"),
		Entry("part of a name", "suggestion", "did you mean block_suggestion?"),
		Entry("nothing like it", "teapot", "there are command, ssl_check"),
		Entry("a subtype that is none", "event message/nonsense", `unknown event type "message/nonsense"`),
		Entry("a subtype of what has none", "event reaction_added/bot_message", "unknown event type"),
		Entry("a subtype of what only begins like a message", "event message_metadata_posted/me_message", "unknown event type"),
		Entry("a subtype of a subtype", "event message/me_message/me_message", "unknown event type"),
		Entry("no name", "", "there are command"),
	)
})

var _ = Describe("the personas", func() {
	It("are read by their names", func() {
		for _, p := range payload.Personas() {
			Expect(payload.ParsePersona(string(p))).To(Equal(p))
		}
		_, err := payload.ParsePersona("enterprize")
		Expect(err).To(MatchError(ContainSubstring("did you mean enterprise?")))
	})

	It("show an organization's command as Slack does: behind is_enterprise_install", func() {
		body := string(payload.Encode(payload.Form, payload.Command.Fields(payload.Scene{Persona: payload.PersonaEnterprise})))
		Expect(body).To(ContainSubstring("&is_enterprise_install=true&enterprise_id=EBELAY00000&enterprise_name=Belay+Probe+Org&response_url="))
		body = string(payload.Encode(payload.Form, payload.Command.Fields(payload.Scene{})))
		Expect(body).To(ContainSubstring("&is_enterprise_install=false&response_url="))
	})

	It("show an organization's action without a workspace", func() {
		fields := payload.BlockActions.Fields(payload.Scene{Persona: payload.PersonaEnterprise})
		Expect(fields.Has("team")).To(BeTrue())
		Expect(fields.Value("team")).To(BeNil())
		Expect(fields.Value("is_enterprise_install")).To(Equal(true))
		Expect(fields.Value("enterprise")).To(HaveLen(2))
	})

	It("show the event of a shared channel with the workspace where it happened", func() {
		fields := payload.Event.Fields(payload.Scene{Persona: payload.PersonaSharedChannel, EventType: "message"})
		Expect(fields.Text("team_id")).To(Equal(payload.StandInOtherTeam))
		Expect(fields.Text("context_team_id")).To(Equal(payload.StandInTeam))
		Expect(fields.Value("is_ext_shared_channel")).To(Equal(true))
		Expect(fields.Text("authorizations")).To(ContainSubstring(`"team_id":"TBELAY00000"`))
		Expect(fields.Text("event")).To(ContainSubstring(`"user_team":"TBELAYOTHER","source_team":"TBELAYOTHER"`))
	})

	It("show a guest as restricted", func() {
		fields := payload.Event.Fields(payload.Scene{Persona: payload.PersonaGuest, EventType: "user_change"})
		Expect(fields.Text("event")).To(ContainSubstring(`"is_restricted":true,"is_ultra_restricted":true`))
	})
})
