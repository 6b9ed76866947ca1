package blockkit_test

import (
	"encoding/json"
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/blockkit"
)

func TestBlockkit(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Blockkit")
}

// judge is Slack's answer to the blocks of a surface.
func judge(surface blockkit.Surface, blocks string) []string {
	var lines []string
	for _, v := range blockkit.Validate(surface, json.RawMessage(blocks)) {
		lines = append(lines, v.String())
	}
	return lines
}

// clean expects that blocks pass on a surface.
func clean(surface blockkit.Surface, blocks ...string) {
	GinkgoHelper()
	Expect(judge(surface, list(blocks...))).To(BeEmpty())
}

// refused expects one violation of the only block of a message.
func refused(block, message, pointer string) {
	GinkgoHelper()
	Expect(judge(blockkit.Message, list(block))).To(ConsistOf(message + " [json-pointer:" + pointer + "]"))
}

// list is a JSON array.
func list(items ...string) string { return "[" + strings.Join(items, ",") + "]" }

// copies is a JSON array of n times an item.
func copies(n int, item string) string {
	return list(strings.Split(strings.Repeat(item+"\x00", n), "\x00")[:n]...)
}

// long is n characters of two bytes each, so that bytes and characters differ.
func long(n int) string { return strings.Repeat("é", n) }

func plain(text string) string { return `{"type":"plain_text","text":"` + text + `"}` }
func mrkdwn(text string) string {
	return `{"type":"mrkdwn","text":"` + text + `"}`
}

// within puts what stands for % into a template.
func within(template, content string) string { return strings.ReplaceAll(template, "%", content) }
