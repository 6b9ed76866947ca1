package webapi

import (
	"encoding/json"
)

// assistantMethods are those of the family assistant.
var assistantMethods = map[string]serve{
	"assistant.threads.setStatus": threadsSetStatus, "assistant.threads.setTitle": threadsSetTitle,
	"assistant.threads.setSuggestedPrompts": threadsSetSuggestedPrompts, "assistant.search.info": searchInfo,
}

// A Thread is what an agent says of a conversation with it.
//
// https://docs.slack.dev/ai/developing-agents
type Thread struct {
	ChannelID string `json:"channel_id"`
	ThreadTS  string `json:"thread_ts,omitempty"`
	// Status is what the agent is doing, such as "is thinking…"; "" is nothing.
	Status  string          `json:"status"`
	Title   string          `json:"title,omitempty"`
	Prompts json.RawMessage `json:"prompts,omitempty"`
	// Session is the status of an agent's session, or "".
	Session string `json:"session,omitempty"`
}

// thread is the state of a thread, which is made when there is none.
func (w *Workspace) thread(channel, ts string) *Thread {
	key := channel + " " + ts
	if t := w.threads[key]; t != nil {
		return t
	}
	if w.threads == nil || len(w.threads) >= maxFunctions {
		w.threads = map[string]*Thread{}
	}
	t := &Thread{ChannelID: channel, ThreadTS: ts}
	w.threads[key] = t
	return t
}

// Thread is what an agent said of a thread, and whether it said anything.
func (w *Workspace) Thread(channel, ts string) (Thread, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.threads[channel+" "+ts]
	if t == nil {
		return Thread{}, false
	}
	return *t, true
}

// named is the thread that the arguments name.
func (r *Request) named() (*Thread, error) {
	c, err := r.channel("channel_id")
	if err != nil {
		return nil, err
	}
	ts := r.text("thread_ts")
	if ts != "" && (len(c.messages) == 0 && c.Sort != "im" || !wellFormedTS(ts)) {
		return nil, refuse("invalid_thread_ts")
	}
	return r.w.thread(c.ID, ts), nil
}

// threadsSetStatus says what the agent is doing. An empty text takes it back, as does
// a message of the app's in the thread.
//
// https://docs.slack.dev/reference/methods/assistant.threads.setStatus
func threadsSetStatus(r *Request) (any, error) {
	t, err := r.named()
	if err != nil {
		return nil, err
	}
	t.Status = r.text("status")
	return nil, nil
}

// threadsSetTitle names a thread.
//
// https://docs.slack.dev/reference/methods/assistant.threads.setTitle
func threadsSetTitle(r *Request) (any, error) {
	t, err := r.named()
	if err != nil {
		return nil, err
	}
	t.Title = r.text("title")
	return nil, nil
}

// threadsSetSuggestedPrompts offers what the user may ask, at most four of them.
//
// https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts
func threadsSetSuggestedPrompts(r *Request) (any, error) {
	t, err := r.named()
	if err != nil {
		return nil, err
	}
	var prompts []struct {
		Title   string `json:"title"`
		Message string `json:"message"`
	}
	raw, err := r.json("prompts")
	if err != nil || json.Unmarshal(raw, &prompts) != nil {
		return nil, invalid("must provide a list [json-pointer:/prompts]")
	}
	if len(prompts) > 4 {
		return nil, invalid("no more than 4 items allowed [json-pointer:/prompts]")
	}
	for _, p := range prompts {
		if p.Title == "" || p.Message == "" {
			return nil, invalid("missing required field: title or message [json-pointer:/prompts]")
		}
	}
	t.Prompts, t.Title = raw, r.text("title")
	return nil, nil
}

// searchInfo says that the workspace has no search by machine learning.
//
// https://docs.slack.dev/reference/methods/assistant.search.info
func searchInfo(*Request) (any, error) {
	return struct {
		Enabled bool `json:"is_ai_search_enabled"`
	}{false}, nil
}
