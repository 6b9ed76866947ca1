package tui_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/tui"
)

var _ = It("returns the report of a run that has ended", func(ctx SpecContext) {
	keys, typed := newKeys()
	// The run tells nothing before it ends: what the screen shows of it is its report.
	screen := &watched{sought: "ack.deadline", seen: func() { typed <- "q" }}
	end, err := tui.Run(ctx, tui.Options{In: keys, Out: screen, Live: func(context.Context, checks.Watch, []string) checks.Report {
		return sample()
	}})
	Expect(err).NotTo(HaveOccurred())
	Expect(end.Report).To(Equal(sample()))
}, SpecTimeout(10*time.Second))

var _ = It("ends with the context, and says what was seen so far", func(ctx SpecContext) {
	ending, cancel := context.WithCancel(ctx)
	keys, _ := newKeys()
	end, err := tui.Run(ending, tui.Options{In: keys, Out: &bytes.Buffer{}, Live: func(ctx context.Context, w checks.Watch, _ []string) checks.Report {
		w.Asking("something")
		cancel()
		<-ctx.Done()
		return checks.Report{Interrupted: true}
	}})
	Expect(err).NotTo(HaveOccurred())
	Expect(end.Report.Interrupted).To(BeTrue())
}, SpecTimeout(10*time.Second))

// watched is a screen that tells, once, when a text is seen on it.
type watched struct {
	sought string
	seen   func()

	shown bytes.Buffer
	once  sync.Once
}

func (w *watched) Write(p []byte) (int, error) {
	w.shown.Write(p)
	if bytes.Contains(w.shown.Bytes(), []byte(w.sought)) {
		w.once.Do(w.seen)
	}
	return len(p), nil
}

// lines are keys that are typed by sending them.
type lines struct{ typed chan string }

func newKeys() (lines, chan<- string) {
	l := lines{make(chan string, 1)}
	DeferCleanup(func() { close(l.typed) })
	return l, l.typed
}

func (l lines) Read(p []byte) (int, error) {
	text, ok := <-l.typed
	if !ok {
		return 0, fmt.Errorf("nobody types any longer")
	}
	return copy(p, text), nil
}

func ExampleNew() {
	report := checks.Report{Sections: []checks.Section{{Results: []checks.Result{
		{Check: "ack.deadline", Status: checks.Fail, Saw: "4.1 s"},
	}}}}
	var m tea.Model = tui.New(context.Background(), tui.Options{Report: report, ASCII: true})
	m, _ = m.Update(tea.WindowSizeMsg{Width: 40, Height: 5})
	for line := range strings.Lines(ansi.Strip(m.View())) {
		if strings.Contains(line, "fail") {
			fmt.Println(strings.TrimSpace(line))
		}
	}
	// Output:
	// >    x fail    ack.deadline
}
