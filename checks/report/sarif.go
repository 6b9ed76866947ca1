package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"belay/checks"
	"belay/checks/problem"
)

// The parts of a SARIF log that belay writes.
//
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		// Automation tells the runs of one command from those of another, so that one
		// does not close the alerts of the other.
		Automation sarifAutomation `json:"automationDetails"`
		ColumnKind string          `json:"columnKind"`
		Results    []sarifResult   `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID         string          `json:"id"`
		Short      sarifText       `json:"shortDescription"`
		Full       sarifText       `json:"fullDescription"`
		Help       sarifText       `json:"help"`
		HelpURI    string          `json:"helpUri,omitempty"`
		Default    sarifDefault    `json:"defaultConfiguration"`
		Properties sarifProperties `json:"properties"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifProperties struct {
		Tags []string `json:"tags"`
	}
	sarifText struct {
		Text     string `json:"text"`
		Markdown string `json:"markdown,omitempty"`
	}
	sarifInvocation struct {
		Successful bool        `json:"executionSuccessful"`
		Start      string      `json:"startTimeUtc,omitempty"`
		End        string      `json:"endTimeUtc,omitempty"`
		Notes      []sarifNote `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNote struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifAutomation struct {
		ID string `json:"id"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
		// Fingerprints let a viewer find the result again in another run.
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		Line   int `json:"startLine"`
		Column int `json:"startColumn,omitempty"`
	}
	sarifLogical struct {
		FullName string `json:"fullyQualifiedName"`
		Kind     string `json:"kind"`
	}
)

// SARIF writes what failed or warned, the worst first, as SARIF 2.1.0, with a rule of
// the catalogue for each problem that was met.
func SARIF(w io.Writer, r checks.Report) error {
	s := sarif{report: r, rules: []sarifRule{}, index: map[string]int{}, met: map[string]int{}, results: []sarifResult{}}
	for _, status := range []checks.Status{checks.Fail, checks.Warn} {
		for _, f := range worstFirst(r, status) {
			s.add(*f.section, *f.result)
		}
	}
	log := sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0",
		Runs: []sarifRun{{
			Tool:        sarifTool{sarifDriver{Name: "belay", Version: Clean(r.Tool.Version, 100), Rules: s.rules}},
			Invocations: []sarifInvocation{invocation(r)}, Automation: sarifAutomation{"belay/" + Clean(r.Command, 100) + "/"},
			ColumnKind: "unicodeCodePoints", Results: s.results,
		}},
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(log); err != nil {
		return fmt.Errorf("encode the SARIF report: %w", err)
	}
	if _, err := w.Write(escapeControls(b.Bytes())); err != nil {
		return fmt.Errorf("write the SARIF report: %w", err)
	}
	return nil
}

// sarif is a report that is being written.
type sarif struct {
	report  checks.Report
	rules   []sarifRule
	index   map[string]int
	met     map[string]int
	results []sarifResult
}

func (s *sarif) add(section checks.Section, r checks.Result) {
	rule := s.rule(r)
	s.results = append(s.results, sarifResult{
		RuleID: s.rules[rule].ID, RuleIndex: rule, Level: sarifLevel(r.Status), Message: sarifMessage(r),
		Locations:    []sarifLocation{s.location(section, r)},
		Fingerprints: map[string]string{"belayResult/v1": s.fingerprint(section, r)},
	})
}

func sarifLevel(status checks.Status) string {
	if status == checks.Fail {
		return "error"
	}
	return "warning"
}

// rule is where in the list the rule for a result stands.
func (s *sarif) rule(r checks.Result) int {
	id := orText(Clean(idOf(r), 200), "belay")
	if i, ok := s.index[id]; ok {
		return i
	}
	s.index[id] = len(s.rules)
	s.rules = append(s.rules, newRule(id, r))
	return s.index[id]
}

// newRule is the page of the catalogue; of a problem that this belay does not know, or
// of none, what the result says.
func newRule(id string, r checks.Result) sarifRule {
	p, ok := problem.Find(id)
	level := r.Status
	switch {
	case ok:
		level = checks.Status(p.Levels[0])
	case r.Problem != nil:
		p = problem.Problem{ID: id, Title: r.Problem.Title, Why: r.Problem.Why, Fix: r.Problem.Fix, Doc: r.Problem.Doc}
	default:
		p = problem.Problem{ID: id, Title: "Not so: " + r.Title}
	}
	title := orText(Clean(p.Title, 500), id)
	return sarifRule{
		ID: id, Short: sarifText{Text: title}, Full: sarifText{Text: orText(Clean(p.Why, 1000), title)},
		Help: ruleHelp(p, title), HelpURI: absolute(p.Doc), Default: sarifDefault{sarifLevel(level)},
		Properties: sarifProperties{Tags: []string{"slack", p.Family()}},
	}
}

