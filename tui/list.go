package tui

import (
	"maps"
	"sort"
	"strconv"
	"strings"
	"time"

	"belay/checks"
)

// A list is what the list pane shows and where the user is in it.
type list struct {
	rows []row
	// at is the selected row, top the first that is on the screen.
	at, top int
	// folds are what the user folded (true) or opened (false).
	folds map[fold]bool
	// worst sorts what is worst to the top.
	worst bool
	// results counts those among the rows.
	results int
}

// selected is the row that the cursor is on.
func (m Model) selected() (row, bool) {
	if m.list.at >= len(m.list.rows) {
		return nowhere, false
	}
	return m.list.rows[m.list.at], true
}

// result is the selected one, when the row is a result.
func (m Model) result() (checks.Result, bool) {
	r, ok := m.selected()
	if !ok {
		return checks.Result{}, false
	}
	return m.resultAt(r)
}

// relisted makes the rows anew and stays at the row it was at, or at the one that
// holds it.
func (m Model) relisted() Model {
	was, ok := m.selected()
	return m.listedAt(was, ok)
}

// listedAt makes the rows anew, with the cursor at a row or at the one that holds it.
func (m Model) listedAt(was row, known bool) Model {
	m.list.rows = m.visible()
	m.list.results = 0
	for _, r := range m.list.rows {
		if r.result >= 0 {
			m.list.results++
		}
	}
	m.list.at = max(min(m.list.at, len(m.list.rows)-1), 0)
	if known {
		m.list.at = m.nearest(was)
	}
	return m
}

// nearest is the index of a row, else that of the row before which it would stand,
// which holds it.
func (m Model) nearest(was row) int {
	n := sort.Search(len(m.list.rows), func(n int) bool { return compare(m.list.rows[n], was) >= 0 })
	if n < len(m.list.rows) && m.list.rows[n] == was {
		return n
	}
	return max(min(n-1, len(m.list.rows)-1), 0)
}

// moved moves the cursor by rows.
func (m Model) moved(by int) Model {
	m.live.follow = false
	m.list.at = max(min(m.list.at+by, len(m.list.rows)-1), 0)
	return m
}

// toNext moves to the next result that should be looked at, in a direction. It goes
// around at the end, and opens what hides it.
func (m Model) toNext(step int) Model {
	m.live.follow = false
	from, _ := m.selected()
	r, ok := m.seek(from, step)
	if !ok {
		m.note = "nothing here is wrong or unclear"
		return m
	}
	return m.shown(r)
}

// seek is the first troubled result after a row, in a direction, around the end.
func (m Model) seek(from row, step int) (row, bool) {
	n := len(m.tree)
	for k := 0; n > 0 && k <= n; k++ {
		b := (((from.branch + step*k) % n) + n) % n
		if !troubled(worst(m.tree[b].counts)) {
			continue
		}
		bound := nowhere
		if k == 0 {
			bound = from
		}
		if r, ok := m.seekIn(b, bound, step); ok {
			return r, true
		}
	}
	return nowhere, false
}

// seekIn is the first one within a branch, after a row of it if there is one.
func (m Model) seekIn(b int, bound row, step int) (row, bool) {
	section := m.section(b)
	for f := range inTurn(len(m.tree[b].families), step) {
		member := m.tree[b].families[f]
		if !troubled(worst(member.counts)) || bound.branch >= 0 && (f-bound.family)*step < 0 {
			continue
		}
		for i := range inTurn(len(member.results), step) {
			r := row{b, f, i}
			if bound.branch >= 0 && compare(r, bound)*step <= 0 {
				continue
			}
			result := section.Results[member.results[i]]
			if troubled(result.Status) && m.filter.lets(section, result) {
				return r, true
			}
		}
	}
	return nowhere, false
}

// inTurn counts to n, or down from it where step is negative.
func inTurn(n, step int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for k := range n {
			if step < 0 {
				k = n - 1 - k
			}
			if !yield(k) {
				return
			}
		}
	}
}

