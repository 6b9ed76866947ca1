//go:build unix

package cli

import (
	"os/exec"
	"syscall"
)

// shell runs a line as a shell does.
func shell(line string) []string { return []string{"/bin/sh", "-c", line} }

// ownGroup gives a process a group of its own, in which is what it starts.
func ownGroup(process *exec.Cmd) { process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// askToEnd asks the group of a process to end, and endNow does not ask.
func askToEnd(process *exec.Cmd) { _ = syscall.Kill(-process.Process.Pid, syscall.SIGTERM) }

func endNow(process *exec.Cmd) { _ = syscall.Kill(-process.Process.Pid, syscall.SIGKILL) }
