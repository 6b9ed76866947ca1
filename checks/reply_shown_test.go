package checks_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

const aMessage = `{"text":"Deployed."}`

var _ = DescribeTable("reply.shown", func(kind checks.Kind, known checkstest.Handler, matches types.GomegaMatcher) {
	d := diagnoseKind(kind, known)
	Expect(d.of("reply.shown")).To(matches, d.String)
},
	Entry("passes nothing", checks.Action, checkstest.Answer(200, ""), passes("no message")),
	Entry("passes ok", checks.Action, checkstest.Answer(200, "ok"), passes("no message")),
	Entry("passes JSON that is no message", checks.Events, replies(`{"ok":true,"text":null}`), passes("no message")),
	Entry("warns of a text to an action", checks.Action, replies(aMessage), found(checks.Warn, "reply.ignored", "a message (text) in the reply to block_actions")),
	Entry("warns of blocks to an action", checks.Action, replies(`{"blocks":[]}`), found(checks.Warn, "reply.ignored", "(blocks)")),
	Entry("warns of one to a shortcut", checks.Kind("shortcut"), replies(aMessage), found(checks.Warn, "reply.ignored", "to shortcut")),
	Entry("warns of one to a message's shortcut", checks.Kind("message_action"), replies(aMessage), found(checks.Warn, "reply.ignored", "to message_action")),
	Entry("warns of one to a closed view", checks.Kind("view_closed"), replies(aMessage), found(checks.Warn, "reply.ignored", "to view_closed")),
	Entry("warns of one to an event", checks.Events, replies(aMessage), found(checks.Warn, "reply.ignored", "to event_callback")),
	Entry("does not mind one to a legacy button, which it replaces", checks.Kind("interactive_message"), replies(aMessage), skips("does not read such a reply to interactive_message")),
	Entry("does not mind one to a dialog", checks.Kind("dialog_submission"), replies(aMessage), skips("dialog_submission")),
	Entry("is not asked of a command", checks.Command, replies(aMessage), skips("only what is replied to an action")),
	Entry("is not asked of an error", checks.Action, checkstest.Answer(500, aMessage), skips("no reply to judge")),
)

var _ = DescribeTable("the reply to a legacy button", func(known checkstest.Handler, check string, matches types.GomegaMatcher) {
	d := diagnoseKind("interactive_message", known)
	Expect(d.of(check)).To(matches, d.String)
},
	Entry("is a message", replies(aMessage), "reply.message", passes("a message")),
	Entry("is judged for its form", replies(`{"text":`), "reply.form", found(checks.Fail, "reply.invalid-json", "says JSON, and is not")),
	Entry("is judged as a message", replies(`{"blocks":[{"type":"section"}]}`), "reply.message", found(checks.Fail, "reply.invalid-blocks", "json-pointer:/blocks/0")),
)
