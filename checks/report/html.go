package report

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"belay/checks"
)

//go:embed html/style.css
var htmlStyle string

//go:embed html/script.js
var htmlScript string

const (
	// maxHTMLRows and maxHTMLEvidence bound what a page holds, in bytes before escaping.
	maxHTMLRows     = 8 << 20
	maxHTMLEvidence = 6 << 20
	// maxHTMLBody is where each body is cut.
	maxHTMLBody = 16 << 10
	// maxHTMLOpen is how many results are open at first.
	maxHTMLOpen = 20
)

// HTML writes the report as one page that loads nothing from elsewhere: with the
// requests and the answers, the waterfalls, the certificates, and, of scenarios, who
// called whom when. It works without scripts but for the filter by text. Of a report
// that is too large, the evidence of what passed is left out first.
func HTML(w io.Writer, r checks.Report) error {
	out := bufio.NewWriterSize(w, 64<<10)
	htmlWriter{out}.page(newHTMLPage(r))
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write the HTML report: %w", err)
	}
	return nil
}

// What a page is made of. Every text is clean, and the writer escapes it.
type (
	htmlPage struct {
		Policy, Title  string
		About          string
		Mark           htmlMark
		Headline       string
		Shows, LeftOut string
		Interrupted    bool
		Several        bool
		// Many is set where the browser had better draw only what is in sight.
		Many          bool
		SectionsTitle string
		Counts        []htmlCount
		Sections      []htmlSection
		Version       string
	}
	htmlMark  struct{ Status, Symbol, Word string }
	htmlCount struct {
		htmlMark
		N int
	}
	htmlSection struct {
		ID, Name             string
		Mark                 htmlMark
		Verdict, Brief       string
		Shows, Note, LeftOut string
		Counts               checks.Counts
		Facts, NotAsked      []string
		Timeline             *htmlTimeline
		ResultsTitle         string
		Results              []htmlResult
	}
)

// htmlMarks are the statuses as a page shows them, in the order of its filter. The
// word says what the symbol and the colour say.
var htmlMarks = []htmlMark{
	{"fail", "✗", "failed"}, {"warn", "!", "warned"}, {"inconclusive", "?", "unknown"},
	{"pass", "✓", "passed"}, {"skip", "○", "skipped"},
}

func htmlMarkOf(status checks.Status) htmlMark {
	for _, m := range htmlMarks {
		if m.Status == string(status) {
			return m
		}
	}
	return htmlMark{"skip", "○", "other"}
}

func newHTMLPage(r checks.Report) htmlPage {
	plan := planHTML(r)
	p := htmlPage{
		Policy: htmlPolicy(),
		About:  htmlAbout(r), Mark: htmlMarkOf(r.Verdict.Status), Headline: Clean(headline(r), 500),
		Interrupted: r.Interrupted, Several: len(r.Sections) > 1, SectionsTitle: "Sections",
		Version: Clean(r.Tool.Version, 100), LeftOut: plan.note(), Many: len(plan.rows) > 500,
	}
	if r.Command == "test" {
		p.SectionsTitle = "Scenarios"
	}
	p.Title = p.Mark.Word + ": " + p.Headline + " (belay)"
	if len(r.Sections) != 1 && r.Verdict.SlackShows != nil {
		p.Shows = Clean(visibly(r.Verdict.SlackShows), 500)
	}
	counts := map[string]int{}
	for i := range r.Sections {
		s := htmlSectionOf(r, i, plan)
		p.Sections = append(p.Sections, s)
		for _, result := range r.Sections[i].Results {
			counts[htmlMarkOf(result.Status).Status]++
		}
	}
	for _, m := range htmlMarks {
		p.Counts = append(p.Counts, htmlCount{m, counts[m.Status]})
	}
	return p
}

// htmlPolicy lets the page run its own script and nothing else, whatever an app's
// words are.
var htmlPolicy = sync.OnceValue(func() string {
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src " + hash(htmlStyle) + "; script-src " + hash(htmlScript)
})

func htmlAbout(r checks.Report) string {
	parts := []string{"belay " + Clean(r.Command, 100)}
	if !r.StartedAt.IsZero() {
		parts = append(parts, r.StartedAt.UTC().Format("2 January 2006, 15:04:05 UTC"))
	}
	return strings.Join(append(parts, "took "+htmlTook(r.Duration)), " · ")
}

// headline is what the report says in one sentence.
func headline(r checks.Report) string {
	switch {
	case r.Command == "test":
		return scenariosInBrief(r)
	case len(r.Sections) > 1:
		return overall(r)
	}
	return r.Verdict.Summary
}

