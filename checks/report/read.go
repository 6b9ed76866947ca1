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
	var report checks.Report
	var open checks.Section
	ended := false
	scanner := bufio.NewScanner(bytes.NewReader(data))
	scanner.Buffer(nil, maxReport)
	n := 0
	var broken error
	for scanner.Scan() {
		n++
		var l line
		if err := json.Unmarshal(scanner.Bytes(), &l); err != nil {
			broken = fmt.Errorf("line %d of the report cannot be read (%v): this is what could be read", n, err)
			break
		}
		switch {
		case l.Report != nil:
			sections := report.Sections
			report = *l.Report
			report.Sections = sections
			ended = l.Type == "end"
		case l.Result != nil:
			open.Name = l.Section
			open.Results = append(open.Results, *l.Result)
		case l.Summary != nil:
			l.Summary.Results = open.Results
			report.Sections = append(report.Sections, *l.Summary)
			open = checks.Section{}
		}
	}
	if len(open.Results) > 0 {
		report.Sections = append(report.Sections, open)
	}
	switch {
	case report.SchemaVersion == 0:
		return report, ErrNotReport
	case broken != nil:
		report.Interrupted = true
		return report, broken
	case !ended:
		report.Interrupted = true
		return report, errors.New("the report has no end: this is what could be read")
	}
	return report, newer(report)
}
