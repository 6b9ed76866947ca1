package tui

import (
	"maps"
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
	// heard is how much the model took in of the run.
	heard int
	// follow lets the cursor go to the first problem, or else to the last row, until
	// the user moves it.
	follow bool
	// doing is what is being done in each scenario, by its name.
	doing map[string]string
	// through are the sections that got all their results.
	through map[int]bool
	// wanted is the check that was selected when the run was started again.
	wanted wanted
}

// wanted names a result across runs.
type wanted struct{ section, check string }

// started begins a run of the named sections, or of all of them. What is run again is
// empty until its first results arrive.
func (m Model) started(only []string) Model {
	if result, ok := m.result(); ok {
		at, _ := m.selected()
		m.live.wanted = wanted{m.full.Sections[m.tree[at.branch].section].Name, result.Check}
	}
	m.live.run = &run{began: time.Now(), only: only, done: make(chan struct{})}
	m.live.running, m.live.follow = true, true
	m.live.asking, m.live.elapsed, m.live.heard, m.live.through, m.live.doing = "", 0, 0, nil, nil
	if len(only) > 0 {
		return m.reporting(emptied(m.full, only))
	}
	m.list.rows, m.list.at, m.list.top = nil, 0, 0
	return m.reporting(checks.Report{
		SchemaVersion: checks.SchemaVersion, Tool: m.full.Tool, Command: m.full.Command,
		StartedAt: m.live.run.began.UTC(), Sections: m.planned(),
	})
}

// planned are the sections that a run is going to have, where they are known: those
// that it was begun with, and the scenarios of the last run.
func (m Model) planned() []checks.Section {
	if !m.stories() {
		return nil
	}
	var names []string
	for _, s := range m.full.Sections {
		names = append(names, s.Name)
	}
	return emptied(m.full, names).Sections
}

// emptied is a report whose named sections have no results.
func emptied(r checks.Report, names []string) checks.Report {
	r.Sections = slices.Clone(r.Sections)
	for n := range r.Sections {
		if s := &r.Sections[n]; slices.Contains(names, s.Name) {
			s.Results, s.Counts, s.Verdict = nil, checks.Counts{}, checks.Verdict{}
		}
	}
	return r
}

// watching are the commands of a run that was just started.
func (m Model) watching() tea.Cmd {
	return tea.Batch(m.live.run.play(m.ctx, m.options), m.live.run.listen)
}

// againAll runs everything once more.
func (m Model) againAll() (Model, tea.Cmd) { return m.again(nil) }

// againOne runs the section of the selected row once more.
func (m Model) againOne() (Model, tea.Cmd) {
	at, ok := m.selected()
	if !ok || !m.several() || len(m.full.Sections) == 1 {
		return m.again(nil)
	}
	s := m.full.Sections[m.tree[at.branch].section]
	if len(s.Results) == 0 && s.SameAs != "" {
		return m.again([]string{s.SameAs})
	}
	return m.again([]string{s.Name})
}

// againFailed runs once more what failed.
func (m Model) againFailed() (Model, tea.Cmd) {
	var only []string
	for b := range m.tree {
		if s := m.full.Sections[m.tree[b].section]; m.outcomeOf(b) == checks.Fail && !slices.Contains(only, s.Name) {
			only = append(only, s.Name)
		}
	}
	if len(only) == 0 {
		m.note = "nothing failed"
		return m, nil
	}
	if len(m.full.Sections) == 1 {
		only = nil
	}
	return m.again(only)
}

func (m Model) again(only []string) (Model, tea.Cmd) {
	switch {
	case m.options.Live == nil:
		m.note = "this is a saved report: there is nothing to ask again"
		return m, nil
	case m.live.running:
		m.note = "still asking"
		return m, nil
	}
	m = m.started(only)
	return m, m.watching()
}

// heard takes in what a run learnt.
func (m Model) heard(news newsMsg) (Model, tea.Cmd) {
	if news.run != m.live.run || !m.live.running {
		return m, nil
	}
	m.live.asking, m.live.elapsed, m.live.doing = news.asking, news.elapsed, news.doing
	if len(news.arrivals) > 0 {
		m = m.gathered(news)
	}
	return m, news.run.listen
}

