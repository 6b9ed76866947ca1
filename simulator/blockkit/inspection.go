package blockkit

import (
	"fmt"
	"strconv"
)

const (
	maxViolations = 50  // more would not help who reads them
	maxQuoted     = 100 // of a payload's own words inside a message
)

// An inspection is one run over the blocks of one surface: what was found, and what one
// block must know of the others. It is used by one goroutine.
type inspection struct {
	surface Surface
	root    string // the pointer of what holds the blocks: "", /view, /attachments/0
	code    string // the error that Slack answers for what is found
	kinds   map[string]blockKind
	found   []Violation
	near    []Violation // values close to their limit

	ids      map[string]bool // every block_id so far
	markdown int             // characters of all markdown blocks so far
	charts   int             // data visualizations so far
}

func newInspection(surface Surface, root string) *inspection {
	in := &inspection{surface: surface, root: root, code: "invalid_arguments", kinds: blockKinds, ids: map[string]bool{}}
	if surface == "" || surface == Message {
		in.surface, in.code = Message, "invalid_blocks"
	}
	return in
}

// report notes a violation, unless there are enough.
func (in *inspection) report(at, format string, args ...any) {
	if in.full() {
		return
	}
	in.found = append(in.found, Violation{Pointer: at, Message: fmt.Sprintf(format, args...), Code: in.code})
}

// full tells whether further violations would be dropped, so that a loop over hostile
// input can end.
func (in *inspection) full() bool { return len(in.found) >= maxViolations }

// blocks judges the blocks of the surface. Slack says "no more than 50 items allowed" of
// a message and 100 of a view, and looks no further.
func (in *inspection) blocks(at string, value any) {
	most := 100
	if in.surface == Message {
		most = 50
	}
	array(0, most, topLevel)(in, at, value)
}

// topLevel judges one block of the surface, and its block_id among the others'.
func topLevel(in *inspection, at string, value any) {
	before := len(in.found)
	in.block(at, value)
	object, ok := value.(map[string]any)
	if !ok || len(in.found) > before || object["type"] == "markdown" {
		return // a markdown block's id is ignored
	}
	id, ok := object["block_id"].(string)
	if !ok {
		return
	}
	if in.ids[id] {
		// The wording is that of a repeated action_id.
		in.report(at+"/block_id", "`block_id` \"%s\" already exists", clip(id))
	}
	in.ids[id] = true
}

// block judges one block by the table.
func (in *inspection) block(at string, value any) {
	object, name, ok := in.typeOf(at, value)
	if !ok {
		return
	}
	kind, known := in.kinds[name]
	switch {
	case !known:
		in.unsupported(at, name)
	case kind.allows(in.surface):
		blockID.judge(in, at, object)
		kind.shape.judge(in, at, object)
	case in.surface == Message:
		in.report(at, "Block type is not supported in this container")
	default:
		in.unsupported(at, name)
	}
}

// typeOf reads the type that decides which rules hold for an object, and says what is
// wrong with it.
func (in *inspection) typeOf(at string, value any) (object map[string]any, name string, ok bool) {
	object, ok = value.(map[string]any)
	if !ok {
		in.report(at, "must provide an object")
		return nil, "", false
	}
	kind, present := object["type"]
	if !present {
		in.report(at, "missing required field: type")
		return nil, "", false
	}
	if name, ok = kind.(string); !ok {
		in.report(at+"/type", "must provide a string")
	}
	return object, name, ok
}

func (in *inspection) unsupported(at, name string) {
	in.report(at+"/type", "unsupported type: %s", clip(name))
}

// clip bounds what a message repeats of a payload that may be hostile.
func clip(text string) string {
	runes := 0
	for i := range text {
		if runes == maxQuoted {
			return text[:i] + "…"
		}
		runes++
	}
	return text
}

// member is the pointer of an array's item.
func member(at string, index int) string { return at + "/" + strconv.Itoa(index) }
