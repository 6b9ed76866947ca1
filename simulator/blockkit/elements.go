package blockkit

// An element is one type of block element, and where blocks take it.
type element struct {
	shape shape
	in    place
}

// A place is where elements stand. Places add up.
type place uint

const (
	beside     place = 1 << iota // the accessory of a section
	row                          // the elements of an actions block
	form                         // the element of an input block
	note                         // the elements of a context block
	noteAction                   // the elements of a context_actions block
)

// elements are the block elements, by the type in the payload, as
// https://docs.slack.dev/reference/block-kit/block-elements has them. An element is added
// here. A text input passes in a row and beside a section: the documentation once allowed
// it there.
var elements = map[string]element{
	"image": {imageElement, beside | note},

	"button":           {buttonElement, beside | row},
	"workflow_button":  {workflowButton, beside | row},
	"feedback_buttons": {interactive(required("positive_button", feedback), required("negative_button", feedback)), noteAction},
	"icon_button":      {iconButton, noteAction},

	"overflow":      {interactive(required("options", array(1, 5, overflowOption)), confirm), beside | row},
	"checkboxes":    {interactive(listOptions, initialOptions(listOption), confirm), beside | row | form},
	"radio_buttons": {interactive(listOptions, initialOption(listOption), confirm), beside | row | form},

	"datepicker":     {interactive(placeholder, confirm), beside | row | form},
	"timepicker":     {interactive(placeholder, confirm), beside | row | form},
	"datetimepicker": {interactive(epoch, confirm), row | form},

	"plain_text_input": {plainTextInput, beside | row | form},
	"email_text_input": {interactive(placeholder), form},
	"url_text_input":   {interactive(placeholder), form},
	"number_input":     {interactive(required("is_decimal_allowed", anything), placeholder), form},
	"rich_text_input":  {richTextInput, row | form},
	"file_input":       {interactive(optional("max_files", number(1, 10))), form},

	"static_select":        {staticMenu(initialOption(selectOption)), beside | row | form},
	"external_select":      {interactive(placeholder, initialOption(selectOption), confirm), beside | row | form},
	"users_select":         {interactive(placeholder, confirm), beside | row | form},
	"conversations_select": {interactive(placeholder, filter, confirm), beside | row | form},
	"channels_select":      {interactive(placeholder, confirm), beside | row | form},

	"multi_static_select":        {staticMenu(initialOptions(selectOption), maxSelected), beside | row | form},
	"multi_external_select":      {interactive(placeholder, initialOptions(selectOption), maxSelected, confirm), beside | row | form},
	"multi_users_select":         {interactive(placeholder, maxSelected, confirm), beside | row | form},
	"multi_conversations_select": {interactive(placeholder, filter, maxSelected, confirm), beside | row | form},
	"multi_channels_select":      {interactive(placeholder, maxSelected, confirm), beside | row | form},
}

// The fields that elements share.
var (
	confirm     = optional("confirm", confirmation)
	readAloud   = optional("accessibility_label", text(0, 75))
	placeholder = optional("placeholder", plainText(150))
	filter      = optional("filter", object(shape{}))
	listOptions = required("options", array(1, 10, listOption))
	maxSelected = optional("max_selected_items", number(1, 1e6))
	epoch       = optional("initial_date_time", number(0, 9999999999)) // ten digits of seconds
)

var buttonElement = interactive(
	required("text", plainText(75)),
	optional("value", text(0, 2000)),
	optional("url", text(0, 3000)),
	notNull("style", buttonStyle), // null: "must provide a string"
	readAloud, confirm,
)

var workflowButton = interactive(
	required("text", plainText(75)),
	required("workflow", object(shape{})),
	optional("style", buttonStyle),
	readAloud, confirm,
)

// iconButton needs its text: "missing required field: text" was seen.
var iconButton = interactive(
	required("icon", text(1, longText)),
	required("text", plainText(longText)),
	optional("value", text(0, 2000)),
	readAloud, confirm,
)

// feedback is one of the two feedback buttons.
var feedback = object(shape{fields: []field{
	required("text", plainText(75)),
	required("value", text(0, 2000)),
	readAloud,
}})

var plainTextInput = interactive(
	placeholder,
	optional("min_length", number(0, 3000)),
	optional("max_length", number(1, 3000)),
)

var richTextInput = interactive(
	placeholder,
	optional("min_lines", number(1, 100)),
	optional("max_lines", number(1, 100)),
)

// staticMenu is a menu whose options, or groups of options, are in the payload.
func staticMenu(fields ...field) shape {
	options := optional("options", array(1, 100, selectOption))
	groups := optional("option_groups", array(0, 100, optionGroup))
	return interactive(placeholder, confirm, options, groups).with(fields...).
		under(either("options", "option_groups"), notBoth("options", "option_groups"))
}

// initialOption and initialOptions are choices made beforehand. Slack was seen to answer
// "must provide an object" to an initial_option of null.
func initialOption(option check) field  { return notNull("initial_option", option) }
func initialOptions(option check) field { return optional("initial_options", array(0, 100, option)) }

// interactive is an element that sends an action. Only blocks have a block_id; Slack was
// seen to refuse one here.
func interactive(fields ...field) shape {
	return shape{fields: fields, refused: []string{"block_id"}}.with(optional("action_id", text(1, 255)))
}

// takenBy is the elements of a place.
func takenBy(p place) map[string]shape {
	taken := map[string]shape{}
	for name, e := range elements {
		if e.in&p != 0 {
			taken[name] = e.shape
		}
	}
	return taken
}

// noteItems are what a context block shows: pictures and texts.
func noteItems() map[string]shape {
	items := textKinds(longText)
	for name, s := range takenBy(note) {
		items[name] = s
	}
	return items
}
