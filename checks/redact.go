package checks

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"belay/simulator/payload"
)

const redacted = "[redacted]"

// shortestSecret is how long a text must be to be hidden: a shorter one is no
// secret, and hiding it would hide everything.
const shortestSecret = 4

// secrets are the texts that no output may hold, in all their forms, the longest
// first, since one may be part of another.
func (s *Session) secrets() []string {
	if s.hidden != nil {
		return s.hidden
	}
	values := []string{string(s.Target.Secret), string(s.Target.Token)}
	if s.carried != "" {
		values = append(values, string(s.carried))
	}
	for _, other := range s.Target.OtherSecrets {
		values = append(values, string(other))
	}
	for _, h := range s.Target.Header {
		values = append(values, headerSecrets(h.Value)...)
	}
	if s.URL != nil && s.URL.User != nil {
		if password, ok := s.URL.User.Password(); ok {
			values = append(values, password)
		}
	}
	s.hidden = []string{}
	for _, v := range values {
		if v = strings.TrimSpace(v); len(v) >= shortestSecret {
			s.hidden = append(s.hidden, wireForms(v)...)
		}
	}
	slices.SortFunc(s.hidden, func(a, b string) int {
		return cmp.Or(len(b)-len(a), strings.Compare(a, b))
	})
	s.hidden = slices.Compact(s.hidden)
	return s.hidden
}

// headerSecrets are a header's value, and the parts that may be secret alone: what
// follows a scheme, the values of cookies, and what Basic holds in base64.
func headerSecrets(value string) []string {
	parts := []string{value}
	for _, part := range strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(" ;,=", r) }) {
		if len(part) < 2*shortestSecret {
			continue
		}
		parts = append(parts, part)
		if decoded, err := base64.RawStdEncoding.DecodeString(part); err == nil {
			if _, password, ok := strings.Cut(string(decoded), ":"); ok {
				parts = append(parts, string(decoded), password)
			}
		}
	}
	return parts
}

// wireForms are a text as it is and as it goes over the wire: in a form, in JSON,
// and in JSON in a form, as belay writes them and as others do.
func wireForms(text string) []string {
	quoted, _ := json.Marshal(text)
	object := payload.Object{{Name: "", Value: text}}
	inJSON := []string{string(quoted), string(payload.Encode(payload.JSON, object)), string(payload.Stringify(object))}
	forms := []string{text, strings.ReplaceAll(text, "/", `\/`)}
	for _, form := range inJSON {
		form = strings.TrimSuffix(strings.TrimPrefix(form, `{"":`), "}")
		forms = append(forms, form[1:len(form)-1])
	}
	for _, plain := range slices.Clone(forms) {
		escaped := strings.TrimPrefix(string(payload.Encode(payload.Form, payload.Object{{Name: "", Value: plain}})), "=")
		for _, form := range []string{escaped, url.QueryEscape(plain), url.PathEscape(plain)} {
			forms = append(forms, form, percentEscape().ReplaceAllStringFunc(form, strings.ToLower))
		}
	}
	return forms
}

var percentEscape = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`%[0-9A-F]{2}`) })

// hide replaces what is secret in a text.
func (s *Session) hide(text string) string {
	for _, secret := range s.secrets() {
		text = strings.ReplaceAll(text, secret, redacted)
	}
	return text
}

// hideHead is the beginning of a text without what is secret in it, nor the
// beginning of what is secret at its end, and reports whether that is the whole.
func (s *Session) hideHead(text []byte, most int) (string, bool) {
	longest := 0
	if all := s.secrets(); len(all) > 0 {
		longest = len(all[0])
	}
	if len(text) <= most+longest {
		return s.hide(string(text)), true
	}
	hidden := s.hide(string(text[:most+longest]))
	return hidden[:max(len(hidden)-longest, 0)], false
}

// ellipsis is how a sentence shows that it was cut.
const ellipsis = "…"

// hideCut replaces what is secret in a sentence, and the beginning of what is where
// the sentence was cut.
func (s *Session) hideCut(text string) string {
	text = s.hide(text)
	if !strings.Contains(text, ellipsis) {
		return text
	}
	for _, secret := range s.secrets() {
		for n := len(secret) - 1; n >= shortestSecret; n-- {
			text = strings.ReplaceAll(text, secret[:n]+ellipsis, redacted+ellipsis)
		}
	}
	return text
}

// redact takes what is secret out of an exchange: an app may send it back.
func (s *Session) redact(x *Exchange) {
	x.Request.Body = s.hide(x.Request.Body)
	x.Request.URL = s.hide(x.Request.URL)
	x.Request.Header = s.hideFields(x.Request.Header)
	x.Error = s.hide(x.Error)
}

func (s *Session) hideFields(fields []payload.HeaderField) []payload.HeaderField {
	hidden := make([]payload.HeaderField, len(fields))
	for i, f := range fields {
		hidden[i] = payload.HeaderField{Name: f.Name, Value: s.hide(f.Value)}
	}
	return hidden
}

// redactResult takes what is secret out of a result's sentences.
func (s *Session) redactResult(r *Result) {
	r.Saw, r.Reason = s.hideCut(r.Saw), s.hideCut(r.Reason)
	for i := range r.Remarks {
		r.Remarks[i].Text = s.hideCut(r.Remarks[i].Text)
	}
}

// userInfo is what stands before the host of a URL, however it is written.
var userInfo = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?s)(//).*@`) })

// withoutUser is the text of a URL that cannot be read, without its password.
func withoutUser(text string) string { return userInfo().ReplaceAllString(text, "${1}"+redacted+"@") }
