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
