package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// A workshop is where the figures are measured: a folder of its own, with belay
// built as for a release.
type workshop struct {
	ctx    context.Context
	pairs  int
	folder string
	// belay is the path of the program.
	belay string
}

// openWorkshop builds belay. Close the workshop to remove what is in it.
func openWorkshop(ctx context.Context, pairs int) (*workshop, error) {
	folder, err := os.MkdirTemp("", "belay-bench-*")
	if err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	w := &workshop{ctx: ctx, pairs: pairs, folder: folder}
	w.belay, err = w.build("belay", "belay")
	if err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func (w *workshop) close() { _ = os.RemoveAll(w.folder) }

// build compiles a package, or a file, as for a release.
func (w *workshop) build(name, what string) (string, error) {
	path := filepath.Join(w.folder, name)
	command := exec.CommandContext(w.ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, what)
	if output, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", what, err, output)
	}
	return path, nil
}

// write puts a file into the folder.
func (w *workshop) write(name string, content []byte) (string, error) {
	path := filepath.Join(w.folder, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		return "", fmt.Errorf("write %s: %w", name, err)
	}
	return path, nil
}

// environment is what the programs get: none of the variables that change what
// belay or curl does, and a home where belay's cache is nobody's.
func (w *workshop) environment(more ...string) []string {
	return append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + w.folder}, more...)
}
