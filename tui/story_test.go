package tui_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/simulator/payload"
	"belay/tui"
)

// began is when the scenarios of the specs were played.
var began = time.Date(2026, 11, 23, 12, 4, 4, 0, time.UTC)

func ms(n int) checks.Millis { return checks.Millis(time.Duration(n) * time.Millisecond) }

// step is one of a scenario, at which Slack sent something and the app called.
func step(n int, title string, took int, status checks.Status, calls ...string) checks.Result {
	return checks.Result{
		Check: "step.command", Title: fmt.Sprintf("%d. %s", n, title), Status: status, Took: ms(took),
		Saw: "HTTP 200 in 41 ms", Remarks: []checks.Remark{},
		Evidence: &checks.Evidence{Story: &checks.Story{Calls: calls}, Exchanges: []checks.Exchange{{
			Question: "command", SentAt: began.Add(time.Duration(ms(500 * (n - 1)))), TotalMS: ms(min(took, 41)), Reached: "done",
			Request: checks.Request{Method: "POST", URL: "http://127.0.0.1:40001/slack/commands", Body: "command=%2Fapprove&text=%2342",
				Header: []payload.HeaderField{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}}},
			Response: &checks.Response{Proto: "HTTP/1.1", Status: 200, Body: "{}"},
			Stages:   checks.StagesMS{FirstByte: ms(min(took, 41))},
		}}},
	}
}

// asks is a call of the app's, so many milliseconds after the beginning.
func asks(method string, after, took int) checks.Exchange {
	return checks.Exchange{
		Question: method, Direction: checks.ToSlack, SentAt: began.Add(time.Duration(ms(after))), TotalMS: ms(took), Reached: "done",
		Request:  checks.Request{Method: "POST", URL: "https://slack.com/api/" + method, Body: `{"channel":"C0OPS"}`},
		Response: &checks.Response{Proto: "HTTP/1.1", Status: 200, Body: `{"ok":true}`},
	}
}

func told(file, name string, results ...checks.Result) checks.Section {
	s := checks.Section{
		Name: file + ": " + name, Results: results, NotAsked: []string{},
		Target: checks.TargetInfo{URL: "http://127.0.0.1:40001/slack/commands", Kind: "scenario", Named: name, Signed: true, Local: true, Deadline: ms(3000)},
	}
	status := checks.Pass
	for _, r := range results {
		if r.Status == checks.Fail {
			status = checks.Fail
		}
	}
	s.Verdict = checks.Verdict{Status: status, Summary: "All went as expected."}
	if status == checks.Fail {
		s.Verdict.Summary = "There was no acknowledgement within 3 s."
	}
	return s
}

// rejected is the scenario that fails.
func rejected() checks.Section {
	failed := step(3, "anna submits approve", 3000, checks.Fail)
	failed.Saw = `expected an acknowledgement with response_action "errors", got none within 3 s`
	failed.Problem = &checks.Finding{ID: "scenario.expectation", Title: "The app did not do what the scenario expects", Why: "The suite says so.", Fix: "Mend the app, or the suite."}
	failed.Place = &checks.Place{File: "suites/approve.yaml", Line: 48, Column: 9}
	x := &failed.Evidence.Exchanges[0]
	x.Response, x.GaveUp, x.TotalMS, x.Request.URL, x.Reached = nil, true, ms(3000), "http://127.0.0.1:40001/slack/interactions", "sent"
	failed.Evidence.Story = &checks.Story{
		Misses:     []string{failed.Saw, `there was no call of "views.update"`},
		Difference: "--- wanted\n+++ got\n@@ -1,3 +1,3 @@\n {\n-  \"response_action\": \"errors\"\n+  \"response_action\": null\n }\n",
		Output: []string{
			"[bolt-app] view_submission approve from U0ANNA", "TypeError: Cannot read properties of null (reading 'value')",
			"    at /app/handlers/approve.js:31:52", "[bolt-app] unhandled error, no ack was sent",
		},
		Excerpt: []string{
			"    46 |   - submit: { view: approve, values: { reason: null } }", "    47 |     expect:",
			">   48 |         response_action: errors", "    49 |         errors: { reason: required }",
		},
	}
	skipped := checks.Result{Check: "step.press", Title: "4. anna presses Close", Status: checks.Skip, Reason: "not played after step 3", Remarks: []checks.Remark{}}
	found := checks.Result{Check: "slack.found", Title: "the fake Slack finds nothing wrong in what the app does", Status: checks.Pass, Saw: "1 call of the app", Remarks: []checks.Remark{}}
	return told("suites/approve.yaml", "approval modal rejects an empty reason",
		step(1, "anna runs /approve #42 in #ops", 53, checks.Pass, "views.open ok 12 ms"),
		step(2, "wait for the modal", 12, checks.Pass), failed, skipped, found)
}