// ruleHelp is the fix, and in Markdown how it reads for each who may have answered.
func ruleHelp(p problem.Problem, title string) sarifText {
	text := orText(Clean(p.Fix, 2000), title)
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**\n\n%s\n\nFix: %s\n", escape(title), escape(Clean(p.Why, 1000)), escape(text))
	for _, answerer := range slices.Sorted(maps.Keys(p.Fixes)) {
		fmt.Fprintf(&b, "\n- %s: %s", escape(answerer), escape(Clean(p.Fixes[answerer], 2000)))
	}
	return sarifText{Text: text, Markdown: b.String()}
}

// absolute is a URL of the web, or "".
func absolute(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return u.String()
}

// sarifMessage makes no link, [text](target), of an app's words.
func sarifMessage(r checks.Result) sarifText {
	text := Clean(oneLine(r), 1000)
	if r.Problem != nil && r.Problem.Fix != "" {
		text += "\nFix: " + Clean(r.Problem.Fix, 1000)
	}
	return sarifText{Text: strings.ReplaceAll(orText(text, idOf(r)), "](", "] (")}
}

// location is the place in the user's file, and the URL. GitHub takes a whole log for
// broken if one result has no file, and an address of the web for none: what has no
// place is in the manifest that the URL is from, or else at the URL's host and path.
func (s *sarif) location(section checks.Section, r checks.Result) sarifLocation {
	var l sarifLocation
	switch {
	case r.Place != nil && r.Place.File != "":
		l.Physical.Artifact.URI = fileURI(r.Place.File)
		if r.Place.Line > 0 {
			l.Physical.Region = &sarifRegion{r.Place.Line, max(r.Place.Column, 0)}
		}
	case s.manifest() != "":
		l.Physical.Artifact.URI = fileURI(s.manifest())
	default:
		l.Physical.Artifact.URI = sitePath(section.Target.URL)
	}
	if name := Clean(section.Name, 300); name != "" {
		l.Logical = []sarifLogical{{name, "resource"}}
	}
	return l
}

// manifest is the file that the report's URLs are from, or "".
func (s *sarif) manifest() string {
	for _, section := range s.report.Sections {
		if section.Target.Kind == "manifest" {
			return section.Name
		}
	}
	return ""
}

// fileURI is a file as a reference relative to the source, or absolute.
func fileURI(file string) string {
	file = strings.ReplaceAll(file, `\`, "/")
	switch {
	case strings.HasPrefix(file, "/"):
		return (&url.URL{Scheme: "file", Path: file}).String()
	case len(file) > 2 && file[1] == ':' && file[2] == '/':
		return (&url.URL{Scheme: "file", Path: "/" + file}).String()
	}
	return (&url.URL{Path: orText(path.Clean(file), "belay")}).String()
}

// sitePath stands for a URL where only files are taken.
func sitePath(text string) string {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return "belay"
	}
	return fileURI(strings.ReplaceAll(u.Host, ":", "_") + path.Clean("/"+u.Path))
}

// fingerprint is the same in every run that finds the same. Of several in one section,
// the order tells.
func (s *sarif) fingerprint(section checks.Section, r checks.Result) string {
	file := ""
	if r.Place != nil {
		file = r.Place.File
	}
	what := strings.Join([]string{section.Name, r.Check, idOf(r), file}, "\x00")
	s.met[what]++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", what, s.met[what]))
	return fmt.Sprintf("%x", sum[:16])
}

func invocation(r checks.Report) sarifInvocation {
	i := sarifInvocation{Successful: !r.Interrupted}
	// A report that is read back may hold any time.
	if year := r.StartedAt.UTC().Year(); year > 1 && year < 9999 {
		i.Start = r.StartedAt.UTC().Format(time.RFC3339)
		if took := time.Duration(r.Duration); took >= 0 && took < 366*24*time.Hour {
			i.End = r.StartedAt.Add(took).UTC().Format(time.RFC3339)
		}
	}
	if r.Interrupted {
		i.Notes = []sarifNote{{"error", sarifText{Text: "Interrupted: this is what was found so far."}}}
	}
	return i
}
