package webapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// An Incoming is one call of the Web API as it came over HTTP.
type Incoming struct {
	// Name is the path behind /api/.
	Name string
	Verb string
	// Query is the raw query of the URL.
	Query         string
	ContentType   string
	Authorization string
	Body          []byte
	// Header takes the header of the reply; nil makes one.
	Header http.Header
	// Room takes the body of the reply, as far as it is large enough.
	Room []byte
}

// A Reply is what is answered.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
	// Error is the code that was answered, or "".
	Error string
	// Modelled is false when the answer was made of facts alone.
	Modelled bool
	// AppID and TeamID are whose token it was, or "".
	AppID, TeamID string
}

// An Error is a refusal in Slack's words.
//
// https://docs.slack.dev/apis/web-api/responses
type Error struct {
	// Code is such as channel_not_found.
	Code string
	// Needed and Provided are the scopes of missing_scope.
	Needed, Provided string
	// Errors and Messages say more, where Slack does: Errors stand at the top, and
	// Messages in response_metadata behind [ERROR].
	Errors   []string
	Messages []string
	// More stands at the top besides.
	More any
	// Status and RetryAfter are those of 429; zero is 200.
	Status     int
	RetryAfter int
}

// Error implements error.
func (e *Error) Error() string { return e.Code }

// refuse is an error that needs no more than its code.
func refuse(code string) error { return &Error{Code: code} }

// invalid is invalid_arguments with what is wrong, in Slack's words.
func invalid(format string, args ...any) error {
	return &Error{Code: "invalid_arguments", Messages: []string{fmt.Sprintf(format, args...)}}
}

// Answer answers one call.
func (w *Workspace) Answer(in Incoming) Reply {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := &w.request
	*r = Request{w: w, in: in, method: &Method{}, args: r.args, asForm: true}
	defer r.end()
	value, err := r.answer()
	reply := r.reply(value, err)
	reply.Modelled = r.method.serve != nil
	if r.token != nil {
		reply.AppID, reply.TeamID = r.token.AppID, r.token.TeamID
	}
	return reply
}

// end lets go of what the call held, but for the room of its arguments.
func (r *Request) end() {
	clear(r.args)
	*r = Request{args: r.args}
}

// answer takes a call through what Slack looks at, in its order.
func (r *Request) answer() (any, error) {
	method := r.w.method(r.in.Name)
	if method == nil {
		r.w.find("api.unknown-method", "%s is no method of the Web API", clip(r.in.Name, 80))
		return nil, &Error{Code: "unknown_method", More: struct {
			Method string `json:"req_method"`
		}{clip(r.in.Name, 80)}}
	}
	r.method = method
	if err := r.read(); err != nil {
		return nil, err
	}
	if err := r.authorize(); err != nil {
		return nil, err
	}
	if err := r.withinLimits(); err != nil {
		return nil, err
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	if r.method.serve == nil {
		return r.documented()
	}
	return r.method.serve(r)
}

// jsonType is the Content-Type of every answer.
var jsonType = []string{"application/json; charset=utf-8"}

// maxRoom bounds the room for encoding answers that is kept from one to the next.
const maxRoom = 64 << 10

// method is the one of that name, or nil.
func (w *Workspace) method(name string) *Method {
	if m := w.methods[name]; m != nil {
		return m
	}
	m, known := find(name)
	if !known {
		return nil
	}
	w.methods[name] = &m
	return &m
}

// reply encodes an answer.
func (r *Request) reply(value any, err error) Reply {
	reply := Reply{Status: http.StatusOK, Header: r.in.Header}
	if reply.Header == nil {
		reply.Header = http.Header{}
	}
	reply.Header["Content-Type"] = jsonType
	b := &r.w.room
	b.Reset()
	refused, _ := err.(*Error)
	switch {
	case err != nil && refused == nil:
		refused = &Error{Code: "internal_error"}
		fallthrough
	case refused != nil:
		reply.Error = refused.Code
		r.refused(b, refused)
		if refused.Status != 0 {
			reply.Status = refused.Status
		}
		if refused.RetryAfter > 0 {
			reply.Header.Set("Retry-After", fmt.Sprint(refused.RetryAfter))
		}
	default:
		b.WriteString(`{"ok":true`)
		members(b, value)
	}
	r.metadata(b, refused)
	b.WriteByte('}')
	reply.Body = append(r.in.Room[:0], b.Bytes()...)
	if b.Cap() > maxRoom {
		*b = bytes.Buffer{}
	}
	if r.token != nil && r.token.Scopes != nil {
		reply.Header["X-Oauth-Scopes"] = []string{strings.Join(r.token.Scopes, ",")}
	}
	if accepted := r.accepted(); len(accepted) > 0 {
		reply.Header["X-Accepted-Oauth-Scopes"] = []string{strings.Join(accepted, ",")}
	}
	return reply
}

func (r *Request) refused(b *bytes.Buffer, e *Error) {
	b.WriteString(`{"ok":false`)
	member(b, "error", e.Code)
	if e.Code == "missing_scope" || e.Code == "not_allowed_token_type" && e.Needed != "" {
		member(b, "needed", e.Needed)
		member(b, "provided", e.Provided)
	}
	if len(e.Errors) > 0 {
		member(b, "errors", e.Errors)
	}
	members(b, e.More)
}

// metadata writes the warnings and what else stands beside an answer.
func (r *Request) metadata(b *bytes.Buffer, e *Error) {
	if e == nil && r.cursor == nil && r.warnings == nil && r.messages == nil {
		return
	}
	var meta struct {
		NextCursor *string  `json:"next_cursor,omitempty"`
		Messages   []string `json:"messages,omitempty"`
		Warnings   []string `json:"warnings,omitempty"`
	}
	meta.Warnings = r.warnings
	if e == nil {
		meta.NextCursor = r.cursor
	} else {
		for _, m := range e.Messages {
			meta.Messages = append(meta.Messages, "[ERROR] "+m)
		}
	}
	if len(meta.Warnings) > 0 {
		member(b, "warning", strings.Join(meta.Warnings, ","))
	}
	meta.Messages = append(meta.Messages, r.messages...)
	if meta.NextCursor != nil || len(meta.Messages) > 0 || len(meta.Warnings) > 0 {
		member(b, "response_metadata", meta)
	}
}

func member(b *bytes.Buffer, name string, value any) {
	b.WriteString(`,"` + name + `":`)
	write(b, value)
}

// members writes the members of a value into an object that is begun.
func members(b *bytes.Buffer, value any) {
	if value == nil {
		return
	}
	if a, ok := value.(appender); ok {
		b.Write(a.appendMembers(b.AvailableBuffer()))
		return
	}
	mark := b.Len()
	write(b, value)
	encoded := b.Bytes()[mark:]
	if len(encoded) <= 2 || encoded[0] != '{' {
		b.Truncate(mark)
		return
	}
	encoded[0] = ','
	b.Truncate(b.Len() - 1)
}

// write encodes as Slack does, with < and > as they are.
func write(b *bytes.Buffer, value any) {
	encoder := json.NewEncoder(b)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(value) != nil {
		b.WriteString("null")
		return
	}
	b.Truncate(b.Len() - 1)
}

// clip shortens what an app sent, for a message.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
