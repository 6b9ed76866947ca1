package blockkit

import "unicode/utf8"

// MaxText is how many characters of a message's text Slack keeps; the rest is cut off,
// with the warning message_truncated:
// https://docs.slack.dev/changelog/2018-truncating-really-long-messages.
const MaxText = 40000

const (
	maxAttachments = 100
	// maxBlocksText is how many characters the texts of a message's blocks had when
	// chat.postMessage still took them. Slack documents no limit and counts more than
	// the texts: https://github.com/slackapi/bolt-js/issues/2509, 2867.
	maxBlocksText = 13297
)

// ValidateMessage judges what an app posts by chat.postMessage and its kin, as an object
// with `text`, `blocks`, `attachments` and `markdown_text`: JSON, or what was decoded from
// it or gathered from a form, where blocks and attachments are JSON in a string. A
// violation's Code is one of invalid_blocks_format, invalid_blocks, invalid_attachments,
// too_many_attachments, msg_blocks_too_long, markdown_text_conflict and
// invalid_arguments. That the text is missing, or longer than MaxText, is for the caller
// to find.
func ValidateMessage(message any) []Violation {
	found := ValidateReply(message)
	if len(found) > 0 {
		return found
	}
	object, _ := ParseObject(message)
	in := newInspection(Message, "")
	in.markdownText(object)
	if textLength(object["blocks"]) > maxBlocksText {
		in.code = "msg_blocks_too_long"
		in.report("/blocks", "must be less than %d characters in all", maxBlocksText+1)
	}
	return in.found
}

// ValidateReply judges what an app posts to a response_url or a webhook, or answers to a
// command: as ValidateMessage, without the limits of chat.postMessage alone. The length of
// all blocks together is one of these: https://github.com/slackapi/bolt-js/issues/2867.
func ValidateReply(message any) []Violation {
	object, err := ParseObject(message)
	if err != nil {
		return []Violation{{Message: "must provide an object", Code: "invalid_arguments"}}
	}
	in := newInspection(Message, "")
	blocks, err := ParseBlocks(object["blocks"])
	if err != nil {
		in.code = "invalid_blocks_format"
		in.report("/blocks", "must provide an array")
		return in.found
	}
	if blocks != nil {
		in.judge(blocks)
	}
	return append(in.found, attachments(object["attachments"])...)
}

// markdownText judges the argument that takes the place of text and blocks. The error for
// one that is too long is not documented.
func (in *inspection) markdownText(object map[string]any) {
	markdown, _ := object["markdown_text"].(string)
	if markdown == "" {
		return
	}
	if said(object["text"]) || said(object["blocks"]) {
		in.code = "markdown_text_conflict"
		in.report("/markdown_text", "cannot be used with `text` or `blocks`")
		return
	}
	in.code = "invalid_arguments"
	in.length("/markdown_text", utf8.RuneCountInString(markdown), 0, markdownLimit)
}

// said tells whether an argument is more than nothing.
func said(value any) bool { return value != "" && !absent(value) }

// textLength is the characters of all texts in blocks.
func textLength(blocks any) int {
	value, err := valueOf(blocks)
	if err != nil {
		return 0
	}
	return textsIn(value)
}

func textsIn(value any) (total int) {
	switch value := value.(type) {
	case []any:
		for _, item := range value {
			total += textsIn(item)
		}
	case map[string]any:
		for name, item := range value {
			if text, ok := item.(string); ok && name == "text" {
				total += utf8.RuneCountInString(text)
			} else {
				total += textsIn(item)
			}
		}
	}
	return total
}
