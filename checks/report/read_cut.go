package report

import (
	"encoding/json"

	"belay/checks"
)

// A cutReader reads a JSON report token by token, as far as it goes.
type cutReader struct {
	decoder *json.Decoder
	report  checks.Report
}

// object reads members until the object, or the text, ends, and reports whether it
// was whole.
func (c *cutReader) object(member func(name string) bool) bool {
	if !c.open('{') {
		return false
	}
	for c.decoder.More() {
		token, err := c.decoder.Token()
		name, ok := token.(string)
		if err != nil || !ok || !member(name) {
			return false
		}
	}
	_, err := c.decoder.Token()
	return err == nil
}

// list reads elements until the list, or the text, ends, and reports whether it was
// whole.
func (c *cutReader) list(element func() bool) bool {
	if !c.open('[') {
		return false
	}
	for c.decoder.More() {
		if !element() {
			return false
		}
	}
	_, err := c.decoder.Token()
	return err == nil
}

func (c *cutReader) open(delimiter json.Delim) bool {
	token, err := c.decoder.Token()
	return err == nil && token == delimiter
}

// value decodes one whole value; one that is cut off counts as none.
func (c *cutReader) value(into any) bool { return c.decoder.Decode(into) == nil }

func (c *cutReader) reportMember(name string) bool {
	r := &c.report
	switch name {
	case "schema_version":
		return c.value(&r.SchemaVersion)
	case "tool":
		return c.value(&r.Tool)
	case "command":
		return c.value(&r.Command)
	case "started_at":
		return c.value(&r.StartedAt)
	case "verdict":
		return c.value(&r.Verdict)
	case "counts":
		return c.value(&r.Counts)
	case "sections":
		return c.list(c.section)
	}
	var other json.RawMessage
	return c.value(&other)
}

// section keeps one that is cut off, with the results that came.
func (c *cutReader) section() bool {
	var s checks.Section
	whole := c.object(func(name string) bool { return c.sectionMember(&s, name) })
	if s.Name != "" {
		c.report.Sections = append(c.report.Sections, s)
	}
	return whole
}

func (c *cutReader) sectionMember(s *checks.Section, name string) bool {
	switch name {
	case "name":
		return c.value(&s.Name)
	case "target":
		return c.value(&s.Target)
	case "verdict":
		return c.value(&s.Verdict)
	case "counts":
		return c.value(&s.Counts)
	case "sent":
		return c.value(&s.Sent)
	case "results":
		return c.list(func() bool {
			var r checks.Result
			if !c.value(&r) {
				return false
			}
			s.Results = append(s.Results, r)
			return true
		})
	}
	var other json.RawMessage
	return c.value(&other)
}
