package webapi

// chatStartStream begins a message that is written little by little, in a thread.
//
// https://docs.slack.dev/reference/methods/chat.startStream
func chatStartStream(r *Request) (any, error) {
	c, err := r.streamable()
	if err != nil {
		return nil, err
	}
	l, err := r.look()
	if err != nil {
		return nil, err
	}
	chunks, err := r.chunks()
	if err != nil {
		return nil, err
	}
	m := r.signed(l)
	if err := r.startsIn(c, m); err != nil {
		return nil, err
	}
	s := &stream{began: r.w.now(), plan: r.text("task_display_mode") == "plan"}
	if err := r.extend(s, chunks); err != nil {
		return nil, err
	}
	m.stream, m.StreamingState = s, "in_progress"
	r.w.show(m, s, nil)
	r.w.add(r.team(), c, m)
	return placed{c.ID, m.TS}, nil
}

// streamable is the conversation to stream to. Outside of direct messages a stream is
// for somebody.
func (r *Request) streamable() (*Channel, error) {
	c, err := r.postable("channel")
	switch {
	case err != nil:
		return nil, err
	case c.Sort == "im":
		return c, nil
	case !r.has("recipient_team_id"):
		return nil, refuse("missing_recipient_team_id")
	case !r.has("recipient_user_id"):
		return nil, refuse("missing_recipient_user_id")
	case r.team().user(r.text("recipient_user_id")) == nil:
		return nil, refuse("user_not_found")
	}
	return c, nil
}

// startsIn puts a stream into its thread.
func (r *Request) startsIn(c *Channel, m *Message) error {
	if !r.has("thread_ts") {
		if r.w.profile.StreamTopLevel && c.Sort != "im" {
			return nil
		}
		return refuse("invalid_thread_ts")
	}
	if err := c.join(m, r.text("thread_ts"), false); err != nil {
		return err
	}
	if m.ThreadTS == "" {
		return refuse("invalid_thread_ts")
	}
	return nil
}

// streaming is the app's message that channel and ts name, if it is streamed.
func (r *Request) streaming() (*Channel, *Message, error) {
	c, m, err := r.message()
	switch {
	case err != nil:
		return nil, nil, err
	case c.Archived:
		return nil, nil, refuse("is_archived")
	case !r.wrote(m):
		return nil, nil, refuse("message_not_owned_by_app")
	case !r.w.streams(m):
		return nil, nil, refuse("message_not_in_streaming_state")
	}
	return c, m, nil
}

// chatAppendStream goes on with a stream.
//
// https://docs.slack.dev/reference/methods/chat.appendStream
func chatAppendStream(r *Request) (any, error) {
	c, m, err := r.streaming()
	if err != nil {
		return nil, err
	}
	chunks, err := r.chunks()
	if err != nil {
		return nil, err
	}
	if len(chunks) == 0 {
		return nil, refuse("no_text")
	}
	if err := r.extend(m.stream, chunks); err != nil {
		return nil, err
	}
	r.w.show(m, m.stream, nil)
	return placed{c.ID, m.TS}, nil
}

// chatStopStream ends a stream. Apps see the message as it is then.
//
// https://docs.slack.dev/reference/methods/chat.stopStream
func chatStopStream(r *Request) (any, error) {
	c, m, err := r.streaming()
	if err != nil {
		return nil, err
	}
	chunks, err := r.chunks()
	if err != nil {
		return nil, err
	}
	b := Body{}
	if err := r.w.structures(map[string]argument{"blocks": r.args["blocks"], "metadata": r.args["metadata"]}, &b, true); err != nil {
		return nil, err
	}
	if err := r.extend(m.stream, chunks); err != nil {
		return nil, err
	}
	r.w.change(r.team(), c, m, func(m *Message) {
		m.stream.abandon()
		r.w.show(m, m.stream, b.Blocks)
		m.stream, m.StreamingState, m.Metadata = nil, "completed", b.Metadata
	})
	return posted{c.ID, m.TS, m}, nil
}
