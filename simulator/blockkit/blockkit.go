// Package blockkit judges Block Kit as Slack does, with Slack's own words and
// json-pointers:
//
//	for _, v := range blockkit.Validate(blockkit.Message, blocks) {
//		fmt.Println(v) // must be less than 3001 characters [json-pointer:/blocks/0/text/text]
//	}
//
// It is as strict as Slack and never stricter: a limit that is not confirmed is not
// held, and a property it does not know passes. The limits are those of
// https://docs.slack.dev/reference/block-kit; the wording and the order of the checks
// are those of https://github.com/slackhq/hack-json-schema, the validator that Slack
// published. What Slack finds out by fetching (an image, a video, a file) or by asking
// the workspace (a scope, a user id) is not judged here.
//
// Lengths are counted in Unicode code points, as Slack's validator does.
package blockkit

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// A Violation is one rule of Block Kit that a payload breaks, in Slack's words where
// they are known. Slack may list "failed to match all allowed schemas" before one; that
// line names no rule and is left out.
type Violation struct {
	Pointer string // where, such as /blocks/0/text/text
	Message string // what, such as "must be less than 3001 characters"
}

// String is the line Slack gives in `errors` and, after "[ERROR] ", in
// response_metadata.messages.
func (v Violation) String() string {
	return fmt.Sprintf("%s [json-pointer:%s]", v.Message, v.Pointer)
}

// A Surface is where blocks are shown. Not every block is allowed on each. The zero
// value is a Message.
type Surface string

// The surfaces of Block Kit: https://docs.slack.dev/surfaces.
const (
	Message Surface = "message"
	Modal   Surface = "modal"
	Home    Surface = "home"
)

// Validate judges the blocks of a surface, given as a JSON array, and reports at most 50
// violations. No blocks, or null, break no rule. Pointers begin at /blocks: the caller
// puts before them where the blocks stand, such as /view or /attachments/0.
func Validate(surface Surface, blocks json.RawMessage) []Violation {
	if len(bytes.TrimSpace(blocks)) == 0 {
		return nil
	}
	if surface == "" {
		surface = Message
	}
	in := &inspection{surface: surface, kinds: blockKinds, ids: map[string]bool{}}
	value, err := decode(blocks)
	switch {
	case err != nil:
		in.report("/blocks", "must provide an array")
	case value != nil:
		in.blocks(value)
	}
	return in.found
}

// decode reads blocks. Slack also takes them encoded twice, as a string.
func decode(blocks []byte) (any, error) {
	value, err := decodeOnce(blocks)
	if text, ok := value.(string); ok {
		return decodeOnce([]byte(text))
	}
	return value, err
}

// decodeOnce reads JSON, with its numbers as they were written.
func decodeOnce(raw []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("decoding blocks: %w", err)
	}
	return value, nil
}
