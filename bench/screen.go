package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/list"
	"github.com/charmbracelet/bubbles/viewport"
	tea "github.com/charmbracelet/bubbletea"

	"belay/checks"
	formats "belay/checks/report"
	"belay/tui"
)

// many is how many results the terminal program is held to, and few what it is compared
// with.
const (
	many = 10_000
	few  = 100
)

// screenKeyFigure is what a user feels: one key, and the frame that it makes.
var screenKeyFigure = figure{
	name:    "screenKey",
	belay:   "a key press with its frame, of 10,000 results",
	against: "of 100 results",
	unit:    "ns", atMost: 2,
	measure: func(w *workshop) (measurement, error) {
		return inProcess(w.ctx, w.pairs, 200, always(keys(reportScreen(many))), always(keys(reportScreen(few))))
	},
}

// screenListFigure is the same beside the list that programs with bubbletea usually have.
var screenListFigure = figure{
	name:    "screenList",
	belay:   "a key press with its frame, of 10,000 results",
	against: "bubbles' list of as many",
	unit:    "ns", atMost: 0.1,
	measure: func(w *workshop) (measurement, error) {
		return inProcess(w.ctx, w.pairs, 50, always(keys(reportScreen(many))), always(keys(bubblesList())))
	},
}

// screenAppendFigure is what one result more costs while 10,000 are shown.
var screenAppendFigure = figure{
	name:    "screenAppend",
	belay:   "a result more with its frame, after 10,000",
	against: "SetContent of bubbles' viewport with its frame",
	unit:    "ns", atMost: 0.05,
	measure: measureAppend,
}

// screenOpenFigure is how long belay view works before its first frame.
var screenOpenFigure = figure{
	name:    "screenOpen",
	belay:   "a report of 10,000 results, read and shown",
	against: "decoding its JSON",
	unit:    "ns", atMost: 3,
	measure: measureOpen,
}

// manyResults is a report of one URL, a hundred results to a family, half of which failed.
func manyResults(n int) checks.Report {
	r := largeReport(1, n)
	for i := range r.Sections[0].Results {
		result := &r.Sections[0].Results[i]
		result.Check = fmt.Sprintf("family%d.check%d", i/100, i)
	}
	return r
}

// reportScreen is the terminal program with so many results.
func reportScreen(n int) tea.Model {
	return sized(tui.New(context.Background(), tui.Options{Report: manyResults(n), Color: true}))
}

func sized(m tea.Model) tea.Model {
	m, _ = m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
	return m
}

// keys goes forty rows down and forty up again, a row each time, and draws. It never
// stands at an end, where a key changes nothing.
func keys(m tea.Model) func() {
	pressed := 0
	return func() {
		key := tea.KeyMsg{Type: tea.KeyDown}
		if pressed/40%2 == 1 {
			key.Type = tea.KeyUp
		}
		pressed++
		m, _ = m.Update(key)
		_ = m.View()
	}
}

// A bubbled is bubbles' list as a program.
type bubbled struct{ list list.Model }

func (b bubbled) Init() tea.Cmd { return nil }
func (b bubbled) View() string  { return b.list.View() }
func (b bubbled) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	b.list, cmd = b.list.Update(msg)
	return b, cmd
}

// An item is one row of it.
type item struct{ title, saw string }

func (i item) Title() string       { return i.title }
func (i item) Description() string { return i.saw }
func (i item) FilterValue() string { return i.title }

func bubblesList() tea.Model {
	var items []list.Item
	for _, r := range manyResults(many).Sections[0].Results {
		items = append(items, item{string(r.Status) + "  " + r.Check + "  " + r.Saw, r.Saw})
	}
	return bubbled{list.New(items, list.NewDefaultDelegate(), 120, 40)}
}

// atATime is how many results of one frame each are measured together.
const atATime = 10

// measureAppend adds results one by one to a run of the terminal program, which hears of
// them ten times a second, and sets a viewport's content, which is all that it can do.
func measureAppend(w *workshop) (measurement, error) {
	var m measurement
	pairs := min(w.pairs, 10)
	results := manyResults(many + pairs*atATime).Sections[0].Results
	feed := feedScreen(w.ctx, results[:many])
	defer close(feed.more)
	view := viewport.New(120, 40)
	lines := strings.Repeat("  ✗ fail  ack.deadline  The app acknowledges after Slack has stopped waiting  4.1 s\n", many)
	for n := range pairs {
		var news []tea.Msg
		for _, r := range results[many+n*atATime:][:atATime] {
			news = append(news, feed.news(r))
		}
		began := time.Now()
		for _, msg := range news {
			feed.screen, _ = feed.screen.Update(msg)
			_ = feed.screen.View()
		}
		m.belay = append(m.belay, float64(time.Since(began))/atATime)
		began = time.Now()
		for range atATime {
			lines += "  ✓ pass  ack.deadline\n"
			view.SetContent(lines)
			_ = view.View()
		}
		m.against = append(m.against, float64(time.Since(began))/atATime)
	}
	return m, w.ctx.Err()
}

// A feed is a terminal program whose run finds one result after the other.
type feed struct {
	screen tea.Model
	more   chan<- checks.Result
	told   <-chan struct{}
	next   tea.Cmd
}

// feedScreen is one that has got those results.
func feedScreen(ctx context.Context, first []checks.Result) feed {
	const url = "https://bot.example.com/slack/commands"
	more, told := make(chan checks.Result), make(chan struct{})
	live := func(_ context.Context, watch checks.Watch, _ []string) checks.Report {
		for _, r := range first {
			watch.Result(url, r)
		}
		told <- struct{}{}
		for r := range more {
			watch.Result(url, r)
			told <- struct{}{}
		}
		return checks.Report{}
	}
	program := tui.New(ctx, tui.Options{Live: live, Color: true})
	start := program.Init()().(tea.BatchMsg)
	go start[0]()
	<-told
	screen, next := sized(program).Update(start[1]())
	return feed{screen, more, told, next}
}

// news is the message that brings one result more.
func (f feed) news(r checks.Result) tea.Msg {
	f.more <- r
	<-f.told
	return f.next()
}

// measureOpen opens a report as belay view does.
func measureOpen(w *workshop) (measurement, error) {
	var b bytes.Buffer
	if err := formats.JSON(&b, manyResults(many)); err != nil {
		return measurement{}, fmt.Errorf("write a report: %w", err)
	}
	opened := func() error {
		r, err := formats.Read(bytes.NewReader(b.Bytes()))
		if err == nil {
			_ = sized(tui.New(w.ctx, tui.Options{Report: r, Color: true})).View()
		}
		return err
	}
	decoded := func() error {
		var r checks.Report
		return json.Unmarshal(b.Bytes(), &r)
	}
	return inProcess(w.ctx, min(w.pairs, 5), 1, opened, decoded)
}
