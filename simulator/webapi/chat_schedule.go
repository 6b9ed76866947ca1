package webapi

import (
	"slices"
	"strconv"
	"time"

	"belay/simulator/clock"
)

// scheduled is a message that waits to be posted.
type scheduled struct {
	id      string
	team    *Team
	channel *Channel
	message *Message
	thread  string
	aloud   bool
	at      time.Time
	made    time.Time
	timer   *clock.Timer
}

// The bounds of what may be scheduled: how far ahead, and how many to one channel within
// five minutes.
//
// https://docs.slack.dev/reference/methods/chat.scheduleMessage#restrictions
const (
	scheduleAhead  = 120 * 24 * time.Hour
	scheduleWindow = 5 * time.Minute
	maxInWindow    = 30
	// maxScheduled bounds all of them.
	maxScheduled = 10_000
	// sealed is how long before its time a scheduled message cannot be taken back.
	sealed = time.Minute
)

// chatScheduleMessage posts a message later.
//
// https://docs.slack.dev/reference/methods/chat.scheduleMessage
func chatScheduleMessage(r *Request) (any, error) {
	c, err := r.postable("channel")
	if err != nil {
		return nil, err
	}
	at, err := r.postAt(c)
	if err != nil {
		return nil, err
	}
	m, err := r.draft(c)
	if err != nil {
		return nil, err
	}
	m.Type, m.Root = "delayed_message", nil
	if m.Subtype == "thread_broadcast" {
		m.Subtype = ""
	}
	s := &scheduled{
		id: r.w.newID("Q"), team: r.team(), channel: c, message: m, at: at, made: r.w.now(),
		thread: m.ThreadTS, aloud: r.yes("reply_broadcast"),
	}
	w := r.w
	s.timer = w.clock.AfterFunc(at.Sub(s.made), func() { w.postScheduled(s) })
	w.scheduled = append(w.scheduled, s)
	return struct {
		ID      string   `json:"scheduled_message_id"`
		Channel string   `json:"channel"`
		PostAt  int64    `json:"post_at"`
		Message *Message `json:"message"`
	}{s.id, c.ID, at.Unix(), m}, nil
}

// postAt is when the message is to be posted.
func (r *Request) postAt(c *Channel) (time.Time, error) {
	seconds, err := strconv.ParseInt(r.text("post_at"), 10, 64)
	if err != nil || seconds <= 0 || seconds > 1e11 {
		return time.Time{}, refuse("invalid_time")
	}
	at, now := time.Unix(seconds, 0), r.w.now()
	switch {
	case !at.After(now):
		return at, refuse("time_in_past")
	case at.Sub(now) > scheduleAhead:
		return at, refuse("time_too_far")
	}
	before, after := 0, 0
	for _, s := range r.w.scheduled {
		if s.channel != c || s.at.Sub(at).Abs() >= scheduleWindow {
			continue
		}
		if s.at.After(at) {
			after++
		} else {
			before++
		}
	}
	if max(before, after) >= maxInWindow || len(r.w.scheduled) >= maxScheduled {
		return at, refuse("restricted_too_many")
	}
	return at, nil
}

// postScheduled posts a message whose time has come. It is called by the clock.
func (w *Workspace) postScheduled(s *scheduled) {
	w.mu.Lock()
	defer w.mu.Unlock()
	i := slices.Index(w.scheduled, s)
	if i < 0 {
		return
	}
	w.scheduled = slices.Delete(w.scheduled, i, i+1)
	if s.channel.Archived {
		return
	}
	m := s.message
	m.ThreadTS = ""
	if s.thread != "" && s.channel.join(m, s.thread, s.aloud) != nil {
		return
	}
	w.add(s.team, s.channel, m)
}

// unschedule stops what waits, when everything is taken back.
func (w *Workspace) unschedule() {
	for _, s := range w.scheduled {
		s.timer.Stop()
	}
	w.scheduled = nil
}

// chatDeleteScheduledMessage takes a message back that waits.
//
// https://docs.slack.dev/reference/methods/chat.deleteScheduledMessage
func chatDeleteScheduledMessage(r *Request) (any, error) {
	c, err := r.channel("channel")
	if err != nil {
		return nil, err
	}
	for i, s := range r.w.scheduled {
		if s.id != r.text("scheduled_message_id") || s.channel != c || s.message.AppID != r.token.AppID {
			continue
		}
		if s.at.Sub(r.w.now()) < sealed {
			break
		}
		s.timer.Stop()
		r.w.scheduled = slices.Delete(r.w.scheduled, i, i+1)
		return nil, nil
	}
	return nil, refuse("invalid_scheduled_message_id")
}

// chatScheduledMessagesList lists the app's messages that wait, the first due first.
//
// https://docs.slack.dev/reference/methods/chat.scheduledMessages.list
func chatScheduledMessagesList(r *Request) (any, error) {
	type item struct {
		ID      string `json:"id"`
		Channel string `json:"channel_id"`
		PostAt  int64  `json:"post_at"`
		Created int64  `json:"date_created"`
		Text    string `json:"text"`
	}
	var in *Channel
	if r.has("channel") {
		if in = r.team().channel(r.text("channel")); in == nil || !r.visible(in) {
			return nil, refuse("invalid_channel")
		}
	}
	all := []item{}
	oldest, latest := r.seconds("oldest", 0), r.seconds("latest", 1e12)
	for _, s := range r.w.scheduled {
		at := float64(s.at.Unix())
		if s.team != r.team() || s.message.AppID != r.token.AppID || in != nil && s.channel != in || at < oldest || at > latest {
			continue
		}
		all = append(all, item{s.id, s.channel.ID, s.at.Unix(), s.made.Unix(), s.message.Text})
	}
	slices.SortStableFunc(all, func(a, b item) int { return int(a.PostAt - b.PostAt) })
	some, err := page(r, all, 100)
	if err != nil {
		return nil, err
	}
	return struct {
		Messages []item `json:"scheduled_messages"`
	}{some}, nil
}

// seconds is a timestamp argument, or otherwise when it is not given.
func (r *Request) seconds(name string, otherwise float64) float64 {
	n, err := strconv.ParseFloat(r.text(name), 64)
	if err != nil {
		return otherwise
	}
	return n
}
