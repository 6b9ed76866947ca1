package tui

import (
	"slices"
	"strings"

	"belay/checks"
)

// A branch is what the list shows of one section.
type branch struct{ families []family }

// A family is the results of one section whose ids begin alike.
type family struct {
	name string
	// results are indices into the section's.
	results []int
	counts  checks.Counts
}

// A row is one line of the list: a section, a family of it, or a result. What a row
// is not is -1.
type row struct{ section, family, result int }

// A fold names what can be folded: a family, or a section by an empty family.
type fold struct {
	section int
	family  string
}

// grow sorts results into families, in the order of the report.
func grow(r checks.Report) []branch {
	tree := make([]branch, len(r.Sections))
	for n, section := range r.Sections {
		at := map[string]int{}
		for i, result := range section.Results {
			name, _, _ := strings.Cut(result.Check, ".")
			f, ok := at[name]
			if !ok {
				f = len(tree[n].families)
				at[name] = f
				tree[n].families = append(tree[n].families, family{name: name})
			}
			member := &tree[n].families[f]
			member.results = append(member.results, i)
			tally(&member.counts, result.Status)
		}
	}
	return tree
}

// tally counts one more result.
func tally(c *checks.Counts, status checks.Status) {
	switch status {
	case checks.Pass:
		c.Pass++
	case checks.Warn:
		c.Warn++
	case checks.Fail:
		c.Fail++
	case checks.Inconclusive:
		c.Inconclusive++
	case checks.Skip:
		c.Skip++
	}
}

// count is how many results have a status.
func count(c checks.Counts, status checks.Status) int {
	switch status {
	case checks.Pass:
		return c.Pass
	case checks.Warn:
		return c.Warn
	case checks.Fail:
		return c.Fail
	case checks.Inconclusive:
		return c.Inconclusive
	case checks.Skip:
		return c.Skip
	}
	return 0
}

// bySeverity are the statuses, worst first.
var bySeverity = []checks.Status{checks.Fail, checks.Warn, checks.Inconclusive, checks.Pass, checks.Skip}

// worst is the status that matters most.
func worst(c checks.Counts) checks.Status {
	for _, status := range bySeverity {
		if count(c, status) > 0 {
			return status
		}
	}
	return ""
}

// troubled tells whether somebody should look at it.
func troubled(status checks.Status) bool {
	return status == checks.Fail || status == checks.Warn || status == checks.Inconclusive
}

// open tells whether a family shows its results: as the user left it, else when one
// of them should be looked at.
func (m Model) open(section int, f family) bool {
	if folded, ok := m.list.folds[fold{section, f.name}]; ok {
		return !folded
	}
	return troubled(worst(f.counts))
}

// visible are the rows that are not folded away and that the filter lets through.
func (m Model) visible() []row {
	var rows []row
	several := len(m.tree) > 1
	for s, b := range m.tree {
		start := len(rows)
		if several {
			rows = append(rows, row{s, -1, -1})
		}
		if several && m.list.folds[fold{s, ""}] && m.filter.empty() {
			continue
		}
		for f := range b.families {
			rows = m.visibleFamily(rows, s, f)
		}
		if several && len(rows) == start+1 && !m.filter.empty() {
			rows = rows[:start]
		}
	}
	return rows
}

func (m Model) visibleFamily(rows []row, s, f int) []row {
	member := m.tree[s].families[f]
	if m.filter.empty() {
		rows = append(rows, row{s, f, -1})
		if !m.open(s, member) {
			return rows
		}
		rows = slices.Grow(rows, len(member.results))
		for _, result := range member.results {
			rows = append(rows, row{s, f, result})
		}
		return rows
	}
	first := true
	for _, result := range member.results {
		if !m.filter.lets(m.report.Sections[s], m.report.Sections[s].Results[result]) {
			continue
		}
		if first {
			rows = append(rows, row{s, f, -1})
			first = false
		}
		rows = append(rows, row{s, f, result})
	}
	return rows
}
