package webapi

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// chatUnfurl puts what an app knows of the links in a message beneath it.
//
// https://docs.slack.dev/reference/methods/chat.unfurl
func chatUnfurl(r *Request) (any, error) {
	c, m, err := r.unfurled()
	if err != nil {
		return nil, err
	}
	unfurls, err := r.unfurls()
	if err != nil || m == nil || len(unfurls) == 0 {
		return nil, err
	}
	for link := range unfurls {
		if !strings.Contains(m.Text, link) && !strings.Contains(unescaper.Replace(m.Text), link) {
			return nil, refuse("cannot_unfurl_message")
		}
	}
	r.w.change(r.team(), c, m, func(m *Message) { m.Attachments = r.beneath(m.Attachments, unfurls) })
	return nil, nil
}

// unfurled is the message whose links are meant. There is none for a link that is still
// being written, nor for the id of a link that the workspace did not send.
func (r *Request) unfurled() (*Channel, *Message, error) {
	byID, byPlace := r.has("unfurl_id") || r.has("source"), r.has("channel") || r.has("ts")
	switch {
	case byID && !r.has("unfurl_id"):
		return nil, nil, refuse("missing_unfurl_id")
	case byID && !r.has("source"):
		return nil, nil, refuse("missing_source")
	case byID && r.text("source") != "composer" && r.text("source") != "conversations_history":
		return nil, nil, refuse("invalid_source")
	case !byPlace && byID:
		return nil, nil, nil
	case !r.has("channel"):
		return nil, nil, refuse("missing_channel")
	case !r.has("ts"):
		return nil, nil, refuse("missing_ts")
	}
	c := r.team().channel(r.text("channel"))
	if c == nil || !r.visible(c) {
		return nil, nil, refuse("cannot_find_channel")
	}
	m := c.message(r.text("ts"))
	if m == nil || m.Subtype == "tombstone" {
		return nil, nil, refuse("cannot_find_message")
	}
	return c, m, nil
}

// unfurls are attachments by link. A user who has to sign in first gets none.
func (r *Request) unfurls() (map[string]json.RawMessage, error) {
	if !r.has("unfurls") {
		if r.yes("user_auth_required") || r.has("user_auth_message") || r.has("user_auth_url") || r.has("user_auth_blocks") || r.has("metadata") {
			return nil, nil
		}
		return nil, refuse("missing_unfurls")
	}
	var all map[string]json.RawMessage
	if json.Unmarshal([]byte(r.text("unfurls")), &all) != nil {
		return nil, refuse("invalid_unfurls_format")
	}
	for _, one := range all {
		if len(one) == 0 || one[0] != '{' {
			return nil, refuse("cannot_parse_attachment")
		}
		if err := r.w.judge(map[string]any{"attachments": "[" + string(one) + "]"}, false); err != nil {
			r.messages = append(r.messages, "[ERROR] "+strings.Join(err.(*Error).Messages, "; "))
			return nil, refuse("cannot_parse_attachment")
		}
	}
	return all, nil
}

// beneath adds unfurls to attachments, in the place of former ones of the same link.
func (r *Request) beneath(attachments json.RawMessage, unfurls map[string]json.RawMessage) json.RawMessage {
	var before, all []json.RawMessage
	_ = json.Unmarshal(attachments, &before)
	for _, one := range before {
		var of struct {
			Link string `json:"from_url"`
		}
		_ = json.Unmarshal(one, &of)
		if _, again := unfurls[of.Link]; !again {
			all = append(all, one)
		}
	}
	for _, link := range slices.Sorted(maps.Keys(unfurls)) {
		one := prefixed(unfurls[link], "app_id", quoted(r.token.AppID))
		one = prefixed(one, "is_app_unfurl", "true")
		one = prefixed(one, "app_unfurl_url", quoted(link))
		one = prefixed(one, "from_url", quoted(link))
		all = append(all, prefixed(one, "id", strconv.Itoa(len(all)+1)))
	}
	encoded, err := json.Marshal(all)
	if err != nil {
		return attachments
	}
	return encoded
}
