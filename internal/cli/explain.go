package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"belay/checks"
	"belay/checks/problem"
)

func newExplain(world IO) *cobra.Command {
	return &cobra.Command{
		Use:   "explain [ID]",
		Short: "Explains a problem: what, why, the fix for each framework",
		Long: strings.TrimSpace(`
Prints a problem's page. Without an id, lists the problems by family; with a family or
a check, those that belong to it.`),
		Example: strings.TrimLeft(`
  belay explain ack.timeout
  belay explain cert`, "\n"),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return problem.IDs(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			switch len(args) {
			case 0:
				return list(world.Stdout, problem.All())
			case 1:
				return explain(world.Stdout, args[0])
			}
			return usageError("explain takes one id, and got %d", len(args))
		},
	}
}

func explain(w io.Writer, id string) error {
	if p, ok := problem.Find(id); ok {
		return p.Page(w)
	}
	var some []problem.Problem
	for _, p := range problem.All() {
		if p.Family() == id || ownedBy(id, p.ID) {
			some = append(some, p)
		}
	}
	if len(some) > 0 {
		return list(w, some)
	}
	e := usageError("there is no problem %q", id)
	e.hint = "belay explain lists them"
	if like := nearest(id); like != "" {
		e.hint = "did you mean " + like + "? " + e.hint
	}
	return e
}

// ownedBy reports whether a check finds that problem.
func ownedBy(check, id string) bool {
	for _, c := range append(checks.All(), checks.DrillChecks()...) {
		if c.ID == check {
			return slices.Contains(c.Problems, id) || slices.Contains(c.Records, id)
		}
	}
	return false
}

func list(w io.Writer, all []problem.Problem) error {
	family := ""
	for _, p := range all {
		if p.Family() != family {
			family = p.Family()
			if _, err := fmt.Fprintf(w, "%s\n", family); err != nil {
				return err
			}
		}
		if _, err := fmt.Fprintf(w, "  %-34s %s\n", p.ID, p.Title); err != nil {
			return err
		}
	}
	return nil
}

// nearest is the id that is most alike, if one is.
func nearest(id string) string {
	best, least := "", len(id)/3+1
	for _, known := range problem.IDs() {
		if d := distance(id, known); d <= least {
			best, least = known, d-1
		}
	}
	return best
}

// distance is how many letters have to be changed, added or left out.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(b)]
}
