package payload_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/payload"
)

// within is the JSON of the member at the way.
func within(o payload.Object, way ...string) string {
	for _, name := range way[:len(way)-1] {
		o, _ = o.Value(name).(payload.Object)
	}
	return o.Text(way[len(way)-1])
}

var _ = Describe("a view", func() {
	DescribeTable("has in its state what stands in",
		func(element, value string, inputs map[string]string) {
			view := parsed(`{"type":"modal","blocks":[{"type":"input","block_id":"b","label":{},"element":` + element + `}]}`)
			fields := payload.ViewSubmission.Fields(payload.Scene{View: view, Inputs: inputs})
			Expect(within(fields, "view", "state", "values", "b", "a")).To(Equal(value))
		},
		Entry("a text input", `{"type":"plain_text_input","action_id":"a"}`, `{"type":"plain_text_input","value":"belay"}`, nil),
		Entry("a text input with an initial value", `{"type":"plain_text_input","action_id":"a","initial_value":"x"}`, `{"type":"plain_text_input","value":"x"}`, nil),
		Entry("a text input that was typed into", `{"type":"plain_text_input","action_id":"a","initial_value":"x"}`, `{"type":"plain_text_input","value":"y"}`, map[string]string{"a": "y"}),
		Entry("a number", `{"type":"number_input","action_id":"a"}`, `{"type":"number_input","value":"7"}`, map[string]string{"a": "7"}),
		Entry("a menu, by its value", `{"type":"static_select","action_id":"a","options":[{"text":{"text":"One"},"value":"1"},{"text":{"text":"Two"},"value":"2"}]}`,
			`{"type":"static_select","selected_option":{"text":{"text":"Two"},"value":"2"}}`, map[string]string{"a": "2"}),
		Entry("a menu, by its wording", `{"type":"static_select","action_id":"a","options":[{"text":{"text":"One"},"value":"1"},{"text":{"text":"Two"},"value":"2"}]}`,
			`{"type":"static_select","selected_option":{"text":{"text":"Two"},"value":"2"}}`, map[string]string{"a": "Two"}),
		Entry("a menu with groups", `{"type":"static_select","action_id":"a","option_groups":[{"options":[{"text":{"text":"One"},"value":"1"}]}]}`,
			`{"type":"static_select","selected_option":{"text":{"text":"One"},"value":"1"}}`, nil),
		Entry("a menu whose options are elsewhere", `{"type":"external_select","action_id":"a"}`,
			`{"type":"external_select","selected_option":{"text":{"type":"plain_text","text":"x","emoji":true},"value":"x"}}`, map[string]string{"a": "x"}),
		Entry("several users", `{"type":"multi_users_select","action_id":"a"}`, `{"type":"multi_users_select","selected_users":["U1","U2"]}`, map[string]string{"a": "U1, U2"}),
		Entry("several options", `{"type":"checkboxes","action_id":"a","options":[{"text":{"text":"One"},"value":"1"},{"text":{"text":"Two"},"value":"2"}]}`,
			`{"type":"checkboxes","selected_options":[{"text":{"text":"One"},"value":"1"},{"text":{"text":"Two"},"value":"2"}]}`, map[string]string{"a": "1,2"}),
		Entry("a date and time", `{"type":"datetimepicker","action_id":"a"}`, `{"type":"datetimepicker","selected_date_time":17}`, map[string]string{"a": "17"}),
		Entry("a date and time from the start", `{"type":"datetimepicker","action_id":"a","initial_date_time":18}`, `{"type":"datetimepicker","selected_date_time":18}`, nil),
	)

	It("has null for what need not be filled, and nothing for buttons", func() {
		values := within(payload.ViewSubmission.Fields(payload.Scene{View: parsed(someView)}), "view", "state", "values")
		Expect(values).To(ContainSubstring(`"belay3":{"belay3":{"type":"plain_text_input","value":null}}`))
		Expect(values).To(ContainSubstring(`"when":{"day":{"type":"datepicker","selected_date":null},"flags":{"type":"checkboxes","selected_options":[]}}`))
		Expect(values).NotTo(ContainSubstring("button"))
	})

	It("gets a response_url for a menu that asks for one", func() {
		Expect(payload.ViewSubmission.Fields(payload.Scene{View: parsed(someView)}).Text("response_urls")).
			To(HavePrefix(`[{"block_id":"tell","action_id":"tell","channel_id":"C123","response_url":"https:\/\/hooks.slack.com\/app`))
	})

	It("leaves the app's own object as it is", func() {
		view := parsed(someView)
		before := string(payload.Encode(payload.JSON, view))
		payload.ViewSubmission.Fields(payload.Scene{View: view})
		payload.BlockActions.Fields(payload.Scene{View: view, ActionID: "chosen", Value: "test"})
		Expect(string(payload.Encode(payload.JSON, view))).To(Equal(before))
	})
})

