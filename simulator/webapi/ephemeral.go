package webapi

// maxEphemerals is how many messages to single users a conversation keeps.
const maxEphemerals = 100

// whisper shows a message to one user alone. It is in no history, and no event tells of
// it.
func (w *Workspace) whisper(c *Channel, m *Message, user string) {
	m.Type, m.TS, m.ephemeralTo = "message", w.newTS(), user
	c.ephemerals = append(c.ephemerals, m)
	if len(c.ephemerals) > maxEphemerals {
		c.ephemerals[0] = nil
		c.ephemerals = c.ephemerals[1:]
	}
}

// whispered is the ephemeral message of that ts, and where it stands.
func (c *Channel) whispered(ts string) (*Message, int) {
	for i, m := range c.ephemerals {
		if m.TS == ts {
			return m, i
		}
	}
	return nil, -1
}

// Ephemerals returns the messages that one user alone sees in a conversation, oldest
// first. It keeps the last hundred of all users.
func (w *Workspace) Ephemerals(team, channel, user string) []Message {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.conversation(team, channel)
	if c == nil {
		return nil
	}
	var all []Message
	for _, m := range c.ephemerals {
		if m.ephemeralTo == user {
			all = append(all, m.clone())
		}
	}
	return all
}

// conversation is the one of these ids, or nil.
func (w *Workspace) conversation(team, channel string) *Channel {
	t := w.team(team)
	if t == nil {
		return nil
	}
	return t.channel(channel)
}