// suites is a report of scenarios.
func suites() checks.Report {
	mentioned := step(1, "anna mentions the app in #ops", 410, checks.Pass)
	mentioned.Evidence.Exchanges = append(mentioned.Evidence.Exchanges, asks("users.info", 120, 9), asks("chat.postMessage", 390, 8))
	r := checks.Sum([]checks.Section{
		told("suites/mention.yaml", "greets on app_mention", mentioned),
		told("suites/approve.yaml", "slash /deploy asks for approval",
			step(1, "anna runs /deploy prod in #ops", 480, checks.Pass, "views.open ok 12 ms"),
			step(2, "anna presses Approve", 400, checks.Pass, "chat.postMessage ok 7 ms", "chat.update ok 6 ms")),
		rejected(),
		told("suites/limits.yaml", "retries on 429", step(1, "Slack answers chat.postMessage with 429", 2130, checks.Pass, "chat.postMessage ratelimited 2 ms", "chat.postMessage ok 5 ms")),
	})
	r.SchemaVersion, r.Tool, r.Command, r.StartedAt, r.Duration = 1, checks.Tool{Name: "belay"}, "test", began, ms(6200)
	r.Verdict = checks.Verdict{Status: checks.Fail, Cause: "scenario.expectation", Summary: "1 of 4 scenarios failed."}
	return r
}

// playing is a model of scenarios that are being played; nothing runs really.
func playing(width, height int) tui.Model {
	plan := suites()
	plan.Sections = append(plan.Sections, told("suites/limits.yaml", "two workspaces, one install each"), told("suites/limits.yaml", "home tab on app_home_opened"))
	for n := range plan.Sections {
		plan.Sections[n].Results, plan.Sections[n].Verdict = nil, checks.Verdict{}
	}
	o := tui.Options{Report: plan, Live: func(context.Context, checks.Watch, []string) checks.Report { panic("never called") }}
	m := resized(tui.New(context.Background(), o), width, height)
	for _, s := range suites().Sections[:3] {
		m = updated(m, tui.News(m, "", s.Name, s.Results...))
		m = updated(m, tui.Through(m, s))
	}
	last := suites().Sections[3]
	m = updated(m, tui.News(m, "two workspaces, one install each: oauth.v2.access", last.Name, last.Results...))
	return m
}

var _ = DescribeTable("scenarios on the screen",
	func(name string, width, height int, o tui.Options, keys ...string) {
		o.Report = suites()
		expectGolden(name, screen(at(width, height, o, keys...)))
	},
	Entry("wide", "120x40-test", 120, 40, tui.Options{}),
	Entry("wide: the timeline of the one that failed", "120x40-test-story", 120, 40, tui.Options{}, "enter"),
	Entry("wide: of one that went well", "120x40-test-well", 120, 40, tui.Options{}, "g"),
	Entry("wide: the step", "120x40-test-step", 120, 40, tui.Options{}, "n", "enter"),
	Entry("wide: what the app printed", "120x40-test-output", 120, 40, tui.Options{}, "o"),
	Entry("huge", "200x50-test", 200, 50, tui.Options{}),
	Entry("middle", "80x24-test", 80, 24, tui.Options{}),
	Entry("middle: in ASCII", "80x24-test-ascii", 80, 24, tui.Options{ASCII: true}, "enter"),
	Entry("narrow", "60x15-test", 60, 15, tui.Options{}),
	Entry("narrow: the timeline", "60x15-test-story", 60, 15, tui.Options{}, "enter"),
)

