package tui

import (
	"cmp"
	"slices"
	"strings"

	"belay/checks"
)

// A branch is what the list shows of one section.
type branch struct {
	// section is its index in the report.
	section  int
	families []family
	counts   checks.Counts
	// flat is set where a row for the family would say nothing new.
	flat bool
}

// A family is the results of one section whose ids begin alike.
type family struct {
	name string
	// results are indices into the section's.
	results []int
	counts  checks.Counts
}

// A row is one line of the list by its place in the tree: a branch, a family of it, or
// a result. What a row is not is -1.
type row struct{ branch, family, result int }

// nowhere is no row.
var nowhere = row{-1, -1, -1}

// compare orders rows as the list does.
func compare(a, b row) int {
	return cmp.Or(cmp.Compare(a.branch, b.branch), cmp.Compare(a.family, b.family), cmp.Compare(a.result, b.result))
}

// A fold names what can be folded: a family, or a section by an empty family.
type fold struct {
	section int
	family  string
}

// An identity is what a row is about, wherever it stands. A family without a result
// has the result -1.
type identity struct {
	section int
	family  string
	result  int
}

// familyOf is the part of a check's id before its first dot.
func familyOf(check string) string {
	name, _, _ := strings.Cut(check, ".")
	return name
}

// steps is the one family of a scenario.
const steps = "steps"

// familyIn is the family of a check; what happens in a scenario stays together.
func familyIn(r checks.Report, s checks.Section, check string) string {
	if isStory(r, s) {
		return steps
	}
	return familyOf(check)
}

// grow sorts results into families, in the order of the report.
func grow(r checks.Report) []branch {
	tree := make([]branch, len(r.Sections))
	for n, section := range r.Sections {
		tree[n].section = n
		at := map[string]int{}
		for i, result := range section.Results {
			name := familyIn(r, section, result.Check)
			f, ok := at[name]
			if !ok {
				f = len(tree[n].families)
				at[name] = f
				tree[n].families = append(tree[n].families, family{name: name})
			}
			member := &tree[n].families[f]
			member.results = append(member.results, i)
			tally(&member.counts, result.Status)
			tally(&tree[n].counts, result.Status)
		}
	}
	return tree
}

// worstFirst brings what is worst to the front on each level. What is equally bad
// keeps its order.
func worstFirst(tree []branch, r checks.Report) []branch {
	for b := range tree {
		results := r.Sections[tree[b].section].Results
		for f := range tree[b].families {
			slices.SortStableFunc(tree[b].families[f].results, func(x, y int) int {
				return severity(results[x].Status) - severity(results[y].Status)
			})
		}
		slices.SortStableFunc(tree[b].families, func(x, y family) int {
			return severity(worst(x.counts)) - severity(worst(y.counts))
		})
	}
	slices.SortStableFunc(tree, func(x, y branch) int {
		return severity(worst(x.counts)) - severity(worst(y.counts))
	})
	return tree
}

// tally counts one more result.
func tally(c *checks.Counts, status checks.Status) { add(c, status, 1) }

