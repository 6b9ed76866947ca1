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
	Errors   int          `xml:"errors,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name      string      `xml:"name,attr"`
	Tests     int         `xml:"tests,attr"`
	Failures  int         `xml:"failures,attr"`
	Errors    int         `xml:"errors,attr"`
	Skipped   int         `xml:"skipped,attr"`
	Time      string      `xml:"time,attr"`
	Timestamp string      `xml:"timestamp,attr"`
	Cases     []junitCase `xml:"testcase"`
}

type junitCase struct {
	// ClassName and Name together are unique in a report: of two that are alike,
	// GitLab counts the first alone. It shows ClassName as the suite.
	ClassName string `xml:"classname,attr"`
	Name      string `xml:"name,attr"`
	Time      string `xml:"time,attr"`
	// File and Line are where GitLab leads to.
	File    string        `xml:"file,attr,omitempty"`
	Line    int           `xml:"line,attr,omitempty"`
	Failure *junitText    `xml:"failure,omitempty"`
	Error   *junitText    `xml:"error,omitempty"`
	Skipped *junitSkipped `xml:"skipped,omitempty"`
	Output  string        `xml:"system-out,omitempty"`
}

type junitText struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

const (
	// maxJUnitText is where each text is cut, in characters.
	maxJUnitText = 4000
	// maxJUnitOutput bounds the outputs of a whole report, in bytes: GitLab reads no
	// file of 30 MB.
	maxJUnitOutput = 18 << 20
)

// JUnit writes the report as the XML that CI systems read. A warning passes and is
// told in the test's output; what was not asked or could not be told is skipped. That
// a run was interrupted is an error, which is not a failure of the app.
func JUnit(w io.Writer, r checks.Report) error {
	j := junit{r: r, classes: names{}, left: maxJUnitOutput}
	all := junitSuites{Name: "belay " + Clean(r.Command, 100), Time: junitTime(r.Duration)}
	for _, section := range r.Sections {
		all.Suites = append(all.Suites, j.section(section))
	}
	if r.Interrupted {
		all.Suites = append(all.Suites, j.interrupted())
	}
	for _, suite := range all.Suites {
		all.Tests, all.Failures = all.Tests+suite.Tests, all.Failures+suite.Failures
		all.Errors, all.Skipped = all.Errors+suite.Errors, all.Skipped+suite.Skipped
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write the JUnit report: %w", err)
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(all); err != nil {
		return fmt.Errorf("write the JUnit report: %w", err)
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return fmt.Errorf("write the JUnit report: %w", err)
	}
	return nil
}

// junit is a report that is being written.
type junit struct {
	r       checks.Report
	classes names
	// left is how many bytes of output may still be written.
	left int
}

// names are those that were given, each once.
type names map[string]bool

// unique is the name, with a number where it was given before.
func (n names) unique(name string) string {
	given := name
	for i := 2; n[given]; i++ {
		given = fmt.Sprintf("%s (%d)", name, i)
	}
	n[given] = true
	return given
}

func (j *junit) section(s checks.Section) junitSuite {
	suite := j.suite(j.classes.unique(Clean(s.Name, 300)))
	given := names{}
	var took checks.Millis
	for _, result := range s.Results {
		took += result.Took
		c := j.result(result)
		c.ClassName, c.Name = suite.Name, given.unique(c.Name)
		suite.add(c)
	}
	suite.Time = junitTime(took)
	return suite
}

func (j *junit) suite(name string) junitSuite {
	return junitSuite{Name: name, Time: junitTime(0), Timestamp: j.r.StartedAt.UTC().Format("2006-01-02T15:04:05")}
}

// interrupted keeps a run that nobody saw to its end from looking whole.
func (j *junit) interrupted() junitSuite {
	suite := j.suite(j.classes.unique("belay"))
	suite.add(junitCase{
		ClassName: suite.Name, Name: "the run is complete", Time: junitTime(0),
		Error: &junitText{Message: "Interrupted: this is what was found so far.", Type: "interrupted"},
	})
	return suite
}

func (s *junitSuite) add(c junitCase) {
	s.Tests++
	switch {
	case c.Failure != nil:
		s.Failures++
	case c.Error != nil:
		s.Errors++
	case c.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

func (j *junit) result(r checks.Result) junitCase {
	c := junitCase{Name: Clean(r.Check, 100) + ": " + Clean(r.Title, 200), Time: junitTime(r.Took)}
	if r.Place != nil {
		c.File, c.Line = Clean(r.Place.File, 300), r.Place.Line
	}
	switch r.Status {
	case checks.Fail:
		c.Failure = &junitText{Message: j.message(oneLine(r)), Type: Clean(idOf(r), 100), Text: j.kept(paragraphs(r))}
	case checks.Skip:
		c.Skipped = &junitSkipped{j.message(r.Reason)}
	case checks.Inconclusive:
		c.Skipped = &junitSkipped{"inconclusive: " + j.message(r.Reason)}
	}
	c.Output = j.kept(output(r))
	return c
}

// output is what is told of a result that its failure does not tell.
func output(r checks.Result) string {
	var lines []string
	switch r.Status {
	case checks.Warn:
		lines = append(lines, "warning: "+Clean(oneLine(r), maxJUnitText), paragraphs(r))
	case checks.Pass:
		lines = append(lines, Clean(r.Saw, maxJUnitText))
	}
	for _, remark := range r.Remarks {
		lines = append(lines, "remark: "+Clean(remark.Text, maxJUnitText))
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// message is a text of one line, which is short where there is no room left.
func (j *junit) message(text string) string {
	most := 500
	if j.left < 0 {
		most = 80
	}
	text = Clean(text, most)
	j.left -= escapedLength(text)
	return text
}

// kept is an output as far as there is room. Two brackets would be an order to Jenkins
// and GitLab, to attach a file: [[ATTACHMENT|path]].
func (j *junit) kept(text string) string {
	if text == "" {
		return ""
	}
	if j.left -= escapedLength(text); j.left < 0 {
		return "left out: the report would be larger than CI systems read"
	}
	for strings.Contains(text, "[[") {
		text = strings.ReplaceAll(text, "[[", "[ [")
	}
	return text
}

// escapedLength is how many bytes a text takes in XML, at most.
func escapedLength(text string) int {
	n := len(text)
	for _, c := range []string{"<", ">", "&", "'", `"`, "\n"} {
		n += 4 * strings.Count(text, c)
	}
	return n
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
	lines := []string{"saw: " + Clean(placed(r), maxJUnitText)}
	if shown := visibly(r.Problem.Shows); shown != "" {
		lines = append(lines, "Slack shows: "+Clean(shown, maxJUnitText))
	}
	for _, line := range []struct{ label, text string }{
		{"why", r.Problem.Why}, {"fix", r.Problem.Fix}, {"read", r.Problem.Doc},
	} {
		lines = append(lines, line.label+": "+Clean(line.text, maxJUnitText))
	}
	return strings.Join(lines, "\n")
}

// visibly is what Slack shows, with how sure that is, or "".
func visibly(s *checks.SlackShows) string {
	if s == nil || s.User+s.Words == "" {
		return ""
	}
	text := strings.Trim(s.User+", "+s.Words, ", ")
	if s.Confidence != "" {
		text += " (" + s.Confidence + ")"
	}
	return text
}
