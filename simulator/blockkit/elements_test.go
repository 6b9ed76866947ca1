package blockkit_test

import (
	"maps"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/blockkit"
)

const (
	options = `[{"text":{"type":"plain_text","text":"a"},"value":"a"},{"text":{"type":"plain_text","text":"b"},"value":"b"}]`
	option  = `{"text":{"type":"plain_text","text":"a"},"value":"a"}`
	hold    = `"placeholder":{"type":"plain_text","text":"a"}`
	sure    = `"confirm":{"title":{"type":"plain_text","text":"a"},"text":{"type":"plain_text","text":"b"},` +
		`"confirm":{"type":"plain_text","text":"c"},"deny":{"type":"plain_text","text":"d"}}`
)

// elementSamples has a correct element of every type.
var elementSamples = map[string]string{
	"image": `{"type":"image","image_url":"https://example.com/a.png","alt_text":"a"}`,
	"button": `{"type":"button","text":{"type":"plain_text","text":"a","emoji":true},"action_id":"a","value":"v",` +
		`"url":"https://example.com","style":"primary","accessibility_label":"a",` + sure + `}`,
	"workflow_button": `{"type":"workflow_button","text":{"type":"plain_text","text":"a"},"action_id":"a",` +
		`"workflow":{"trigger":{"url":"https://slack.com/shortcuts/Ft0123ABC456/x","customizable_input_parameters":[{"name":"a","value":"b"}]}}}`,
	"feedback_buttons": `{"type":"feedback_buttons","action_id":"a","positive_button":{"text":{"type":"plain_text","text":"👍"},"value":"p"},` +
		`"negative_button":{"text":{"type":"plain_text","text":"👎"},"value":"n","accessibility_label":"bad"}}`,
	"icon_button": `{"type":"icon_button","icon":"trash","text":{"type":"plain_text","text":"Delete"},"action_id":"a","value":"v",` +
		`"visible_to_user_ids":["U012AB3CD"],` + sure + `}`,
	"overflow":       `{"type":"overflow","action_id":"a","options":` + options + `}`,
	"checkboxes":     `{"type":"checkboxes","action_id":"a","options":` + options + `,"initial_options":` + options + `,"focus_on_load":true}`,
	"radio_buttons":  `{"type":"radio_buttons","action_id":"a","options":` + options + `,"initial_option":` + option + `}`,
	"datepicker":     `{"type":"datepicker","action_id":"a","initial_date":"1990-04-28",` + hold + `}`,
	"timepicker":     `{"type":"timepicker","action_id":"a","initial_time":"22:25","timezone":"America/Chicago",` + hold + `}`,
	"datetimepicker": `{"type":"datetimepicker","action_id":"a","initial_date_time":1628633820}`,
	"plain_text_input": `{"type":"plain_text_input","action_id":"a","multiline":true,"min_length":0,"max_length":3000,` +
		`"initial_value":"a","dispatch_action_config":{"trigger_actions_on":["on_character_entered"]},` + hold + `}`,
	"email_text_input": `{"type":"email_text_input","action_id":"a","initial_value":"a@example.com",` + hold + `}`,
	"url_text_input":   `{"type":"url_text_input","action_id":"a",` + hold + `}`,
	"number_input":     `{"type":"number_input","action_id":"a","is_decimal_allowed":false,"initial_value":"7","min_value":"0","max_value":"9"}`,
	"rich_text_input": `{"type":"rich_text_input","action_id":"a","min_lines":1,"max_lines":100,"initial_value":{"type":"rich_text","elements":` +
		`[{"type":"rich_text_section","elements":[{"type":"text","text":"a"}]}]}}`,
	"file_input":      `{"type":"file_input","action_id":"a","filetypes":["jpg"],"max_files":10}`,
	"static_select":   `{"type":"static_select","action_id":"a","options":` + options + `,"initial_option":` + option + `,` + hold + `}`,
	"external_select": `{"type":"external_select","action_id":"a","min_query_length":3,"initial_option":` + option + `,` + hold + `}`,
	"users_select":    `{"type":"users_select","action_id":"a","initial_user":"U012AB3CD",` + hold + `,` + sure + `}`,
	"conversations_select": `{"type":"conversations_select","action_id":"a","default_to_current_conversation":true,"response_url_enabled":true,` +
		`"filter":{"include":["public","mpim"],"exclude_bot_users":true}}`,
	"channels_select": `{"type":"channels_select","action_id":"a","initial_channel":"C012AB3CD"}`,
	"multi_static_select": `{"type":"multi_static_select","action_id":"a","option_groups":[{"label":{"type":"plain_text","text":"a"},` +
		`"options":` + options + `}],"initial_options":` + options + `,"max_selected_items":1}`,
	"multi_external_select":      `{"type":"multi_external_select","action_id":"a","initial_options":` + options + `}`,
	"multi_users_select":         `{"type":"multi_users_select","action_id":"a","initial_users":["U012AB3CD"],"max_selected_items":10}`,
	"multi_conversations_select": `{"type":"multi_conversations_select","action_id":"a","filter":{"include":["im"]}}`,
	"multi_channels_select":      `{"type":"multi_channels_select","action_id":"a","initial_channels":["C012AB3CD"]}`,
}

