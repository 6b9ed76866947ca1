package tui

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"

	"github.com/charmbracelet/x/ansi"

	"belay/checks"
)

// A reader reads a report out, for who listens to it or feels it: line after line,
// without drawings, and without ever going back on the screen.
type reader struct {
	options Options
	out     io.Writer
	page    *style
	report  checks.Report
	// spoken counts the results that were read out while they came.
	spoken int
	mu     sync.Mutex
}

// read is Run for Accessible. Nobody who types is waited for when the context ends.
func read(ctx context.Context, o Options) (End, error) {
	in, out := o.In, o.Out
	if in == nil {
		in = os.Stdin
	}
	if out == nil {
		out = os.Stdout
	}
	r := &reader{options: o, out: out, page: newStyle(Options{ASCII: true}), report: o.Report}
	if o.Notice != "" {
		r.say("notice: %s", o.Notice)
	}
	if o.Live != nil {
		r.listen(ctx)
	} else {
		r.list("")
	}
	r.sum()
	r.converse(ctx, in)
	return End{r.report, r.report}, nil
}

// say writes one paragraph.
func (r *reader) say(format string, a ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	text, rest := bounded(fmt.Sprintf(format, a...))
	for _, line := range cleanLines(text) {
		_, _ = io.WriteString(r.out, line+"\n")
	}
	if rest != "" {
		_, _ = io.WriteString(r.out, rest+"\n")
	}
}

// listen runs the diagnosis and reads out each result as it comes.
func (r *reader) listen(ctx context.Context) {
	r.spoken = 0
	report := r.options.Live(ctx, checks.Watch{Result: r.heard, Tool: r.options.Report.Tool, Command: r.options.Report.Command}, nil)
	r.report = report
}

func (r *reader) heard(section string, result checks.Result) {
	r.spoken++
	r.say("%s", lineOf(r.spoken, r.options.Total, result))
}

// ofAll is the place of a result among all of them, where that is known.
func ofAll(n, all int) string {
	if all < n {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d of %d", n, all)
}

// spokenWords are the statuses as they are said.
var spokenWords = map[checks.Status]string{
	checks.Pass: "passed", checks.Fail: "failed", checks.Warn: "warning",
	checks.Inconclusive: "unknown", checks.Skip: "skipped",
}

func lineOf(n, all int, r checks.Result) string {
	word, ok := spokenWords[r.Status]
	if !ok {
		word = string(r.Status)
	}
	text := ofAll(n, all) + ": " + nameOf(r) + ": " + word
	if said := gist(r); said != "" {
		text += ": " + head(said, 400)
	}
	return text
}

// A numbered result is one as the user names it.
type numbered struct {
	n       int
	section checks.Section
	result  checks.Result
}

// all are the results with their numbers, in the report's order.
func (r *reader) all() []numbered {
	var all []numbered
	for _, s := range r.report.Sections {
		for _, result := range s.Results {
			all = append(all, numbered{len(all) + 1, s, result})
		}
	}
	return all
}

// list reads out the results that a filter lets through, under the names of their
// sections.
func (r *reader) list(text string) {
	f := filter{text: text}.parsed()
	all := r.all()
	section := ""
	found := 0
	for _, x := range all {
		if !f.lets(x.section, x.result) {
			continue
		}
		found++
		if x.section.Name != section {
			section = x.section.Name
			r.say("%s", section)
		}
		r.say("%s", lineOf(x.n, len(all), x.result))
	}
	if found == 0 {
		r.say("nothing")
	}
}

// sum reads out the verdict.
func (r *reader) sum() {
	var counts []string
	for _, s := range tallied(counted(grow(r.report))) {
		if text := strings.TrimSpace(s.text); text != "" {
			counts = append(counts, text)
		}
	}
	verdict := r.report.Verdict.Summary
	if r.report.Interrupted {
		verdict = strings.TrimSpace("Interrupted. " + verdict)
	}
	r.say("%s", strings.TrimSpace(verdict+" "+strings.Join(counts, ", ")+"."))
}

// converse answers what is typed until q, the end of the input, or of the context.
func (r *reader) converse(ctx context.Context, in io.Reader) {
	lines := make(chan string)
	go func() {
		defer close(lines)
		scanner := bufio.NewScanner(in)
		for scanner.Scan() {
			select {
			case lines <- scanner.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	at := 0
	for {
		r.say("Number of a result, n next problem, l list, /words filter, %sq quit:", r.offers())
		select {
		case <-ctx.Done():
			return
		case line, ok := <-lines:
			if !ok || strings.TrimSpace(line) == "q" {
				return
			}
			at = r.answer(ctx, strings.TrimSpace(line), at)
		}
	}
}

func (r *reader) offers() string {
	if r.options.Live == nil {
		return ""
	}
	return "r ask again, "
}

// answer does what one line asks, and returns the number of the result it ended at.
func (r *reader) answer(ctx context.Context, line string, at int) int {
	all := r.all()
	n, err := strconv.Atoi(line)
	words, filtered := strings.CutPrefix(line, "/")
	switch {
	case line == "":
	case err == nil && n >= 1 && n <= len(all):
		r.detail(all[n-1])
		return n
	case err == nil:
		r.say("there are results from 1 to %d", len(all))
	case filtered:
		r.list(words)
	case line == "l":
		r.list("")
	case line == "n":
		return r.next(all, at)
	case line == "r" && r.options.Live != nil:
		r.listen(ctx)
		r.sum()
	default:
		r.say("%s means nothing here", line)
	}
	return at
}

// next reads out the next problem, around the end.
func (r *reader) next(all []numbered, at int) int {
	for k := range all {
		x := all[(at+k)%len(all)]
		if troubled(x.result.Status) {
			r.detail(x)
			return x.n
		}
	}
	r.say("nothing here is wrong or unclear")
	return at
}

// unbroken is wider than what is read out: whoever listens has no edge to break it at.
const unbroken = 4096

// detail reads out what a result means.
func (r *reader) detail(x numbered) {
	r.say("%s", lineOf(x.n, len(r.all()), x.result))
	p := &page{style: r.page, width: unbroken}
	a := about{r.report, x.section, x.result, 0}
	a.meaning(p)
	a.spoken(p)
	for _, line := range p.lines {
		if line = strings.TrimSpace(ansi.Strip(line)); line != "" {
			r.say("%s", line)
		}
	}
}

// spoken are the exchanges in words: a drawing says nothing to who cannot see it.
func (a about) spoken(p *page) {
	for n, x := range exchanges(a.result) {
		late := lateness(x, deadlineOf(a.section)).text
		p.wrapped(plain, fmt.Sprintf("exchange %d: %s: %s after %s, %s", n+1, x.Question, outcome(x), short(x.TotalMS), late))
	}
}
