package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"belay/checks"
)

// maxAnnotations is how many errors, and how many warnings, GitHub shows of a step.
const maxAnnotations = 10

// GitHub writes the report as workflow commands, which GitHub Actions shows as
// annotations: the failures, then the warnings, as many as are shown.
//
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func GitHub(w io.Writer, r checks.Report) error {
	var b bytes.Buffer
	for _, level := range []struct {
		status checks.Status
		word   string
	}{{checks.Fail, "error"}, {checks.Warn, "warning"}} {
		annotate(&b, r, level.status, level.word)
	}
	for _, section := range r.Sections {
		fmt.Fprintf(&b, "%s: %s\n", harmless(section.Name), harmless(section.Verdict.Summary+" "+countsOf(section.Counts)))
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write the annotations: %w", err)
	}
	return nil
}

func annotate(b *bytes.Buffer, r checks.Report, status checks.Status, word string) {
	n := 0
	for _, section := range r.Sections {
		for _, result := range section.Results {
			if result.Status != status {
				continue
			}
			n++
			switch {
			case n < maxAnnotations, n == maxAnnotations && more(r, status) == 0:
				fmt.Fprintf(b, "::%s %stitle=%s::%s\n", word, place(result), property(idOf(result)), data(message(section, result)))
			case n == maxAnnotations:
				fmt.Fprintf(b, "::%s title=belay::%s\n", word, data(fmt.Sprintf("and %d more: see the report", more(r, status)+1)))
			}
		}
	}
}

// more is how many results of a status are beyond what GitHub shows.
func more(r checks.Report, status checks.Status) int {
	count := r.Counts.Fail
	if status == checks.Warn {
		count = r.Counts.Warn
	}
	return max(count-maxAnnotations, 0)
}

// place is where in a file of the user's it was found, if it was in one.
func place(r checks.Result) string {
	if r.Place == nil {
		return ""
	}
	return fmt.Sprintf("file=%s,line=%d,col=%d,", property(r.Place.File), r.Place.Line, r.Place.Column)
}

func message(s checks.Section, r checks.Result) string {
	text := Clean(s.Name+": "+oneLine(r), 1000)
	if r.Problem != nil {
		text += "\nfix: " + Clean(r.Problem.Fix, 0)
	}
	return text
}

// data and property escape as the runner's own toolkit does.
func data(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(text)
}

func property(text string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(Clean(text, 300)))
}

// harmless keeps an app's words from starting a workflow command.
func harmless(text string) string { return strings.ReplaceAll(Clean(text, 500), "::", ": :") }
