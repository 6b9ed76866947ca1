package report

import (
	"belay/checks"
)

// TextOptions say how the text report looks. The zero value is plain text of 100
// columns.
type TextOptions struct {
	Color bool
	// Width is the terminal's; zero means 100 columns.
	Width int
	// ASCII uses words in place of symbols.
	ASCII bool
	// Accessible leaves the drawings out.
	Accessible bool
	// FailOnWarn makes warnings count for the exit status that is printed.
	FailOnWarn bool
}

func (o TextOptions) width() int {
	if o.Width == 0 {
		return 100
	}
	return max(o.Width, 40)
}

// The colours, by what they mean, as terminals know them.
const (
	red    = "31"
	green  = "32"
	yellow = "33"
	blue   = "36"
	bold   = "1"
	dim    = "2"
)

func (o TextOptions) paint(color, text string) string {
	if !o.Color || color == "" || text == "" {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

// A mark is how a status looks: a symbol, or a word where symbols are not wanted.
type mark struct{ symbol, word, color string }

var marks = map[checks.Status]mark{
	checks.Pass:         {"✓", "ok", green},
	checks.Fail:         {"✗", "FAIL", red},
	checks.Warn:         {"!", "warn", yellow},
	checks.Inconclusive: {"?", "?", blue},
	checks.Skip:         {"○", "skip", dim},
}

// Mark is how a status looks.
func (o TextOptions) Mark(status checks.Status) string {
	m := marks[status]
	if o.ASCII {
		return o.paint(m.color, m.word)
	}
	return o.paint(m.color, m.symbol)
}

// markWidth is how many columns a mark takes.
func (o TextOptions) markWidth(status checks.Status) int {
	if o.ASCII {
		return len(marks[status].word)
	}
	return columnsOf(marks[status].symbol)
}

// widestMark is the most that any takes.
func (o TextOptions) widestMark() int {
	widest := 0
	for status := range marks {
		widest = max(widest, o.markWidth(status))
	}
	return widest
}

// drawing are the characters of the waterfall.
type drawing struct{ road, waiting, body, line, empty string }

func (o TextOptions) drawing() drawing {
	if o.ASCII {
		return drawing{"-", "=", "~", "|", "."}
	}
	return drawing{"▒", "▓", "░", "┃", "·"}
}
