package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"belay/checks"
)

// maxMarkdown bounds the report, in bytes: GitHub refuses a whole step summary that is
// larger than 1 MiB, and other steps may write to it too.
const maxMarkdown = 900_000

// markdownCut ends a report that is longer than that.
const markdownCut = "\nThe rest was cut: the report is longer than a job summary may be.\n"

// Markdown writes the report for a job summary or a comment: the verdict, what was
// found with its fix, and the rest folded away. What is too long loses first what is
// folded away, then the sections that are least wrong.
func Markdown(w io.Writer, r checks.Report) error {
	end := ""
	if r.Interrupted {
		end = "\nInterrupted: this is what was found so far.\n"
	}
	var b bytes.Buffer
	room := maxMarkdown - len(end) - len(markdownCut)
	for _, part := range markdownParts(r, room) {
		room -= len(part)
		if room < 0 {
			b.WriteString(part[:lineEnd(part, room+len(part))] + markdownCut)
			break
		}
		b.WriteString(part)
	}
	b.WriteString(end)
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write the Markdown report: %w", err)
	}
	return nil
}

// markdownParts are the sections in their order, each followed by the questions that
// are folded away, if all of it fits; else the findings alone, the worst sections
// first.
func markdownParts(r checks.Report, room int) []string {
	var whole []string
	for _, s := range r.Sections {
		whole = append(whole, markdownSection(s), markdownQuestions(s))
		room -= len(whole[len(whole)-1]) + len(whole[len(whole)-2])
		if room < 0 {
			return markdownFindings(r)
		}
	}
	return whole
}

func markdownFindings(r checks.Report) []string {
	order := []checks.Status{checks.Fail, checks.Warn, checks.Inconclusive}
	sections := slices.Clone(r.Sections)
	slices.SortStableFunc(sections, func(a, b checks.Section) int {
		rank := func(s checks.Section) int {
			if i := slices.Index(order, s.Verdict.Status); i >= 0 {
				return i
			}
			return len(order)
		}
		return rank(a) - rank(b)
	})
	parts, size := []string{}, 0
	for _, s := range sections {
		if size > maxMarkdown {
			break
		}
		parts = append(parts, markdownSection(s)+"\n")
		size += len(parts[len(parts)-1])
	}
	return parts
}

// lineEnd is the end of the last whole line before a limit.
func lineEnd(text string, limit int) int {
	return strings.LastIndexByte(text[:limit], '\n') + 1
}

func markdownSection(s checks.Section) string {
	var b strings.Builder
	fmt.Fprintf(&b, "### %s %s\n\n", marks[s.Verdict.Status].symbol, escape(Clean(s.Verdict.Summary, 1000)))
	fmt.Fprintf(&b, "%s · %s\n\n", codeSpan(s.Name), escape(countsOf(s.Counts)))
	for _, status := range []checks.Status{checks.Fail, checks.Warn, checks.Inconclusive} {
		for _, r := range s.Results {
			if r.Status == status && b.Len() <= maxMarkdown {
				markdownFinding(&b, r)
			}
		}
	}
	return b.String()
}

// markdownQuestions are all that was asked, folded away.
func markdownQuestions(s checks.Section) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n<details><summary>All %d questions</summary>\n\n| | check | saw |\n|---|---|---|\n", len(s.Results))
	for _, r := range s.Results {
		saw := r.Saw
		if saw == "" {
			saw = r.Reason
		}
		fmt.Fprintf(&b, "| %s %s | %s | %s |\n", marks[r.Status].symbol, escape(string(r.Status)), escape(Clean(r.Title, 300)), escape(Clean(saw, 300)))
	}
	b.WriteString("\n</details>\n\n")
	return b.String()
}

func markdownFinding(b *strings.Builder, r checks.Result) {
	line := oneLine(r)
	if r.Place != nil {
		line = fmt.Sprintf("%s:%d:%d: %s", r.Place.File, r.Place.Line, r.Place.Column, line)
	}
	fmt.Fprintf(b, "- **%s** %s %s\n", r.Status, escape(Clean(line, 1000)), codeSpan(idOf(r)))
	if r.Problem == nil {
		return
	}
	if s := r.Problem.Shows; s != nil && s.User != "" {
		fmt.Fprintf(b, "  - Slack shows: %s (%s)\n", codeSpan(s.User), escape(Clean(s.Confidence, 100)))
	}
	fmt.Fprintf(b, "  - why: %s\n  - fix: %s\n", escape(Clean(r.Problem.Why, 2000)), escape(Clean(r.Problem.Fix, 2000)))
	if doc := absolute(r.Problem.Doc); doc != "" {
		fmt.Fprintf(b, "  - read: <%s>\n", strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20").Replace(Clean(doc, 500)))
	}
}

// codeSpan is a text as code.
func codeSpan(text string) string {
	return "`" + strings.ReplaceAll(orText(Clean(text, 300), " "), "`", "'") + "`"
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
