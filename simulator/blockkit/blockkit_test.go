package blockkit_test

import (
	"encoding/json"
	"fmt"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/blockkit"
)

var _ = Describe("Validate", func() {
	DescribeTable("passes what is no mistake", func(blocks string) {
		Expect(judge(blockkit.Message, blocks)).To(BeEmpty())
	},
		Entry("no blocks", ``),
		Entry("null", `null`),
		Entry("an empty list", `[]`),
		Entry("blocks that were encoded twice", `"[{\"type\":\"divider\"}]"`),
		Entry("an unknown property", `[{"type":"divider","from_the_future":true}]`),
	)

	DescribeTable("says what is no list of blocks", func(blocks, line string) {
		Expect(judge(blockkit.Message, blocks)).To(ConsistOf(line))
	},
		Entry("an object", `{"type":"divider"}`, "must provide an array [json-pointer:/blocks]"),
		Entry("text", `"hello"`, "must provide an array [json-pointer:/blocks]"),
		Entry("broken JSON", `[{"type":`, "must provide an array [json-pointer:/blocks]"),
		Entry("a text for a block", `["hello"]`, "must provide an object [json-pointer:/blocks/0]"),
		Entry("null for a block", `[null]`, "must provide an object [json-pointer:/blocks/0]"),
		Entry("a block without a type", `[{"text":"hello"}]`, "missing required field: type [json-pointer:/blocks/0]"),
		Entry("a block whose type is a number", `[{"type":1}]`, "must provide a string [json-pointer:/blocks/0/type]"),
		Entry("a block of no known type", `[{"type":"sections"}]`, "unsupported type: sections [json-pointer:/blocks/0/type]"),
	)

	DescribeTable("counts the blocks of a surface", func(surface blockkit.Surface, most int) {
		Expect(judge(surface, copies(most, `{"type":"divider"}`))).To(BeEmpty())
		Expect(judge(surface, copies(most+1, `{"type":"divider"}`))).To(ConsistOf(
			fmt.Sprintf("no more than %d items allowed [json-pointer:/blocks]", most)))
	},
		Entry("a message has 50", blockkit.Message, 50),
		Entry("a modal has 100", blockkit.Modal, 100),
		Entry("a Home tab has 100", blockkit.Home, 100),
		Entry("no surface is a message", blockkit.Surface(""), 50),
	)

	DescribeTable("survives hostile input", func(blocks string, violations int) {
		found := blockkit.Validate(blockkit.Message, json.RawMessage(blocks))
		Expect(found).To(HaveLen(violations))
		for _, v := range found {
			Expect(len(v.String())).To(BeNumerically("<", 500))
		}
	},
		Entry("100,000 blocks", copies(100_000, `{"type":"nope"}`), 1),
		Entry("100,000 levels of lists", strings.Repeat("[", 100_000), 1),
		Entry("a deep nest of containers", strings.Repeat(`[{"type":"container","child_blocks":`, 3000)+"[]"+strings.Repeat("}]", 3000), 1),
		Entry("a type of a million characters", `[{"type":"`+long(1_000_000)+`"}]`, 1),
		Entry("50 blocks with ten mistakes each", copies(50, `{"type":"section","fields":`+copies(10, `1`)+`}`), 50),
		Entry("a text of 100,000 untyped parts", `[{"type":"rich_text","elements":`+copies(100_000, `{}`)+`}]`, 50),
	)

	It("quotes little of what it was given", func() {
		Expect(judge(blockkit.Message, `[{"type":"`+long(500)+`"}]`)).To(ConsistOf(
			"unsupported type: " + long(100) + "… [json-pointer:/blocks/0/type]"))
	})
})
