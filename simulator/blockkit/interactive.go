package blockkit

import "slices"

// An Interactive is an element that a person may act upon.
type Interactive struct {
	Pointer  string // where it stands, such as /blocks/1/elements/0
	BlockID  string // "" in a legacy attachment
	ActionID string // in a legacy attachment the action's name
	Type     string // such as "button"; "submit" and "close" are those of a view
	Label    string // what a person sees of it, without markup and on one line
	Options  []Option

	Input      bool // it stands in an input block, so that a view's submit sends it
	Dispatches bool // using it sends block_actions at once

	Attachment int    // the attachment that holds it, counted from 1; 0 is none
	CallbackID string // of the legacy attachment, or of the view

	Object map[string]any // the element as the app sent it; nil for submit and close
}

// An Option is a choice of a menu, a box to tick, or one of two feedback buttons.
type Option struct {
	Label       string
	Value       string
	Description string
	URL         string
	Group       string // the label of its group, in a menu that has groups
	Selected    bool   // beforehand, by the app
	Object      map[string]any
}

// Interactives lists what a person may act upon, in the order in which it is seen. It
// takes blocks (a list), a message or a view (an object): JSON, or what was decoded from
// it. What is no such thing has none.
func Interactives(what any) []Interactive {
	var found []Interactive
	eachBlock(what, func(b placedBlock) {
		for _, e := range b.elements() {
			found = append(found, b.interactive(e))
		}
	}, func(i Interactive) { found = append(found, i) })
	return found
}

// A placedBlock is a block and where it stands.
type placedBlock struct {
	pointer    string
	object     map[string]any
	holder     string // the block_id of the block around it
	attachment int
	callbackID string
}

// A placedElement is an element and where it stands in its block.
type placedElement struct {
	pointer string
	object  map[string]any
}

// eachBlock walks through all blocks of blocks, a message or a view, those inside of
// blocks too, and through what is interactive beside blocks.
func eachBlock(what any, block func(placedBlock), other func(Interactive)) {
	value, err := valueOf(what)
	if err != nil {
		return
	}
	switch value := value.(type) {
	case []any:
		eachIn(placedBlock{}, "/blocks", value, block, 0)
	case map[string]any:
		eachInObject(value, block, other)
	}
}

func eachInObject(object map[string]any, block func(placedBlock), other func(Interactive)) {
	if isView(object) {
		base := placedBlock{callbackID: stringOf(object["callback_id"])}
		eachIn(base, "/view/blocks", listOf(object["blocks"]), block, 0)
		for _, i := range viewButtons(object) {
			other(i)
		}
		return
	}
	eachIn(placedBlock{}, "/blocks", listOf(object["blocks"]), block, 0)
	for i, value := range listOf(object["attachments"]) {
		a := objectOf(value)
		at := member("/attachments", i)
		base := placedBlock{attachment: i + 1, callbackID: stringOf(a["callback_id"])}
		eachIn(base, at+"/blocks", listOf(a["blocks"]), block, 0)
		for _, action := range attachmentActions(a, at, i+1) {
			other(action)
		}
	}
}

// maxDepth is how deep blocks are followed into each other. Slack nests them three deep.
const maxDepth = 8

func eachIn(base placedBlock, at string, blocks []any, do func(placedBlock), depth int) {
	if depth > maxDepth {
		return
	}
	for i, value := range blocks {
		b := base
		b.object, b.pointer = objectOf(value), member(at, i)
		if b.object == nil {
			continue
		}
		do(b)
		b.holder = b.blockID()
		eachIn(b, b.pointer+"/child_blocks", listOf(b.object["child_blocks"]), do, depth+1)
		if b.object["type"] == "carousel" {
			eachIn(b, b.pointer+"/elements", listOf(b.object["elements"]), do, depth+1)
		}
	}
}

func (b placedBlock) blockID() string {
	if id := stringOf(b.object["block_id"]); id != "" {
		return id
	}
	return b.holder
}

// elements are the interactive ones that stand in the block itself.
func (b placedBlock) elements() (found []placedElement) {
	add := func(at string, value any) {
		object := objectOf(value)
		kind, known := elements[stringOf(object["type"])]
		if known && kind.in&^(note|beside) != 0 {
			found = append(found, placedElement{at, object})
		}
	}
	each := func(name string) {
		for i, value := range listOf(b.object[name]) {
			add(member(b.pointer+"/"+name, i), value)
		}
	}
	switch b.object["type"] {
	case "section":
		add(b.pointer+"/accessory", b.object["accessory"])
	case "input":
		add(b.pointer+"/element", b.object["element"])
	case "actions", "context_actions":
		each("elements")
	case "card":
		each("actions")
	}
	return found
}

// interactive describes an element of the block.
func (b placedBlock) interactive(e placedElement) Interactive {
	i := Interactive{
		Pointer: e.pointer, BlockID: b.blockID(), ActionID: stringOf(e.object["action_id"]), Type: stringOf(e.object["type"]),
		Options: optionsOf(e.object), Attachment: b.attachment, CallbackID: b.callbackID, Object: e.object,
	}
	i.Input = b.object["type"] == "input"
	i.Dispatches = !i.Input || b.object["dispatch_action"] == true
	i.Label = b.label(e.object)
	return i
}

