package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"belay/checks"
)

// maxReport bounds what is read of a saved report.
const maxReport = 256 << 20

// ErrNotReport is a file that belay did not write.
var ErrNotReport = errors.New("this is no report of belay's")

// Read reads a saved report, JSON or lines of JSON. A report that is cut off, or
// that a newer belay wrote, comes back as far as it can be read, together with the
// error that says so.
func Read(r io.Reader) (checks.Report, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxReport+1))
	if err != nil {
		return checks.Report{}, fmt.Errorf("read the report: %w", err)
	}
	if len(data) > maxReport {
		return checks.Report{}, fmt.Errorf("read the report: it is larger than %d MiB", maxReport>>20)
	}
	trimmed := bytes.TrimSpace(data)
	if len(trimmed) == 0 {
		return checks.Report{}, fmt.Errorf("%w: it is empty", ErrNotReport)
	}
	first, _, _ := bytes.Cut(trimmed, []byte("\n"))
	var l line
	if json.Unmarshal(first, &l) == nil && l.Type != "" {
		return readLines(trimmed)
	}
	return readWhole(trimmed)
}

func readWhole(data []byte) (checks.Report, error) {
	var report checks.Report
	err := json.Unmarshal(data, &report)
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax) && syntax.Offset >= int64(len(data)):
		return readCut(data)
	case err != nil:
		return report, fmt.Errorf("%w: %v", ErrNotReport, err)
	case report.SchemaVersion == 0 || report.Tool.Name != "belay":
		return report, ErrNotReport
	}
	return report, newer(report)
}

// newer says that a report may hold more than this belay shows.
func newer(r checks.Report) error {
	if r.SchemaVersion > checks.SchemaVersion {
		return fmt.Errorf("the report has schema version %d, newer than this belay's %d: some of it may not be shown", r.SchemaVersion, checks.SchemaVersion)
	}
	return nil
}

// readCut shows what it can of a JSON report that ends too soon: the sections and
// results that are whole.
func readCut(data []byte) (checks.Report, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	c := cutReader{decoder: decoder}
	c.object(c.reportMember)
	if c.report.Tool.Name != "belay" {
		return c.report, ErrNotReport
	}
	c.report.Interrupted = true
	return c.report, errors.New("the report is cut off: this is what could be read")
}

// readLines puts a report together from its lines.
func readLines(data []byte) (checks.Report, error) {
	l := lines{open: map[string][]checks.Result{}}
	scanner := bufio.NewScanner(bytes.NewReader(data))
	scanner.Buffer(nil, maxReport)
	var broken error
	for n := 1; scanner.Scan(); n++ {
		var next line
		if err := json.Unmarshal(scanner.Bytes(), &next); err != nil {
			broken = fmt.Errorf("line %d of the report cannot be read (%v): this is what could be read", n, err)
			break
		}
		l.add(next)
	}
	l.close()
	switch {
	case l.report.SchemaVersion == 0:
		return l.report, ErrNotReport
	case broken == nil && !l.ended:
		broken = errors.New("the report has no end: this is what could be read")
	}
	if broken != nil {
		l.report.Interrupted = true
		return l.report, broken
	}
	return l.report, newer(l.report)
}

// lines are a report that is being put together. Results of several sections may
// come in turn.
type lines struct {
	report checks.Report
	open   map[string][]checks.Result
	// order is in which the open sections began.
	order []string
	ended bool
}

func (l *lines) add(next line) {
	switch {
	case next.Report != nil:
		sections := l.report.Sections
		l.report = *next.Report
		l.report.Sections = sections
		l.ended = next.Type == "end"
	case next.Result != nil:
		if _, ok := l.open[next.Section]; !ok {
			l.order = append(l.order, next.Section)
		}
		l.open[next.Section] = append(l.open[next.Section], *next.Result)
	case next.Summary != nil:
		next.Summary.Results = l.open[next.Summary.Name]
		delete(l.open, next.Summary.Name)
		l.report.Sections = append(l.report.Sections, *next.Summary)
	}
}

// close keeps the results of sections that have no end.
func (l *lines) close() {
	for _, name := range l.order {
		if results, ok := l.open[name]; ok {
			l.report.Sections = append(l.report.Sections, checks.Section{Name: name, Results: results})
		}
	}
}