func add(c *checks.Counts, status checks.Status, n int) {
	switch status {
	case checks.Pass:
		c.Pass += n
	case checks.Warn:
		c.Warn += n
	case checks.Fail:
		c.Fail += n
	case checks.Inconclusive:
		c.Inconclusive += n
	case checks.Skip:
		c.Skip += n
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

// counted sums the counts of a tree, which hold for a report that is cut off, too.
func counted(tree []branch) checks.Counts {
	var c checks.Counts
	for _, b := range tree {
		for _, status := range bySeverity {
			add(&c, status, count(b.counts, status))
		}
	}
	return c
}

func total(c checks.Counts) int { return c.Pass + c.Warn + c.Fail + c.Inconclusive + c.Skip }

// bySeverity are the statuses, worst first.
var bySeverity = []checks.Status{checks.Fail, checks.Warn, checks.Inconclusive, checks.Pass, checks.Skip}

// severity is the place of a status among them. One that is not known comes after
// what should be looked at.
func severity(status checks.Status) int {
	if n := slices.Index(bySeverity, status); n >= 0 {
		return 2 * n
	}
	return 5
}

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

// section is what a branch is about.
func (m *Model) section(b int) checks.Section { return m.report.Sections[m.tree[b].section] }

// resultAt is the result of a row, if it is one.
func (m *Model) resultAt(r row) (checks.Result, bool) {
	if r.result < 0 {
		return checks.Result{}, false
	}
	b := m.tree[r.branch]
	return m.report.Sections[b.section].Results[b.families[r.family].results[r.result]], true
}

// several tells whether sections have rows of their own.
func (m *Model) several() bool { return len(m.tree) > 1 || m.stories() }

// alone tells of a branch that is one row, since it has but one result.
func (m *Model) alone(b int) bool {
	return m.several() && !m.stories() && m.tree[b].flat && len(m.tree[b].families[0].results) == 1
}

// open tells whether a family shows its results: as the user left it, else when one
// of them should be looked at.
func (m *Model) open(b int, f family) bool {
	if folded, ok := m.list.folds[fold{m.tree[b].section, f.name}]; ok {
		return !folded
	}
	return troubled(worst(f.counts)) || m.tree[b].flat
}

// openBranch is open for a whole section.
func (m *Model) openBranch(b int) bool {
	if folded, ok := m.list.folds[fold{m.tree[b].section, ""}]; ok {
		return !folded
	}
	return troubled(worst(m.tree[b].counts)) || !m.several()
}

// visible are the rows that are not folded away and that the filter lets through.
func (m Model) visible() []row {
	var rows []row
	for b := range m.tree {
		start := len(rows)
		if m.several() && !m.alone(b) {
			rows = append(rows, row{b, -1, -1})
		}
		if !m.openBranch(b) && !m.alone(b) && m.filter.empty() {
			continue
		}
		for f := range m.tree[b].families {
			rows = m.visibleFamily(rows, b, f)
		}
		if len(rows) == start+1 && rows[start].family < 0 && !m.filter.empty() {
			rows = rows[:start]
		}
	}
	return rows
}

func (m Model) visibleFamily(rows []row, b, f int) []row {
	member := m.tree[b].families[f]
	if m.filter.empty() {
		if !m.tree[b].flat {
			rows = append(rows, row{b, f, -1})
			if !m.open(b, member) {
				return rows
			}
		}
		rows = slices.Grow(rows, len(member.results))
		for i := range member.results {
			rows = append(rows, row{b, f, i})
		}
		return rows
	}
	headed := m.tree[b].flat
	section := m.section(b)
	for i, n := range member.results {
		if !m.filter.lets(section, section.Results[n]) {
			continue
		}
		if !headed {
			rows = append(rows, row{b, f, -1})
			headed = true
		}
		rows = append(rows, row{b, f, i})
	}
	return rows
}

// identify is what a row is about.
func (m Model) identify(r row) identity {
	if r.branch < 0 || r.branch >= len(m.tree) {
		return identity{-1, "", -1}
	}
	b := m.tree[r.branch]
	id := identity{b.section, "", -1}
	if r.family >= 0 {
		id.family = b.families[r.family].name
		if r.result >= 0 {
			id.result = b.families[r.family].results[r.result]
		}
	}
	return id
}

// locate finds a row in the tree by what it is about.
func (m Model) locate(id identity) (row, bool) {
	b := slices.IndexFunc(m.tree, func(b branch) bool { return b.section == id.section })
	if b < 0 || id.family == "" && id.result < 0 {
		return row{b, -1, -1}, b >= 0
	}
	f := slices.IndexFunc(m.tree[b].families, func(f family) bool { return f.name == id.family })
	if f < 0 {
		return nowhere, false
	}
	i := slices.Index(m.tree[b].families[f].results, id.result)
	return row{b, f, i}, i >= 0 || id.result < 0
}
