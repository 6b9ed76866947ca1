package cli

import (
	"fmt"
	"io"

	"belay/checks"
	"belay/checks/report"
)

// progress shows on a terminal what is being done, in one line that it erases
// again. Elsewhere it shows nothing.
type progress struct {
	w     io.Writer
	width int
	shown bool
	found int
}

func (o *output) progress(world IO) *progress {
	if o.accessible || !isTerminal(world.Stderr) || world.Env("TERM") == "dumb" || world.Env("CI") != "" {
		return &progress{}
	}
	return &progress{w: world.Stderr, width: width(world.Stderr)}
}

func (p *progress) asking(what string) {
	if p.w == nil {
		return
	}
	line := what + " …"
	if p.found > 0 {
		line = fmt.Sprintf("%d found so far · %s", p.found, line)
	}
	p.shown = true
	fmt.Fprintf(p.w, "\r\x1b[K%s", report.Clean(line, max(p.width-1, 20)))
}

func (p *progress) result(_ string, r checks.Result) {
	if r.Problem != nil {
		p.found++
	}
}

func (p *progress) done() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
