package blockkit_test

import (
	. "github.com/onsi/ginkgo/v2"

	"belay/simulator/blockkit"
)

// A button's confirm, a menu's options and a block's picture, to stand in for %.
const (
	withConfirm = `{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"a"},"confirm":%}]}`
	withOption  = `{"type":"actions","elements":[{"type":"static_select","options":[%]}]}`
	withGroup   = `{"type":"actions","elements":[{"type":"static_select","option_groups":[%]}]}`
	withChoice  = `{"type":"actions","elements":[{"type":"checkboxes","options":[%]}]}`
	withLink    = `{"type":"actions","elements":[{"type":"overflow","options":[%]}]}`
	withPicture = `{"type":"image","alt_text":"a",%}`
)

var _ = Describe("A composition object", func() {
	DescribeTable("passes as it is documented", func(template, object string) {
		clean(blockkit.Message, within(template, object))
	},
		Entry("a confirmation", withConfirm, `{"title":`+plain(long(100))+`,"text":`+mrkdwn(long(300))+
			`,"confirm":`+plain(long(30))+`,"deny":`+plain(long(30))+`,"style":"danger"}`),
		Entry("a confirmation of only a text, as Slack's types allow", withConfirm, `{"text":`+plain("a")+`}`),
		Entry("an option", withOption, `{"text":`+plain(long(75))+`,"value":"`+long(150)+`","description":`+plain(long(75))+`}`),
		Entry("an option of checkboxes in mrkdwn", withChoice, `{"text":`+mrkdwn("*a*")+`,"value":"a","description":`+mrkdwn("b")+`}`),
		Entry("an option of an overflow menu with a link", withLink, `{"text":`+plain("a")+`,"value":"a","url":"https://example.com"}`),
		Entry("a group of options", withGroup, `{"label":`+plain(long(75))+`,"options":`+copies(100, `{"text":`+plain("a")+`,"value":"a"}`)+`}`),
		Entry("plain text with emoji", `{"type":"header","text":%}`, `{"type":"plain_text","text":"a","emoji":true}`),
		Entry("mrkdwn that is verbatim", `{"type":"section","text":%}`, `{"type":"mrkdwn","text":"a","verbatim":true}`),
		Entry("a Slack file by its id", withPicture, `"slack_file":{"id":"F0123456AB"}`),
		Entry("a Slack file by its url", withPicture, `"slack_file":{"url":"https://files.slack.com/files-pri/T0123456-F0123456/x.png"}`),
	)

	DescribeTable("is refused in Slack's words", func(template, object, message, pointer string) {
		refused(within(template, object), message, pointer)
	},
		Entry("a text of no known type", `{"type":"section","text":%}`, `{"type":"markdown","text":"a"}`,
			"unsupported type: markdown", "/blocks/0/text/type"),
		Entry("mrkdwn where only plain text goes", `{"type":"header","text":%}`, mrkdwn("a"),
			"must be a valid enum value", "/blocks/0/text/type"),
		Entry("a bare string for a text", `{"type":"section","text":%}`, `"a"`, "must provide an object", "/blocks/0/text"),
		Entry("a text without text", `{"type":"section","text":%}`, `{"type":"mrkdwn"}`, "missing required field: text", "/blocks/0/text"),
		Entry("a text without a type", `{"type":"section","text":%}`, `{"text":"a"}`, "missing required field: type", "/blocks/0/text"),
		Entry("an empty text", `{"type":"section","text":%}`, mrkdwn(""), "must be more than 0 characters", "/blocks/0/text/text"),

		Entry("a confirmation's long title", withConfirm, `{"text":`+plain("a")+`,"title":`+plain(long(101))+`}`,
			"must be less than 101 characters", "/blocks/0/elements/0/confirm/title/text"),
		Entry("a confirmation's long text", withConfirm, `{"text":`+plain(long(301))+`}`,
			"must be less than 301 characters", "/blocks/0/elements/0/confirm/text/text"),
		Entry("a confirmation's long confirm", withConfirm, `{"text":`+plain("a")+`,"confirm":`+plain(long(31))+`}`,
			"must be less than 31 characters", "/blocks/0/elements/0/confirm/confirm/text"),
		Entry("a confirmation's long deny", withConfirm, `{"text":`+plain("a")+`,"deny":`+plain(long(31))+`}`,
			"must be less than 31 characters", "/blocks/0/elements/0/confirm/deny/text"),
		Entry("a confirmation's unknown style", withConfirm, `{"text":`+plain("a")+`,"style":"red"}`,
			"must be a valid enum value", "/blocks/0/elements/0/confirm/style"),
		Entry("a confirmation without a text", withConfirm, `{"title":`+plain("a")+`}`,
			"missing required field: text", "/blocks/0/elements/0/confirm"),
		Entry("a confirmation with a type", withConfirm, `{"type":"confirm","text":`+plain("a")+`}`,
			"invalid additional property: type", "/blocks/0/elements/0/confirm"),

		Entry("an option's long text", withOption, `{"text":`+plain(long(76))+`,"value":"a"}`,
			"must be less than 76 characters", "/blocks/0/elements/0/options/0/text/text"),
		Entry("an option's long value", withOption, `{"text":`+plain("a")+`,"value":"`+long(151)+`"}`,
			"must be less than 151 characters", "/blocks/0/elements/0/options/0/value"),
		Entry("an option's long description", withOption, `{"text":`+plain("a")+`,"value":"a","description":`+plain(long(76))+`}`,
			"must be less than 76 characters", "/blocks/0/elements/0/options/0/description/text"),
		Entry("an option of a menu in mrkdwn", withOption, `{"text":`+mrkdwn("a")+`,"value":"a"}`,
			"must be a valid enum value", "/blocks/0/elements/0/options/0/text/type"),
		Entry("an option of a menu with a link", withOption, `{"text":`+plain("a")+`,"value":"a","url":"https://example.com"}`,
			"invalid additional property: url", "/blocks/0/elements/0/options/0"),
		Entry("an option with a type", withOption, `{"type":"option","text":`+plain("a")+`,"value":"a"}`,
			"invalid additional property: type", "/blocks/0/elements/0/options/0"),
		Entry("a link of over 3000 characters", withLink, `{"text":`+plain("a")+`,"value":"a","url":"`+long(3001)+`"}`,
			"must be less than 3001 characters", "/blocks/0/elements/0/options/0/url"),

		Entry("a group's long label", withGroup, `{"label":`+plain(long(76))+`,"options":[]}`,
			"must be less than 76 characters", "/blocks/0/elements/0/option_groups/0/label/text"),
		Entry("a group of over 100 options", withGroup, `{"label":`+plain("a")+`,"options":`+copies(101, `{}`)+`}`,
			"no more than 100 items allowed", "/blocks/0/elements/0/option_groups/0/options"),

		Entry("a Slack file that is no file id", withPicture, `"slack_file":{"id":"https://example.slack.com/files/a"}`,
			"input must match regex pattern: ^[F][A-Z0-9]{8,}$", "/blocks/0/slack_file/id"),
		Entry("a Slack file whose id is a list", withPicture, `"slack_file":{"id":[]}`, "must provide a string", "/blocks/0/slack_file/id"),
		Entry("a Slack file by id and url", withPicture, `"slack_file":{"id":"F0123456AB","url":"https://files.slack.com/x"}`,
			"must define only one of `id` and `url`", "/blocks/0/slack_file"),
	)
})
