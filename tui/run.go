package tui

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"belay/checks"
)

// frame is how often news of a live run reach the screen, so that a run that finds
// much at once costs no more than ten frames a second.
const frame = 100 * time.Millisecond

// patience is how long quitting waits for an interrupted run to end.
const patience = 3 * time.Second

// A run is one run of the diagnosis. The goroutine that runs it and the model share
// it.
type run struct {
	began time.Time
	// only are the names of the sections that are run; empty is all of them.
	only []string
	// done is closed when the run has ended, or broke.
	done chan struct{}
	// heard counts what the newest model took in. Only models read and change it.
	heard int

	mu     sync.Mutex
	begun  bool
	fresh  []arrival
	asking string
	// doing is what is being done by whom, where what is asked begins with a name.
	doing map[string]string
	// report is set when the run has ended.
	report *checks.Report
}

// An arrival is a result of a run that has not ended, or the end of a section.
type arrival struct {
	section string
	result  checks.Result
	end     *checks.Section
}

// newsMsg is what a run learnt since the last one.
type newsMsg struct {
	run      *run
	arrivals []arrival
	asking   string
	doing    map[string]string
	elapsed  time.Duration
}

// endedMsg is the end of a run.
type endedMsg struct {
	run    *run
	report checks.Report
}

// play runs the diagnosis. Bubbletea calls it in a goroutine of its own, restores
// the terminal when it panics, and drops the message after the program has ended.
func (r *run) play(ctx context.Context, o Options) tea.Cmd {
	return func() tea.Msg {
		defer close(r.done)
		r.begin()
		report := o.Live(ctx, checks.Watch{
			Result: r.result, Section: r.section, Asking: r.ask, Tool: o.Report.Tool, Command: o.Report.Command,
		}, r.only)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.report = &report
		return endedMsg{r, report}
	}
}

// listen waits for the next frame. It says nothing when the run has ended.
func (r *run) listen() tea.Msg {
	select {
	case <-r.done:
		return nil
	case <-time.After(frame):
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	news := newsMsg{run: r, arrivals: r.fresh, asking: r.asking, doing: maps.Clone(r.doing), elapsed: time.Since(r.began)}
	r.fresh = nil
	return news
}

func (r *run) begin() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.begun = true
}

// wait waits for a run that has begun.
func (r *run) wait() {
	r.mu.Lock()
	begun := r.begun
	r.mu.Unlock()
	if !begun {
		return
	}
	select {
	case <-r.done:
	case <-time.After(patience):
	}
}

func (r *run) result(section string, result checks.Result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fresh = append(r.fresh, arrival{section: section, result: result})
}

func (r *run) section(s checks.Section) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fresh = append(r.fresh, arrival{section: s.Name, end: &s})
}

// mostDoing bounds who is known to do something.
const mostDoing = 1000

// of tells whether a section is run.
func (r *run) of(section string) bool { return len(r.only) == 0 || slices.Contains(r.only, section) }

func (r *run) ask(what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asking = what
	name, doing, ok := strings.Cut(what, ": ")
	if !ok || len(r.doing) >= mostDoing && r.doing[name] == "" {
		return
	}
	if r.doing == nil {
		r.doing = map[string]string{}
	}
	r.doing[name] = doing
}
