package tui

import (
	"cmp"
	"maps"
	"slices"
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
}

// selected is the row that the cursor is on.
func (m Model) selected() (row, bool) {
	if m.list.at >= len(m.list.rows) {
		return row{}, false
	}
	return m.list.rows[m.list.at], true
}

// result is the selected one, when the row is a result.
func (m Model) result() (checks.Result, bool) {
	r, ok := m.selected()
	if !ok || r.result < 0 {
		return checks.Result{}, false
	}
	return m.report.Sections[r.section].Results[r.result], true
}

// relisted makes the rows anew and stays at the row it was at, or at the one that
// holds it.
func (m Model) relisted() Model {
	was, ok := m.selected()
	m.list.rows = m.visible()
	m.list.at = max(min(m.list.at, len(m.list.rows)-1), 0)
	if ok {
		m.list.at = m.nearest(was)
	}
	return m
}

// nearest is the index of a row, else that of the row that holds it, else where the
// cursor is.
func (m Model) nearest(was row) int {
	at := m.list.at
	best := -1
	for i, r := range m.list.rows {
		if r == was {
			return i
		}
		if best < 0 && r.result < 0 && r.section == was.section && (r.family == was.family || r.family < 0) {
			at = i
		}
		if r.section == was.section && r.family == was.family && r.result < 0 {
			best = i
		}
	}
	return at
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
	problems := m.problems()
	if len(problems) == 0 {
		m.note = "nothing here is wrong or unclear"
		return m
	}
	at, _ := m.selected()
	n, exact := slices.BinarySearchFunc(problems, at, compare)
	if step < 0 {
		n--
	} else if exact {
		n++
	}
	return m.shown(problems[(n+len(problems))%len(problems)])
}

// problems are the rows that should be looked at, in the order of the list.
func (m Model) problems() []row {
	var rows []row
	for s, b := range m.tree {
		for f, member := range b.families {
			if !troubled(worst(member.counts)) {
				continue
			}
			for _, n := range member.results {
				r := m.report.Sections[s].Results[n]
				if troubled(r.Status) && m.filter.lets(m.report.Sections[s], r) {
					rows = append(rows, row{s, f, n})
				}
			}
		}
	}
	return rows
}

// compare orders rows as the list does.
func compare(a, b row) int {
	return cmp.Or(cmp.Compare(a.section, b.section), cmp.Compare(a.family, b.family), cmp.Compare(a.result, b.result))
}

// shown opens what hides a row and selects it.
func (m Model) shown(r row) Model {
	if r.family >= 0 && !m.open(r.section, m.tree[r.section].families[r.family]) {
		m = m.folded(fold{r.section, m.tree[r.section].families[r.family].name}, false)
	}
	if m.list.folds[fold{r.section, ""}] {
		m = m.folded(fold{r.section, ""}, false)
	}
	m = m.relisted()
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
		f := fold{r.section, ""}
		return f, !m.list.folds[f], true
	}
	member := m.tree[r.section].families[r.family]
	return fold{r.section, member.name}, m.open(r.section, member), true
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
	for s, b := range m.tree {
		for _, f := range b.families {
			anyOpen = anyOpen || m.open(s, f)
		}
	}
	m.list.folds = copied(m.list.folds)
	for s, b := range m.tree {
		for _, f := range b.families {
			m.list.folds[fold{s, f.name}] = anyOpen
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
		if above.result < 0 && (r.result >= 0 || above.family < 0) {
			return m.moved(i - m.list.at)
		}
	}
	return m
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