// gathered adds results to the report and to what is shown of it. Where the list only
// grows at its end, nothing but its end is touched.
func (m Model) gathered(news newsMsg) Model {
	// Slices grow in place only for the model that grew them last: another one that
	// was handed out would share what comes after its own.
	newest := m.live.heard == m.live.run.heard
	m.live.run.heard++
	m.live.heard = m.live.run.heard

	anew := m.private || m.list.worst || !m.filter.empty()
	failed := m.counts.Fail > 0
	m.full.Sections = slices.Clone(m.full.Sections)
	m.tree = slices.Clone(m.tree)
	var came []identity
	for _, a := range news.arrivals {
		at := m.placeOf(a.section)
		if at == len(m.full.Sections) {
			m.full.Sections = append(m.full.Sections, checks.Section{Name: a.section})
			anew = anew || at > 0
		}
		s := &m.full.Sections[at]
		if a.end != nil {
			m = m.endedSection(at, *a.end)
			anew = anew || at == len(m.tree)
			continue
		}
		s.Results = push(s.Results, a.result, newest)
		tally(&s.Counts, a.result.Status)
		tally(&m.full.Counts, a.result.Status)
		came = append(came, identity{at, familyIn(m.full, *s, a.result.Check), len(s.Results) - 1})
	}
	m.version++
	if anew {
		m = m.reporting(m.full)
	} else {
		m.report = m.full
		m = m.branched(came, newest)
	}
	return m.following(came, failed)
}

// endedSection fills in what is known of a section that is through.
func (m Model) endedSection(at int, s checks.Section) Model {
	s.Results, s.Counts = m.full.Sections[at].Results, m.full.Sections[at].Counts
	m.full.Sections[at] = s
	m.live.through = maps.Clone(m.live.through)
	if m.live.through == nil {
		m.live.through = map[int]bool{}
	}
	m.live.through[at] = true
	return m
}

// push appends, in place where nobody else holds the slice.
func push[T any](all []T, one T, own bool) []T {
	if !own {
		all = slices.Clip(all)
	}
	return append(all, one)
}

// placeOf is the index of the section that a result belongs to, or one beyond the end
// for a new one. The same URL asked twice in one run has two sections.
func (m Model) placeOf(name string) int {
	for n, s := range m.full.Sections {
		if s.Name == name && !m.live.through[n] {
			return n
		}
	}
	return len(m.full.Sections)
}

// branched adds results to the tree and, where they are its last, to the rows.
func (m Model) branched(came []identity, newest bool) Model {
	listed := true
	for _, id := range came {
		if id.section == len(m.tree) {
			m.tree = append(m.tree, branch{section: id.section})
		}
		b := &m.tree[id.section]
		result := m.report.Sections[id.section].Results[id.result]
		f := slices.IndexFunc(b.families, func(f family) bool { return f.name == id.family })
		wasOpen := false
		b.families = slices.Clone(b.families)
		if f < 0 {
			f = len(b.families)
			b.families = append(b.families, family{name: id.family})
			listed = listed && !m.several()
		} else {
			wasOpen = m.open(id.section, b.families[f])
		}
		isNew := len(b.families[f].results) == 0
		member := &b.families[f]
		member.results = push(member.results, id.result, newest)
		tally(&member.counts, result.Status)
		tally(&b.counts, result.Status)
		tally(&m.counts, result.Status)
		last := id.section == len(m.tree)-1 && f == len(b.families)-1
		isOpen := m.open(id.section, *member)
		listed = listed && last && !m.several() && (isNew || isOpen == wasOpen)
		if !listed {
			continue
		}
		if isNew {
			m.list.rows = push(m.list.rows, row{id.section, f, -1}, newest)
		}
		if isOpen {
			m.list.rows = push(m.list.rows, row{id.section, f, len(member.results) - 1}, newest || isNew)
			m.list.results++
		}
	}
	if listed {
		return m
	}
	for b := range m.tree {
		m.tree[b].flat = m.several() && len(m.tree[b].families) == 1
	}
	return m.relisted()
}

// following puts the cursor where the user most likely looks, until the user moves
// it: at the check that was selected before, at the first failure, or at what came
// last.
func (m Model) following(came []identity, failed bool) Model {
	if !m.live.follow {
		return m
	}
	again := m.live.wanted.check != ""
	for _, id := range came {
		s := m.full.Sections[id.section]
		r := s.Results[id.result]
		if again && (wanted{s.Name, r.Check}) == m.live.wanted || !again && !failed && r.Status == checks.Fail {
			if at, ok := m.locate(id); ok {
				m = m.lookedAt(at)
				m.live.follow = !again
				return m
			}
		}
	}
	if failed || again || len(m.live.run.only) > 0 {
		return m
	}
	m.list.at = max(len(m.list.rows)-1, 0)
	if at, ok := m.lastCame(came); ok && m.stories() {
		m.list.at = m.nearest(at) // after it come those that are queued
	}
	return m
}

