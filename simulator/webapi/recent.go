package webapi

import (
	"slices"
	"strings"
)

// Recent are the last messages that a user sees in a conversation, those to the user
// alone among them, newest first.
func (w *Workspace) Recent(team, channel, user string, most int) []Message {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.conversation(team, channel)
	if c == nil {
		return nil
	}
	var all []Message
	for _, m := range c.messages[max(0, len(c.messages)-most):] {
		all = append(all, m.clone())
	}
	for _, m := range c.ephemerals {
		if m.ephemeralTo == user {
			all = append(all, m.clone())
		}
	}
	slices.SortStableFunc(all, func(a, b Message) int { return strings.Compare(b.TS, a.TS) })
	return all[:min(len(all), most)]
}
