package webapi

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// stream is a message that is written little by little.
//
// https://docs.slack.dev/ai/developing-ai-apps#streaming
type stream struct {
	began time.Time
	// chunked is set for one that takes chunks, and plain for one that takes
	// markdown_text. A stream stays what it began as.
	chunked, plain bool
	// plan gathers all tasks in one block of that title.
	plan  bool
	title string
	parts []part
	size  int
}

// part is a run of text, a task or blocks.
type part struct {
	text   string
	task   *task
	blocks json.RawMessage
}

// task is a step that an app shows.
type task struct {
	ID      string          `json:"task_id"`
	Title   string          `json:"title"`
	Status  string          `json:"status"`
	Details json.RawMessage `json:"details,omitempty"`
	Output  json.RawMessage `json:"output,omitempty"`

	details string
}

// chunk is what is appended to a stream.
type chunk struct {
	Type    string          `json:"type"`
	Text    string          `json:"text"`
	ID      string          `json:"id"`
	Title   string          `json:"title"`
	Status  string          `json:"status"`
	Details string          `json:"details"`
	Output  string          `json:"output"`
	Blocks  json.RawMessage `json:"blocks"`
}

// The bounds of a stream.
const (
	maxMarkdown    = 12_000
	maxStreamParts = 200
	maxStreamSize  = 200_000
)

// streams reports whether a message is still being streamed. A stream ends by itself
// after a while.
func (w *Workspace) streams(m *Message) bool {
	if m.stream == nil {
		return false
	}
	if life := w.profile.StreamLife; life > 0 && w.now().Sub(m.stream.began) >= life {
		m.stream, m.StreamingState = nil, "completed"
		return false
	}
	return true
}

