//go:build e2e

package e2e_test

import (
	"net/url"

	. "github.com/onsi/ginkgo/v2"

	"belay/simulator/payload"
)

// The libraries before Bolt still run in many apps, and listen to what came before
// blocks and views.
var _ = Describe("The adapters before Bolt", func() {
	Describe("for events", Ordered, ContinueOnFailure, func() {
		p := itHandles(events(), startAdapters)
		itVerifies(p, mention, anEvent("reaction_added", "event"))
	})

	Describe("for interactive messages and dialogs", Ordered, ContinueOnFailure, func() {
		p := itHandles(legacy(), startAdapters)
		It("refuses what another secret signed", func(ctx SpecContext) {
			p().refuses(ctx, legacy()[0], legacy()[1])
		})
	})
})

// startAdapters runs the app, which takes events at one place and all else at another.
func startAdapters() *peer {
	GinkgoHelper()
	p := startPeer("adapters-everything")
	events := p.url
	p.url = func(k payload.Kind) *url.URL {
		if k.Encoding == payload.JSON {
			return events(k)
		}
		return events(k).JoinPath("../actions")
	}
	return p
}

// legacy is what attachments and dialogs send.
func legacy() []sending {
	return []sending{
		{
			kind: payload.InteractiveMessage, scene: payload.Scene{Value: "go"},
			says: "interactive_message button " + probe, answer: `{"text":"button used"}`,
		},
		{
			kind: payload.InteractiveMessage, scene: payload.Scene{Element: "static_select", Value: "go"},
			says: "interactive_message select " + probe, answer: `{"text":"select used"}`,
		},
		{
			kind: payload.InteractiveMessageSuggestion, scene: payload.Scene{Value: "rop"},
			says: "interactive_message_suggestion " + probe + " rop", answer: `{"options":[{"text":"Belay","value":"belay"}]}`,
		},
		{
			kind: payload.DialogSubmission, scene: payload.Scene{Value: "a rope"},
			says: "dialog_submission a rope", answer: `{"errors":[{"name":"belay_probe","error":"not today"}]}`,
		},
		{
			kind: payload.DialogSuggestion, scene: payload.Scene{Value: "rop"},
			says: "dialog_suggestion " + probe + " rop", answer: `{"options":[{"label":"Belay","value":"belay"}]}`,
		},
		{kind: payload.MessageAction, says: "message_action " + probe},
	}
}
