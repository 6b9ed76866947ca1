package webapi

import (
	"bytes"
	"encoding/json"
)

// readMetadata reads what an app tells other apps in a message.
//
// https://docs.slack.dev/messaging/message-metadata
func (w *Workspace) readMetadata(a argument, b *Body) error {
	if a.text == "" {
		return nil
	}
	var object map[string]json.RawMessage
	if json.Unmarshal([]byte(a.text), &object) != nil || object == nil {
		return refuse("invalid_metadata_format")
	}
	if most := w.profile.MaxMetadata; most > 0 && len(a.text) > most {
		return refuse("metadata_too_large")
	}
	if len(object) > 0 && !metadataFits(object) {
		return refuse("invalid_metadata_schema")
	}
	var compact bytes.Buffer
	if json.Compact(&compact, []byte(a.text)) != nil {
		return refuse("invalid_metadata_format")
	}
	b.Metadata = compact.Bytes()
	return nil
}

// metadataFits reports whether it has a type and a payload, or the entities of Work
// Objects.
func metadataFits(object map[string]json.RawMessage) bool {
	if entities := object["entities"]; len(entities) > 0 && entities[0] == '[' {
		return true
	}
	var name string
	payload := object["event_payload"]
	return json.Unmarshal(object["event_type"], &name) == nil && name != "" && len(payload) > 0 && payload[0] == '{'
}

// metadataEvent is the event that the metadata of a message came, changed or went.
//
// https://docs.slack.dev/reference/events/message_metadata_posted
type metadataEvent struct {
	Type      string          `json:"type"`
	AppID     string          `json:"app_id"`
	BotID     string          `json:"bot_id,omitempty"`
	UserID    string          `json:"user_id"`
	TeamID    string          `json:"team_id"`
	ChannelID string          `json:"channel_id"`
	Metadata  json.RawMessage `json:"metadata,omitempty"`
	Previous  json.RawMessage `json:"previous_metadata,omitempty"`
	MessageTS string          `json:"message_ts"`
	DeletedTS string          `json:"deleted_ts,omitempty"`
	EventTS   string          `json:"event_ts"`
}

// tellMetadata tells of the metadata of a message that was posted (before is nil),
// changed or deleted (after is nil).
func (w *Workspace) tellMetadata(t *Team, c *Channel, before, after *Message) {
	m, kind := after, ""
	switch {
	case before == nil && after.Metadata != nil:
		kind = "message_metadata_posted"
	case before == nil || before.Metadata == nil && (after == nil || after.Metadata == nil):
		return
	case after == nil || after.Metadata == nil:
		m, kind = before, "message_metadata_deleted"
	case before.Metadata == nil:
		kind = "message_metadata_posted"
	case bytes.Equal(before.Metadata, after.Metadata):
		return
	default:
		kind = "message_metadata_updated"
	}
	e := metadataEvent{
		Type: kind, AppID: m.AppID, BotID: m.BotID, UserID: m.User, TeamID: t.ID, ChannelID: c.ID, MessageTS: m.TS, EventTS: m.TS,
	}
	if after != nil {
		e.Metadata = after.Metadata
	}
	if before != nil {
		e.Previous, e.EventTS = before.Metadata, w.newTS()
	}
	if kind == "message_metadata_deleted" {
		e.DeletedTS = m.TS
	}
	w.happen(Happening{
		TeamID: t.ID, Type: kind, ChannelID: c.ID, UserID: m.User, Members: c.Members,
		Event: func() any { return e },
	})
}