var _ = Describe("scenarios", func() {
	It("are shown while they are played, those in the queue too", func() {
		m := playing(120, 40)
		expectGolden("120x40-test-live", screen(m))
		expectGolden("80x24-test-live", screen(resized(m, 80, 24)))
	})
	It("are followed as they come, not to the end of the queue", func() {
		m := resized(playing(120, 40), 120, 40)
		m = pressed(updated(m, tui.Ended(m, checks.Report{Command: "test", Sections: suites().Sections[:2]})), "g", "R")
		first := suites().Sections[0]
		m = updated(m, tui.News(m, "", first.Name, first.Results...))
		Expect(cursorLine(m)).To(ContainSubstring("greets on app_mention"))
	})
	It("keep their places in the list once they were played", func() {
		m := playing(120, 40)
		r := suites()
		m = updated(m, tui.Ended(m, r))
		Expect(screen(m)).To(SatisfyAll(ContainSubstring("1 of 4 scenarios failed."), ContainSubstring("1 fail  3 pass")))
	})
	It("are played again: one, those that failed, or all", func() {
		m := playing(120, 40)
		m = updated(m, tui.Ended(m, suites()))
		Expect(screen(m)).To(ContainSubstring("F failed"))
		Expect(tui.Only(pressed(m, "F"))).To(Equal([]string{"suites/approve.yaml: approval modal rejects an empty reason"}))
		Expect(tui.Only(pressed(m, "g", "r"))).To(Equal([]string{"suites/mention.yaml: greets on app_mention"}))
		again := pressed(m, "R")
		Expect(tui.Only(again)).To(BeEmpty())
		Expect(screen(again)).To(SatisfyAll(ContainSubstring("0 of 4"), ContainSubstring("4 queued"), ContainSubstring("greets on app_mention")))
	})
	It("keep what is known of the others while one is played again", func() {
		m := playing(120, 40)
		m = pressed(updated(m, tui.Ended(m, suites())), "F")
		Expect(screen(m)).To(SatisfyAll(ContainSubstring("3 of 4"), ContainSubstring("3 pass  1 queued")))
		well := told("suites/approve.yaml", "approval modal rejects an empty reason", step(1, "anna runs /approve #42 in #ops", 53, checks.Pass))
		m = updated(m, tui.News(m, "", well.Name, well.Results...))
		m = updated(m, tui.Ended(m, checks.Sum([]checks.Section{well})))
		Expect(screen(m)).To(ContainSubstring("4 pass"))
	})
	It("go back from the app's output to where they were", func() {
		m := at(120, 40, tui.Options{Report: suites()})
		before := screen(m)
		Expect(screen(pressed(m, "o", "o"))).To(Equal(before))
		Expect(screen(pressed(m, "o", "esc"))).To(Equal(before))
		Expect(screen(pressed(m, "g", "o"))).To(ContainSubstring("Nothing is kept of what the app printed"))
		Expect(screen(at(120, 40, tui.Options{Report: sample()}, "o"))).To(ContainSubstring("only scenarios have an app's output"))
	})
	It("say that nothing failed", func() {
		m := playing(120, 40)
		r := suites()
		r.Sections = r.Sections[:2]
		m = pressed(updated(m, tui.Ended(m, r)), "F")
		Expect(screen(m)).To(ContainSubstring("nothing failed"))
	})
	It("are filtered by words, status and file", func() {
		m := at(120, 40, tui.Options{Report: suites()}, "f")
		Expect(screen(m)).NotTo(ContainSubstring("greets on app_mention"))
		m = at(120, 40, tui.Options{Report: suites()}, "/", "l", "i", "m", "i", "t", "s")
		Expect(screen(m)).To(SatisfyAll(ContainSubstring("retries on 429"), Not(ContainSubstring("greets on"))))
	})
	It("are in testdata as a saved report", func() {
		data, err := json.MarshalIndent(suites(), "", " ")
		Expect(err).NotTo(HaveOccurred())
		expectGolden("scenarios.json", string(data)+"\n")
	})
	It("are read out", func(ctx SpecContext) {
		text, _ := heard(ctx, tui.Options{Report: suites()}, "n", "q")
		expectGolden("accessible-test", text)
	}, SpecTimeout(10*time.Second))
	It("show nothing harmful of what an app printed", func() {
		r := suites()
		story := r.Sections[2].Results[2].Evidence.Story
		story.Output, story.Excerpt, story.Calls, story.Misses = []string{hostile, strings.Repeat(hostile, 1000)}, []string{hostile}, []string{hostile}, []string{hostile, hostile}
		story.Difference = hostile
		for _, keys := range [][]string{{}, {"n"}, {"n", "enter"}, {"enter"}} {
			for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 15}, {20, 5}} {
				view := at(size[0], size[1], tui.Options{Report: r, Color: true}, keys...).View()
				expectFits(view, size[0], size[1])
				expectHarmless(view)
			}
		}
	})
})

