package webapi

import (
	"bytes"
	"encoding/json"
	"mime"
	"mime/multipart"
	"net/url"
	"strconv"
	"strings"
)

// A Request is one call on its way through a method. Nothing keeps it: the next call has
// its room.
type Request struct {
	w      *Workspace
	in     Incoming
	method *Method
	token  *Token
	// asForm is false for a JSON body, whose arguments keep their types.
	asForm bool
	args   map[string]argument
	files  map[string][]byte

	warnings, messages []string
	cursor             *string
}

// An argument is a text, as forms have it, or a JSON value.
type argument struct {
	text string
	raw  json.RawMessage
}

// The bounds of what is read of a call.
const (
	maxArguments = 200
	maxMultipart = 32 << 20
)

// read takes the arguments out of the query and the body.
//
// https://docs.slack.dev/apis/web-api/#methods
func (r *Request) read() error {
	if r.in.Query != "" {
		r.readForm(r.in.Query)
		if _, has := r.args["token"]; has {
			// The token counts in the header and in a posted form alone.
			r.w.find("api.token-place", "%s: the token stands in the URL, where Slack does not take it and every log on the way keeps it", r.method.Name)
			delete(r.args, "token")
		}
	}
	if r.in.Verb != "POST" || len(r.in.Body) == 0 {
		return nil
	}
	return r.readBody()
}

func (r *Request) readBody() error {
	sort, set, boundary := contentType(r.in.ContentType)
	if set != "" && set != "utf-8" && set != "utf8" && set != "iso-8859-1" {
		return refuse("invalid_charset")
	}
	switch sort {
	case "application/json":
		if set == "" {
			r.warn("missing_charset")
		}
		return r.readJSON()
	case "application/x-www-form-urlencoded":
		if set != "" {
			r.warn("superfluous_charset")
		}
		r.readForm(string(r.in.Body))
		return nil
	case "multipart/form-data":
		return r.readMultipart(boundary)
	case "":
		return refuse("missing_post_type")
	}
	return refuse("invalid_post_type")
}

// contentType is the media type, the charset and the boundary of a Content-Type, the
// first two in lower case. The common ones need no parsing.
func contentType(header string) (sort, charset, boundary string) {
	switch header {
	case "application/json; charset=utf-8":
		return "application/json", "utf-8", ""
	case "application/json", "application/x-www-form-urlencoded":
		return header, "", ""
	}
	sort, parameters, err := mime.ParseMediaType(header)
	if err != nil {
		sort, _, _ = strings.Cut(header, ";")
	}
	return strings.ToLower(strings.TrimSpace(sort)), strings.ToLower(parameters["charset"]), parameters["boundary"]
}

func (r *Request) readForm(text string) {
	for pair := range strings.SplitSeq(text, "&") {
		if len(r.args) >= maxArguments {
			return
		}
		name, value, _ := strings.Cut(pair, "=")
		name, value = unescape(name), unescape(value)
		if name != "" {
			r.args[name] = argument{text: value}
		}
	}
}

// unescape leaves what is not encoded rightly as it is.
func unescape(text string) string {
	plain, err := url.QueryUnescape(text)
	if err != nil {
		plain = text
	}
	return strings.ToValidUTF8(plain, "\uFFFD")
}

func (r *Request) readJSON() error {
	if !r.method.Fact.JSON && r.method.Fact.Verb != "" {
		// Slack does not look into a body that the method cannot take, so that it
		// misses every argument.
		r.w.find("api.invalid-argument", "%s takes no JSON: Slack does not see the arguments of this call; send them as a form", r.method.Name)
		return nil
	}
	r.asForm = false
	isObject := eachMember(r.in.Body, func(name string, value argument) bool {
		if name == "token" {
			r.w.find("api.token-place", "%s: the token stands in the JSON body, where Slack does not take it; send it as Authorization: Bearer", r.method.Name)
			return true
		}
		if string(value.raw) == "null" {
			delete(r.args, name)
		} else if len(r.args) < maxArguments {
			r.args[name] = value
		}
		return true
	})
	switch {
	case isObject:
		return nil
	case json.Valid(r.in.Body):
		return refuse("json_not_object")
	}
	return refuse("invalid_json")
}

