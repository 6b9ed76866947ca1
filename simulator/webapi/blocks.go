package webapi

import (
	"encoding/json"
	"strings"

	"belay/simulator/blockkit"
)

// blocksMethods are those of the family blocks.
var blocksMethods = map[string]serve{"blocks.validate": blocksValidate}

// maxValidated is how many characters of Block Kit are judged at once.
const maxValidated = 100_000

// blocksValidate judges blocks, a message or a view.
//
// https://docs.slack.dev/reference/methods/blocks.validate
func blocksValidate(r *Request) (any, error) {
	var given []string
	for _, name := range []string{"blocks", "message", "view"} {
		if r.has(name) {
			given = append(given, name)
		}
	}
	if len(given) != 1 {
		return nil, invalid("exactly one of blocks, view and message must be given")
	}
	name := given[0]
	if len([]rune(r.text(name))) > maxValidated {
		return nil, invalid("must be at most %d characters [json-pointer:/%s]", maxValidated, name)
	}
	raw, err := r.json(name)
	if err != nil {
		return nil, err
	}
	return nil, blockErrors("invalid_"+name, judge(name, raw))
}

// judge is what is wrong with blocks, a message or a view. The pointers lead from it.
func judge(name string, raw json.RawMessage) []blockkit.Violation {
	var found []blockkit.Violation
	switch name {
	case "view":
		found = blockkit.ValidateView("", raw)
	case "message":
		found = blockkit.ValidateMessage(raw)
	default:
		found = judgeBlocks(raw)
	}
	for i := range found {
		found[i].Pointer = strings.TrimPrefix(found[i].Pointer, "/"+name)
	}
	return found
}

// judgeBlocks passes blocks that may stand somewhere: nothing says where they will.
func judgeBlocks(raw json.RawMessage) []blockkit.Violation {
	found := blockkit.Validate(blockkit.Message, raw)
	for _, surface := range []blockkit.Surface{blockkit.Modal, blockkit.Home} {
		if len(found) == 0 || len(blockkit.Validate(surface, raw)) == 0 {
			return nil
		}
	}
	return found
}

// A blockError is one violation as blocks.validate tells it.
type blockError struct {
	Pointer string `json:"pointer"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// blockErrors refuses for what was found, or is nil.
func blockErrors(code string, found []blockkit.Violation) error {
	if len(found) == 0 {
		return nil
	}
	e := &Error{Code: code}
	var more struct {
		Errors []blockError `json:"errors"`
	}
	for _, v := range found {
		more.Errors = append(more.Errors, blockError{Pointer: v.Pointer, Code: "failed_constraint", Message: v.Message})
		e.Messages = append(e.Messages, v.String())
	}
	e.More = more
	return e
}
