package checks_test

import (
	"fmt"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

// blockOptions are n options of a Block Kit menu.
func blockOptions(n, text, value int) string {
	one := fmt.Sprintf(`{"text":{"type":"plain_text","text":%q},"value":%q}`, strings.Repeat("ü", text), strings.Repeat("v", value))
	return "[" + strings.Join(repeated(one, n), ",") + "]"
}

// plainOptions are n options of a legacy menu.
func plainOptions(member string, n, text, value int) string {
	one := fmt.Sprintf(`{%q:%q,"value":%q}`, member, strings.Repeat("ü", text), strings.Repeat("v", value))
	return "[" + strings.Join(repeated(one, n), ",") + "]"
}

func repeated(text string, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = text
	}
	return all
}

// groupsOf are groups of options, with a label in Block Kit's way.
func groupsOf(n int, options string) string {
	return "[" + strings.Join(repeated(`{"label":{"type":"plain_text","text":"Places"},"options":`+options+`}`, n), ",") + "]"
}

var _ = DescribeTable("reply.menu", func(kind checks.Kind, known checkstest.Handler, matches types.GomegaMatcher) {
	d := diagnoseKind(kind, known)
	Expect(d.of("reply.menu")).To(matches, d.String)
	if r := d.of("reply.menu"); r.Status == checks.Fail {
		Expect(d).To(failFor("reply.options"))
	}
},
	Entry("passes options", checks.Options, replies(`{"options":`+blockOptions(100, 75, 150)+`}`), passes("100 options")),
	Entry("passes groups", checks.Kind("block_suggestion"), replies(`{"option_groups":`+groupsOf(100, blockOptions(1, 75, 150))+`}`), passes("100 groups")),
	Entry("passes none: nothing was found", checks.Options, replies(`{"options":[]}`), passes("nothing was found")),
	Entry("passes none beside groups", checks.Options, replies(`{"options":[],"option_groups":`+groupsOf(1, blockOptions(1, 1, 1))+`}`), passes("1 group")),
	Entry("passes a null beside options", checks.Options, replies(`{"options":`+blockOptions(2, 1, 1)+`,"option_groups":null}`), passes("2 options")),
	Entry("names an empty reply", checks.Options, checkstest.Answer(200, ""), found(checks.Fail, "reply.options", "an empty reply")),
	Entry("names a text", checks.Options, checkstest.Answer(200, "ok"), found(checks.Fail, "reply.options", "200 ok, where the menu waits for options")),
	Entry("names a list", checks.Options, replies(blockOptions(1, 1, 1)), found(checks.Fail, "reply.options", "where the menu waits")),
	Entry("names a message", checks.Options, replies(`{"text":"hi"}`), found(checks.Fail, "reply.options", "neither options nor option_groups")),
	Entry("names both", checks.Options, replies(`{"options":`+blockOptions(1, 1, 1)+`,"option_groups":`+groupsOf(1, blockOptions(1, 1, 1))+`}`), found(checks.Fail, "reply.options", "both options and option_groups")),
	Entry("names more than a hundred", checks.Options, replies(`{"options":`+blockOptions(101, 1, 1)+`}`), found(checks.Fail, "reply.options", "no more than 100 items allowed [json-pointer:/options]")),
	Entry("names more than a hundred groups", checks.Options, replies(`{"option_groups":`+groupsOf(101, blockOptions(1, 1, 1))+`}`), found(checks.Fail, "reply.options", "json-pointer:/option_groups]")),
	Entry("names more than a hundred in a group", checks.Options, replies(`{"option_groups":`+groupsOf(1, blockOptions(101, 1, 1))+`}`), found(checks.Fail, "reply.options", "json-pointer:/option_groups/0/options]")),
	Entry("names a text that is too long", checks.Options, replies(`{"options":`+blockOptions(1, 76, 1)+`}`), found(checks.Fail, "reply.options", "must be less than 76 characters [json-pointer:/options/0/text/text]")),
	Entry("names a value that is too long", checks.Options, replies(`{"options":`+blockOptions(1, 1, 151)+`}`), found(checks.Fail, "reply.options", "json-pointer:/options/0/value]")),
	Entry("names a legacy option in a menu of Block Kit", checks.Options, replies(`{"options":`+plainOptions("text", 1, 1, 1)+`}`), found(checks.Fail, "reply.options", "must provide an object [json-pointer:/options/0/text]")),
	Entry("names options that are no list", checks.Options, replies(`{"options":{}}`), found(checks.Fail, "reply.options", "json-pointer:/options]")),
	Entry("is not asked of an error", checks.Options, checkstest.Answer(500, "boom"), skips("no reply to judge: 500 boom")),

	Entry("passes a message's", checks.Kind("interactive_message_suggestion"), replies(`{"options":`+plainOptions("text", 100, 80, 200)+`}`), passes("100 options")),
	Entry("passes a message's groups", checks.Kind("interactive_message_suggestion"), replies(`{"option_groups":[{"text":"Places","options":`+plainOptions("text", 2, 1, 1)+`}]}`), passes("1 group")),
	Entry("names a message's that are of Block Kit", checks.Kind("interactive_message_suggestion"), replies(`{"options":`+blockOptions(1, 1, 1)+`}`), found(checks.Fail, "reply.options", "must provide a string [json-pointer:/options/0/text]")),
	Entry("names a message's hundred and first", checks.Kind("interactive_message_suggestion"), replies(`{"options":`+plainOptions("text", 101, 1, 1)+`}`), found(checks.Fail, "reply.options", "no more than 100")),
	Entry("names a message's without a value", checks.Kind("interactive_message_suggestion"), replies(`{"options":[{"text":"a"}]}`), found(checks.Fail, "reply.options", "missing required field: value [json-pointer:/options/0]")),

	Entry("passes a dialog's", checks.Kind("dialog_suggestion"), replies(`{"options":`+plainOptions("label", 100, 75, 75)+`}`), passes("100 options")),
	Entry("passes a dialog's groups", checks.Kind("dialog_suggestion"), replies(`{"option_groups":[{"label":"Places","options":`+plainOptions("label", 2, 1, 1)+`}]}`), passes("1 group")),
	Entry("names a dialog's with a text for a label", checks.Kind("dialog_suggestion"), replies(`{"options":`+plainOptions("text", 1, 1, 1)+`}`), found(checks.Fail, "reply.options", "missing required field: label [json-pointer:/options/0]")),
	Entry("names a dialog's label that is too long", checks.Kind("dialog_suggestion"), replies(`{"options":`+plainOptions("label", 1, 76, 1)+`}`), found(checks.Fail, "reply.options", "must be less than 76 characters [json-pointer:/options/0/label]")),
	Entry("names a dialog's value that is too long", checks.Kind("dialog_suggestion"), replies(`{"options":`+plainOptions("label", 1, 1, 76)+`}`), found(checks.Fail, "reply.options", "json-pointer:/options/0/value]")),
	Entry("names a dialog's group without a label", checks.Kind("dialog_suggestion"), replies(`{"option_groups":[{"options":`+plainOptions("label", 1, 1, 1)+`}]}`), found(checks.Fail, "reply.options", "missing required field: label [json-pointer:/option_groups/0]")),
	Entry("names a dialog's group that is null", checks.Kind("dialog_suggestion"), replies(`{"option_groups":[null]}`), found(checks.Fail, "reply.options", "json-pointer:/option_groups/0")),
)

var _ = Describe("reply.menu", func() {
	It("is asked of an options load URL alone, and of a menu that is named", func() {
		Expect(diagnoseKind("shortcut", checkstest.Answer(200, "")).of("reply.menu")).To(skips("only an options load URL"))
		d := diagnose(ofKind(checks.Options, local(start(healthy().Serve))))
		Expect(d.of("reply.menu")).To(skips("--action ID"))
	})
})
