package checks

import (
	"encoding/json"
	"net/url"
	"strings"

	"belay/simulator/payload"
)

const redacted = "[redacted]"

// secrets are the texts that no output may hold, with the forms in which they go
// over the wire.
func (s *Session) secrets() []string {
	values := []payload.Secret{s.Target.Secret, s.Target.Token}
	for _, other := range s.Target.OtherSecrets {
		values = append(values, other)
	}
	for _, h := range s.Target.Header {
		values = append(values, payload.Secret(h.Value))
	}
	if s.URL != nil && s.URL.User != nil {
		if password, ok := s.URL.User.Password(); ok {
			values = append(values, payload.Secret(password))
		}
	}
	var forms []string
	for _, v := range values {
		text := strings.TrimSpace(string(v))
		// A shorter one is no secret, and hiding it would hide everything.
		if len(text) < 4 {
			continue
		}
		quoted, _ := json.Marshal(text)
		forms = append(forms, text, url.QueryEscape(text), url.PathEscape(text), strings.Trim(string(quoted), `"`), strings.ReplaceAll(text, "/", `\/`))
	}
	return forms
}

// hide replaces what is secret in a text.
func (s *Session) hide(text string) string {
	for _, secret := range s.secrets() {
		text = strings.ReplaceAll(text, secret, redacted)
	}
	return text
}

// redact takes what is secret out of an exchange: an app may send it back.
func (s *Session) redact(x *Exchange) {
	x.Request.Body = s.hide(x.Request.Body)
	x.Request.URL = s.hide(x.Request.URL)
	x.Request.Header = s.hideFields(x.Request.Header)
	x.Error = s.hide(x.Error)
	if x.Response != nil {
		x.Response.Body = s.hide(x.Response.Body)
		x.Response.Header = s.hideFields(x.Response.Header)
	}
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
	r.Saw, r.Reason = s.hide(r.Saw), s.hide(r.Reason)
	for i := range r.Remarks {
		r.Remarks[i].Text = s.hide(r.Remarks[i].Text)
	}
}
