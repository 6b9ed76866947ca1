package blockkit_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/blockkit"
)

var _ = Describe("NearLimit", func() {
	near := func(surface blockkit.Surface, blocks string) []string {
		var lines []string
		for _, v := range blockkit.NearLimit(surface, blocks) {
			lines = append(lines, v.String())
		}
		return lines
	}
	header := func(n int) string { return list(`{"type":"header","text":` + plain(long(n)) + `}`) }

	It("lists what is over 90 % of a limit", func() {
		Expect(near(blockkit.Message, header(135))).To(BeEmpty())
		Expect(near(blockkit.Message, header(136))).To(ConsistOf("136 of 150 characters [json-pointer:/blocks/0/text/text]"))
		Expect(near(blockkit.Message, header(150))).To(ConsistOf("150 of 150 characters [json-pointer:/blocks/0/text/text]"))
	})
	It("leaves out what is over the limit", func() {
		Expect(near(blockkit.Message, header(151))).To(BeEmpty())
	})
	It("counts blocks and options", func() {
		Expect(near(blockkit.Message, copies(45, `{"type":"divider"}`))).To(BeEmpty())
		Expect(near(blockkit.Message, copies(46, `{"type":"divider"}`))).To(ConsistOf("46 of 50 items [json-pointer:/blocks]"))
		Expect(near(blockkit.Modal, copies(46, `{"type":"divider"}`))).To(BeEmpty())
		Expect(near(blockkit.Message, list(within(inActions, `{"type":"static_select","options":`+copies(91, option)+`}`)))).To(
			ConsistOf("91 of 100 items [json-pointer:/blocks/0/elements/0/options]"))
	})
	It("leaves out limits that are a layout", func() {
		Expect(near(blockkit.Message, list(within(inActions, `{"type":"overflow","options":`+copies(5, option)+`}`)))).To(BeEmpty())
	})
	It("counts all markdown, and all text of a message", func() {
		Expect(near(blockkit.Message, copies(4, `{"type":"markdown","text":"`+long(2800)+`"}`))).To(
			ConsistOf("11200 of 12000 characters [json-pointer:/blocks/3/text]"))
		Expect(near(blockkit.Message, list(`{"type":"markdown","text":"`+long(11000)+`"}`, `{"type":"markdown","text":"a"}`))).To(
			ConsistOf("11000 of 12000 characters [json-pointer:/blocks/0/text]"))
		Expect(near(blockkit.Message, copies(5, `{"type":"section","text":`+mrkdwn(long(2500))+`}`))).To(
			ConsistOf("12500 of 13297 characters in all blocks [json-pointer:/blocks]"))
	})
	It("knows a view's own fields", func() {
		view := `{"type":"modal","title":` + plain("a") + `,"private_metadata":"` + long(2900) + `","blocks":[]}`
		Expect(blockkit.NearLimitView(view)[0].String()).To(Equal("2900 of 3000 characters [json-pointer:/view/private_metadata]"))
	})
})
