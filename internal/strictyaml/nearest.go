package strictyaml

import "unicode/utf8"

// Nearest is the known word that another was probably meant to be, or "" where none is
// near.
func Nearest(word string, known []string) string {
	const longest = 64
	if len(word) > longest {
		return ""
	}
	best, least := "", utf8.RuneCountInString(word)/3+2
	for _, candidate := range known {
		if len(candidate) > longest {
			continue
		}
		if d := distance([]rune(word), []rune(candidate)); d < least {
			best, least = candidate, d
		}
	}
	return best
}

// distance is how many letters must be added, left out, changed or swapped with their
// neighbour to turn one word into the other.
func distance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		for j := range rows[i] {
			switch {
			case i == 0 || j == 0:
				rows[i][j] = i + j
			case a[i-1] == b[j-1]:
				rows[i][j] = rows[i-1][j-1]
			default:
				rows[i][j] = 1 + min(rows[i-1][j], rows[i][j-1], rows[i-1][j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
