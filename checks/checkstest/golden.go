package checkstest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/aymanbagabas/go-udiff"
)

// Golden compares a text with the file of that name, and returns as an error how
// they differ. UPDATE_GOLDEN=1 writes the file anew instead; whoever does that reads
// what changed. An environment variable it is, since other packages have a flag
// -update already.
func Golden(file, got string) error {
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return fmt.Errorf("write the golden file: %w", err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			return fmt.Errorf("write the golden file: %w", err)
		}
		return nil
	}
	want, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("there is no golden file %s (UPDATE_GOLDEN=1 writes it) for:\n%s", file, visible(got))
	}
	if err != nil {
		return fmt.Errorf("read the golden file: %w", err)
	}
	if string(want) == got {
		return nil
	}
	return fmt.Errorf("%s differs (UPDATE_GOLDEN=1 writes it anew):\n%s",
		file, udiff.Unified("want", "got", visible(string(want)), visible(got)))
}

// visible shows what a terminal would obey, or not show: control characters, and
// spaces at the end of a line.
func visible(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteRune(r)
		case unicode.In(r, unicode.Cc, unicode.Cf):
			fmt.Fprintf(&b, "<%U>", r)
		default:
			b.WriteRune(r)
		}
	}
	lines := strings.Split(b.String(), "\n")
	for n, line := range lines {
		if trimmed := strings.TrimRight(line, " "); trimmed != line {
			lines[n] = trimmed + strings.Repeat("·", len(line)-len(trimmed))
		}
	}
	return strings.Join(lines, "\n")
}
