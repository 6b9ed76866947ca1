package blockkit

// richText is formatted text. Its outer parts are judged, and that their items have a
// type; the items are many and not all documented:
// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block.
var richText = shape{fields: []field{required("elements", array(0, 1<<20, oneOf(richParts)))}}

var richParts = map[string]shape{
	"rich_text_section":      richPart,
	"rich_text_preformatted": richPart,
	"rich_text_quote":        richPart,
	"rich_text_list":         richPart.with(required("style", word("bullet", "ordered"))),
}

var richPart = shape{fields: []field{required("elements", array(0, 1<<20, typed))}}

// typed checks that an object has a type, whatever it is.
func typed(in *inspection, at string, value any) { in.typeOf(at, value) }
