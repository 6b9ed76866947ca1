package blockkit

import (
	"slices"
	"strings"
	"time"
)

// actions draws the interactive elements of a block: side by side, but lists of options
// under each other.
func (d *drawer) actions(b placedBlock) {
	var row []piece
	for _, e := range b.elements() {
		if d.full() {
			return
		}
		i := b.interactive(e)
		if sign, found := d.boxes(i.Type); found {
			d.row(row...)
			row = nil
			d.choices(i, sign)
			continue
		}
		row = append(row, d.pieces(i)...)
	}
	d.row(row...)
}

// pieces are what an element looks like.
func (d *drawer) pieces(i Interactive) []piece {
	switch i.Type {
	case "button", "workflow_button", "icon_button":
		return []piece{d.button(firstOf(textIn(i.Object["text"]), textIn(i.Object["icon"])), i, -1)}
	case "feedback_buttons":
		var pair []piece
		for at, o := range i.Options {
			pair = append(pair, d.button(o.Label, i, at))
		}
		return pair
	case "overflow":
		return []piece{d.button(d.mark("⋯", "..."), i, -1)}
	case "file_input":
		return []piece{d.button("Choose a file", i, -1)}
	}
	if strings.HasSuffix(i.Type, "_input") {
		return []piece{d.blank(i)}
	}
	return []piece{d.button(d.value(i)+d.mark(" ▾", " v"), i, -1)}
}

// button is a label in brackets, which stay when it is too long.
func (d *drawer) button(label string, i Interactive, option int) piece {
	return piece{text: "[ " + d.cut(label, d.width-len("[  ]")) + " ]", element: &i, option: option}
}

// blankWidth is how wide an input is drawn.
const blankWidth = 40

// blank is a field to write in.
func (d *drawer) blank(i Interactive) piece {
	wide := min(blankWidth, d.width-len("[  ]"))
	text := d.cut(d.value(i), wide)
	if space := wide - width(text); space > 0 {
		text += strings.Repeat("_", space)
	}
	return piece{text: "[ " + text + " ]", element: &i, option: -1}
}

// initials are the fields that hold what was chosen beforehand, where it is a word.
var initials = []string{
	"initial_value", "initial_date", "initial_time",
	"initial_user", "initial_channel", "initial_conversation",
}

// manyInitials are those that hold several.
var manyInitials = []string{"initial_users", "initial_channels", "initial_conversations"}

// value is what an element shows: what was chosen, or its placeholder.
func (d *drawer) value(i Interactive) string {
	var chosen []string
	for _, o := range i.Options {
		if o.Selected {
			chosen = append(chosen, o.Label)
		}
	}
	if chosen == nil {
		chosen = d.initial(i.Object)
	}
	if chosen != nil {
		return strings.Join(chosen, ", ")
	}
	return firstOf(textIn(i.Object["placeholder"]), placeholders[i.Type])
}

// initial reads what was chosen beforehand and is no option in the payload.
func (d *drawer) initial(element map[string]any) (chosen []string) {
	for _, name := range initials {
		if text := textIn(element[name]); text != "" {
			return []string{d.name(text)}
		}
	}
	for _, name := range manyInitials {
		for _, value := range listOf(element[name]) {
			chosen = append(chosen, d.name(textIn(value)))
		}
	}
	if seconds, ok := numberOf(element["initial_date_time"]); ok {
		return []string{moment(seconds)}
	}
	if rich := objectOf(element["initial_value"]); rich != nil {
		return []string{d.richLine(rich)}
	}
	for _, value := range slices.Concat(listOf(element["initial_options"]), []any{element["initial_option"]}) {
		if label := textIn(objectOf(value)["text"]); label != "" {
			chosen = append(chosen, label) // of a menu whose options come from elsewhere
		}
	}
	return chosen
}

// moment is a time in Unix seconds, in words. Slack shows it in the reader's own zone.
func moment(seconds float64) string {
	return time.Unix(int64(max(0, min(seconds, 1e11))), 0).UTC().Format("2006-01-02 15:04 UTC")
}

// name is an id's name, if it is known.
func (d *drawer) name(id string) string { return firstOf(oneLine(clean(named(id, d.o.Name))), id) }

// placeholders are what Slack shows where the app gives none.
var placeholders = map[string]string{
	"datepicker":     "Select a date",
	"timepicker":     "Select a time",
	"datetimepicker": "Select a date and time",

	"static_select":        "Choose an option",
	"external_select":      "Choose an option",
	"users_select":         "Select a user",
	"conversations_select": "Select a conversation",
	"channels_select":      "Select a channel",

	"multi_static_select":        "Choose options",
	"multi_external_select":      "Choose options",
	"multi_users_select":         "Select users",
	"multi_conversations_select": "Select conversations",
	"multi_channels_select":      "Select channels",

	"select": "Choose an option",
}

// boxes are the signs before options that stand under each other: not chosen, and chosen.
func (d *drawer) boxes(kind string) (signs [2]string, found bool) {
	switch kind {
	case "checkboxes":
		return [2]string{d.mark("☐ ", "[ ] "), d.mark("☑ ", "[x] ")}, true
	case "radio_buttons":
		return [2]string{d.mark("○ ", "( ) "), d.mark("◉ ", "(o) ")}, true
	}
	return signs, false
}

// choices draws one line for each option, and its description under it.
func (d *drawer) choices(i Interactive, signs [2]string) {
	for at, o := range i.Options {
		if d.full() {
			return
		}
		sign := signs[0]
		if o.Selected {
			sign = signs[1]
		}
		from := len(d.lines)
		d.nested(sign, strings.Repeat(" ", width(sign)), func(d *drawer) {
			d.text(firstOf(d.label(o.Object["text"]), oneLine(clean(o.Value)), "-"))
			d.text(o.Description)
		})
		if from < len(d.lines) {
			d.lines[from].Spots = []Spot{{Width: width(d.lines[from].Text), Element: i, Option: at}}
		}
	}
}
