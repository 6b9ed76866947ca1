package playground

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"belay/simulator/blockkit"
)

// A form is what is typed and chosen in a message or a view, and what is wrong in it.
type form struct {
	// values are by action_id, several separated by commas; labels are those of options
	// that the app gave on demand, by value.
	values, labels map[string]string
	// errors are by block_id, and trouble is about the whole.
	errors  map[string]string
	trouble string
}

// formOf is that of a message's ts or a view's id.
func (m Model) formOf(id string) form { return m.forms[id] }

// mostForms bounds the messages and views that are remembered.
const mostForms = 500

// formed replaces one.
func (m Model) formed(id string, f form) Model {
	m.forms = maps.Clone(m.forms)
	if m.forms == nil || len(m.forms) >= mostForms {
		m.forms = map[string]form{}
	}
	m.forms[id] = f
	return m
}

// with is the form with another value, which may be what was wrong.
func (f form) with(e blockkit.Interactive, value string) form {
	f.values, f.errors = maps.Clone(f.values), maps.Clone(f.errors)
	if f.values == nil {
		f.values = map[string]string{}
	}
	f.values[e.ActionID] = value
	delete(f.errors, e.BlockID)
	f.trouble = ""
	return f
}

// A spot is where something stands that a person may act upon.
type spot struct {
	line int
	blockkit.Spot
}

// A drawing is what an app made as a person sees it: plain lines, and spots in them.
type drawing struct {
	lines []string
	spots []spot
}

// draw draws a message or a view with what is filled in.
func (m Model) draw(what any, f form, width int) drawing {
	var d drawing
	for n, line := range blockkit.Draw(filledIn(what, f), blockkit.DrawOptions{
		Width: width, ASCII: m.options.ASCII, Name: func(id string) string { return m.state.names[id] },
	}) {
		d.lines = append(d.lines, m.masked(line.Text))
		for _, s := range line.Spots {
			d.spots = append(d.spots, spot{n, s})
		}
	}
	return d
}

// wrongMark begins what is wrong with an input.
const wrongMark = "✗ "

// filledIn is a copy of a message or a view in which what is filled in stands as if
// the app had put it there, and under each input what is wrong with it.
func filledIn(what any, f form) any {
	encoded, err := json.Marshal(what)
	if err != nil || len(f.values) == 0 && len(f.errors) == 0 {
		return json.RawMessage(encoded)
	}
	var object map[string]any
	if json.Unmarshal(encoded, &object) != nil {
		return json.RawMessage(encoded)
	}
	f.fill(object)
	attachments, _ := object["attachments"].([]any)
	for _, a := range attachments {
		if a, ok := a.(map[string]any); ok {
			f.fill(a)
		}
	}
	return object
}

// fill fills in the blocks of an object.
func (f form) fill(object map[string]any) {
	blocks, _ := object["blocks"].([]any)
	var with []any
	for _, b := range blocks {
		with = append(with, b)
		block, ok := b.(map[string]any)
		if !ok {
			continue
		}
		elements, _ := block["elements"].([]any)
		for _, e := range append([]any{block["element"], block["accessory"]}, elements...) {
			f.fillElement(e)
		}
		id, _ := block["block_id"].(string)
		if text, ok := f.errors[id]; ok && id != "" {
			with = append(with, map[string]any{"type": "context", "elements": []any{plainText(wrongMark + text)}})
		}
	}
	if with != nil {
		object["blocks"] = with
	}
}

func plainText(text string) map[string]any { return map[string]any{"type": "plain_text", "text": text} }

