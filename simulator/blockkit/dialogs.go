package blockkit

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxElements     = 10
	maxOptions      = 100
	maxDialogText   = 150  // of a text element, a placeholder and a hint
	maxDialogArea   = 3000 // of a textarea; it once was 500
	maxDialogOption = 75
)

// ValidateDialog judges a legacy dialog, JSON or decoded from it, in the words of
// dialog.open. They have no pointers: an element is named by its index. The Code is
// "validation_errors". See https://docs.slack.dev/legacy/legacy-dialogs.
func ValidateDialog(dialog any) []Violation {
	in := newInspection(Modal, "")
	in.code = "validation_errors"
	object, err := ParseObject(dialog)
	if err != nil {
		in.report("", "The field `dialog` must be an object")
		return in.found
	}
	d := dialogReader{in: in, of: "The field", object: object}
	for _, name := range []string{"title", "callback_id", "elements"} {
		if !said(object[name]) && !isList(object[name]) {
			in.report("", "The field `%s` is required", name)
		}
	}
	d.most("title", 24)
	d.most("submit_label", 24)
	if label, _ := object["submit_label"].(string); strings.ContainsAny(label, " \t\n") {
		in.report("", "The field `submit_label` can only be one word")
	}
	d.most("callback_id", 255)
	d.most("state", 3000)
	in.dialogElements(object["elements"])
	return in.found
}

func isList(value any) bool {
	_, ok := value.([]any)
	return ok
}

func (in *inspection) dialogElements(value any) {
	if !said(value) && !isList(value) {
		return
	}
	elements, ok := value.([]any)
	switch {
	case !ok:
		in.report("", "The field `elements` must be a list")
	case len(elements) == 0:
		in.report("", "The field `elements` has to include at least one element")
	case len(elements) > maxElements:
		in.report("", "The field `elements` cannot include more than ten elements")
	default:
		names := map[string]bool{}
		for i, element := range elements {
			in.dialogElement(i, element, names)
		}
	}
}

func (in *inspection) dialogElement(index int, value any, names map[string]bool) {
	object, ok := value.(map[string]any)
	if !ok {
		in.report("", "Element %d must be an object", index)
		return
	}
	d := dialogReader{in: in, of: fmt.Sprintf("Element %d field", index), index: index, object: object}
	complete := true
	for _, name := range []string{"type", "name", "label"} {
		if !said(object[name]) {
			in.report("", "Element %d is missing required field `%s`", index, name)
			complete = false
		}
	}
	if !complete {
		return
	}
	name, _ := object["name"].(string)
	if names[name] {
		in.report("", "Element %d has a repeated name", index)
	}
	names[name] = true
	d.most("name", 300)
	d.most("hint", maxDialogText)
	d.most("label", 48)
	d.most("placeholder", maxDialogText)
	switch object["type"] {
	case "text":
		d.input(maxDialogText)
	case "textarea":
		d.input(maxDialogArea)
	case "select":
		d.menu()
	default:
		in.report("", "Element %d has an invalid `type`", index)
	}
}

// A dialogReader reads the fields of a dialog, or of one of its elements.
type dialogReader struct {
	in     *inspection
	of     string // how a message begins: "The field", "Element 0 field"
	index  int
	object map[string]any
}

func (d dialogReader) most(name string, most int) {
	if text, _ := d.object[name].(string); utf8.RuneCountInString(text) > most {
		d.in.report("", "%s `%s` cannot be longer than %d characters", d.of, name, most)
	}
}

// input judges a text field, whose lengths may be up to most.
func (d dialogReader) input(most int) {
	subtypes := []any{nil, "", "email", "number", "tel", "url"}
	if !slices.Contains(subtypes, d.object["subtype"]) {
		d.in.report("", "Element %d has an invalid `subtype`", d.index)
	}
	d.between("min_length", 0, most)
	d.between("max_length", 1, most)
	d.most("value", most)
}

func (d dialogReader) between(name string, least, most int) {
	n, ok := numberOf(d.object[name])
	if ok && (n < float64(least) || n > float64(most)) {
		d.in.report("", "%s `%s` must be between %d and %d (inclusive)", d.of, name, least, most)
	}
}

// menu judges a select. One whose options come from elsewhere has none of its own.
func (d dialogReader) menu() {
	source, _ := d.object["data_source"].(string)
	if source != "" && source != "static" {
		return
	}
	if groups, ok := d.object["option_groups"].([]any); ok {
		for _, group := range groups {
			group, _ := group.(map[string]any)
			d.options(group["options"])
		}
		return
	}
	d.options(d.object["options"])
}

func (d dialogReader) options(value any) {
	options, ok := value.([]any)
	switch {
	case !ok:
		d.in.report("", "%s `options` must be a list", d.of)
	case len(options) == 0:
		d.in.report("", "%s `options` must have at least one option", d.of)
	case len(options) > maxOptions:
		d.in.report("", "%s `options` must have fewer than %d options", d.of, maxOptions)
	default:
		for _, option := range options {
			d.option(option)
		}
	}
}

func (d dialogReader) option(value any) {
	object, _ := value.(map[string]any)
	for _, name := range []string{"label", "value"} {
		text, _ := object[name].(string)
		switch {
		case object[name] == nil:
			d.in.report("", "Element %d `options` item is missing required field `%s`", d.index, name)
		case utf8.RuneCountInString(text) > maxDialogOption:
			d.in.report("", "Element %d `options` item `%s` field cannot exceed %d characters", d.index, name, maxDialogOption)
		}
	}
}
