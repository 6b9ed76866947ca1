package webapi

import (
	"bytes"
	"encoding/json"
)

// appender is an answer that encodes its members itself, because it is one of those that
// apps ask for most.
type appender interface{ appendMembers(b []byte) []byte }

// appendMembers implements appender.
func (p posted) appendMembers(b []byte) []byte {
	b = appendMember(b, "channel", p.Channel)
	b = appendMember(b, "ts", p.TS)
	b = append(b, `,"message":`...)
	return appendMessage(b, p.Message)
}

// appendMember appends a member behind others, unless it is empty.
func appendMember(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	b = append(append(append(b, `,"`...), name...), `":`...)
	return appendQuoted(b, value)
}

// appendRaw appends a member that is encoded, unless it is empty.
func appendRaw(b []byte, name string, value json.RawMessage) []byte {
	if len(value) == 0 {
		return b
	}
	return append(append(append(append(b, `,"`...), name...), `":`...), value...)
}

// appendMessage encodes a message as encoding/json does. It writes those itself that an
// app posts; whatever is more leaves it to encoding/json.
func appendMessage(b []byte, m *Message) []byte {
	if !m.isPlain() {
		buffer := bytes.NewBuffer(b)
		write(buffer, m)
		return buffer.Bytes()
	}
	begin := len(b)
	b = appendMember(b, "subtype", m.Subtype)
	b = appendMember(b, "user", m.User)
	b = appendQuoted(append(b, `,"type":`...), m.Type)
	b = appendMember(b, "ts", m.TS)
	b = appendMember(b, "client_msg_id", m.ClientMsgID)
	b = appendMember(b, "bot_id", m.BotID)
	b = appendMember(b, "app_id", m.AppID)
	b = appendQuoted(append(b, `,"text":`...), m.Text)
	b = appendMember(b, "team", m.Team)
	b = appendMember(b, "username", m.Username)
	b = appendRaw(b, "icons", m.Icons)
	if m.BotProfile != nil {
		b = appendRaw(b, "bot_profile", m.BotProfile.json())
	}
	if m.Mrkdwn != nil {
		b = append(b, `,"mrkdwn":false`...)
	}
	b = appendMember(b, "thread_ts", m.ThreadTS)
	b = appendMember(b, "parent_user_id", m.ParentUserID)
	b = appendRaw(b, "blocks", m.Blocks)
	b = appendRaw(b, "attachments", m.Attachments)
	b = appendRaw(b, "metadata", m.Metadata)
	b[begin] = '{'
	return append(b, '}')
}

// isPlain reports whether a message holds nothing but what apps post.
func (m *Message) isPlain() bool {
	inThread := m.ReplyCount > 0 || m.ReplyUsersCount > 0 || m.ReplyUsers != nil || m.LatestReply != "" || m.IsLocked != nil
	noticed := m.Inviter != "" || m.Topic != "" || m.Purpose != "" || m.Name != "" || m.OldName != ""
	more := m.Files != nil || m.Upload || m.Reactions != nil || m.PinnedTo != nil || m.Edited != nil || m.Root != nil || m.Hidden || m.StreamingState != ""
	return !inThread && !noticed && !more
}

// json is the profile, encoded once.
func (p *BotProfile) json() json.RawMessage {
	if p.encoded == nil {
		p.encoded = encoded(p)
	}
	return p.encoded
}
