// Package blockkit judges Block Kit as Slack does, with Slack's own words and
// json-pointers, and draws it as plain text:
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
// Blocks, messages and views are taken as JSON or as decoded from it. What is drawn of an
// app's words is free of control characters. All functions may be called by many
// goroutines at once.
//
// Lengths are counted in Unicode code points, as Slack's validator does.
package blockkit

import "fmt"

// A Violation is one rule of Slack's that a payload breaks, in Slack's words where they
// are known. Slack may list "failed to match all allowed schemas" before one; that line
// names no rule and is left out.
type Violation struct {
	Pointer string // where, such as /blocks/0/text/text; "" in a dialog
	Message string // what, such as "must be less than 3001 characters"
	Code    string // the error Slack answers for it, such as "invalid_blocks"
}

// String is the line Slack gives in `errors` and, after "[ERROR] ", in
// response_metadata.messages.
func (v Violation) String() string {
	if v.Pointer == "" {
		return v.Message
	}
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

// Validate judges the blocks of a surface and reports at most 50 violations. The blocks
// are JSON ([]byte, json.RawMessage or string) or were decoded from it ([]any). No
// blocks, or null, break no rule. Pointers begin at /blocks.
func Validate(surface Surface, blocks any) []Violation {
	in := newInspection(surface, "")
	in.judge(blocks)
	return in.found
}

// judge judges blocks under the inspection's root.
func (in *inspection) judge(blocks any) {
	value, err := valueOf(blocks)
	switch {
	case err != nil:
		in.report(in.root+"/blocks", "must provide an array")
	case value != nil:
		in.blocks(in.root+"/blocks", value)
	}
}
