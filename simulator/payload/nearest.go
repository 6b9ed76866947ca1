package payload

import (
	"fmt"
	"strings"
)

// Nearest is the name that is most alike, or "" when none is.
func Nearest(name string, names []string) string { return nearest(name, names) }

// nearest is the name that is most alike, or "" when none is.
func nearest(name string, names []string) string {
	best, like := len(name)/3+2, ""
	for _, n := range names {
		if d := edits(strings.ToLower(name), strings.ToLower(n)); d < best {
			best, like = d, n
		}
	}
	if like == "" && len(name) > 2 {
		for _, n := range names {
			if strings.Contains(n, name) {
				return n
			}
		}
	}
	return like
}

// edits is how many letters must be added, left out, changed or swapped with their
// neighbour to turn one word into the other.
func edits(a, b string) int {
	before, above := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			row[j+1] = min(above[j+1]+1, row[j]+1, above[j])
			if a[i] != b[j] {
				row[j+1] = min(above[j+1], row[j], above[j]) + 1
			}
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above = above, row
	}
	return above[len(b)]
}

// Unknown is the error for a name of something that does not exist: it says what is
// most alike, and what there is.
func Unknown(what, name string, names []string) error { return unknown(what, name, names) }

// unknown says that there is no such name, what is most alike, and what there is.
func unknown(what, name string, names []string) error {
	like := nearest(name, names)
	if like != "" {
		like = "did you mean " + like + "? "
	}
	return fmt.Errorf("unknown %s %q: %sthere are %s", what, name, like, strings.Join(names, ", "))
}
