package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"belay/checks"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name      string      `xml:"name,attr"`
	Tests     int         `xml:"tests,attr"`
	Failures  int         `xml:"failures,attr"`
	Skipped   int         `xml:"skipped,attr"`
	Time      string      `xml:"time,attr"`
	Timestamp string      `xml:"timestamp,attr"`
	Cases     []junitCase `xml:"testcase"`
}

type junitCase struct {
	// ClassName and Name together are unique in a report: of two that are alike,
	// GitLab counts the first alone.
	ClassName string        `xml:"classname,attr"`
	Name      string        `xml:"name,attr"`
	Time      string        `xml:"time,attr"`
	Failure   *junitText    `xml:"failure,omitempty"`
	Skipped   *junitSkipped `xml:"skipped,omitempty"`
	Output    string        `xml:"system-out,omitempty"`
}

type junitText struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

// JUnit writes the report as the XML that CI systems read. A warning passes and is
// told in the test's output; what was not asked or could not be told is skipped.
func JUnit(w io.Writer, r checks.Report) error {
	all := junitSuites{
		Name: "belay " + r.Command, Failures: r.Counts.Fail, Skipped: r.Counts.Skip + r.Counts.Inconclusive,
		Time: junitTime(r.Duration),
	}
	seen := map[string]int{}
	for _, section := range r.Sections {
		suite := junitSection(section, r, seen)
		all.Tests += suite.Tests
		all.Suites = append(all.Suites, suite)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write the JUnit report: %w", err)
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(all); err != nil {
		return fmt.Errorf("write the JUnit report: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func junitSection(s checks.Section, r checks.Report, seen map[string]int) junitSuite {
	name := Clean(s.Name, 300)
	seen[name]++
	if seen[name] > 1 {
		name = fmt.Sprintf("%s (%d)", name, seen[name])
	}
	suite := junitSuite{
		Name: name, Tests: len(s.Results), Failures: s.Counts.Fail, Skipped: s.Counts.Skip + s.Counts.Inconclusive,
		Timestamp: r.StartedAt.Format("2006-01-02T15:04:05"),
	}
	var took checks.Millis
	for _, result := range s.Results {
		took += result.Took
		suite.Cases = append(suite.Cases, junitResult(name, result))
	}
	suite.Time = junitTime(took)
	return suite
}

func junitResult(suite string, r checks.Result) junitCase {
	c := junitCase{ClassName: suite, Name: r.Check + ": " + Clean(r.Title, 200), Time: junitTime(r.Took)}
	switch r.Status {
	case checks.Fail:
		c.Failure = &junitText{Message: Clean(oneLine(r), 500), Type: idOf(r), Text: paragraphs(r)}
	case checks.Skip:
		c.Skipped = &junitSkipped{Clean(r.Reason, 500)}
	case checks.Inconclusive:
		c.Skipped = &junitSkipped{"inconclusive: " + Clean(r.Reason, 500)}
	case checks.Warn:
		c.Output = "warning: " + Clean(oneLine(r), 0) + "\n" + paragraphs(r)
	default:
		c.Output = Clean(r.Saw, 0)
	}
	for _, remark := range r.Remarks {
		c.Output += "\nremark: " + Clean(remark.Text, 0)
	}
	c.Output = strings.TrimSpace(c.Output)
	return c
}

// junitTime is in seconds, as JUnit has it.
func junitTime(d checks.Millis) string { return fmt.Sprintf("%.3f", time.Duration(d).Seconds()) }

// idOf is the problem's id, or the check's for what has none.
func idOf(r checks.Result) string {
	if r.Problem != nil {
		return r.Problem.ID
	}
	return r.Check
}

// oneLine is what was found, in one line.
func oneLine(r checks.Result) string {
	switch {
	case r.Problem != nil && r.Saw != "":
		return r.Problem.Title + ": " + r.Saw
	case r.Problem != nil:
		return r.Problem.Title
	case r.Saw != "":
		return r.Saw
	}
	return r.Reason
}

// paragraphs are the explanation of a finding, a line each.
func paragraphs(r checks.Result) string {
	if r.Problem == nil {
		return ""
	}
	lines := []string{"saw: " + Clean(r.Saw, 0)}
	if s := r.Problem.Shows; s != nil && s.User+s.Words != "" {
		lines = append(lines, "Slack shows: "+strings.TrimPrefix(s.User+", "+s.Words, ", ")+" ("+s.Confidence+")")
	}
	return strings.Join(append(lines, "why: "+r.Problem.Why, "fix: "+r.Problem.Fix, "read: "+r.Problem.Doc), "\n")
}
