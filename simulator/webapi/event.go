package webapi

import (
	"encoding/json"
	"strings"
)

// appMention is the event that an app's bot was mentioned.
//
// https://docs.slack.dev/reference/events/app_mention
type appMention struct {
	Type        string          `json:"type"`
	User        string          `json:"user,omitempty"`
	Text        string          `json:"text"`
	TS          string          `json:"ts"`
	ClientMsgID string          `json:"client_msg_id,omitempty"`
	BotID       string          `json:"bot_id,omitempty"`
	Team        string          `json:"team"`
	ThreadTS    string          `json:"thread_ts,omitempty"`
	Blocks      json.RawMessage `json:"blocks,omitempty"`
	Channel     string          `json:"channel"`
	EventTS     string          `json:"event_ts"`
}

// mention tells the apps whose bots a message names, besides the message itself.
// Direct messages mention nobody.
func (w *Workspace) mention(t *Team, c *Channel, m *Message) {
	if !strings.Contains(m.Text, "<@") || c.Sort == "im" || m.Subtype != "" && m.Subtype != "bot_message" && m.Subtype != "file_share" && m.Subtype != "thread_broadcast" {
		return
	}
	for _, a := range w.apps {
		if a.BotUserID == "" || !strings.Contains(m.Text, "<@"+a.BotUserID) {
			continue
		}
		w.happen(Happening{
			TeamID: t.ID, Type: "app_mention", ChannelID: c.ID, UserID: m.User, AppID: a.ID, Members: c.Members,
			Event: func() any {
				return appMention{
					Type: "app_mention", User: m.User, Text: m.Text, TS: m.TS, ClientMsgID: m.ClientMsgID, BotID: m.BotID,
					Team: t.ID, ThreadTS: m.ThreadTS, Blocks: m.Blocks, Channel: c.ID, EventTS: m.TS,
				}
			},
		})
	}
}
