package blockkit

import (
	"slices"
	"unicode/utf8"
)

// A blockKind is one type of block.
type blockKind struct {
	shape    shape
	surfaces []Surface // where it is allowed; none means everywhere
}

func (k blockKind) allows(surface Surface) bool {
	return len(k.surfaces) == 0 || slices.Contains(k.surfaces, surface)
}

// blockKinds are the blocks, by the type in the payload, with the surfaces that
// https://docs.slack.dev/reference/block-kit/blocks lists for them. A block is added
// here.
var blockKinds = map[string]blockKind{
	"section": {shape: section},
	"header": {shape: shape{fields: []field{
		required("text", plainText(150)),
		optional("level", number(1, 4)),
	}}},
	"divider": {shape: shape{refused: []string{"text"}}},
	"image":   {shape: imageElement.with(optional("title", plainText(2000)))},
	"context": {shape: shape{
		fields:  []field{required("elements", array(1, 10, oneOf(noteItems())))},
		refused: []string{"text"},
	}},
	"context_actions": {shape: actionsOf(5, noteAction), surfaces: []Surface{Message}},
	"actions":         {shape: actionsOf(25, row).refusing("text")},
	"input":           {shape: input},
	"file": {shape: shape{fields: []field{
		required("external_id", text(1, longText)),
		required("source", text(1, longText)),
	}}, surfaces: []Surface{Message}},
	"video":     {shape: video},
	"rich_text": {shape: richText},
	"markdown":  {shape: markdown, surfaces: []Surface{Message}},
	"alert": {shape: shape{fields: []field{
		required("text", anyText(200)),
		optional("level", word("default", "info", "warning", "error", "success")),
	}}, surfaces: []Surface{Modal}},

	"card":      {shape: card},
	"carousel":  {shape: carousel, surfaces: []Surface{Message, Home}},
	"container": {shape: container, surfaces: []Surface{Message, Home}},

	"table":              {shape: table, surfaces: []Surface{Message, Home}},
	"data_table":         {shape: dataTable, surfaces: []Surface{Message, Home}},
	"data_visualization": {shape: dataVisualization, surfaces: []Surface{Message}},

	"plan":      {shape: plan, surfaces: []Surface{Message}},
	"task_card": {shape: task, surfaces: []Surface{Message}},

	// Blocks that Slack knows and does not document, so that they are not read.
	"call": {}, "contact_card": {}, "callout": {}, "canvas_table": {}, "layout": {},
}

// blockID is what every block may have.
var blockID = shape{fields: []field{optional("block_id", text(1, 255))}}

var section = shape{
	fields: []field{
		optional("text", anyText(longText)),
		optional("fields", array(0, 10, anyText(2000))),
		optional("accessory", oneOf(takenBy(beside))),
	},
	rules: []rule{hasText},
}

// hasText is the rule that a section shows something. Slack points at its type.
func hasText(in *inspection, at string, object map[string]any) {
	if absent(object["text"]) && absent(object["fields"]) {
		in.report(at+"/type", "must define either `text` or `fields`")
	}
}

// actionsOf is a block that holds elements which send actions. Their ids must differ.
func actionsOf(most int, where place) shape {
	return shape{
		fields: []field{required("elements", array(1, most, oneOf(takenBy(where))))},
		rules:  []rule{uniqueActions},
	}
}

func uniqueActions(in *inspection, at string, object map[string]any) {
	items, _ := object["elements"].([]any)
	seen := map[string]bool{}
	for i, item := range items {
		element, _ := item.(map[string]any)
		id, ok := element["action_id"].(string)
		if ok && seen[id] {
			in.report(member(at+"/elements", i)+"/action_id", "`action_id` \"%s\" already exists", clip(id))
		}
		seen[id] = true
	}
}

var input = shape{
	fields: []field{
		required("label", plainText(2000)),
		required("element", oneOf(takenBy(form))),
		optional("hint", plainText(2000)),
	},
	rules: []rule{quietFiles},
}

// quietFiles is the rule that a file input cannot dispatch actions, "an unsupported type
// error will be raised": https://docs.slack.dev/reference/block-kit/blocks/input-block.
func quietFiles(in *inspection, at string, object map[string]any) {
	element, _ := object["element"].(map[string]any)
	if object["dispatch_action"] == true && element["type"] == "file_input" {
		in.unsupported(at+"/element", "file_input")
	}
}

// video's texts must be "less than" 200 and 50 characters, so that the limit is one less.
var video = shape{fields: []field{
	required("alt_text", text(0, longText)),
	required("title", plainText(199)),
	required("thumbnail_url", text(1, longText)),
	required("video_url", text(1, longText)),
	optional("author_name", text(0, 49)),
	optional("description", plainText(199)),
}}

// markdownLimit holds for all markdown blocks of a payload together.
const markdownLimit = 12000

var markdown = shape{
	fields: []field{required("text", text(0, 1<<30))},
	rules:  []rule{markdownInAll},
}

func markdownInAll(in *inspection, at string, object map[string]any) {
	content, _ := object["text"].(string)
	before, near := in.markdown, len(in.near)
	in.markdown += utf8.RuneCountInString(content)
	if before <= markdownLimit {
		in.length(at+"/text", in.markdown, 0, markdownLimit)
	}
	if isNear(before, markdownLimit) {
		in.near = in.near[:near] // it was said of the block before
	}
}
