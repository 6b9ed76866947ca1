package blockkit_test

import (
	"fmt"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/blockkit"
)

var _ = Describe("ValidateView", func() {
	const input = `{"type":"input","label":{"type":"plain_text","text":"a"},"element":{"type":"plain_text_input"}}`
	modal := func(more string) string {
		return `{"type":"modal","title":` + plain("a") + `,"blocks":[]` + more + `}`
	}
	home := func(more string) string { return `{"type":"home","blocks":[]` + more + `}` }

	DescribeTable("passes as it is documented", func(view string) {
		Expect(judgeView("", view)).To(BeEmpty())
	},
		Entry("a bare modal", modal(``)),
		Entry("a modal at every limit", `{"type":"modal","title":`+plain(long(24))+`,"submit":`+plain(long(24))+`,"close":`+plain(long(24))+
			`,"private_metadata":"`+long(3000)+`","callback_id":"`+long(255)+`","external_id":"`+long(255)+`","clear_on_close":true,
			"notify_on_close":false,"blocks":`+copies(100, `{"type":"divider"}`)+`}`),
		Entry("an input with a submit button", modal(`,"submit":`+plain("Go")+`,"blocks":`+list(input))),
		Entry("a Home tab", home(``)),
		Entry("a Home tab with an input, which has no submit button", home(`,"blocks":`+list(input))),
		Entry("a view that was encoded twice", `"{\"type\":\"home\",\"blocks\":[]}"`),
		Entry("a property from the future", modal(`,"from_the_future":true`)),
	)

	DescribeTable("refuses in Slack's words", func(view, message, pointer string) {
		Expect(judgeView("", view)).To(ConsistOf(message + " [json-pointer:" + pointer + "]"))
	},
		Entry("no object", `[]`, "must provide an object", "/view"),
		Entry("nothing", ``, "must provide an object", "/view"),
		Entry("broken JSON", `{"type"`, "must provide an object", "/view"),
		Entry("a title of 25", `{"type":"modal","title":`+plain(long(25))+`,"blocks":[]}`, "must be less than 25 characters", "/view/title/text"),
		Entry("a title of mrkdwn", `{"type":"modal","title":`+mrkdwn("a")+`,"blocks":[]}`, "must be a valid enum value", "/view/title/type"),
		Entry("a submit button of 25", modal(`,"submit":`+plain(long(25))), "must be less than 25 characters", "/view/submit/text"),
		Entry("a close button of 25", modal(`,"close":`+plain(long(25))), "must be less than 25 characters", "/view/close/text"),
		Entry("a submit button of null", modal(`,"submit":null`), "must provide an object", "/view/submit"),
		Entry("3001 of private_metadata", modal(`,"private_metadata":"`+long(3001)+`"`), "must be less than 3001 characters", "/view/private_metadata"),
		Entry("an object of private_metadata", modal(`,"private_metadata":{}`), "must provide a string", "/view/private_metadata"),
		Entry("256 of callback_id", modal(`,"callback_id":"`+long(256)+`"`), "must be less than 256 characters", "/view/callback_id"),
		Entry("256 of external_id", modal(`,"external_id":"`+long(256)+`"`), "must be less than 256 characters", "/view/external_id"),
		Entry("101 blocks", modal(`,"blocks":`+copies(101, `{"type":"divider"}`)), "no more than 100 items allowed", "/view/blocks"),
		Entry("no list of blocks", modal(`,"blocks":{}`), "must provide an array", "/view/blocks"),
		Entry("a wrong block", modal(`,"blocks":[{"type":"sections"}]`), "unsupported type: sections", "/view/blocks/0/type"),
		Entry("a block_id that repeats", modal(`,"blocks":`+copies(2, `{"type":"divider","block_id":"a"}`)),
			"`block_id` \"a\" already exists", "/view/blocks/1/block_id"),
		Entry("an input and no submit button", modal(`,"blocks":`+list(`{"type":"divider"}`, input)),
			"must define `submit` to use an `input` block in modals", "/view/blocks/1/input"),
		Entry("what Slack added to a view", modal(`,"state":{"values":{}}`), "invalid additional property: state", "/view"),
		Entry("submit_disabled, which belongs to workflow steps", modal(`,"submit_disabled":true`), "invalid additional property: submit_disabled", "/view"),
		Entry("a Home tab with a submit button", home(`,"submit":`+plain("Go")), "invalid additional property: submit", "/view"),
		Entry("a Home tab with a close button", home(`,"close":`+plain("No")), "invalid additional property: close", "/view"),
		Entry("a Home tab that notifies", home(`,"notify_on_close":false`), "invalid additional property: notify_on_close", "/view"),
	)

	It("names every missing field", func() {
		Expect(judgeView(blockkit.Modal, `{}`)).To(Equal([]string{
			"missing required field: title [json-pointer:/view]",
			"missing required field: blocks [json-pointer:/view]",
			"missing required field: type [json-pointer:/view]",
		}))
	})

	It("wants the type of the method", func() {
		Expect(judgeView(blockkit.Modal, `{"type":"home","title":`+plain("a")+`,"blocks":[]}`)).To(
			ConsistOf("must be a valid enum value [json-pointer:/view/type]"))
		Expect(judgeView(blockkit.Home, `{"type":"modal","blocks":[]}`)).To(
			ConsistOf("must be a valid enum value [json-pointer:/view/type]"))
		Expect(judgeView("", `{"type":"dialog","title":`+plain("a")+`,"blocks":[]}`)).To(
			ConsistOf("must be a valid enum value [json-pointer:/view/type]"))
	})

	It("takes 250 kB and no more", func() {
		// The other limits hold as well, so that only the error tells.
		of := func(size int) []blockkit.Violation {
			view := modal(`,"callback_id":"%"`)
			return blockkit.ValidateView("", within(view, strings.Repeat("<", size-len(view)+len("%"))))
		}
		Expect(of(250 << 10)[0].Code).To(Equal("invalid_arguments"))
		Expect(of(250<<10 + 1)).To(Equal([]blockkit.Violation{{
			Pointer: "/view", Message: fmt.Sprintf("must be less than %d bytes", 250<<10+1), Code: "view_too_large"}}))
	})
})

// judgeView is Slack's answer to a view.
func judgeView(surface blockkit.Surface, view string) []string {
	var lines []string
	for _, v := range blockkit.ValidateView(surface, view) {
		lines = append(lines, v.String())
	}
	return lines
}