// chunks are what the arguments append.
func (r *Request) chunks() ([]chunk, error) {
	markdown := r.text("markdown_text")
	switch {
	case markdown != "" && r.has("chunks"):
		return nil, refuse("cannot_provide_both_markdown_text_and_chunks")
	case utf8.RuneCountInString(markdown) > maxMarkdown:
		return nil, refuse("msg_too_long")
	case markdown != "":
		return []chunk{{Type: "markdown_text", Text: markdown}}, nil
	case !r.has("chunks"):
		return nil, nil
	}
	var all []chunk
	if json.Unmarshal([]byte(r.text("chunks")), &all) != nil {
		return nil, refuse("invalid_chunks")
	}
	for i := range all {
		if err := r.checkChunk(&all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// checkChunk holds a chunk to its kind.
//
// https://docs.slack.dev/reference/methods/chat.appendStream#chunks
func (r *Request) checkChunk(c *chunk) error {
	ok := false
	switch c.Type {
	case "markdown_text":
		if utf8.RuneCountInString(c.Text) > maxMarkdown {
			return refuse("msg_too_long")
		}
		ok = true
	case "task_update":
		ok = c.ID != "" && c.Title != "" && slices.Contains([]string{"", "pending", "in_progress", "complete", "error"}, c.Status)
	case "plan_update":
		ok = c.Title != ""
	case "blocks":
		c.Blocks = listOf(string(c.Blocks))
		if ok = !empty(c.Blocks); ok {
			return r.w.judge(map[string]any{"blocks": c.Blocks}, true)
		}
	}
	if !ok {
		return refuse("invalid_chunks")
	}
	return nil
}

// extend appends what the arguments say to a stream.
func (r *Request) extend(s *stream, chunks []chunk) error {
	plain := r.has("markdown_text")
	switch {
	case len(chunks) == 0:
		return nil
	case plain && s.chunked, !plain && s.plain:
		return refuse("streaming_mode_mismatch")
	}
	s.plain, s.chunked = plain, !plain
	for _, c := range chunks {
		if s.size += len(c.Text) + len(c.Title) + len(c.Details) + len(c.Output) + len(c.Blocks); s.size > maxStreamSize {
			return refuse("msg_blocks_too_long")
		}
		if len(s.parts) >= maxStreamParts {
			return refuse("msg_blocks_too_many")
		}
		s.append(c)
	}
	return nil
}

func (s *stream) append(c chunk) {
	switch c.Type {
	case "markdown_text":
		if last := len(s.parts) - 1; last >= 0 && s.parts[last].text != "" {
			s.parts[last].text += c.Text
		} else if c.Text != "" {
			s.parts = append(s.parts, part{text: c.Text})
		}
	case "plan_update":
		s.title = c.Title
	case "blocks":
		s.parts = append(s.parts, part{blocks: c.Blocks})
	case "task_update":
		s.update(c)
	}
}

// update begins a task, or goes on with it: title and status replace what they were,
// and details are appended.
func (s *stream) update(c chunk) {
	var t *task
	for _, p := range s.parts {
		if p.task != nil && p.task.ID == c.ID {
			t = p.task
		}
	}
	if t == nil {
		t = &task{ID: c.ID, Status: "pending"}
		s.parts = append(s.parts, part{task: t})
	}
	t.Title = c.Title
	if c.Status != "" {
		t.Status = c.Status
	}
	if c.Details != "" {
		t.details += c.Details
		t.Details = richObject(t.details)
	}
	if c.Output != "" {
		t.Output = richObject(c.Output)
	}
}

// richObject is a rich_text block of a text, without an id.
func richObject(text string) json.RawMessage {
	list := string(richText(text, "", true))
	return json.RawMessage(strings.Replace(strings.Trim(list, "[]"), `"block_id":"",`, "", 1))
}

// abandon is what becomes of a stream that stops with tasks that are not done.
func (s *stream) abandon() {
	for _, p := range s.parts {
		if p.task != nil && p.task.Status == "in_progress" {
			p.task.Status, s.title = "error", "Something went wrong"
		}
	}
}

// show puts what was streamed so far into the message.
func (w *Workspace) show(m *Message, s *stream, more json.RawMessage) {
	var text strings.Builder
	var blocks, tasks []json.RawMessage
	at := -1
	for _, p := range s.parts {
		switch {
		case p.task == nil && p.blocks == nil:
			text.WriteString(p.text)
			blocks = append(blocks, within(richText(p.text, w.blockID(), true)))
		case p.blocks != nil:
			blocks = append(blocks, within(w.withBlockIDs(p.blocks)))
		case s.plan && at >= 0:
			tasks = append(tasks, encoded(p.task))
		case s.plan:
			at = len(blocks)
			blocks, tasks = append(blocks, nil), append(tasks, encoded(p.task))
		default:
			blocks = append(blocks, w.card(p.task))
		}
	}
	if at >= 0 {
		blocks[at] = encoded(struct {
			Type  string            `json:"type"`
			ID    string            `json:"block_id"`
			Title string            `json:"title"`
			Tasks []json.RawMessage `json:"tasks"`
		}{"plan", w.blockID(), s.title, tasks})
	}
	if !empty(more) {
		blocks = append(blocks, within(w.withBlockIDs(more)))
	}
	m.Text, m.Blocks = text.String(), nil
	if len(blocks) == 0 {
		return
	}
	if m.Text == "" {
		m.Text = "This message contains interactive elements."
	}
	m.Blocks = append(m.Blocks, '[')
	for i, b := range blocks {
		if i > 0 {
			m.Blocks = append(m.Blocks, ',')
		}
		m.Blocks = append(m.Blocks, b...)
	}
	m.Blocks = append(m.Blocks, ']')
}

// card is the block of a task that stands by itself.
func (w *Workspace) card(t *task) json.RawMessage {
	return encoded(struct {
		Type string `json:"type"`
		ID   string `json:"block_id"`
		*task
	}{"task_card", w.blockID(), t})
}

// within is what stands in a list.
func within(list json.RawMessage) json.RawMessage { return list[1 : len(list)-1] }

// encoded is a value of ours as JSON.
func encoded(value any) json.RawMessage {
	b, err := json.Marshal(value)
	if err != nil {
		return json.RawMessage("null")
	}
	return b
}
