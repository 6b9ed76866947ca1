package blockkit_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/blockkit"
)

var _ = Describe("A block_id", func() {
	It("passes where it differs, or is missing", func() {
		clean(blockkit.Message, `{"type":"divider","block_id":"a"}`, `{"type":"divider","block_id":"b"}`,
			`{"type":"divider"}`, `{"type":"divider","block_id":null}`, `{"type":"divider","block_id":null}`)
	})

	It("is unique among the blocks of a surface", func() {
		Expect(judge(blockkit.Modal, `[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}]`)).To(
			ConsistOf("`block_id` \"a\" already exists [json-pointer:/blocks/1/block_id]"))
	})

	It("may repeat in markdown, which ignores it, and deeper inside blocks", func() {
		clean(blockkit.Message, `{"type":"markdown","text":"a","block_id":"a"}`, `{"type":"markdown","text":"a","block_id":"a"}`)
		clean(blockkit.Message, `{"type":"task_card","task_id":"1","title":"t","details":{"type":"rich_text","block_id":"a","elements":[]},
			"output":{"type":"rich_text","block_id":"a","elements":[]}}`)
	})

	It("has 1 to 255 characters", func() {
		clean(blockkit.Message, `{"type":"divider","block_id":"`+long(255)+`"}`)
		refused(`{"type":"divider","block_id":"`+long(256)+`"}`, "must be less than 256 characters", "/blocks/0/block_id")
		refused(`{"type":"divider","block_id":""}`, "must be more than 0 characters", "/blocks/0/block_id")
	})
})

var _ = Describe("A surface", func() {
	alert := `{"type":"alert","text":` + plain("a") + `}`

	DescribeTable("takes the blocks that are documented for it", func(block string, message, modal, home bool) {
		Expect(judge(blockkit.Message, list(block))).To(HaveLen(mistakes(message)))
		Expect(judge(blockkit.Modal, list(block))).To(HaveLen(mistakes(modal)))
		Expect(judge(blockkit.Home, list(block))).To(HaveLen(mistakes(home)))
	},
		Entry("a divider everywhere", `{"type":"divider"}`, true, true, true),
		Entry("an alert in modals", alert, false, true, false),
		Entry("markdown in messages", `{"type":"markdown","text":"a"}`, true, false, false),
		Entry("a plan in messages", `{"type":"plan","title":"a"}`, true, false, false),
		Entry("a table in messages and on the Home tab", `{"type":"table","rows":[[]]}`, true, false, true),
		Entry("an input everywhere", `{"type":"input","label":`+plain("a")+`,"element":{"type":"plain_text_input"}}`, true, true, true),
	)

	It("says so in Slack's words", func() {
		refused(alert, "Block type is not supported in this container", "/blocks/0")
		Expect(judge(blockkit.Home, list(`{"type":"markdown","text":"a"}`))).To(
			ConsistOf("unsupported type: markdown [json-pointer:/blocks/0/type]"))
	})
})

func mistakes(allowed bool) int {
	if allowed {
		return 0
	}
	return 1
}
