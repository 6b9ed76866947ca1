package tui

import (
	"fmt"
	"slices"
	"strings"

	"belay/checks"
)

// isStory tells of a section that is a scenario which was played, not a URL.
func isStory(r checks.Report, s checks.Section) bool {
	return r.Command == "test" || s.Target.Kind == "scenario"
}

// tells tells of a report of scenarios.
func tells(r checks.Report) bool {
	return r.Command == "test" || len(r.Sections) > 0 && isStory(r, r.Sections[0])
}

func (m *Model) stories() bool { return m.told }

// storyOf is the suite's file of a scenario, and what the scenario is called.
func storyOf(s checks.Section) (file, name string) {
	file, name, ok := strings.Cut(s.Name, ": ")
	if ok && (strings.HasSuffix(file, ".yaml") || strings.HasSuffix(file, ".yml")) {
		return file, name
	}
	return "", s.Name
}

// isStep tells of what a scenario does, beside what is found out on the way.
func isStep(r checks.Result) bool { return strings.HasPrefix(r.Check, "step.") }

// isTold tells of a result of a scenario: what its title says is more than its check.
func isTold(r checks.Result) bool { return isStep(r) || strings.HasPrefix(r.Check, "slack.") }

// nameOf is what a row is called: the id of a check, or what a step does.
func nameOf(r checks.Result) string {
	if isTold(r) && r.Title != "" {
		return r.Title
	}
	return r.Check
}

// A phase is how far a section is.
type phase int

const (
	over phase = iota
	underWay
	queued
)

// phase is how far the section of a branch is.
func (m *Model) phase(b int) phase {
	section := m.full.Sections[m.tree[b].section]
	switch {
	case !m.live.running || m.live.through[m.tree[b].section] || !m.live.run.of(section.Name):
		return over
	case len(section.Results) > 0 || m.doing(b) != "":
		return underWay
	}
	return queued
}

// doing is what is being done for a section, as far as it was told.
func (m *Model) doing(b int) string {
	_, name := storyOf(m.full.Sections[m.tree[b].section])
	return m.live.doing[name]
}

// outcomes counts sections by how they came out, with those that are under way or
// queued.
func (m Model) outcomes() (done checks.Counts, running, waiting int) {
	for b := range m.tree {
		switch m.phase(b) {
		case underWay:
			running++
		case queued:
			waiting++
		default:
			tally(&done, m.outcomeOf(b))
		}
	}
	return done, running, waiting
}

// outcomeOf is how a scenario came out: the worst of its steps, where it has no verdict.
func (m *Model) outcomeOf(b int) checks.Status {
	if status := m.section(b).Verdict.Status; status != "" {
		return status
	}
	return storyWorst(m.tree[b].counts)
}

// storyWorst is worst, but for steps that were not played after one that failed.
func storyWorst(c checks.Counts) checks.Status {
	if total(c) == 0 {
		return checks.Skip
	}
	return worst(c)
}

// storyCounts are the scenarios as the header counts them.
func (m Model) storyCounts() []span {
	done, running, waiting := m.outcomes()
	spans := tallied(done)
	for _, more := range []struct {
		n    int
		word string
	}{{running, "running"}, {waiting, "queued"}} {
		if more.n == 0 {
			continue
		}
		if len(spans) > 0 {
			spans = append(spans, say("  "))
		}
		spans = append(spans, span{accent, fmt.Sprintf("%d %s", more.n, more.word)})
	}
	return spans
}

// progress is how many scenarios are through, as a bar and in numbers.
func (m Model) progress(width int) []span {
	done, running, waiting := m.outcomes()
	all := total(done) + running + waiting
	bar := min(width/3, 50)
	full := total(done) * bar / max(all, 1)
	return []span{
		{accent, m.style.running}, say(" "), {accent, strings.Repeat(m.style.waiting, full)},
		{faint, strings.Repeat(m.style.gap, bar-full)}, {strong, fmt.Sprintf("  %d of %d", total(done), all)},
	}
}

// storyMark is how far a scenario is, or how it came out, in a symbol and a word.
func (m *Model) storyMark(b int) (span, span) {
	switch m.phase(b) {
	case underWay:
		return span{accent, m.style.running}, span{accent, "running"}
	case queued:
		return span{faint, m.style.dot}, span{faint, "queued"}
	}
	status := m.outcomeOf(b)
	return m.style.mark(status), span{roleOf(status), wordOf(status)}
}

// A digest is a scenario in the columns of its row.
type digest struct {
	step     string
	took     checks.Millis
	calls    int
	lastCall string
}

