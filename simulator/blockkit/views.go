package blockkit

import (
	"bytes"
	"encoding/json"
)

// maxView is the size of a view's JSON, in bytes: "greater than 250kb" is too large, by
// https://docs.slack.dev/reference/methods/views.open. Whether a kb has 1000 bytes is not
// said, so that the larger one is held.
const maxView = 250 << 10

// ValidateView judges a whole view for a Modal or the Home tab, the type it must then
// have; with "" its own type decides. The view is JSON or was decoded from it. Pointers
// begin at /view. A violation's Code is "invalid_arguments", or "view_too_large".
// See https://docs.slack.dev/reference/views.
func ValidateView(surface Surface, view any) []Violation { return inspectView(surface, view).found }

func inspectView(surface Surface, view any) *inspection {
	value, err := valueOf(view)
	object, ok := value.(map[string]any)
	if surface == "" && object["type"] == string(Home) {
		surface = Home
	}
	if surface != Home {
		surface = Modal
	}
	in := newInspection(surface, "/view")
	switch {
	case err != nil || !ok:
		in.report(in.root, "must provide an object")
	case sizeOf(object) > maxView:
		in.code = "view_too_large"
		in.report(in.root, "must be less than %d bytes", maxView+1)
	default:
		viewShape(surface).judge(in, in.root, object)
	}
	return in
}

// viewShape is what a view of a surface may hold. An app that sends a view back as it got
// it is refused for what Slack added to it.
func viewShape(surface Surface) shape {
	s := shape{
		fields: []field{
			required("blocks", (*inspection).blocks),
			required("type", word(string(surface))),
			optional("private_metadata", text(0, 3000)),
			optional("callback_id", text(0, 255)),
			optional("external_id", text(0, 255)),
		},
		refused: []string{"app_id", "app_installed_team_id", "bot_id", "hash", "id", "previous_view_id",
			"root_view_id", "state", "submit_disabled", "team_id"},
	}
	if surface == Home {
		return s.refusing("submit", "close", "clear_on_close", "notify_on_close")
	}
	title := plainText(24)
	return s.with(required("title", title), notNull("submit", title), notNull("close", title)).under(submitsInputs)
}

// submitsInputs is the rule that a modal with inputs has a submit button. Its pointer
// names what is no property, as Slack's does.
func submitsInputs(in *inspection, at string, object map[string]any) {
	if object["submit"] != nil {
		return
	}
	blocks, _ := object["blocks"].([]any)
	for i, block := range blocks {
		if block, _ := block.(map[string]any); block["type"] == "input" {
			in.report(member(at+"/blocks", i)+"/input", "must define `submit` to use an `input` block in modals")
			return
		}
	}
}

// sizeOf is the length of an object's JSON, without spaces.
func sizeOf(object map[string]any) int {
	var size bytes.Buffer
	encoder := json.NewEncoder(&size)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(object); err != nil {
		return 0 // a value of Go's that is no JSON has no size there
	}
	return size.Len() - len("\n")
}
