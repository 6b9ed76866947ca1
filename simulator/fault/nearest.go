package fault

import (
	"fmt"
	"strings"
)

// unknown says that there is no such name, what is most alike, and what there is.
func unknown(what, name string, known []string) error {
	like := nearest(name, known)
	if like != "" {
		like = "did you mean " + like + "? "
	}
	return fmt.Errorf("unknown %s %q: %sthere are %s", what, name, like, strings.Join(known, ", "))
}

// nearest is the name that is most alike, or "" when none is.
func nearest(name string, known []string) (like string) {
	const longest = 64
	if len(name) > longest {
		return ""
	}
	best := len(name)/3 + 2
	for _, k := range known {
		if d := distance(strings.ToLower(strings.ReplaceAll(name, "-", "_")), k); d < best {
			best, like = d, k
		}
	}
	return like
}

// distance is how many letters must be added, left out or changed to turn one word into
// the other.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			least := min(row[j]+1, row[j+1]+1, before+1)
			if a[i] == b[j] {
				least = before
			}
			before, row[j+1] = row[j+1], least
		}
	}
	return row[len(b)]
}