// digest sums up the steps of a scenario.
func (m *Model) digest(b int) digest {
	section := m.section(b)
	var d digest
	steps, failed, title := 0, 0, ""
	for _, r := range section.Results {
		d.took += r.Took
		if isStep(r) {
			steps++
		}
		if failed == 0 && (r.Status == checks.Fail || r.Status == checks.Warn) {
			failed, title = steps, withoutNumber(nameOf(r))
		}
		if calls := callsOf(r); len(calls) > 0 {
			d.calls += len(calls)
			d.lastCall = calls[len(calls)-1]
		}
	}
	switch {
	case m.phase(b) == underWay && m.doing(b) != "":
		d.step = fmt.Sprintf("%d  %s", steps+1, m.shownText(m.doing(b)))
	case title != "":
		d.step = fmt.Sprintf("%d/%d  %s", failed, steps, title)
	case steps > 0:
		d.step = fmt.Sprintf("%d/%d", steps, steps)
	default:
		d.step = section.Note
	}
	return d
}

// withoutNumber is the title of a step without its place.
func withoutNumber(title string) string {
	before, after, ok := strings.Cut(title, ". ")
	if ok && strings.Trim(before, "0123456789") == "" {
		return after
	}
	return title
}

// shownText is a text that the run told, without names under privacy.
func (m Model) shownText(text string) string {
	if m.private {
		return m.mask.text(text)
	}
	return text
}

// hasOutput tells of a selected scenario whose app printed something that was kept.
func (m Model) hasOutput() bool {
	at, ok := m.selected()
	return ok && m.stories() && slices.ContainsFunc(m.section(at.branch).Results, func(r checks.Result) bool { return len(storyIn(r).Output) > 0 })
}

// storyIn is what a step rests on, empty for what is no step.
func storyIn(r checks.Result) checks.Story {
	if r.Evidence == nil || r.Evidence.Story == nil {
		return checks.Story{}
	}
	return *r.Evidence.Story
}

// callsOf are what the app asked of Slack in a step, a line each.
func callsOf(r checks.Result) []string {
	var calls []string
	for _, x := range exchanges(r) {
		if x.Direction == checks.ToSlack {
			calls = append(calls, x.Question+" "+outcome(x)+" "+short(x.TotalMS))
		}
	}
	if len(calls) == 0 {
		calls = storyIn(r).Calls
	}
	return calls
}

// The columns of a scenario's row, and the widths from which they are there.
const (
	storyCalls = 6
	storyLast  = 28
	callsFrom  = 110
	stepFrom   = 64
)

// storySpans are the row of a scenario.
func (m *Model) storySpans(b, width int) []span {
	s := m.style
	mark, word := m.storyMark(b)
	_, name := storyOf(m.section(b))
	word.text = s.column(word.text, wordWidth)
	spans := []span{say(m.foldMark(m.openBranch(b) || !m.filter.empty())), mark, say(" "), word}
	c := storyCols(width)
	d := m.digest(b)
	if m.phase(b) == queued {
		spans[0] = say("  ")
	}
	spans = append(spans, span{strong, s.column(name, c.name)})
	if c.step > 0 {
		spans = append(spans, say("  "+s.column(d.step, c.step)))
	}
	spans = append(spans, span{faint, s.right(short(d.took), timeWidth)})
	if c.last > 0 {
		calls := ""
		if d.calls > 0 {
			calls = fmt.Sprint(d.calls)
		}
		spans = append(spans, say(s.right(calls, storyCalls)), span{faint, "  " + s.column(d.lastCall, c.last)})
	}
	return spans
}

// storyColumns are the widths of the columns; those without are not shown.
type storyColumns struct{ name, step, last int }

func storyCols(width int) storyColumns {
	left := width - 4 - wordWidth - timeWidth
	var c storyColumns
	if width >= callsFrom {
		c.last = storyLast
		left -= storyCalls + 2 + storyLast
	}
	if width < stepFrom {
		c.name = max(left, 0)
		return c
	}
	c.name = min(left*11/20, 60)
	c.step = left - c.name - 2
	return c
}

// storyHead names the columns.
func (m Model) storyHead(width int) string {
	s := m.style
	c := storyCols(width - 1)
	text := "     " + s.column("RESULT", wordWidth) + s.column("SCENARIO", c.name)
	if c.step > 0 {
		text += "  " + s.column("STEP", c.step)
	}
	text += s.right("TIME", timeWidth)
	if c.last > 0 {
		text += s.right("CALLS", storyCalls) + "  LAST CALL"
	}
	return s.padded(width, span{faint, text})
}
