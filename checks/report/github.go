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
// annotations: the failures, then the warnings, as many as are shown, and of each those
// first that explain a section's verdict.
//
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
func GitHub(w io.Writer, r checks.Report) error {
	var b bytes.Buffer
	annotate(&b, r, checks.Fail, "error")
	annotate(&b, r, checks.Warn, "warning")
	for _, section := range r.Sections {
		// A command can stand at the beginning of a line alone, so an app's words never do.
		fmt.Fprintf(&b, "belay: %s: %s\n", harmless(section.Name), harmless(section.Verdict.Summary+" "+countsOf(section.Counts)))
	}
	if r.Interrupted {
		b.WriteString("belay: Interrupted: this is what was found so far.\n")
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write the annotations: %w", err)
	}
	return nil
}

func annotate(b *bytes.Buffer, r checks.Report, status checks.Status, word string) {
	all := worstFirst(r, status)
	shown := all
	if len(all) > maxAnnotations {
		shown = all[:maxAnnotations-1]
	}
	for _, f := range shown {
		fmt.Fprintf(b, "::%s %stitle=%s::%s\n", word, place(*f.result), property(idOf(*f.result)), data(message(*f.section, *f.result)))
	}
	if more := len(all) - len(shown); more > 0 {
		fmt.Fprintf(b, "::%s title=belay::%s\n", word, data(fmt.Sprintf("and %d more: see the report", more)))
	}
}

// A found result is one with the section that it is in.
type found struct {
	section *checks.Section
	result  *checks.Result
}

// worstFirst are the results of a status: the causes of the sections' verdicts, then
// the others, in the report's order.
func worstFirst(r checks.Report, status checks.Status) []found {
	var causes, others []found
	for i := range r.Sections {
		section := &r.Sections[i]
		for n := range section.Results {
			result := &section.Results[n]
			switch {
			case result.Status != status:
			case result.Problem != nil && result.Problem.ID == section.Verdict.Cause:
				causes = append(causes, found{section, result})
			default:
				others = append(others, found{section, result})
			}
		}
	}
	return append(causes, others...)
}

// place is where in a file of the user's it was found, if it was in one.
func place(r checks.Result) string {
	if r.Place == nil {
		return ""
	}
	return fmt.Sprintf("file=%s,line=%d,col=%d,", property(r.Place.File), r.Place.Line, r.Place.Column)
}

func message(s checks.Section, r checks.Result) string {
	text := Clean(s.Name, 300) + ": " + Clean(oneLine(r), 1000)
	if r.Problem != nil {
		text += "\nfix: " + Clean(r.Problem.Fix, 1000)
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

// harmless keeps an app's words from starting a workflow command, of today's form or of
// the older one, ##[command].
func harmless(text string) string {
	return strings.NewReplacer("::", ": :", "##[", "# #[").Replace(Clean(text, 500))
}
