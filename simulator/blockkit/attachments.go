package blockkit

// attachments judges the secondary attachments of a message. The error is that of
// https://github.com/slackapi/bolt-python/issues/914; the pointers, of
// .../attachments/0/blocks, were seen with it.
func attachments(given any) []Violation {
	in := newInspection(Message, "")
	in.code = "invalid_attachments"
	list, err := ParseAttachments(given)
	switch {
	case err != nil:
		in.report("/attachments", "must provide an array")
	case len(list) > maxAttachments:
		in.code = "too_many_attachments"
		in.report("/attachments", "no more than %d items allowed", maxAttachments)
	default:
		in.each("/attachments", list, attachment)
	}
	return in.found
}

// attachment judges one. Its blocks are a surface of their own.
func attachment(in *inspection, at string, value any) {
	legacyAttachment(in, at, value)
	object, _ := value.(map[string]any)
	if object["blocks"] == nil {
		return
	}
	inner := newInspection(Message, at)
	inner.code = in.code
	inner.judge(object["blocks"])
	in.found = append(in.found, inner.found[:min(len(inner.found), maxViolations-len(in.found))]...)
}

// legacyAttachment is what stands in an attachment beside blocks. Slack is lenient here:
// what it does not understand it leaves out, so that only the sort of what it has to walk
// through is held. See https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments.
var legacyAttachment = object(shape{fields: []field{
	optional("fields", array(0, 1<<20, object(shape{}))),
	optional("actions", array(0, 1<<20, object(shape{}))),
}})
