package cli_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/simulator/facts"
	"belay/simulator/payload"
)

// A coverageSection is a part of docs/coverage.md. Another part of Slack gets one by a
// file of its own and a line in coverageSections.
type coverageSection struct {
	title string
	write func(b *strings.Builder)
}

func coverageSections() []coverageSection {
	return []coverageSection{
		{"What Slack sends", coverKinds},
		{"Events", coverEvents},
		{"Subtypes of message", coverSubtypes},
		{"Interactive elements", coverElements},
		{"Web API", coverMethods},
	}
}

const coverageHead = `# What belay covers of Slack

Generated from the code that does it. What stands in no table here is not covered.
`

var _ = Describe("docs/coverage.md", func() {
	It("says what the code covers", func() {
		var b strings.Builder
		b.WriteString(coverageHead)
		for _, s := range coverageSections() {
			fmt.Fprintf(&b, "\n## %s\n\n", s.title)
			s.write(&b)
		}
		Expect(checkstest.Golden("../../docs/coverage.md", b.String())).To(Succeed())
	})

	It("leaves out no event that Slack's documentation lets an app subscribe to", func() {
		for _, e := range facts.Events() {
			if e.Subscribable() {
				_, err := payload.FindEventType(e.Name)
				Expect(err).NotTo(HaveOccurred())
			}
		}
	})
})

// coverageTable writes a table in Markdown.
func coverageTable(b *strings.Builder, head string, rows [][]string) {
	columns := strings.Split(head, " | ")
	fmt.Fprintf(b, "| %s |\n|%s\n", head, strings.Repeat("---|", len(columns)))
	for _, row := range rows {
		ExpectWithOffset(1, row).To(HaveLen(len(columns)))
		fmt.Fprintf(b, "| %s |\n", strings.Join(row, " | "))
	}
}

// coded are names as code.
func coded(names ...string) string {
	if len(names) == 0 {
		return ""
	}
	return "`" + strings.Join(names, "` `") + "`"
}

func coverKinds(b *strings.Builder) {
	b.WriteString("The requests of Slack's servers, byte for byte, and one that a browser makes for them. The\nword is Slack's own; `belay check --kind` takes all but the browser's.\n\n")
	encodings := map[payload.Encoding]string{
		payload.Form: "form", payload.JSON: "JSON", payload.FormPayload: "JSON in the form field `payload`", payload.Query: "query of a GET",
	}
	urls := map[checks.Kind]string{
		checks.Command: "the command's URL", checks.Action: "the interactivity URL", checks.Options: "the options load URL", checks.Events: "the events URL",
	}
	var rows [][]string
	for _, k := range payload.Kinds() {
		signed, to := "yes", "the OAuth redirect URL"
		if k.Unsigned {
			signed = "no"
		}
		if kind, err := checks.ParseKind(k.Name); err == nil {
			to = urls[kind.Surface()]
		}
		rows = append(rows, []string{coded(k.Name), k.Title, encodings[k.Encoding], signed, to})
	}
	coverageTable(b, "kind | what it is | body | signed | sent to", rows)
}

func coverEvents(b *strings.Builder) {
	types := payload.EventTypes()
	full, unlisted := 0, 0
	var rows [][]string
	for _, e := range types {
		shape, note := "general", ""
		if e.Full {
			shape = "Slack's own"
			full++
		}
		if e.Unlisted {
			note = "not in Slack's list"
			unlisted++
		}
		rows = append(rows, []string{coded(e.Name), coded(e.Scopes...), shape, note})
	}
	fmt.Fprintf(b, "The %d types that the Events API delivers, over HTTP and Socket Mode: %d with Slack's own\nshape, the rest with a general one (`user`, `text`, `ts`, `channel`); %d are not in Slack's\nlist of events, and delivered all the same. An app needs one of the scopes. The %d events that\nonly the RTM API delivers are not covered.\n\n",
		len(types), full, unlisted, onlyRTM())
	coverageTable(b, "event | one of the scopes | shape | remark", rows)
}

// onlyRTM counts the events to which no app can subscribe.
func onlyRTM() int {
	n := 0
	for _, e := range facts.Events() {
		if !e.Subscribable() {
			n++
		}
	}
	return n
}

func coverSubtypes(b *strings.Builder) {
	b.WriteString("As `message/SUBTYPE`, or in one sort of channel as `message.channels/SUBTYPE`.\n\n")
	var rows [][]string
	for _, e := range payload.MessageSubtypes() {
		_, subtype, _ := strings.Cut(e.Name, "/")
		event := parsed(payload.Event.Fields(payload.Scene{EventType: e.Name}))["event"].(map[string]any)
		rows = append(rows, []string{coded(subtype), coded(without(event, "type", "subtype", "event_ts")...)})
	}
	coverageTable(b, "subtype | members besides type, subtype and event_ts", rows)
}

func coverElements(b *strings.Builder) {
	b.WriteString("What an app gets when a person uses one: in `actions` of `block_actions`, and in\n`view.state.values` of `view_submission`, besides type, block_id, action_id and action_ts.\n\n")
	var rows [][]string
	for _, name := range payload.Elements() {
		scene := payload.Scene{Element: name, ActionID: "a", BlockID: "b"}
		acted := parsed(payload.BlockActions.Fields(scene))["actions"].([]any)[0].(map[string]any)
		view := parsed(payload.ViewSubmission.Fields(scene))["view"].(map[string]any)
		state, _ := view["state"].(map[string]any)["values"].(map[string]any)["b"].(map[string]any)["a"].(map[string]any)
		kept := coded(without(state, "type")...)
		if state["type"] != name {
			kept = "not an input"
		}
		rows = append(rows, []string{coded(name), coded(without(acted, "type", "block_id", "action_id", "action_ts")...), kept})
	}
	coverageTable(b, "element | in an action | in a view's state", rows)
}

// parsed is a payload as an app reads it.
func parsed(fields payload.Object) map[string]any {
	var object map[string]any
	ExpectWithOffset(1, json.Unmarshal(payload.Encode(payload.JSON, fields), &object)).To(Succeed())
	return object
}

// without are the names of an object's members but for those, in order.
func without(object map[string]any, names ...string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(object)), func(name string) bool { return slices.Contains(names, name) })
}
