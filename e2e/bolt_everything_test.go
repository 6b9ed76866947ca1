//go:build e2e

package e2e_test

import (
	"net/url"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/payload"
)

// Everything that Slack sends goes to each of Bolt's receivers.
var _ = Describe("Bolt for JavaScript", func() {
	for _, receiver := range []string{"http", "express"} {
		Describe("with its receiver "+receiver, Ordered, ContinueOnFailure, func() {
			p := itHandles(everything(), func() *peer { return startPeer("bolt-everything", receiver) })
			itVerifies(p, deploy, mention)
			itCompletes(p)
		})
	}

	Describe("over Socket Mode", Ordered, ContinueOnFailure, func() {
		p := itHandles(everything(), func() *peer { return startPeer("bolt-everything", "socket") })
		itCompletes(p)
	})
})

// itCompletes holds that a custom step ends with what the app gave.
func itCompletes(p func() *peer) {
	It("completes a custom step", func(ctx SpecContext) {
		before := len(p().slack.Calls(isCompletion))
		p().handles(ctx, step)
		done := p().slack.Calls(isCompletion)
		Expect(done).To(HaveLen(before + 1))
		form, err := url.ParseQuery(string(done[before].Body))
		Expect(err).NotTo(HaveOccurred())
		run, err := p().slack.Workspace().Function(form.Get("function_execution_id"))
		Expect(err).NotTo(HaveOccurred())
		Expect(run.State).To(Equal("completed"))
		Expect(run.Outputs).To(MatchJSON(`{"user_id":"` + payload.StandInUser + `"}`))
	}, NodeTimeout(30*time.Second))
}

func isCompletion(c simulator.Call) bool { return c.API == "functions.completeSuccess" }