func argumentOf(raw json.RawMessage) argument {
	if raw[0] != '"' {
		return argument{text: string(raw), raw: raw}
	}
	var text string
	_ = json.Unmarshal(raw, &text)
	return argument{text: text, raw: raw}
}

func (r *Request) readMultipart(boundary string) error {
	if boundary == "" {
		return refuse("invalid_form_data")
	}
	form, err := multipart.NewReader(bytes.NewReader(r.in.Body), boundary).ReadForm(maxMultipart)
	if err != nil {
		return refuse("invalid_form_data")
	}
	defer func() { _ = form.RemoveAll() }()
	for name, values := range form.Value {
		if len(r.args) < maxArguments {
			r.args[name] = argument{text: strings.ToValidUTF8(values[len(values)-1], "\uFFFD")}
		}
	}
	r.files = map[string][]byte{}
	for name, headers := range form.File {
		f, err := headers[0].Open()
		if err != nil {
			return refuse("invalid_form_data")
		}
		content := bytes.Buffer{}
		_, err = content.ReadFrom(f)
		_ = f.Close()
		if err != nil {
			return refuse("invalid_form_data")
		}
		r.files[name] = content.Bytes()
	}
	return nil
}

// has reports whether an argument was sent and says something.
func (r *Request) has(name string) bool { return r.args[name].text != "" }

// given reports whether an argument was sent, even if it is empty.
func (r *Request) given(name string) bool {
	_, ok := r.args[name]
	return ok
}

// text is an argument as it would stand in a form, or "".
func (r *Request) text(name string) string { return r.args[name].text }

// yes reads a boolean as Slack does: true and 1 are true.
func (r *Request) yes(name string) bool {
	value := r.args[name].text
	return value == "true" || value == "1" || value == "True" || value == "TRUE"
}

// number is an integer argument, or otherwise when it is not given.
func (r *Request) number(name string, otherwise int) int {
	n, err := strconv.Atoi(r.args[name].text)
	if err != nil {
		return otherwise
	}
	return n
}

// list is an argument of several values: a JSON list, or a text with commas between.
func (r *Request) list(name string) []string {
	text := r.args[name].text
	var all []string
	if strings.HasPrefix(text, "[") && json.Unmarshal([]byte(text), &all) == nil {
		return all
	}
	all = nil
	for one := range strings.SplitSeq(text, ",") {
		if one = strings.TrimSpace(one); one != "" {
			all = append(all, one)
		}
	}
	return all
}

// json is a structured argument, given as JSON or as a text that holds JSON; nil when
// it was not given. It is an error when the text is no JSON.
func (r *Request) json(name string) (json.RawMessage, error) {
	a, ok := r.args[name]
	if !ok || a.text == "" {
		return nil, nil
	}
	if !json.Valid([]byte(a.text)) {
		return nil, invalid("%s is no JSON [json-pointer:/%s]", name, name)
	}
	return json.RawMessage(a.text), nil
}

// warn adds a warning to the answer.
func (r *Request) warn(code string) { r.warnings = append(r.warnings, code) }

// page cuts a list to the page that cursor and limit ask for, and says where the next
// one begins.
//
// https://docs.slack.dev/apis/web-api/pagination
func page[T any](r *Request, all []T, most int) ([]T, error) {
	from, err := fromCursor(r.text("cursor"))
	if err != nil || from > len(all) {
		return nil, refuse("invalid_cursor")
	}
	limit := r.number("limit", most)
	if r.given("limit") && r.text("limit") != "" && (limit < 0 || limit > 1000) {
		if r.method.Fact.HasError("invalid_limit") {
			return nil, refuse("invalid_limit")
		}
		limit = most
	}
	if limit == 0 {
		limit = most
	}
	to := min(from+limit, len(all))
	next := ""
	if to < len(all) {
		next = toCursor(to)
	}
	r.cursor = &next
	return all[from:to], nil
}