func (f form) fillElement(value any) {
	e, ok := value.(map[string]any)
	if !ok {
		return
	}
	id, _ := e["action_id"].(string)
	chosen, ok := f.values[id]
	if !ok || id == "" {
		return
	}
	maps.DeleteFunc(e, func(name string, _ any) bool { return strings.HasPrefix(name, "initial_") })
	if chosen == "" {
		return
	}
	kind, _ := e["type"].(string)
	several := strings.Split(chosen, ",")
	switch kind {
	case "static_select", "external_select", "radio_buttons":
		e["initial_option"] = f.option(e, chosen)
	case "multi_static_select", "multi_external_select", "checkboxes":
		var options []any
		for _, one := range several {
			options = append(options, f.option(e, one))
		}
		e["initial_options"] = options
	case "users_select", "channels_select", "conversations_select":
		e["initial_"+strings.TrimSuffix(kind, "s_select")] = chosen
	case "multi_users_select", "multi_channels_select", "multi_conversations_select":
		var ids []any
		for _, one := range several {
			ids = append(ids, one)
		}
		e["initial_"+strings.TrimSuffix(strings.TrimPrefix(kind, "multi_"), "_select")] = ids
	case "datepicker":
		e["initial_date"] = chosen
	case "timepicker":
		e["initial_time"] = chosen
	case "datetimepicker":
		if seconds, err := strconv.ParseFloat(chosen, 64); err == nil {
			e["initial_date_time"] = seconds
		}
	case "rich_text_input":
		e["initial_value"] = map[string]any{"type": "rich_text", "elements": []any{
			map[string]any{"type": "rich_text_section", "elements": []any{map[string]any{"type": "text", "text": chosen}}},
		}}
	default:
		e["initial_value"] = chosen
	}
}

// option is the one of an element that has a value.
func (f form) option(element map[string]any, value string) any {
	lists := []any{element["options"]}
	groups, _ := element["option_groups"].([]any)
	for _, g := range groups {
		if group, ok := g.(map[string]any); ok {
			lists = append(lists, group["options"])
		}
	}
	for _, list := range lists {
		options, _ := list.([]any)
		for _, o := range options {
			if option, ok := o.(map[string]any); ok && option["value"] == value {
				return option
			}
		}
	}
	label := value
	if known := f.labels[value]; known != "" {
		label = known
	}
	return map[string]any{"text": plainText(label), "value": value}
}

// current is what stands in an element: what was chosen by hand, or by the app.
func (f form) current(e blockkit.Interactive) []string {
	if chosen, ok := f.values[e.ActionID]; ok {
		if chosen == "" {
			return nil
		}
		if isMany(e.Type) {
			return strings.Split(chosen, ",")
		}
		return []string{chosen}
	}
	var all []string
	for _, o := range e.Options {
		if o.Selected {
			all = append(all, o.Value)
		}
	}
	if all != nil {
		return all
	}
	for _, name := range []string{"initial_value", "initial_date", "initial_time", "initial_user", "initial_channel", "initial_conversation"} {
		if text, ok := e.Object[name].(string); ok && text != "" {
			return []string{text}
		}
	}
	for _, name := range []string{"initial_users", "initial_channels", "initial_conversations"} {
		list, _ := e.Object[name].([]any)
		for _, value := range list {
			if text, ok := value.(string); ok {
				all = append(all, text)
			}
		}
	}
	if seconds, ok := e.Object["initial_date_time"].(float64); ok && all == nil {
		return []string{strconv.FormatInt(int64(seconds), 10)}
	}
	if _, ok := e.Object["initial_option"].(map[string]any); ok && all == nil {
		return []string{""}
	}
	return all
}

// isMany reports whether several values can be chosen in an element.
func isMany(kind string) bool { return strings.HasPrefix(kind, "multi_") || kind == "checkboxes" }

// empty are the inputs that must be filled in and are not, by block_id: Slack's client
// does not submit a view then.
func (f form) empty(view any) map[string]string {
	encoded, err := json.Marshal(view)
	if err != nil {
		return nil
	}
	var v struct {
		Blocks []struct {
			BlockID  string `json:"block_id"`
			Optional bool   `json:"optional"`
		} `json:"blocks"`
	}
	_ = json.Unmarshal(encoded, &v)
	var optional []string
	for _, b := range v.Blocks {
		if b.Optional {
			optional = append(optional, b.BlockID)
		}
	}
	var missing map[string]string
	for _, e := range blockkit.Interactives(encoded) {
		if !e.Input || slices.Contains(optional, e.BlockID) || len(f.current(e)) > 0 {
			continue
		}
		if missing == nil {
			missing = map[string]string{}
		}
		missing[e.BlockID] = "Please complete this required field."
	}
	return missing
}
