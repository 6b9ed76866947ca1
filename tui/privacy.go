package tui

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/netip"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"belay/checks"
)

// A mask hides hosts and names in texts: each has one stand-in throughout a report.
// The zero value hides only what looks like an address of e-mail or a home directory.
type mask struct {
	pattern  *regexp.Regexp
	standIns map[string]string
}

// anybodys are texts that name somebody wherever they stand.
var anybodys = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+[A-Za-z]|(/home/|/Users/)[^/\s]+`)
})

// hidden hides hosts and names, or shows them again.
func (m Model) hidden() Model {
	m.private = !m.private
	m = m.reporting(m.full)
	m.note = "hosts and names are shown again"
	if m.private {
		m.note = "hosts and names are hidden, also in what is copied and saved"
	}
	return m
}

// report is a copy of a report without hosts and names.
func (k mask) report(r checks.Report) checks.Report {
	return k.mapped(reflect.ValueOf(r)).Interface().(checks.Report)
}

// maskOf collects what a report tells of hosts and people.
func maskOf(r checks.Report) mask {
	c := collector{standIns: map[string]string{}, counts: map[string]int{}}
	for _, s := range r.Sections {
		c.url(s.Target.URL)
		c.url(s.Name)
		for _, result := range s.Results {
			if result.Evidence != nil {
				c.evidence(*result.Evidence)
			}
		}
	}
	return c.mask()
}

// text hides what is in one text.
func (k mask) text(text string) string {
	if strings.ContainsAny(text, "@/") {
		text = anybodys().ReplaceAllStringFunc(text, func(found string) string {
			if strings.HasPrefix(found, "/") {
				return found[:strings.IndexByte(found[1:], '/')+2] + "somebody"
			}
			return "somebody@host"
		})
	}
	if k.pattern == nil {
		return text
	}
	return k.pattern.ReplaceAllStringFunc(text, func(found string) string {
		found = strings.ToLower(found)
		if standIn, ok := k.standIns[found]; ok {
			return standIn
		}
		return found[:3] + k.standIns[found[3:]] // after a % and two digits
	})
}

// A collector finds what is to be hidden.
type collector struct {
	standIns map[string]string
	counts   map[string]int
}

func (c collector) hide(what, text string) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" || c.standIns[text] != "" || isOurs(text) {
		return
	}
	c.counts[what]++
	c.standIns[text] = fmt.Sprintf("%s-%d", what, c.counts[what])
}

// isOurs tells of texts that name nobody: this machine, Slack's own hosts, and what
// belay calls itself in the requests that it makes up.
func isOurs(text string) bool {
	address, err := netip.ParseAddr(text)
	switch {
	case err == nil:
		return address.IsLoopback() || address.IsUnspecified()
	case text == "localhost", text == "slack.com", strings.HasSuffix(text, ".slack.com"), strings.HasSuffix(text, ".slack.dev"):
		return true
	}
	return ours().MatchString(text) || len(text) < 2
}

// ours are the names that belay gives itself.
var ours = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:belay(?:-[a-z]+)?|[a-z]belay0+)$`) })

func (c collector) host(host string) {
	if address, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		c.hide("address", address.String())
		return
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "*."), ".")
	if strings.Contains(host, ".") {
		c.hide("host", host)
	}
}

// url hides the host of a URL, which may stand within a text.
func (c collector) url(text string) {
	at := strings.Index(text, "://")
	if at < 0 {
		return
	}
	from := strings.LastIndexByte(text[:at], ' ') + 1
	word, _, _ := strings.Cut(text[from:], " ")
	if u, err := url.Parse(word); err == nil {
		c.host(u.Hostname())
		if u.User != nil {
			c.hide("name", u.User.Username())
		}
	}
}

func (c collector) evidence(e checks.Evidence) {
	if r := e.Resolution; r != nil {
		c.host(r.Host)
		for _, name := range slices.Concat(r.CNAMEs, r.Addresses) {
			c.host(name)
		}
		c.hostPort(r.Server)
	}
	for _, connection := range e.Connections {
		c.hostPort(connection.Address)
	}
	if e.TLS != nil {
		c.host(e.TLS.ServerName)
	}
	for n, certificate := range e.Chain {
		for _, name := range certificate.Names {
			c.host(name)
		}
		if n == 0 {
			c.host(certificate.Subject)
		}
	}
	for _, x := range e.Exchanges {
		c.url(x.Request.URL)
		c.fields(x.Request.Body)
		if x.Response == nil {
			continue
		}
		for _, h := range x.Response.Header {
			if strings.EqualFold(h.Name, "Location") {
				c.url(h.Value)
			}
		}
	}
}

