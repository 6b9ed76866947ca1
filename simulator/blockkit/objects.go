package blockkit

// The composition objects: https://docs.slack.dev/reference/block-kit/composition-objects.

// plainText checks a text object that must be plain_text.
func plainText(most int) check { return only("plain_text", textObject(most)) }

// anyText checks a text object that may also be mrkdwn.
func anyText(most int) check { return oneOf(textKinds(most)) }

// textKinds are both text objects. That mrkdwn refuses emoji was recorded by slack-go.
func textKinds(most int) map[string]shape {
	return map[string]shape{
		"plain_text": textObject(most),
		"mrkdwn":     textObject(most).refusing("emoji"),
	}
}

func textObject(most int) shape {
	return shape{fields: []field{required("text", text(1, most))}}
}

// longText is the limit of a text object that has no narrower one.
const longText = 3000

// untyped refuses a `type`, which of the composition objects only texts have; seen in
// https://github.com/CopilotKit/CopilotKit/pull/6454.
var untyped = []string{"type"}

// confirmation is the dialog that asks whether the user is sure. The documentation calls
// all four texts required and Slack's types only the text, so that only this is held;
// its text may be mrkdwn, as in the documentation's example.
var confirmation = object(shape{
	fields: []field{
		optional("title", plainText(100)),
		required("text", anyText(300)),
		optional("confirm", plainText(30)),
		optional("deny", plainText(30)),
		optional("style", buttonStyle),
	},
	refused: untyped,
})

// buttonStyle is the colour of a button. "default" is documented for none, and accepted
// by older parts of Slack, so that it passes.
var buttonStyle = word("primary", "danger", "default")

// selectOption is a choice of a select menu: plain text, and no url.
var selectOption = object(shape{
	fields:  optionFields(plainText(75)),
	refused: []string{"type", "url"},
})

// listOption is a choice of checkboxes and radio buttons: its texts may be mrkdwn.
var listOption = object(shape{
	fields:  optionFields(anyText(75)),
	refused: []string{"type", "url"},
})

// overflowOption is a choice of an overflow menu, the only one that may be a link.
var overflowOption = object(shape{
	fields:  append(optionFields(plainText(75)), optional("url", text(0, 3000))),
	refused: untyped,
})

// optionFields are those of every option. The value is documented as required, and
// optional in Slack's types.
func optionFields(label check) []field {
	return []field{
		required("text", label),
		optional("value", text(0, 150)),
		optional("description", label),
	}
}

var optionGroup = object(shape{
	fields: []field{
		required("label", plainText(75)),
		required("options", array(0, 100, selectOption)),
	},
	refused: untyped,
})

// slackFile names an image by its id or its url. The expression is Slack's own.
var slackFile = object(shape{
	fields: []field{
		optional("id", pattern("^[F][A-Z0-9]{8,}$")),
		optional("url", anything),
	},
	rules: []rule{notBoth("id", "url")},
})

// imageElement is a picture inside another block. It needs an alt_text, and a picture:
// Slack asks for image_url where neither it nor slack_file is given.
var imageElement = shape{
	fields: []field{
		required("alt_text", text(0, 2000)),
		optional("image_url", text(0, 3000)),
		optional("slack_file", slackFile),
	},
	rules: []rule{needsPicture},
}

func needsPicture(in *inspection, at string, object map[string]any) {
	if object["image_url"] == nil && object["slack_file"] == nil {
		in.report(at, "missing required field: image_url")
	}
}
