package blockkit_test

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/blockkit"
)

var _ = Describe("ValidateMessage", func() {
	section := func(text string) string { return `{"type":"section","text":` + mrkdwn(text) + `}` }

	DescribeTable("passes what Slack takes", func(message string) {
		Expect(blockkit.ValidateMessage(message)).To(BeEmpty())
	},
		Entry("a text", `{"text":"hello"}`),
		Entry("a text over the limit, which is cut off", `{"text":"`+long(40001)+`"}`),
		Entry("null for blocks and attachments", `{"blocks":null,"attachments":null}`),
		Entry("empty strings of a form", `{"text":"a","blocks":"","attachments":""}`),
		Entry("blocks of a form", `{"blocks":"[{\"type\":\"divider\"}]"}`),
		Entry("50 blocks", `{"blocks":`+copies(50, `{"type":"divider"}`)+`}`),
		Entry("100 attachments", `{"attachments":`+copies(100, `{"text":"a","fields":[{"title":"a","value":"b","short":true}]}`)+`}`),
		Entry("attachments of a form", `{"attachments":"[{\"text\":\"a\"}]"}`),
		Entry("one block_id in the message and in an attachment",
			`{"blocks":[{"type":"divider","block_id":"a"}],"attachments":[{"blocks":[{"type":"divider","block_id":"a"}]}]}`),
		Entry("13,297 characters in blocks", `{"blocks":`+list(section(long(3000)), section(long(3000)), section(long(3000)), section(long(3000)), section(long(1297)))+`}`),
		Entry("12,000 characters of markdown_text", `{"markdown_text":"`+long(12000)+`","text":"","blocks":[]}`),
	)

	DescribeTable("refuses with Slack's error", func(message, code, pointer string) {
		found := blockkit.ValidateMessage(message)
		Expect(found).To(HaveLen(1))
		Expect(found[0].Code).To(Equal(code))
		Expect(found[0].Pointer).To(Equal(pointer))
	},
		Entry("no object", `[]`, "invalid_arguments", ""),
		Entry("blocks that are no JSON", `{"blocks":"hello"}`, "invalid_blocks_format", "/blocks"),
		Entry("blocks in an object", `{"blocks":{"blocks":[]}}`, "invalid_blocks_format", "/blocks"),
		Entry("51 blocks", `{"blocks":`+copies(51, `{"type":"divider"}`)+`}`, "invalid_blocks", "/blocks"),
		Entry("a wrong block", `{"blocks":[{"type":"section"}]}`, "invalid_blocks", "/blocks/0/type"),
		Entry("attachments that are no list", `{"attachments":{"text":"a"}}`, "invalid_attachments", "/attachments"),
		Entry("attachments that are no JSON", `{"attachments":"hello"}`, "invalid_attachments", "/attachments"),
		Entry("101 attachments", `{"attachments":`+copies(101, `{}`)+`}`, "too_many_attachments", "/attachments"),
		Entry("an attachment that is text", `{"attachments":["a"]}`, "invalid_attachments", "/attachments/0"),
		Entry("a wrong block in an attachment", `{"attachments":[{},{"blocks":[{"type":"divider"},{"type":"section"}]}]}`,
			"invalid_attachments", "/attachments/1/blocks/1/type"),
		Entry("fields that are no list", `{"attachments":[{"fields":{}}]}`, "invalid_attachments", "/attachments/0/fields"),
		Entry("13,298 characters in blocks", `{"blocks":`+list(section(long(3000)), section(long(3000)), section(long(3000)), section(long(3000)), section(long(1298)))+`}`,
			"msg_blocks_too_long", "/blocks"),
		Entry("markdown_text beside a text", `{"markdown_text":"a","text":"b"}`, "markdown_text_conflict", "/markdown_text"),
		Entry("markdown_text beside blocks", `{"markdown_text":"a","blocks":[{"type":"divider"}]}`, "markdown_text_conflict", "/markdown_text"),
		Entry("12,001 characters of markdown_text", `{"markdown_text":"`+long(12001)+`"}`, "invalid_arguments", "/markdown_text"),
	)

	It("takes a message that Go holds", func() {
		found := blockkit.ValidateMessage(map[string]any{"blocks": []any{map[string]any{"type": "header", "text": map[string]any{
			"type": "plain_text", "text": strings.Repeat("a", 151)}}}})
		Expect(found).To(HaveLen(1))
		Expect(found[0].String()).To(Equal("must be less than 151 characters [json-pointer:/blocks/0/text/text]"))
	})

	It("reports at most 50 mistakes", func() {
		Expect(blockkit.ValidateMessage(`{"attachments":` + copies(60, `{"blocks":[{"type":"section"},{"type":"section"}]}`) + `}`)).To(HaveLen(50))
	})
})

var _ = Describe("ValidateReply", func() {
	It("does not know the limits of chat.postMessage alone", func() {
		Expect(blockkit.ValidateReply(`{"blocks":` + copies(5, `{"type":"section","text":`+mrkdwn(long(3000))+`}`) + `}`)).To(BeEmpty())
	})
	It("judges blocks", func() {
		Expect(blockkit.ValidateReply(`{"blocks":"hello"}`)[0].Code).To(Equal("invalid_blocks_format"))
	})
})