// shown opens what hides a row and selects it.
func (m Model) shown(r row) Model {
	b := m.tree[r.branch]
	hidden := false
	if r.family >= 0 && !m.open(r.branch, b.families[r.family]) {
		m, hidden = m.folded(fold{b.section, b.families[r.family].name}, false), true
	}
	if !m.openBranch(r.branch) {
		m, hidden = m.folded(fold{b.section, ""}, false), true
	}
	if hidden {
		return m.listedAt(r, true)
	}
	m.list.at = m.nearest(r)
	return m
}

// folded folds (true) or opens (false).
func (m Model) folded(f fold, folded bool) Model {
	m.list.folds = copied(m.list.folds)
	m.list.folds[f] = folded
	return m
}

// copied keeps a model that was handed out as it was.
func copied(folds map[fold]bool) map[fold]bool {
	if folds == nil {
		return map[fold]bool{}
	}
	return maps.Clone(folds)
}

// foldAt is what the selected row can fold, and whether it is open.
func (m Model) foldAt() (fold, bool, bool) {
	r, ok := m.selected()
	switch {
	case !ok || r.result >= 0:
		return fold{}, false, false
	case r.family < 0:
		return fold{m.tree[r.branch].section, ""}, m.openBranch(r.branch), true
	}
	member := m.tree[r.branch].families[r.family]
	return fold{m.tree[r.branch].section, member.name}, m.open(r.branch, member), true
}

// toggled folds or opens the selected row.
func (m Model) toggled() Model {
	f, open, ok := m.foldAt()
	if !ok {
		return m
	}
	m.live.follow = false
	return m.folded(f, open).relisted()
}

// foldedAll folds everything, or opens everything where nothing is open.
func (m Model) foldedAll() Model {
	m.live.follow = false
	anyOpen := false
	for b := range m.tree {
		anyOpen = anyOpen || m.several() && !m.alone(b) && m.openBranch(b)
		for _, f := range m.tree[b].families {
			anyOpen = anyOpen || !m.several() && m.open(b, f)
		}
	}
	m.list.folds = copied(m.list.folds)
	for _, b := range m.tree {
		m.list.folds[fold{b.section, ""}] = anyOpen && m.several()
		for _, f := range b.families {
			m.list.folds[fold{b.section, f.name}] = anyOpen
		}
	}
	return m.relisted()
}

// toParent moves to the row that holds the selected one.
func (m Model) toParent() Model {
	r, ok := m.selected()
	if !ok {
		return m
	}
	for i := m.list.at - 1; i >= 0; i-- {
		above := m.list.rows[i]
		if above.result < 0 && above.branch == r.branch && (r.result >= 0 || above.family < 0) {
			return m.moved(i - m.list.at)
		}
	}
	return m
}

// sorted brings what is worst to the top, or goes back to the report's order.
func (m Model) sorted() Model {
	m.live.follow = false
	m.list.worst = !m.list.worst
	m = m.regrown()
	m.note = "in the report's order"
	if m.list.worst {
		m.note = "worst first"
	}
	return m
}

// regrown makes the tree anew, and stays at the row it was at.
func (m Model) regrown() Model {
	at, known := m.selected()
	id := m.identify(at)
	m.tree = grow(m.report)
	for b := range m.tree {
		m.tree[b].flat = len(m.tree[b].families) == 1 && (m.several() || !m.live.running)
	}
	if m.list.worst {
		m.tree = worstFirst(m.tree, m.report)
	}
	m.counts = counted(m.tree)
	m.version++
	at, found := m.locate(id)
	return m.listedAt(at, known && found)
}

// short is a duration in a few characters.
func short(d checks.Millis) string {
	t := time.Duration(d)
	switch {
	case t <= 0:
		return ""
	case t < time.Millisecond:
		return "<1 ms"
	case t < time.Second:
		return strconv.FormatInt(t.Round(time.Millisecond).Milliseconds(), 10) + " ms"
	}
	return strings.TrimSuffix(strconv.FormatFloat(t.Seconds(), 'f', 1, 64), ".0") + " s"
}