// label is what a person would call an element: its own text, or the one beside it.
func (b placedBlock) label(element map[string]any) string {
	candidates := []any{element["text"], b.object["label"], element["placeholder"], element["accessibility_label"]}
	if b.object["type"] == "section" {
		candidates = append(candidates, b.object["text"])
	}
	candidates = append(candidates, placeholders[stringOf(element["type"])], element["action_id"])
	for _, candidate := range candidates {
		if label := textIn(candidate); label != "" {
			return label
		}
	}
	return ""
}

// optionsOf are the choices of an element.
func optionsOf(element map[string]any) (options []Option) {
	if element["type"] == "feedback_buttons" {
		for _, name := range []string{"positive_button", "negative_button"} {
			if button := objectOf(element[name]); button != nil {
				options = append(options, option(button, nil))
			}
		}
		return options
	}
	chosen := map[string]bool{}
	for _, value := range slices.Concat(listOf(element["initial_options"]), []any{element["initial_option"]}) {
		if initial := objectOf(value); initial != nil {
			chosen[choice(initial)] = true
		}
	}
	for _, value := range listOf(element["options"]) {
		options = append(options, option(objectOf(value), chosen))
	}
	for _, value := range listOf(element["option_groups"]) {
		group := objectOf(value)
		for _, value := range listOf(group["options"]) {
			o := option(objectOf(value), chosen)
			o.Group = textIn(group["label"])
			options = append(options, o)
		}
	}
	return options
}

func option(object map[string]any, chosen map[string]bool) Option {
	return Option{
		Label: textIn(object["text"]), Value: stringOf(object["value"]), URL: stringOf(object["url"]),
		Description: textIn(object["description"]), Selected: chosen[choice(object)], Object: object,
	}
}

// choice is what Slack compares to tell which option was chosen beforehand.
func choice(option map[string]any) string {
	return stringOf(option["value"]) + "\x00" + textIn(option["text"])
}

// attachmentActions are the buttons and menus of a legacy attachment.
func attachmentActions(attachment map[string]any, at string, number int) (found []Interactive) {
	for i, value := range listOf(attachment["actions"]) {
		action := objectOf(value)
		if action == nil {
			continue
		}
		found = append(found, Interactive{
			Pointer: member(at+"/actions", i), ActionID: stringOf(action["name"]), Type: firstOf(stringOf(action["type"]), "button"),
			Label: firstOf(textIn(action["text"]), stringOf(action["name"])), Options: legacyOptions(action),
			Dispatches: true, Attachment: number, CallbackID: stringOf(attachment["callback_id"]), Object: action,
		})
	}
	return found
}

func legacyOptions(action map[string]any) (options []Option) {
	chosen := map[string]bool{}
	for _, value := range listOf(action["selected_options"]) {
		chosen[stringOf(objectOf(value)["value"])] = true
	}
	add := func(list any, group string) {
		for _, value := range listOf(list) {
			object := objectOf(value)
			o := option(object, nil)
			o.Group, o.Selected = group, chosen[o.Value]
			options = append(options, o)
		}
	}
	add(action["options"], "")
	for _, value := range listOf(action["option_groups"]) {
		group := objectOf(value)
		add(group["options"], textIn(group["text"]))
	}
	return options
}

// viewButtons are those under a modal. Slack names them where the app does not.
func viewButtons(view map[string]any) (found []Interactive) {
	if view["type"] == string(Home) {
		return nil
	}
	id := stringOf(view["callback_id"])
	found = append(found, Interactive{Pointer: "/view/close", Type: "close", Label: firstOf(textIn(view["close"]), "Cancel"), CallbackID: id})
	if submit := textIn(view["submit"]); submit != "" {
		found = append(found, Interactive{Pointer: "/view/submit", Type: "submit", Label: submit, CallbackID: id})
	}
	return found
}

// isView tells a view from a message.
func isView(object map[string]any) bool {
	return object["type"] == string(Modal) || object["type"] == string(Home)
}

// FillBlockIDs gives every block without a block_id, and every interactive element without
// an action_id, the next id, as Slack does in what it stores. It changes the blocks, the
// message or the view it is given, as decoded from JSON. Slack's own ids are a few
// letters and digits, such as "b/7Kq".
func FillBlockIDs(what any, id func() string) {
	fill := func(object map[string]any, name string) {
		if stringOf(object[name]) == "" {
			object[name] = id()
		}
	}
	eachBlock(what, func(b placedBlock) {
		if b.object["type"] != "card" || b.holder == "" {
			fill(b.object, "block_id")
		}
		for _, e := range b.elements() {
			fill(e.object, "action_id")
		}
	}, func(Interactive) {})
}

// objectOf, listOf and stringOf read a value that should be of a sort, or nothing.
func objectOf(value any) map[string]any {
	object, _ := value.(map[string]any)
	return object
}

func listOf(value any) []any {
	list, _ := value.([]any)
	return list
}

func stringOf(value any) string {
	text, _ := value.(string)
	return text
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
