package blockkit_test

import (
	"encoding/json"
	"fmt"

	"belay/simulator/blockkit"
)

func Example() {
	blocks := json.RawMessage(`[
		{"type": "section", "text": {"type": "mrkdwn", "text": "*Deployed*", "emoji": true}},
		{"type": "sections"},
		{"type": "image", "image_url": "https://example.com/graph.png"}
	]`)
	for _, violation := range blockkit.Validate(blockkit.Message, blocks) {
		fmt.Println(violation)
	}
	// Output:
	// invalid additional property: emoji [json-pointer:/blocks/0/text]
	// unsupported type: sections [json-pointer:/blocks/1/type]
	// missing required field: alt_text [json-pointer:/blocks/2]
}

func ExampleDraw() {
	fmt.Println(blockkit.Draw(`[
		{"type": "section", "text": {"type": "mrkdwn", "text": "Deploy *api*, <@U1>?"}},
		{"type": "actions", "elements": [
			{"type": "button", "action_id": "yes", "text": {"type": "plain_text", "text": "Approve"}},
			{"type": "static_select", "action_id": "where", "placeholder": {"type": "plain_text", "text": "Where"}, "options": []}
		]}
	]`, blockkit.DrawOptions{Name: func(string) string { return "ann" }}))
	// Output:
	// Deploy *api*, @ann?
	// [ Approve ]  [ Where ▾ ]
}
