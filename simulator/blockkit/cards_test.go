package blockkit_test

import (
	. "github.com/onsi/ginkgo/v2"

	"belay/simulator/blockkit"
)

var _ = Describe("A card or a group", func() {
	card := `{"type":"card",%}`
	container := `{"type":"container","title":` + plain("a") + `,"child_blocks":%}`

	DescribeTable("passes as it is documented", func(block string) {
		clean(blockkit.Message, block)
	},
		Entry("a card of only a title", within(card, `"title":`+plain(long(150)))),
		Entry("a card with one of Slack's icons", within(card, `"title":`+plain("a")+`,"slack_icon":{"type":"icon","name":"sparkle"}`)),
		Entry("a card with three buttons", within(card, `"actions":`+copies(3, button))),
		Entry("a container with a rich title", `{"type":"container","rich_text_title":`+rich+`,"child_blocks":`+copies(10, `{"type":"divider"}`)+`}`),
	)

	DescribeTable("keeps its limits", func(block, message, pointer string) {
		refused(block, message, pointer)
	},
		Entry("150 characters of a title", within(card, `"title":`+mrkdwn(long(151))), "must be less than 151 characters", "/blocks/0/title/text"),
		Entry("150 characters of a subtitle", within(card, `"title":`+plain("a")+`,"subtitle":`+mrkdwn(long(151))),
			"must be less than 151 characters", "/blocks/0/subtitle/text"),
		Entry("200 characters of a body", within(card, `"body":`+mrkdwn(long(201))), "must be less than 201 characters", "/blocks/0/body/text"),
		Entry("200 characters of a subtext", within(card, `"title":`+plain("a")+`,"subtext":`+mrkdwn(long(201))),
			"must be less than 201 characters", "/blocks/0/subtext/text"),
		Entry("text objects, not strings", within(card, `"title":"a"`), "must provide an object", "/blocks/0/title"),
		Entry("three buttons", within(card, `"actions":`+copies(4, button)), "no more than 3 items allowed", "/blocks/0/actions"),
		Entry("something to show", within(card, `"subtitle":`+plain("a")),
			"must define at least one of `hero_image`, `title`, `actions` or `body`", "/blocks/0"),
		Entry("one icon", within(card, `"title":`+plain("a")+`,"icon":`+picture+`,"slack_icon":{"type":"icon","name":"sparkle"}`),
			"must define only one of `icon` and `slack_icon`", "/blocks/0"),
		Entry("an icon's name", within(card, `"title":`+plain("a")+`,"slack_icon":{"type":"icon","image_url":"https://example.com/a.png"}`),
			"missing required field: name", "/blocks/0/slack_icon"),

		Entry("one card in a carousel", `{"type":"carousel","elements":[]}`, "must provide at least 1 items", "/blocks/0/elements"),
		Entry("ten cards in a carousel", `{"type":"carousel","elements":`+copies(11, fullCard)+`}`, "no more than 10 items allowed", "/blocks/0/elements"),
		Entry("only cards in a carousel", `{"type":"carousel","elements":[{"type":"section"}]}`, "must be a valid enum value", "/blocks/0/elements/0/type"),

		Entry("ten blocks in a container", within(container, copies(11, `{"type":"divider"}`)), "no more than 10 items allowed", "/blocks/0/child_blocks"),
		Entry("one block in a container", within(container, `[]`), "must provide at least 1 items", "/blocks/0/child_blocks"),
		Entry("no alert in a container", within(container, `[{"type":"alert"}]`), "unsupported type: alert", "/blocks/0/child_blocks/0/type"),
		Entry("no markdown in a container", within(container, `[{"type":"markdown"}]`), "unsupported type: markdown", "/blocks/0/child_blocks/0/type"),
		Entry("no container in a container", within(container, `[{"type":"container"}]`), "unsupported type: container", "/blocks/0/child_blocks/0/type"),
		Entry("the limits of the blocks in a container", within(container, `[{"type":"header","text":`+plain(long(151))+`}]`),
			"must be less than 151 characters", "/blocks/0/child_blocks/0/text/text"),
		Entry("a container's title", `{"type":"container","child_blocks":[{"type":"divider"}]}`,
			"must define either `title` or `rich_text_title`", "/blocks/0"),
		Entry("150 characters of a container's title", `{"type":"container","title":`+plain(long(151))+`,"child_blocks":[{"type":"divider"}]}`,
			"must be less than 151 characters", "/blocks/0/title/text"),
		Entry("four widths of a container", `{"type":"container","title":`+plain("a")+`,"width":"huge","child_blocks":[{"type":"divider"}]}`,
			"must be a valid enum value", "/blocks/0/width"),
	)
})
