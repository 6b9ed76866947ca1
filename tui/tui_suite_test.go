package tui_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/tui"
)

func TestTUI(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "tui")
}

// TestMain lets the specs start this program again inside a terminal of their own.
func TestMain(m *testing.M) {
	if scene := os.Getenv("TUI_TEST_SCENE"); scene != "" {
		os.Exit(play(scene))
	}
	os.Exit(m.Run())
}

// play is what this program does when a spec starts it in a terminal.
func play(scene string) int {
	o := tui.Options{Report: sample(), Color: true}
	switch scene {
	case "start":
		fmt.Println("started")
		return 0
	case "live":
		o.Live = func(ctx context.Context, w checks.Watch, _ []string) checks.Report {
			w.Result("https://bot.example.com", sample().Sections[0].Results[0])
			<-ctx.Done()
			return checks.Report{Interrupted: true, Verdict: checks.Verdict{Summary: "cut short"}}
		}
	case "panic":
		o.Live = func(context.Context, checks.Watch, []string) checks.Report { panic("in the run") }
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	end, err := tui.Run(ctx, o)
	fmt.Printf("last: %s interrupted=%v failed=%v\n", end.Report.Verdict.Summary, end.Report.Interrupted, err != nil)
	return 0
}

// sample is a report with every status and most kinds of evidence.
func sample() checks.Report {
	data, err := os.ReadFile("testdata/report.json")
	if err != nil {
		panic(err)
	}
	var r checks.Report
	if err := json.Unmarshal(data, &r); err != nil {
		panic(err)
	}
	return r
}

// at is a model of a report on a screen of that size, after those keys.
func at(width, height int, o tui.Options, keys ...string) tui.Model {
	m := resized(tui.New(context.Background(), o), width, height)
	return pressed(m, keys...)
}

func resized(m tui.Model, width, height int) tui.Model {
	return updated(m, tea.WindowSizeMsg{Width: width, Height: height})
}

func updated(m tui.Model, msg tea.Msg) tui.Model {
	next, _ := m.Update(msg)
	return next.(tui.Model)
}

// special are the keys that are not letters.
var special = map[string]tea.KeyType{
	"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "shift+tab": tea.KeyShiftTab,
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd,
	"backspace": tea.KeyBackspace, "ctrl+c": tea.KeyCtrlC, "ctrl+u": tea.KeyCtrlU, " ": tea.KeySpace,
}

func keyMsg(key string) tea.KeyMsg {
	if kind, ok := special[key]; ok {
		msg := tea.KeyMsg{Type: kind}
		if kind == tea.KeySpace {
			msg.Runes = []rune{' '}
		}
		return msg
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(key)}
}

func pressed(m tui.Model, keys ...string) tui.Model {
	for _, key := range keys {
		m = updated(m, keyMsg(key))
	}
	return m
}

// screen is what a model shows, without looks and without spaces at the ends.
func screen(m tui.Model) string {
	lines := strings.Split(ansi.Strip(m.View()), "\n")
	for n, line := range lines {
		lines[n] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// cursorLine is the line of the selected row.
func cursorLine(m tui.Model) string {
	for line := range strings.Lines(screen(m)) {
		if strings.HasPrefix(line, "▌") {
			line, _, _ = strings.Cut(line, "│")
			return strings.Join(strings.Fields(strings.TrimPrefix(line, "▌")), " ")
		}
	}
	return ""
}

// expectGolden compares with a file in testdata, or writes it.
func expectGolden(name, got string) {
	GinkgoHelper()
	file := filepath.Join("testdata", name)
	if filepath.Ext(name) == "" {
		file += ".golden"
	}
	if os.Getenv("UPDATE_GOLDEN") != "" {
		Expect(os.WriteFile(file, []byte(got), 0o644)).To(Succeed())
		return
	}
	want, err := os.ReadFile(file)
	Expect(err).NotTo(HaveOccurred())
	Expect(got).To(Equal(string(want)), fmt.Sprintf("%s; UPDATE_GOLDEN=1 writes it", file))
}
