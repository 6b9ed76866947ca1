// Pictures draws the README's pictures of the terminal program. It runs belay itself in a
// tmux of its own, presses keys, and writes what the screen shows as SVG:
//
//	go run ./docs/pictures
//
// It needs Go and tmux, and runs in the top folder of the project.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// A picture is a screen after some keys.
type picture struct {
	name          string
	width, height int
	// report is the saved report that is opened, from which the pictures are the same on
	// each machine.
	report string
	keys   []string
	// shows is a text that is on the screen when it is ready.
	shows string
}

func pictures() []picture {
	return []picture{
		{"report", 120, 36, "tui/testdata/report.json", nil, "On Slack's clock"},
		{"signature", 120, 26, "tui/testdata/parsed.json", []string{"4"}, "the first that differs"},
		{"scenarios", 120, 36, "tui/testdata/scenarios.json", nil, "Timeline"},
	}
}

func main() {
	if err := draw(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

func draw(ctx context.Context) error {
	folder, err := os.MkdirTemp("", "belay-pictures-*")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer os.RemoveAll(folder)
	belay := filepath.Join(folder, "belay")
	if output, err := exec.CommandContext(ctx, "go", "build", "-o", belay, ".").CombinedOutput(); err != nil {
		return fmt.Errorf("build belay: %w\n%s", err, output)
	}
	for _, p := range pictures() {
		screen, err := p.take(ctx, folder, belay)
		if err != nil {
			return fmt.Errorf("take %s: %w", p.name, err)
		}
		if err := os.WriteFile(filepath.Join("docs", "pictures", p.name+".svg"), []byte(svg(screen, p.width, p.height)), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// take runs belay in a terminal and returns its screen with the sequences of its looks.
func (p picture) take(ctx context.Context, folder, belay string) (string, error) {
	tmux := func(args ...string) (string, error) {
		command := exec.CommandContext(ctx, "tmux", append([]string{"-S", filepath.Join(folder, p.name+".tmux"), "-f", os.DevNull}, args...)...)
		command.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + folder, "TERM=xterm-256color", "LC_ALL=C.UTF-8", "SHELL=/bin/sh"}
		output, err := command.Output()
		return string(output), err
	}
	program := fmt.Sprintf("TERM=xterm-256color %s view --theme dark %s", belay, p.report)
	if _, err := tmux("new-session", "-d", "-x", strconv.Itoa(p.width), "-y", strconv.Itoa(p.height), program); err != nil {
		return "", fmt.Errorf("start tmux: %w", err)
	}
	defer func() { _, _ = tmux("kill-server") }()
	ready := func(text string) (string, error) {
		for range 200 {
			if plain, err := tmux("capture-pane", "-p"); err == nil && strings.Contains(plain, text) {
				return tmux("capture-pane", "-p", "-e")
			}
			time.Sleep(50 * time.Millisecond)
		}
		return "", errors.New("the screen never showed " + text)
	}
	if _, err := ready("quit"); err != nil {
		return "", err
	}
	for _, key := range p.keys {
		if _, err := tmux("send-keys", key); err != nil {
			return "", fmt.Errorf("press %s: %w", key, err)
		}
	}
	return ready(p.shows)
}
