package webapi

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"belay/simulator/blockkit"
)

// A Body is what a message says: its text, blocks, attachments and metadata, checked as
// Slack checks them. Blocks and attachments are JSON lists, and nil without any; in
// what changes a message an empty list takes them away.
type Body struct {
	Text                          string
	Blocks, Attachments, Metadata json.RawMessage
	// NoMarkup is set when mrkdwn is false.
	NoMarkup bool

	truncated bool
}

// ParseBody reads the body of a message out of a JSON object, as it is sent to a
// response_url or an incoming webhook. What is wrong with it is an *Error, whose Code is
// the bare word that these answer: invalid_blocks, invalid_attachments, no_text ….
func (w *Workspace) ParseBody(object map[string]json.RawMessage) (Body, error) {
	args := make(map[string]argument, len(object))
	for name, raw := range object {
		if raw = bytes.TrimSpace(raw); len(raw) > 0 && string(raw) != "null" {
			args[name] = argumentOf(raw)
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	b, err := w.body(args, false)
	if err != nil {
		return Body{}, err
	}
	return b, b.wanted()
}

// body reads the body of a message out of arguments. Those of the Web API are held to
// more than those of hooks.
func (w *Workspace) body(args map[string]argument, api bool) (Body, error) {
	b := Body{Text: args["text"].text}
	if mrkdwn := args["mrkdwn"].text; mrkdwn == "false" || mrkdwn == "0" {
		b.NoMarkup = true
	}
	if err := w.structures(args, &b, api); err != nil {
		return Body{}, err
	}
	if len(b.Text) > w.profile.MaxText && utf8.RuneCountInString(b.Text) > w.profile.MaxText {
		b.Text, b.truncated = string([]rune(b.Text)[:w.profile.MaxText]), true
	}
	return b, nil
}

// structures reads what is more than text. Most messages have none of it.
func (w *Workspace) structures(args map[string]argument, b *Body, api bool) error {
	blocks, attachments, markdown := args["blocks"].text, args["attachments"].text, args["markdown_text"].text
	if blocks != "" || attachments != "" || markdown != "" {
		found := w.judge(map[string]any{"text": b.Text, "blocks": blocks, "attachments": attachments, "markdown_text": markdown}, api)
		if found != nil {
			return found
		}
	}
	b.Blocks, b.Attachments = listOf(blocks), listOf(attachments)
	if markdown != "" {
		b.Text = markdown
	}
	return w.readMetadata(args["metadata"], b)
}

// judge holds a message to Block Kit. It returns an error that may be nil.
func (w *Workspace) judge(message map[string]any, api bool) error {
	validate := blockkit.ValidateReply
	if api {
		validate = blockkit.ValidateMessage
	}
	found := validate(message)
	if len(found) == 0 {
		if w.options.Find == nil {
			return nil
		}
		if near := blockkit.NearLimit(blockkit.Message, message["blocks"]); len(near) > 0 {
			w.find("api.near-limit", "a message is close to a limit of Block Kit: %s", near[0])
		}
		return nil
	}
	w.find("api.blocks", "a message breaks a rule of Block Kit: %s", found[0])
	return violated(found)
}

// violated is the error that violations of Block Kit are answered with. It names those
// that share the first one's code, where Slack explains itself.
func violated(found []blockkit.Violation) *Error {
	e := &Error{Code: found[0].Code}
	if !slices.Contains([]string{"invalid_blocks", "invalid_attachments", "invalid_arguments"}, e.Code) {
		return e
	}
	for _, v := range found {
		if v.Code == e.Code {
			e.Messages = append(e.Messages, v.String())
		}
	}
	if e.Code == "invalid_blocks" {
		e.Errors = e.Messages
	}
	return e
}

// listOf is a JSON list without its spaces, which may be given within a string; nil if
// there is none.
func listOf(text string) json.RawMessage {
	if text == "" {
		return nil
	}
	if text[0] == '"' {
		var inner string
		if json.Unmarshal([]byte(text), &inner) != nil {
			return nil
		}
		text = inner
	}
	var b bytes.Buffer
	if json.Compact(&b, []byte(text)) != nil || b.Len() < 2 || b.Bytes()[0] != '[' {
		return nil
	}
	return b.Bytes()
}

// empty reports whether a list has nothing in it.
func empty(list json.RawMessage) bool { return len(list) <= len("[]") }

// wanted is no_text for a body that says nothing.
func (b Body) wanted() error {
	if b.Text == "" && empty(b.Blocks) && empty(b.Attachments) {
		return refuse("no_text")
	}
	return nil
}

// fill puts a body into a message. Texts without blocks get those that Slack makes of
// them.
func (w *Workspace) fill(m *Message, b Body) {
	m.Text, m.Blocks, m.Attachments, m.Mrkdwn = b.Text, nil, nil, nil
	if b.NoMarkup {
		m.Mrkdwn = &no
	}
	if !empty(b.Attachments) {
		m.Attachments = numbered(b.Attachments)
	}
	switch {
	case !empty(b.Blocks):
		m.Blocks = w.withBlockIDs(b.Blocks)
		if m.Text == "" && w.profile.FallbackText {
			m.Text = fallbackText(m.Blocks)
		}
	case m.Text != "":
		m.Blocks = richText(m.Text, w.blockID(), !b.NoMarkup)
	}
	if b.Metadata != nil {
		m.Metadata = b.Metadata
	}
}

// fallbackText is what Slack writes into the text of a message that has blocks alone.
func fallbackText(blocks json.RawMessage) string {
	if bytes.Contains(blocks, []byte(`"action_id"`)) || bytes.Contains(blocks, []byte(`"type":"actions"`)) {
		return "This message contains interactive elements."
	}
	return "This content can't be displayed."
}

// numbered gives attachments the ids by which Slack counts them, and a fallback.
func numbered(attachments json.RawMessage) json.RawMessage {
	var all []json.RawMessage
	if json.Unmarshal(attachments, &all) != nil {
		return attachments
	}
	for i, one := range all {
		var head struct {
			ID       json.RawMessage `json:"id"`
			Fallback string          `json:"fallback"`
			Text     string          `json:"text"`
		}
		if json.Unmarshal(one, &head) != nil || len(one) < 2 || one[0] != '{' {
			continue
		}
		if head.ID == nil {
			one = prefixed(one, "id", strconv.Itoa(i+1))
		}
		if head.Fallback == "" {
			one = prefixed(one, "fallback", quoted(cmpText(head.Text)))
		}
		all[i] = one
	}
	encoded, err := json.Marshal(all)
	if err != nil {
		return attachments
	}
	return encoded
}

// cmpText is the fallback of an attachment with that text.
func cmpText(text string) string {
	if text == "" {
		return "[no preview available]"
	}
	return text
}

// prefixed puts a member of that encoded value at the front of an encoded object.
func prefixed(object json.RawMessage, name, value string) json.RawMessage {
	rest := strings.TrimLeft(string(object[1:]), " \t\r\n")
	if rest != "}" {
		rest = "," + rest
	}
	return json.RawMessage(`{"` + name + `":` + value + rest)
}