var _ = Describe("watching", func() {
	// changing is a model that watches; what changed comes from the channel.
	changing := func(answers chan []string) (tui.Model, tea.Cmd) {
		o := tui.Options{
			Report: suites(), Live: func(context.Context, checks.Watch, []string) checks.Report { return checks.Report{} },
			Watch: func(ctx context.Context) ([]string, error) {
				select {
				case only := <-answers:
					return only, nil
				case <-ctx.Done():
					return nil, ctx.Err()
				}
			},
		}
		m := resized(tui.New(context.Background(), o), 120, 40)
		m = updated(m, tui.Ended(m, suites()))
		next, cmd := m.Update(keyMsg("w"))
		return next.(tui.Model), cmd
	}
	const one = "suites/limits.yaml: retries on 429"

	It("plays again what uses a file that changed, and goes on watching", func() {
		answers := make(chan []string, 1)
		m, wait := changing(answers)
		Expect(screen(m)).To(ContainSubstring("watching"))
		answers <- []string{one}
		next, cmd := m.Update(wait())
		Expect(tui.Only(next.(tui.Model))).To(Equal([]string{one}))
		Expect(screen(next.(tui.Model))).To(ContainSubstring("1 queued"))
		Expect(cmd).NotTo(BeNil())
	})
	It("waits for the end of a run before it begins another", func() {
		answers := make(chan []string, 1)
		m, wait := changing(answers)
		m = pressed(m, "R")
		answers <- []string{one}
		m = updated(m, wait())
		Expect(tui.Only(m)).To(BeEmpty())
		m = updated(m, tui.Ended(m, suites()))
		Expect(tui.Only(m)).To(Equal([]string{one}))
	})
	It("ends by the same key", func() {
		m, wait := changing(make(chan []string))
		m = pressed(m, "w")
		Expect(screen(m)).To(ContainSubstring("nothing is watched any longer"))
		m = updated(m, wait())
		Expect(screen(m)).NotTo(ContainSubstring("could not watch"))
	})
	It("says what stands against it", func() {
		m := at(120, 40, tui.Options{Report: suites()}, "w")
		Expect(screen(m)).To(ContainSubstring("there is nothing to watch"))
		o := tui.Options{Report: suites(), Watch: func(context.Context) ([]string, error) { return nil, errors.New("too many files") }}
		next, cmd := at(120, 40, o).Update(keyMsg("w"))
		Expect(screen(updated(next.(tui.Model), cmd()))).To(ContainSubstring("could not watch: too many files"))
	})
})
