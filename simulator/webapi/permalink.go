package webapi

import "strings"

// permalink is the address of a message.
func permalink(t *Team, c *Channel, m *Message) string {
	link := "https://" + t.Domain + ".slack.com/archives/" + c.ID + "/p" + strings.Replace(m.TS, ".", "", 1)
	if m.ThreadTS != "" && m.ThreadTS != m.TS {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + c.ID
	}
	return link
}