// lastCame is the section of what came last.
func (m Model) lastCame(came []identity) (row, bool) {
	if len(came) == 0 {
		return nowhere, false
	}
	return m.locate(identity{came[len(came)-1].section, "", -1})
}

// ended replaces what was gathered by the report of the run.
func (m Model) ended(msg endedMsg) Model {
	if msg.run != m.live.run || !m.live.running {
		return m
	}
	m.live.running, m.live.doing = false, nil
	report := msg.report
	if len(msg.run.only) > 0 {
		report = merged(m.full, msg.report)
	}
	m = m.reporting(report).followed()
	m.live.follow = false
	return m
}

// merged is a report with the sections of another in place of its own of their name.
func merged(whole, part checks.Report) checks.Report {
	sections := slices.Clone(whole.Sections)
	for _, s := range part.Sections {
		for n := range sections {
			switch s.Name {
			case sections[n].Name:
				sections[n] = s
			case sections[n].SameAs:
				sections[n].Verdict = s.Verdict
			}
		}
	}
	sum := checks.Sum(sections)
	whole.Sections, whole.Counts, whole.Verdict = sum.Sections, sum.Counts, sum.Verdict
	whole.Interrupted = whole.Interrupted || part.Interrupted
	if !part.StartedAt.IsZero() {
		whole.StartedAt, whole.Duration = part.StartedAt, part.Duration
	}
	return whole
}

// followed puts the cursor where the user most likely looks, until the user moves
// it.
func (m Model) followed() Model {
	if !m.live.follow {
		return m
	}
	if r, ok := m.sought(); ok {
		return m.lookedAt(r)
	}
	m.list.at = 0
	return m
}

// lookedAt is shown, but of a scenario the whole, which tells more than its step.
func (m Model) lookedAt(r row) Model {
	m = m.shown(r)
	if m.stories() && m.live.wanted.check == "" {
		m.list.at = m.nearest(row{r.branch, -1, -1})
	}
	return m
}

// sought is the row that the user most likely looks for: the one selected before, or
// else the first problem, of the verdict's cause if it can be.
func (m Model) sought() (row, bool) {
	if r, ok := m.find(m.live.wanted); ok {
		return r, ok
	}
	for _, status := range []checks.Status{checks.Fail, checks.Warn, checks.Inconclusive} {
		if r, ok := m.firstOf(status); ok {
			return r, true
		}
	}
	return nowhere, false
}

// find is the row of a check.
func (m Model) find(w wanted) (row, bool) {
	if w.check == "" {
		return nowhere, false
	}
	return m.firstWhere("", func(section string, r checks.Result) bool { return section == w.section && r.Check == w.check })
}

// firstOf is the row of the first result with a status.
func (m Model) firstOf(status checks.Status) (row, bool) {
	cause := m.report.Verdict.Cause
	r, ok := m.firstWhere(status, func(_ string, r checks.Result) bool {
		return r.Status == status && r.Problem != nil && cause != "" && r.Problem.ID == cause
	})
	if ok {
		return r, true
	}
	return m.firstWhere(status, func(_ string, r checks.Result) bool { return r.Status == status })
}

// firstWhere looks through the families that have a result of the status, or through
// all of them where it is "".
func (m Model) firstWhere(status checks.Status, is func(section string, r checks.Result) bool) (row, bool) {
	for b, branch := range m.tree {
		shown := m.section(b)
		name := m.full.Sections[branch.section].Name
		for f, member := range branch.families {
			if status != "" && count(member.counts, status) == 0 {
				continue
			}
			for i, n := range member.results {
				if is(name, shown.Results[n]) {
					return row{b, f, i}, true
				}
			}
		}
	}
	return nowhere, false
}

// last is the report to go on with after the program has ended. A run that was
// interrupted gets a moment to say what it found.
func (m Model) last() checks.Report {
	r := m.live.run
	if r == nil || !m.live.running {
		return m.full
	}
	r.wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.report != nil && len(r.only) > 0:
		return merged(m.full, *r.report)
	case r.report != nil:
		return *r.report
	}
	m.live.follow = false
	seen := m.gathered(newsMsg{run: r, arrivals: r.fresh}).full
	seen.Interrupted = true
	seen.Duration = checks.Millis(time.Since(r.began))
	seen.Counts = counted(grow(seen))
	seen.Verdict.Status = worst(seen.Counts)
	return seen
}
