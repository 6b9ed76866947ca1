package main

import (
	"fmt"
	"os"
	"strings"
)

// residentMB is the resident set of a process.
func residentMB(pid int) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, fmt.Errorf("read the resident set: %w", err)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	var kilobytes float64
	if _, err := fmt.Sscan(rest, &kilobytes); err != nil {
		return 0, fmt.Errorf("read the resident set: %w", err)
	}
	return kilobytes / 1024, nil
}
