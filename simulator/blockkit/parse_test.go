package blockkit_test

import (
	"encoding/json"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/blockkit"
)

var _ = Describe("ParseBlocks", func() {
	DescribeTable("takes blocks as the Web API does", func(blocks any, count int) {
		parsed, err := blockkit.ParseBlocks(blocks)
		Expect(err).NotTo(HaveOccurred())
		Expect(parsed).To(HaveLen(count))
	},
		Entry("from a form", `[{"type":"divider"}]`, 1),
		Entry("encoded twice", `"[{\"type\":\"divider\"}]"`, 1),
		Entry("from a JSON body", []any{map[string]any{"type": "divider"}}, 1),
		Entry("as bytes", []byte(`[{"type":"divider"}]`), 1),
		Entry("as raw JSON", json.RawMessage(`[{"type":"divider"}]`), 1),
		Entry("as a type of Go's", []map[string]string{{"type": "divider"}}, 1),
		Entry("an empty list", `[]`, 0),
		Entry("none", nil, 0),
		Entry("an empty field", ``, 0),
		Entry("null", `null`, 0),
	)

	DescribeTable("says what has no format of blocks", func(blocks any) {
		_, err := blockkit.ParseBlocks(blocks)
		Expect(err).To(MatchError(blockkit.ErrBlocksFormat))
	},
		Entry("text", `hello`),
		Entry("text in JSON", `"hello"`),
		Entry("an object", `{"blocks":[]}`),
		Entry("a number", `1`),
		Entry("two values", `[] []`),
		Entry("broken JSON", `[{`),
		Entry("a decoded object", map[string]any{}),
		Entry("what is no JSON", func() {}),
	)
})

var _ = Describe("ParseObject", func() {
	It("takes JSON and what was decoded from it", func() {
		Expect(blockkit.ParseObject(`{"type":"home"}`)).To(HaveKeyWithValue("type", "home"))
		Expect(blockkit.ParseObject(map[string]any{"type": "home"})).To(HaveKeyWithValue("type", "home"))
	})
	It("says what it got", func() {
		_, err := blockkit.ParseObject(`[]`)
		Expect(err).To(MatchError("got an array, want a JSON object"))
		_, err = blockkit.ParseObject(``)
		Expect(err).To(MatchError("got nothing, want a JSON object"))
	})
})

var _ = Describe("Answer", func() {
	It("explains wrong blocks as chat.postMessage does", func() {
		answer, err := json.Marshal(blockkit.Answer(blockkit.ValidateMessage(`{"blocks":[{"type":"sections"}]}`)))
		Expect(err).NotTo(HaveOccurred())
		Expect(answer).To(MatchJSON(`{"ok":false,"error":"invalid_blocks",
			"errors":["unsupported type: sections [json-pointer:/blocks/0/type]"],
			"response_metadata":{"messages":["[ERROR] unsupported type: sections [json-pointer:/blocks/0/type]"]}}`))
	})
	It("explains a wrong view as views.open does", func() {
		Expect(blockkit.Answer(blockkit.ValidateView(blockkit.Modal, `{"type":"modal","title":`+plain("a")+`,"blocks":{}}`))).To(Equal(map[string]any{
			"ok": false, "error": "invalid_arguments",
			"response_metadata": map[string]any{"messages": []string{"[ERROR] must provide an array [json-pointer:/view/blocks]"}}}))
	})
	It("says no more where Slack does not", func() {
		Expect(blockkit.Answer(blockkit.ValidateMessage(`{"blocks":"a"}`))).To(Equal(map[string]any{"ok": false, "error": "invalid_blocks_format"}))
	})
	It("lists only what shares the error", func() {
		answer := blockkit.Answer(blockkit.ValidateMessage(`{"blocks":[{"type":"a"}],"attachments":[1]}`))
		Expect(answer).To(HaveKeyWithValue("errors", HaveLen(1)))
	})
	It("is nothing without violations", func() {
		Expect(blockkit.Answer(nil)).To(BeNil())
	})
})