func (c collector) hostPort(text string) {
	if address, err := netip.ParseAddrPort(text); err == nil {
		c.hide("address", address.Addr().String())
		return
	}
	c.host(text)
}

// personal are the fields of Slack's payloads that name people and places.
var personal = map[string]string{
	"team_id": "team", "team_domain": "team", "enterprise_id": "enterprise", "enterprise_name": "enterprise",
	"user_id": "user", "user_name": "user", "username": "user", "user": "user", "real_name": "user", "email": "user",
	"channel_id": "channel", "channel_name": "channel", "channel": "channel", "domain": "team", "api_app_id": "app",
}

// fields hides the personal ones of a body, which is a form, JSON, or JSON in a form.
func (c collector) fields(body string) {
	body = strings.TrimSpace(body)
	if strings.HasPrefix(body, "{") {
		c.object(body)
		return
	}
	for pair := range strings.SplitSeq(body, "&") {
		name, value, _ := strings.Cut(pair, "=")
		value = decoded(value)
		if what := personal[name]; what != "" {
			c.hide(what, value)
		} else if strings.HasPrefix(value, "{") {
			c.object(value)
		}
	}
}

func (c collector) object(text string) {
	var value any
	if json.Unmarshal([]byte(text), &value) == nil {
		c.value("", value)
	}
}

// value goes through JSON; an object such as user has its id and name under their own
// names.
func (c collector) value(what string, value any) {
	switch value := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			inner := personal[name]
			if inner == "" && what != "" && (name == "id" || name == "name") {
				inner = what
			}
			c.value(inner, value[name])
		}
	case []any:
		for _, item := range value {
			c.value("", item)
		}
	case string:
		if what != "" {
			c.hide(what, value)
		}
	}
}

// mask makes one pattern of everything, the longest first, since one may be part of
// another. A name must stand alone, as it may be an everyday word; a host need not.
func (c collector) mask() mask {
	if len(c.standIns) == 0 {
		return mask{}
	}
	var forms []string
	standIns := map[string]string{}
	for text, standIn := range c.standIns {
		for _, form := range []string{text, strings.ToLower(url.QueryEscape(text))} {
			standIns[form] = standIn
			quoted := regexp.QuoteMeta(form)
			if !strings.HasPrefix(standIn, "host-") {
				quoted = "(?:" + edge(form, true) + "|%[0-9a-f]{2})" + quoted + edge(form, false)
			}
			forms = append(forms, quoted)
		}
	}
	slices.SortFunc(forms, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return mask{regexp.MustCompile(`(?i)(?:` + strings.Join(slices.Compact(forms), "|") + `)`), standIns}
}

// edge is a word's, where the text begins or ends with a letter of a word.
func edge(text string, first bool) string {
	c := text[len(text)-1]
	if first {
		c = text[0]
	}
	if c == '_' || c >= '0' && c <= '9' || lower(c) >= 'a' && lower(c) <= 'z' {
		return `\b`
	}
	return ""
}

// ownWords are the fields that hold belay's words and nobody's name.
var ownWords = []string{"Check", "ID", "Doc", "Kind", "Question", "State", "Reached", "Tool", "Command", "Confidence", "RetryReason"}

// mapped is a deep copy of a value with every text in it replaced, so that no field
// can be forgotten.
func (k mask) mapped(v reflect.Value) reflect.Value {
	to := reflect.New(v.Type()).Elem()
	to.Set(v)
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			to.SetString(k.text(v.String()))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			to.Set(reflect.New(v.Type().Elem()))
			to.Elem().Set(k.mapped(v.Elem()))
		}
	case reflect.Slice:
		if !v.IsNil() {
			to.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			for n := range v.Len() {
				to.Index(n).Set(k.mapped(v.Index(n)))
			}
		}
	case reflect.Struct:
		for n := range v.NumField() {
			if field := v.Type().Field(n); field.IsExported() && !slices.Contains(ownWords, field.Name) {
				to.Field(n).Set(k.mapped(v.Field(n)))
			}
		}
	}
	return to
}
