package blockkit

import "slices"

// Answer is the body with which the Web API refuses a payload: `ok`, `error` and, where
// Slack explains itself, `errors` (for blocks) and `response_metadata.messages`. It names
// the error of the first violation and lists those that share it. Without violations it
// is nil.
func Answer(violations []Violation) map[string]any {
	if len(violations) == 0 {
		return nil
	}
	code := violations[0].Code
	body := map[string]any{"ok": false, "error": code}
	if !slices.Contains(explained, code) {
		return body
	}
	var lines, messages []string
	for _, v := range violations {
		if v.Code == code {
			lines = append(lines, v.String())
			messages = append(messages, "[ERROR] "+v.String())
		}
	}
	if code == "invalid_blocks" {
		body["errors"] = lines
	}
	body["response_metadata"] = map[string]any{"messages": messages}
	return body
}

// explained are the errors that come with details. The others are bare words.
var explained = []string{"invalid_blocks", "invalid_attachments", "invalid_arguments", "validation_errors"}