// The places of elements, with an element for %.
const (
	beside     = `{"type":"section","text":{"type":"mrkdwn","text":"a"},"accessory":%}`
	inActions  = `{"type":"actions","elements":[%]}`
	inInput    = `{"type":"input","label":{"type":"plain_text","text":"a"},"element":%}`
	inContext  = `{"type":"context","elements":[%]}`
	inFeedback = `{"type":"context_actions","elements":[%]}`
)

var _ = Describe("An element", func() {
	DescribeTable("stands where the documentation lets it", func(place string, types ...string) {
		for _, name := range blockkit.ElementTypes() {
			found := judge(blockkit.Message, list(within(place, elementSamples[name])))
			if slices.Contains(types, name) {
				Expect(found).To(BeEmpty(), name)
			} else {
				Expect(found).To(ConsistOf(HavePrefix("unsupported type: "+name+" [")), name)
			}
		}
	},
		Entry("beside a section", beside, "image", "button", "workflow_button", "overflow", "checkboxes", "radio_buttons",
			"datepicker", "timepicker", "plain_text_input", "static_select", "external_select", "users_select",
			"conversations_select", "channels_select", "multi_static_select", "multi_external_select", "multi_users_select",
			"multi_conversations_select", "multi_channels_select"),
		Entry("in actions", inActions, "button", "workflow_button", "overflow", "checkboxes", "radio_buttons", "datepicker",
			"timepicker", "datetimepicker", "plain_text_input", "rich_text_input", "static_select", "external_select",
			"users_select", "conversations_select", "channels_select", "multi_static_select", "multi_external_select",
			"multi_users_select", "multi_conversations_select", "multi_channels_select"),
		Entry("in an input", inInput, "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker",
			"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input",
			"static_select", "external_select", "users_select", "conversations_select", "channels_select",
			"multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select",
			"multi_channels_select"),
		Entry("in a context", inContext, "image"),
		Entry("in context actions", inFeedback, "feedback_buttons", "icon_button"),
	)

	It("has a correct sample for every type of the table", func() {
		Expect(slices.Sorted(maps.Keys(elementSamples))).To(Equal(blockkit.ElementTypes()))
	})

	DescribeTable("keeps its limits", func(place, element, message, pointer string) {
		refused(within(place, element), message, pointer)
	},
		Entry("an action_id of 255", inActions, `{"type":"users_select","action_id":"`+long(256)+`"}`,
			"must be less than 256 characters", "/blocks/0/elements/0/action_id"),
		Entry("a button's text of 75", inActions, `{"type":"button","text":`+plain(long(76))+`}`,
			"must be less than 76 characters", "/blocks/0/elements/0/text/text"),
		Entry("a button's value of 2000", inActions, `{"type":"button","text":`+plain("a")+`,"value":"`+long(2001)+`"}`,
			"must be less than 2001 characters", "/blocks/0/elements/0/value"),
		Entry("a button's url of 3000", inActions, `{"type":"button","text":`+plain("a")+`,"url":"`+long(3001)+`"}`,
			"must be less than 3001 characters", "/blocks/0/elements/0/url"),
		Entry("a button's accessibility_label of 75", inActions, `{"type":"button","text":`+plain("a")+`,"accessibility_label":"`+long(76)+`"}`,
			"must be less than 76 characters", "/blocks/0/elements/0/accessibility_label"),
		Entry("a button's style", inActions, `{"type":"button","text":`+plain("a")+`,"style":"green"}`,
			"must be a valid enum value", "/blocks/0/elements/0/style"),
		Entry("a button's style that is null", inActions, `{"type":"button","text":`+plain("a")+`,"style":null}`,
			"must provide a string", "/blocks/0/elements/0/style"),
		Entry("a button's text", inActions, `{"type":"button"}`, "missing required field: text", "/blocks/0/elements/0"),
		Entry("a workflow button's workflow", inActions, `{"type":"workflow_button","text":`+plain("a")+`}`,
			"missing required field: workflow", "/blocks/0/elements/0"),
		Entry("an icon button's text", inFeedback, `{"type":"icon_button","icon":"trash"}`,
			"missing required field: text", "/blocks/0/elements/0"),
		Entry("a feedback button's value of 2000", inFeedback, `{"type":"feedback_buttons","positive_button":{"text":`+plain("a")+
			`,"value":"`+long(2001)+`"},"negative_button":{"text":`+plain("a")+`,"value":"b"}}`,
			"must be less than 2001 characters", "/blocks/0/elements/0/positive_button/value"),
		Entry("an image's alt_text", beside, `{"type":"image","image_url":"https://example.com/a.png"}`,
			"missing required field: alt_text", "/blocks/0/accessory"),
		Entry("an image's picture", beside, `{"type":"image","alt_text":"a"}`,
			"missing required field: image_url", "/blocks/0/accessory"),

		Entry("5 options of an overflow menu", inActions, `{"type":"overflow","options":`+copies(6, option)+`}`,
			"no more than 5 items allowed", "/blocks/0/elements/0/options"),
		Entry("10 checkboxes", inActions, `{"type":"checkboxes","options":`+copies(11, option)+`}`,
			"no more than 10 items allowed", "/blocks/0/elements/0/options"),
		Entry("10 radio buttons", inActions, `{"type":"radio_buttons","options":`+copies(11, option)+`}`,
			"no more than 10 items allowed", "/blocks/0/elements/0/options"),
		Entry("100 options of a menu", inActions, `{"type":"static_select","options":`+copies(101, option)+`}`,
			"no more than 100 items allowed", "/blocks/0/elements/0/options"),
		Entry("100 options of a multi-select menu", beside, `{"type":"multi_static_select","options":`+copies(101, option)+`}`,
			"no more than 100 items allowed", "/blocks/0/accessory/options"),
		Entry("100 groups of options", inActions, `{"type":"static_select","option_groups":`+copies(101, `{}`)+`}`,
			"no more than 100 items allowed", "/blocks/0/elements/0/option_groups"),
		Entry("at least one option", beside, `{"type":"static_select","options":[]}`,
			"must provide at least 1 items", "/blocks/0/accessory/options"),
		Entry("an initial_option that is null", inInput, `{"type":"static_select","options":`+options+`,"initial_option":null}`,
			"must provide an object", "/blocks/0/element/initial_option"),
		Entry("a menu with options and groups", inActions, `{"type":"static_select","options":`+options+`,"option_groups":[{"label":`+plain("a")+`,"options":`+options+`}]}`,
			"must define only one of `options` and `option_groups`", "/blocks/0/elements/0"),
		Entry("a menu with neither", inActions, `{"type":"static_select"}`,
			"must define either `options` or `option_groups`", "/blocks/0/elements/0"),
		Entry("a placeholder of 150", inActions, `{"type":"users_select","placeholder":`+plain(long(151))+`}`,
			"must be less than 151 characters", "/blocks/0/elements/0/placeholder/text"),
		Entry("at least one selected item", inActions, `{"type":"multi_users_select","max_selected_items":0}`,
			"must be greater than 1", "/blocks/0/elements/0/max_selected_items"),

		Entry("a time in seconds", inActions, `{"type":"datetimepicker","initial_date_time":1628633820000}`,
			"must be less than 9999999999", "/blocks/0/elements/0/initial_date_time"),
		Entry("a minimum of 3000 characters", inInput, `{"type":"plain_text_input","min_length":3001}`,
			"must be less than 3000", "/blocks/0/element/min_length"),
		Entry("a maximum of 3000 characters", inInput, `{"type":"plain_text_input","max_length":3001}`,
			"must be less than 3000", "/blocks/0/element/max_length"),
		Entry("a number input's is_decimal_allowed", inInput, `{"type":"number_input"}`,
			"missing required field: is_decimal_allowed", "/blocks/0/element"),
		Entry("100 lines of rich text", inInput, `{"type":"rich_text_input","max_lines":101}`,
			"must be less than 100", "/blocks/0/element/max_lines"),
		Entry("10 files", inInput, `{"type":"file_input","max_files":11}`,
			"must be less than 10", "/blocks/0/element/max_files"),
	)
})
