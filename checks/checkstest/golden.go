package checkstest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Golden compares a text with the file of that name, and says where they differ
// first. UPDATE_GOLDEN=1 writes the file anew instead; whoever does that reads what
// changed.
func Golden(file, got string) error {
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		return os.WriteFile(file, []byte(got), 0o644)
	}
	want, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read the golden file (UPDATE_GOLDEN=1 writes it): %w", err)
	}
	if string(want) == got {
		return nil
	}
	return fmt.Errorf("%s differs (UPDATE_GOLDEN=1 writes it anew):\n%s", file, firstDifference(string(want), got))
}

// firstDifference shows the first lines that differ, with what stands before them.
func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	excerpt := func(lines []string) string {
		return strings.Join(lines[max(0, min(n-2, len(lines))):min(n+4, len(lines))], "\n    ")
	}
	return fmt.Sprintf("line %d\n  want\n    %s\n  got\n    %s", n+1, excerpt(a), excerpt(b))
}
