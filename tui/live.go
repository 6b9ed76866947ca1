package tui

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"belay/checks"
)

// A live is what the model knows of a run.
type live struct {
	// run is the last one, nil for a saved report.
	run *run
	// running is set until the model has its report.
	running bool
	asking  string
	elapsed time.Duration
	// follow lets the cursor go to the first problem, or else to the last row, until
	// the user moves it.
	follow bool
	// wanted is the check that was selected when the run was started again.
	wanted wanted
}

// wanted names a result across runs.
type wanted struct {
	section int
	check   string
}

// started begins a run. The model is empty until its first results arrive.
func (m Model) started() Model {
	if result, ok := m.result(); ok {
		at, _ := m.selected()
		m.live.wanted = wanted{at.section, result.Check}
	}
	m.live.run = &run{began: time.Now(), done: make(chan struct{})}
	m.live.running, m.live.follow = true, true
	m.live.asking, m.live.elapsed = "", 0
	m.list.rows, m.list.at, m.list.top = nil, 0, 0
	return m.reporting(checks.Report{
		SchemaVersion: checks.SchemaVersion, Tool: m.report.Tool, Command: m.report.Command,
		StartedAt: m.live.run.began.UTC(),
	})
}

// watching are the commands of a run that was just started.
func (m Model) watching() tea.Cmd {
	return tea.Batch(m.live.run.play(m.ctx, m.options), m.live.run.listen)
}

// again runs the diagnosis once more.
func (m Model) again() (Model, tea.Cmd) {
	switch {
	case m.options.Live == nil:
		m.note = "this is a saved report: there is nothing to ask again"
		return m, nil
	case m.live.running:
		m.note = "still asking"
		return m, nil
	}
	m = m.started()
	return m, m.watching()
}

// heard takes in what a run learnt.
func (m Model) heard(news newsMsg) (Model, tea.Cmd) {
	if news.run != m.live.run || !m.live.running {
		return m, nil
	}
	m.live.asking, m.live.elapsed = news.asking, news.elapsed
	if len(news.arrivals) > 0 {
		m = m.reporting(with(m.report, news.arrivals)).followed()
	}
	return m, news.run.listen
}

// ended replaces what was gathered by the report of the run.
func (m Model) ended(msg endedMsg) Model {
	if msg.run != m.live.run {
		return m
	}
	m.live.running = false
	m = m.reporting(msg.report).followed()
	m.live.follow = false
	return m
}

// with is a report with more results. It leaves the slices of the other alone.
func with(r checks.Report, arrivals []arrival) checks.Report {
	r.Sections = slices.Clone(r.Sections)
	for _, a := range arrivals {
		at := len(r.Sections) - 1
		if at < 0 || r.Sections[at].Name != a.section || repeats(r.Sections[at], a.result) {
			r.Sections = append(r.Sections, checks.Section{Name: a.section})
			at++
		}
		s := &r.Sections[at]
		s.Results = append(s.Results, a.result)
		tally(&s.Counts, a.result.Status)
		tally(&r.Counts, a.result.Status)
	}
	return r
}

// repeats tells that the same URL is being asked a second time.
func repeats(s checks.Section, r checks.Result) bool {
	return len(s.Results) > 0 && s.Results[0].Check == r.Check
}

// followed puts the cursor where the user most likely looks, until the user moves
// it.
func (m Model) followed() Model {
	if !m.live.follow {
		return m
	}
	if r, ok := m.sought(); ok {
		return m.shown(r)
	}
	m.list.at = 0
	if m.live.running {
		m.list.at = max(len(m.list.rows)-1, 0)
	}
	return m
}

// sought is the row that the user most likely looks for: the one selected before, or
// else the first problem. A warning is not the first problem before the run has
// ended.
func (m Model) sought() (row, bool) {
	r, ok := m.find(m.live.wanted)
	if ok || m.live.running && m.live.wanted.check != "" {
		return r, ok
	}
	for _, status := range []checks.Status{checks.Fail, checks.Warn, checks.Inconclusive} {
		if status != checks.Fail && m.live.running {
			break
		}
		if r, ok := m.firstOf(status); ok {
			return r, true
		}
	}
	return row{}, false
}

// find is the row of a check.
func (m Model) find(w wanted) (row, bool) {
	return m.firstWhere(func(section int, r checks.Result) bool {
		return section == w.section && r.Check == w.check && w.check != ""
	})
}

// firstOf is the row of the first result with a status, of the verdict's cause if it
// can be.
func (m Model) firstOf(status checks.Status) (row, bool) {
	cause := m.report.Verdict.Cause
	r, ok := m.firstWhere(func(_ int, r checks.Result) bool {
		return r.Status == status && r.Problem != nil && cause != "" && r.Problem.ID == cause
	})
	if ok {
		return r, true
	}
	return m.firstWhere(func(_ int, r checks.Result) bool { return r.Status == status })
}

func (m Model) firstWhere(is func(section int, r checks.Result) bool) (row, bool) {
	for s, b := range m.tree {
		for f, member := range b.families {
			for _, n := range member.results {
				if is(s, m.report.Sections[s].Results[n]) {
					return row{s, f, n}, true
				}
			}
		}
	}
	return row{}, false
}

// last is the report to go on with after the program has ended. A run that was
// interrupted gets a moment to say what it found.
func (m Model) last() checks.Report {
	r := m.live.run
	if r == nil || !m.live.running {
		return m.report
	}
	r.wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.report != nil {
		return *r.report
	}
	seen := with(m.report, r.fresh)
	seen.Interrupted = true
	seen.Duration = checks.Millis(time.Since(r.began))
	seen.Verdict.Status = worst(seen.Counts)
	return seen
}
