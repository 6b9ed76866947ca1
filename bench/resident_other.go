//go:build !linux

package main

import "errors"

// residentMB is not known here.
func residentMB(int) (float64, error) {
	return 0, errors.New("read the resident set: only Linux tells it in /proc")
}
