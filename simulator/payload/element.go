package payload

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// An element is a type of interactive element: what its value looks like in the
// actions of block_actions and in the state of a view.
//
// https://docs.slack.dev/reference/block-kit/block-elements
type element struct {
	name string
	// block is the type of block in which a sample stands.
	block string
	// member holds the value.
	member string
	// none is the value when nothing is chosen.
	none any
	// chosen is the value for what the user typed or chose, or a stand-in for "".
	chosen func(element Object, text string) any
	// sample is what a sample has besides its type and action_id.
	sample Object
	// mute elements have no place in a view's state.
	mute bool
	// typeLast is set where the type stands behind the value in actions.
	typeLast bool
}

// Elements are the types of the interactive elements, each of which has its own
// shape of value.
func Elements() []string {
	names := make([]string, 0, len(elements))
	for _, e := range elements {
		names = append(names, e.name)
	}
	return names
}

// CheckElement says what types there are when there is none of that name.
func CheckElement(name string) error {
	if slices.Contains(Elements(), name) {
		return nil
	}
	return unknown("element", name, Elements())
}

// elementOf is the type of that name. One that is not known is taken for one whose
// value is a text.
func elementOf(name string) element {
	for _, e := range elements {
		if e.name == name {
			return e
		}
	}
	return element{name: name, block: "actions", member: "value", chosen: words("belay")}
}

var elements = []element{
	{name: "button", block: "actions", member: "value", chosen: words("belay"), mute: true, typeLast: true,
		sample: Object{{"text", plainText("belay")}, {"value", "belay"}}},
	{name: "checkboxes", block: "actions", member: "selected_options", none: List{}, chosen: options, typeLast: true, sample: optionList},
	{name: "radio_buttons", block: "actions", member: "selected_option", chosen: option, typeLast: true, sample: optionList},
	{name: "overflow", block: "actions", member: "selected_option", chosen: option, mute: true, sample: optionList},
	{name: "static_select", block: "actions", member: "selected_option", chosen: option, sample: join(hinted, optionList)},
	{name: "external_select", block: "actions", member: "selected_option", chosen: option, sample: join(hinted, Object{{"min_query_length", 1}})},
	{name: "users_select", block: "actions", member: "selected_user", chosen: words(StandInUser), sample: hinted},
	{name: "conversations_select", block: "actions", member: "selected_conversation", chosen: words(StandInChannel), sample: hinted},
	{name: "channels_select", block: "actions", member: "selected_channel", chosen: words(StandInChannel), sample: hinted},
	{name: "multi_static_select", block: "section", member: "selected_options", none: List{}, chosen: options, sample: join(hinted, optionList)},
	{name: "multi_external_select", block: "section", member: "selected_options", none: List{}, chosen: options, sample: join(hinted, Object{{"min_query_length", 1}})},
	{name: "multi_users_select", block: "section", member: "selected_users", none: List{}, chosen: several(StandInUser), sample: hinted},
	{name: "multi_conversations_select", block: "section", member: "selected_conversations", none: List{}, chosen: several(StandInChannel), sample: hinted},
	{name: "multi_channels_select", block: "section", member: "selected_channels", none: List{}, chosen: several(StandInChannel), sample: hinted},
	{name: "datepicker", block: "actions", member: "selected_date", chosen: words("2026-11-23"), sample: hinted},
	{name: "timepicker", block: "actions", member: "selected_time", chosen: words("18:00"), sample: hinted},
	{name: "datetimepicker", block: "actions", member: "selected_date_time", chosen: number(1795456800)},
	{name: "plain_text_input", block: "input", member: "value", chosen: words("belay"), sample: hinted},
	{name: "email_text_input", block: "input", member: "value", chosen: words("belay@example.com"), sample: hinted},
	{name: "url_text_input", block: "input", member: "value", chosen: words("https://example.com/belay"), sample: hinted},
	{name: "number_input", block: "input", member: "value", chosen: words("42"), sample: Object{{"is_decimal_allowed", false}}},
	{name: "rich_text_input", block: "input", member: "rich_text_value", chosen: richTyped},
	{name: "file_input", block: "input", member: "files", none: List{}, chosen: uploaded},
	{name: "feedback_buttons", block: "context_actions", member: "value", chosen: words("good"), mute: true, typeLast: true,
		sample: Object{
			{"positive_button", Object{{"text", plainText("Good")}, {"value", "good"}}},
			{"negative_button", Object{{"text", plainText("Bad")}, {"value", "bad"}}},
		}},
	{name: "icon_button", block: "context_actions", member: "value", chosen: words("belay"), mute: true, typeLast: true,
		sample: Object{{"icon", "trash"}, {"text", plainText("Delete")}, {"value", "belay"}}},
}

var (
	hinted     = Object{{"placeholder", plainText("Belay")}}
	optionList = Object{{"options", List{anOption("Belay", "belay"), anOption("Rope", "rope")}}}
)

func plainText(text string) Object {
	return Object{{"type", "plain_text"}, {"text", text}, {"emoji", true}}
}

func anOption(text, value string) Object {
	return Object{{"text", plainText(text)}, {"value", value}}
}

// words is a value that is text.
func words(standIn string) func(Object, string) any {
	return func(_ Object, text string) any { return or(text, standIn) }
}

// several is a value that is a list of texts.
func several(standIn string) func(Object, string) any {
	return func(_ Object, text string) any {
		var all List
		for _, t := range strings.Split(or(text, standIn), ",") {
			all = append(all, strings.TrimSpace(t))
		}
		return all
	}
}

func number(standIn int64) func(Object, string) any {
	return func(_ Object, text string) any {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
		return standIn
	}
}

// option is the element's own option of that value or wording, for "" its first.
func option(element Object, text string) any {
	all := element.list("options")
	for _, group := range element.list("option_groups") {
		if g, ok := group.(Object); ok {
			all = append(all[:len(all):len(all)], g.list("options")...)
		}
	}
	for _, one := range all {
		o, _ := one.(Object)
		if text == "" || o.Text("value") == text || o.object("text").Text("text") == text {
			return o
		}
	}
	return anOption(or(text, "Belay"), or(text, "belay"))
}

func options(element Object, text string) any {
	var all List
	for _, t := range strings.Split(text, ",") {
		all = append(all, option(element, strings.TrimSpace(t)))
	}
	return all
}

func richTyped(_ Object, text string) any {
	return Object{{"type", "rich_text"}, {"elements", List{section(Object{{"type", "text"}, {"text", or(text, "belay")}})}}}
}

func section(elements ...any) Object {
	return Object{{"type", "rich_text_section"}, {"elements", List(elements)}}
}

func uploaded(_ Object, text string) any {
	var all List
	for _, name := range strings.Split(or(text, "belay.txt"), ",") {
		all = append(all, file(strings.TrimSpace(name), json.Number("1795456800")))
	}
	return all
}

// value is what was chosen in an element: what is given, what stands in it at first,
// or, when it has to be filled, a stand-in.
func (e element) value(within Object, text string, fill bool) any {
	initial := "initial_" + strings.TrimPrefix(e.member, "selected_")
	if e.name == "rich_text_input" {
		initial = "initial_value"
	}
	switch {
	case text != "":
		return e.chosen(within, text)
	case within.Has(initial):
		return within.Value(initial)
	case fill:
		return e.chosen(within, "")
	}
	return e.none
}
