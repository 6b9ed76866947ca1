package problem

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Page writes what is known of a problem as plain text.
func (p Problem) Page(w io.Writer) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s: %s\n\n", p.ID, p.Title)
	row := func(label, text string) {
		if text != "" {
			fmt.Fprintf(&b, "%-12s %s\n", label, text)
		}
	}
	row("status", p.statuses())
	row("Slack shows", p.Shows.sentence())
	row("why", p.Why)
	row("fix", p.Fix)
	for _, who := range slices.Sorted(maps.Keys(p.Fixes)) {
		row("", who+": "+p.Fixes[who])
	}
	row("SSL Labs", p.sslLabs())
	row("seen in", strings.Join(p.Cases, ", "))
	row("found by", p.finder())
	row("read", p.Doc)
	_, err := w.Write(b.Bytes())
	return err
}

// statuses are the ones it may come with, in words.
func (p Problem) statuses() string {
	var words []string
	for _, l := range p.Levels {
		words = append(words, string(l))
	}
	return strings.Join(words, " or ")
}

// finder says who finds what no check does.
func (p Problem) finder() string {
	if !p.Recorded {
		return ""
	}
	return "the fake Slack, in what an app does that is connected to it"
}

// sslLabs is what its test calls the problem, and where the test is.
func (p Problem) sslLabs() string {
	if p.SSLLabs == "" {
		return ""
	}
	return p.SSLLabs + " (https://www.ssllabs.com/ssltest/)"
}

// sentence says what becomes visible, with how sure that is.
func (s Shows) sentence() string {
	var parts []string
	if s.User != "" {
		parts = append(parts, fmt.Sprintf("/command failed with the error %q", s.User))
	}
	if s.RetryReason != "" {
		parts = append(parts, "X-Slack-Retry-Reason: "+s.RetryReason)
	}
	if s.Words != "" {
		parts = append(parts, s.Words)
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.Join(parts, "; ") + " (" + string(s.Confidence) + ")"
}

// Markdown writes the whole catalogue as docs/problems.md.
func Markdown(w io.Writer) error {
	var b bytes.Buffer
	b.WriteString("# Problems that belay names\n\nGenerated from the catalogue: `belay explain ID` prints the same page. An id never changes\nmeaning and is never reused.\n")
	family := ""
	for _, p := range All() {
		if p.Family() != family {
			family = p.Family()
			fmt.Fprintf(&b, "\n## %s\n", family)
		}
		p.markdown(&b)
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (p Problem) markdown(b *bytes.Buffer) {
	fmt.Fprintf(b, "\n### %s\n\n%s. (%s)\n\n", p.ID, p.Title, p.statuses())
	item := func(label, text string) {
		if text != "" {
			fmt.Fprintf(b, "- %s: %s\n", label, text)
		}
	}
	item("Slack shows", p.Shows.sentence())
	item("why", p.Why)
	item("fix", p.Fix)
	for _, who := range slices.Sorted(maps.Keys(p.Fixes)) {
		fmt.Fprintf(b, "  - %s: %s\n", who, p.Fixes[who])
	}
	item("SSL Labs", p.sslLabs())
	item("seen in", strings.Join(p.Cases, ", "))
	item("found by", p.finder())
	item("read", "<"+p.Doc+">")
}
