package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"belay/checks"
)

// maxMarkdown is where the report is cut: GitHub refuses a whole step summary that
// is larger than 1 MiB.
const maxMarkdown = 900 << 10

// Markdown writes the report for a job summary or a comment: the verdict, what was
// found with its fix, and the rest folded away.
func Markdown(w io.Writer, r checks.Report) error {
	var b bytes.Buffer
	for _, section := range r.Sections {
		markdownSection(&b, section)
		if b.Len() > maxMarkdown {
			b.Truncate(lineEnd(b.Bytes(), maxMarkdown))
			b.WriteString("\n\nThe rest was cut: the report is longer than a job summary may be.\n")
			break
		}
	}
	if r.Interrupted {
		b.WriteString("\nInterrupted: this is what was found so far.\n")
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write the Markdown report: %w", err)
	}
	return nil
}

// lineEnd is the end of the last whole line before a limit.
func lineEnd(text []byte, limit int) int {
	if end := bytes.LastIndexByte(text[:limit], '\n'); end > 0 {
		return end
	}
	return limit
}

func markdownSection(b *bytes.Buffer, s checks.Section) {
	fmt.Fprintf(b, "### %s %s\n\n", marks[s.Verdict.Status].symbol, escape(s.Verdict.Summary))
	fmt.Fprintf(b, "`%s` · %s\n\n", strings.ReplaceAll(Clean(s.Name, 300), "`", "'"), escape(countsOf(s.Counts)))
	for _, r := range s.Results {
		if r.Status == checks.Fail || r.Status == checks.Warn || r.Status == checks.Inconclusive {
			markdownFinding(b, r)
		}
	}
	fmt.Fprintf(b, "\n<details><summary>All %d questions</summary>\n\n| | check | saw |\n|---|---|---|\n", len(s.Results))
	for _, r := range s.Results {
		saw := r.Saw
		if saw == "" {
			saw = r.Reason
		}
		fmt.Fprintf(b, "| %s %s | %s | %s |\n", marks[r.Status].symbol, r.Status, escape(r.Title), escape(Clean(saw, 300)))
	}
	b.WriteString("\n</details>\n\n")
}

func markdownFinding(b *bytes.Buffer, r checks.Result) {
	fmt.Fprintf(b, "- **%s** %s `%s`\n", r.Status, escape(Clean(oneLine(r), 1000)), idOf(r))
	if r.Problem == nil {
		return
	}
	if s := r.Problem.Shows; s != nil && s.User != "" {
		fmt.Fprintf(b, "  - Slack shows: `%s` (%s)\n", s.User, s.Confidence)
	}
	fmt.Fprintf(b, "  - why: %s\n  - fix: %s\n  - read: <%s>\n", escape(r.Problem.Why), escape(r.Problem.Fix), r.Problem.Doc)
}

// countsOf is the counts in one line.
func countsOf(c checks.Counts) string {
	return fmt.Sprintf("%d failed, %d warned, %d unknown, %d passed, %d skipped", c.Fail, c.Warn, c.Inconclusive, c.Pass, c.Skip)
}

// escape keeps an app's words from being Markdown or HTML, or from mentioning
// anybody.
func escape(text string) string {
	return markdownEscapes.Replace(Clean(text, 0))
}

var markdownEscapes = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "|", `\|`, "[", `\[`, "]", `\]`,
	"<", "&lt;", ">", "&gt;", "#", `\#`, "@", "&#64;", "~", `\~`, "!", `\!`,
)
