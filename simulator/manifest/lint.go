package manifest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"belay/internal/strictyaml"
)

// The levels that a Finding may have, as in the catalogue of problems.
const (
	Fail   = "fail"
	Warn   = "warn"
	Remark = "remark"
)

// The problems that Lint finds, by their IDs in the catalogue.
const (
	SocketMode   = "manifest.socket-mode"
	URLMissing   = "manifest.url-missing"
	URLStale     = "manifest.url-stale"
	ScopeMissing = "manifest.scope-missing"
	MessagesTab  = "manifest.messages-tab"
	RedirectURL  = "manifest.redirect-url"
	Invalid      = "manifest.invalid"
)

// A Finding is something wrong with a manifest, or worth knowing.
type Finding struct {
	// Problem is an ID of the catalogue, such as manifest.url-missing.
	Problem string
	// Level is Fail, Warn or Remark.
	Level string
	// Pointer is the JSON pointer of what it is about, which may be what is missing.
	Pointer string
	// Line and Column are where that stands, or would stand.
	Line, Column int
	// Text is a clause in plain words.
	Text string
}

// maxInvalid is how much that is not of the schema is told of one manifest.
const maxInvalid = 100

// Lint says what Slack would refuse in a manifest, and what would keep the app from
// working, in the order of the file.
func Lint(m *Manifest) []Finding {
	l := &linter{Manifest: m}
	l.schema()
	l.subscribable()
	l.optionalScopes()
	l.socketMode()
	l.urlMissing()
	l.urlStale()
	l.scopeMissing()
	l.messagesTab()
	l.redirectURL()
	slices.SortStableFunc(l.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return l.found
}

// linter collects findings.
type linter struct {
	*Manifest
	found   []Finding
	invalid int
}

// add notes a finding.
func (l *linter) add(problem, level, pointer, format string, args ...any) {
	line, column := l.Position(pointer)
	l.found = append(l.found, Finding{problem, level, pointer, line, column, fmt.Sprintf(format, args...)})
}

// refuse notes what Slack refuses, beginning with the name of the property.
func (l *linter) refuse(pointer, format string, args ...any) {
	switch l.invalid++; {
	case l.invalid <= maxInvalid:
		l.add(Invalid, Fail, pointer, "%s "+format, append([]any{dotted(pointer)}, args...)...)
	case l.invalid == maxInvalid+1:
		l.add(Invalid, Fail, pointer, "and there is more that Slack refuses")
	}
}

// schema holds the manifest against the rules of its form.
func (l *linter) schema() { schema().judge(l.doc.Root, "", l.refuse) }

// dotted is a JSON pointer as people write it: features.slash_commands[0].url.
func dotted(pointer string) string {
	var out strings.Builder
	for _, token := range strings.Split(pointer, "/")[1:] {
		token = strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
		if strings.Trim(token, "0123456789") == "" && token != "" {
			fmt.Fprintf(&out, "[%s]", token)
			continue
		}
		if out.Len() > 0 {
			out.WriteByte('.')
		}
		out.WriteString(plain(token))
	}
	return out.String()
}

// plain is a name as it is, or in quotes where it could confuse a reader or a terminal.
func plain(name string) string {
	name = strictyaml.Short(name)
	if quoted := strconv.Quote(name); quoted != `"`+name+`"` || strings.Contains(name, " ") || name == "" {
		return quoted
	}
	return name
}
