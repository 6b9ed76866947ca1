package blockkit

// Cards, and what groups blocks.

// card is one thing with a picture, texts and buttons. Its texts are text objects, though
// its page calls them strings: https://docs.slack.dev/reference/block-kit/blocks/card-block.
var card = shape{
	fields: []field{
		optional("hero_image", only("image", imageElement)),
		optional("icon", only("image", imageElement)),
		optional("slack_icon", only("icon", shape{fields: []field{required("name", text(1, longText))}})),
		optional("title", anyText(150)),
		optional("subtitle", anyText(150)),
		optional("body", anyText(200)),
		optional("subtext", anyText(200)),
		optional("actions", array(0, 3, only("button", buttonElement))),
	},
	rules: []rule{notBoth("icon", "slack_icon"), showsSomething},
}

// showsSomething is the rule that a card is not empty. The words are ours.
func showsSomething(in *inspection, at string, object map[string]any) {
	for _, name := range []string{"hero_image", "title", "actions", "body"} {
		if object[name] != nil {
			return
		}
	}
	in.report(at, "must define at least one of `hero_image`, `title`, `actions` or `body`")
}

var carousel = shape{fields: []field{
	required("elements", array(1, 10, only("card", card))),
}}

// container groups other blocks:
// https://docs.slack.dev/reference/block-kit/blocks/container-block.
var container = shape{
	fields: []field{
		required("child_blocks", array(1, 10, child)),
		optional("title", plainText(150)),
		optional("rich_text_title", only("rich_text", richText)),
		optional("subtitle", anyText(150)),
		optional("width", word("narrow", "standard", "wide", "full")),
		optional("icon", only("image", imageElement)),
	},
	rules: []rule{either("title", "rich_text_title")},
}

// child judges a block inside a container. The blocks that Slack was seen to refuse there
// are refused, and containers, which do not nest; its list of those it takes is in flux.
func child(in *inspection, at string, value any) {
	_, name, ok := in.typeOf(at, value)
	switch {
	case !ok:
	case name == "alert" || name == "markdown" || name == "container":
		in.unsupported(at, name)
	default:
		in.block(at, value)
	}
}