func scenariosInBrief(r checks.Report) string {
	n := map[checks.Status]int{}
	for _, s := range r.Sections {
		n[s.Verdict.Status]++
	}
	all := plural(len(r.Sections), "scenario")
	switch {
	case n[checks.Fail] > 0:
		return fmt.Sprintf("%d of %s failed.", n[checks.Fail], all)
	case n[checks.Warn] > 0:
		return fmt.Sprintf("None of %s failed, %d warned.", all, n[checks.Warn])
	case n[checks.Inconclusive] > 0:
		return fmt.Sprintf("None of %s failed, and of %d it could not be told.", all, n[checks.Inconclusive])
	}
	return all + " passed."
}

func htmlSectionOf(r checks.Report, i int, plan *htmlPlan) htmlSection {
	s := r.Sections[i]
	h := htmlSection{
		ID: fmt.Sprintf("s%d", i+1), Name: orText(Clean(s.Name, 300), "unnamed"), Mark: htmlMarkOf(s.Verdict.Status),
		Verdict: Clean(s.Verdict.Summary, 1000), Brief: Clean(orText(s.Verdict.Summary, orText(s.Note, s.SameAs)), 200),
		Counts: s.Counts, Facts: htmlFacts(s), ResultsTitle: "Results",
	}
	if r.Command == "test" {
		h.ResultsTitle = "Steps"
	}
	if s.Verdict.SlackShows != nil {
		h.Shows = Clean(orText(showsWords(s.Target, s.Verdict.SlackShows), visibly(s.Verdict.SlackShows)), 1000)
	}
	switch {
	case s.SameAs != "":
		h.Note = "The same URL as " + Clean(s.SameAs, 300) + ", where its results are."
	case s.Note != "":
		h.Note = Clean(s.Note, 1000)
	}
	for _, text := range s.NotAsked {
		h.NotAsked = append(h.NotAsked, Clean(text, 500))
	}
	if len(r.Sections) == 1 && h.Verdict == Clean(headline(r), 500) {
		h.Verdict = ""
	}
	for n := range s.Results {
		if plan.rows[&s.Results[n]] {
			h.Results = append(h.Results, plan.result(s, &s.Results[n], htmlID(i, n)))
		}
	}
	if r.Command != "test" {
		worstResultsFirst(h.Results)
	}
	if missing := len(s.Results) - len(h.Results); missing > 0 {
		h.LeftOut = plural(missing, "result") + " left out to keep the page small; -o json has all."
	}
	h.Timeline = htmlTimelineOf(r, i, plan)
	return h
}

// worstResultsFirst keeps the order of those that came out alike. Of a scenario's
// steps, the order is the story.
func worstResultsFirst(all []htmlResult) {
	rank := func(r htmlResult) int {
		switch r.Mark.Status {
		case "fail":
			return 0
		case "warn":
			return 1
		case "inconclusive":
			return 2
		}
		return 3
	}
	slices.SortStableFunc(all, func(a, b htmlResult) int { return rank(a) - rank(b) })
}

// htmlID is what a link to a result names.
func htmlID(section, result int) string { return fmt.Sprintf("s%d-%d", section+1, result+1) }

// htmlFacts are what the target was and what it got.
func htmlFacts(s checks.Section) []string {
	var facts []string
	add := func(wanted bool, format string, a ...any) {
		if wanted {
			facts = append(facts, Clean(fmt.Sprintf(format, a...), 300))
		}
	}
	t := s.Target
	add(t.URL != "" && t.URL != s.Name, "%s", t.URL)
	add(t.Kind != "", "kind: %s", t.Kind)
	add(t.Named != "", "named: %s", t.Named)
	add(t.Signed, "signed with the app's secret")
	add(!t.Signed && t.URL != "", "without the app's secret")
	add(t.Local, "local: Slack's rules about public addresses do not apply")
	add(t.Deadline > 0, "deadline: %s", htmlTook(t.Deadline))
	add(s.Sent.Requests > 0, "%s sent as user %s of team %s", plural(s.Sent.Requests, "request"), s.Sent.User, s.Sent.Team)
	add(s.Sent.MayHaveRunAHandler > 0, "%d may have run a handler", s.Sent.MayHaveRunAHandler)
	return facts
}

// htmlTook is a duration as people read it.
func htmlTook(d checks.Millis) string {
	t := time.Duration(d)
	switch {
	case t <= 0:
		return "0 ms"
	case t < 10*time.Millisecond:
		return fmt.Sprintf("%.1f ms", t.Seconds()*1000)
	case t < time.Second:
		return fmt.Sprintf("%.0f ms", t.Seconds()*1000)
	case t < time.Minute:
		return fmt.Sprintf("%.1f s", t.Seconds())
	}
	return t.Round(time.Second).String()
}
