package blockkit

// plan is a list of tasks. Its title, like a task's, is a bare string and no text object:
// https://docs.slack.dev/reference/block-kit/blocks/plan-block.
var plan = shape{fields: []field{
	required("title", text(1, longText)),
	optional("tasks", array(0, 1000, object(task))),
}}

// task is a task_card block, and an item of a plan, where it needs no type. What it says
// of itself (details, output) is rich text, or a string in a stream.
var task = shape{fields: []field{
	required("task_id", text(1, longText)),
	required("title", text(1, longText)),
	optional("status", word("pending", "in_progress", "complete", "error")),
	optional("sources", array(0, 1000, anything)),
}}