var _ = Describe("an action", func() {
	DescribeTable("has its element's shape of value:",
		func(element, value string) {
			action := payload.BlockActions.Fields(payload.Scene{Element: element}).Text("actions")
			Expect(action).To(ContainSubstring(value))
			Expect(action).To(ContainSubstring(`"type":"` + element + `"`))
		},
		Entry("button", "button", `"value":"belay","type":"button"`),
		Entry("checkboxes", "checkboxes", `"selected_options":[{"text"`),
		Entry("radio_buttons", "radio_buttons", `"selected_option":{"text"`),
		Entry("overflow", "overflow", `"selected_option":{"text"`),
		Entry("static_select", "static_select", `"selected_option":{"text"`),
		Entry("external_select", "external_select", `"selected_option":{"text"`),
		Entry("users_select", "users_select", `"selected_user":"UBELAY00000"`),
		Entry("conversations_select", "conversations_select", `"selected_conversation":"CBELAY00000"`),
		Entry("channels_select", "channels_select", `"selected_channel":"CBELAY00000"`),
		Entry("multi_static_select", "multi_static_select", `"selected_options":[{"text"`),
		Entry("multi_external_select", "multi_external_select", `"selected_options":[{"text"`),
		Entry("multi_users_select", "multi_users_select", `"selected_users":["UBELAY00000"]`),
		Entry("multi_conversations_select", "multi_conversations_select", `"selected_conversations":["CBELAY00000"]`),
		Entry("multi_channels_select", "multi_channels_select", `"selected_channels":["CBELAY00000"]`),
		Entry("datepicker", "datepicker", `"selected_date":"2026-11-23"`),
		Entry("timepicker", "timepicker", `"selected_time":"18:00"`),
		Entry("datetimepicker", "datetimepicker", `"selected_date_time":1795456800`),
		Entry("plain_text_input", "plain_text_input", `"value":"belay"`),
		Entry("email_text_input", "email_text_input", `"value":"belay@example.com"`),
		Entry("url_text_input", "url_text_input", `"value":"https:\/\/example.com\/belay"`),
		Entry("number_input", "number_input", `"value":"42"`),
		Entry("rich_text_input", "rich_text_input", `"rich_text_value":{"type":"rich_text"`),
		Entry("file_input", "file_input", `"files":[{"id":"FBELAY00000"`),
		Entry("feedback_buttons", "feedback_buttons", `"value":"good","type":"feedback_buttons"`),
		Entry("icon_button", "icon_button", `"icon":"trash"`),
	)

	It("is of an element that is listed", func() {
		Expect(payload.Elements()).To(HaveLen(25))
		Expect(payload.CheckElement("datepicker")).To(Succeed())
		Expect(payload.CheckElement("datepiker")).To(MatchError(ContainSubstring("did you mean datepicker?")))
	})

	It("finds its element in the app's message by the action_id", func() {
		message := parsed(`{"text":"hi","ts":"1.2","blocks":[{"type":"actions","block_id":"row","elements":[
			{"type":"button","action_id":"no","text":{"type":"plain_text","text":"No"},"value":"n"},
			{"type":"button","action_id":"yes","text":{"type":"plain_text","text":"Yes"},"value":"y","style":"primary"}]}]}`)
		fields := payload.BlockActions.Fields(payload.Scene{Message: message, ActionID: "yes", Time: at(5)})
		Expect(fields.Text("actions")).To(Equal(`[{"action_id":"yes","block_id":"row","text":{"type":"plain_text","text":"Yes"},"value":"y","style":"primary","type":"button","action_ts":"5.000000"}]`))
		Expect(within(fields, "container", "message_ts")).To(Equal("1.2"))
		Expect(within(fields, "message", "text")).To(Equal("hi"))
	})

	It("is pressed negatively", func() {
		action := payload.BlockActions.Fields(payload.Scene{Element: "feedback_buttons", Value: "bad"}).Text("actions")
		Expect(action).To(ContainSubstring(`"text":{"type":"plain_text","text":"Bad","emoji":true},"value":"bad"`))
	})

	It("is a menu's, in an attachment", func() {
		Expect(payload.InteractiveMessage.Fields(payload.Scene{Element: "static_select", Value: "x"}).Text("actions")).
			To(Equal(`[{"name":"belay_probe","type":"select","selected_options":[{"value":"x"}]}]`))
	})
})

// someView is what an app may open, with an element of every sort.
const someView = `{
	"type": "modal", "callback_id": "deploy", "private_metadata": "x", "title": {"type": "plain_text", "text": "Deploy"},
	"submit": {"type": "plain_text", "text": "Go"},
	"blocks": [
		{"type": "section", "text": {"type": "mrkdwn", "text": "*Deploy*"}, "accessory": {"type": "button", "text": {"type": "plain_text", "text": "Help"}}},
		{"type": "input", "block_id": "env", "label": {"type": "plain_text", "text": "Where"}, "element": {
			"type": "static_select", "action_id": "chosen",
			"options": [{"text": {"type": "plain_text", "text": "Production"}, "value": "prod"}, {"text": {"type": "plain_text", "text": "Test"}, "value": "test"}]}},
		{"type": "input", "label": {"type": "plain_text", "text": "Why"}, "optional": true, "element": {"type": "plain_text_input"}},
		{"type": "input", "block_id": "tell", "label": {"type": "plain_text", "text": "Tell"}, "element": {
			"type": "conversations_select", "action_id": "tell", "initial_conversation": "C123", "response_url_enabled": true}},
		{"type": "actions", "block_id": "when", "elements": [
			{"type": "datepicker", "action_id": "day"}, {"type": "checkboxes", "action_id": "flags", "options": [{"text": {"type": "plain_text", "text": "Force"}, "value": "force"}]}]}
	]}`
