package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"belay/checks"
	"belay/checks/report"
)

// lastReport is where the last report is kept, or "" where there is no place for
// it.
func lastReport(env func(string) string) string {
	dir := env("XDG_CACHE_HOME")
	switch {
	case dir != "":
	case runtime.GOOS == "windows":
		dir = env("LocalAppData")
	case env("HOME") == "":
	case runtime.GOOS == "darwin":
		dir = filepath.Join(env("HOME"), "Library", "Caches")
	default:
		dir = filepath.Join(env("HOME"), ".cache")
	}
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, "belay", "last.json")
}

// keep saves a report for belay view. Only its owner can read it: it holds what an
// app answered.
func keep(env func(string) string, r checks.Report) error {
	file := lastReport(env)
	if file == "" {
		return nil
	}
	var b bytes.Buffer
	if err := report.JSON(&b, r); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("keep the report for belay view: %w", err)
	}
	if err := os.WriteFile(file+".partial", b.Bytes(), 0o600); err != nil {
		return fmt.Errorf("keep the report for belay view: %w", err)
	}
	return os.Rename(file+".partial", file)
}
