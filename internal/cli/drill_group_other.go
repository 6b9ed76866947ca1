//go:build !unix

package cli

import "os/exec"

// shell runs a line as a shell does.
func shell(line string) []string { return []string{"cmd", "/C", line} }

// ownGroup has nothing to give: there are no groups that could be ended here.
func ownGroup(*exec.Cmd) {}

// askToEnd ends a process, as endNow does: nothing here asks it to.
func askToEnd(process *exec.Cmd) { endNow(process) }

func endNow(process *exec.Cmd) { _ = process.Process.Kill() }
