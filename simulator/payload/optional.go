package payload

import (
	"slices"
	"strconv"
)

// optionals are the members that Slack documents and sends only at times, by what
// they are members of; the value shows the type.
//
// https://docs.slack.dev/reference/interaction-payloads
// https://docs.slack.dev/apis/events-api
var optionals = []struct {
	of      string
	members Object
}{
	{inForm, Object{
		{"enterprise_id", ""}, {"enterprise_name", ""}, {"is_enterprise_install", ""}, {"ssl_check", ""},
		{"code", ""}, {"error", ""}, {"error_description", ""},
	}},
	{inEnvelope, Object{
		{"enterprise_id", ""}, {"context_team_id", ""}, {"context_enterprise_id", ""}, {"event_context", ""},
		{"is_ext_shared_channel", nil}, {"authorizations", List{}}, {"authed_users", List{}}, {"authed_teams", List{}},
	}},
	{inInteraction, Object{
		{"enterprise", nil}, {"is_enterprise_install", nil}, {"api_app_id", ""}, {"trigger_id", ""}, {"callback_id", ""},
		{"response_url", ""}, {"response_urls", List{}}, {"channel", nil}, {"message", nil}, {"view", nil}, {"state", nil},
		{"hash", ""}, {"app_unfurl", nil}, {"is_cleared", nil}, {"workflow_step", nil}, {"bot_access_token", ""},
		{"function_data", nil}, {"interactivity", nil}, {"original_message", nil}, {"minute_rate_limited", nil},
	}},
	{"event", Object{
		{"subtype", ""}, {"user", ""}, {"text", ""}, {"ts", ""}, {"channel", ""}, {"channel_type", ""}, {"team", ""}, {"event_ts", ""},
		{"thread_ts", ""}, {"parent_user_id", ""}, {"client_msg_id", ""}, {"bot_id", ""}, {"bot_profile", nil}, {"app_id", ""},
		{"username", ""}, {"icons", nil}, {"blocks", List{}}, {"attachments", List{}}, {"files", List{}}, {"upload", nil},
		{"edited", nil}, {"hidden", nil}, {"deleted_ts", ""}, {"reactions", List{}}, {"pinned_to", List{}}, {"is_starred", nil},
		{"user_team", ""}, {"source_team", ""}, {"user_profile", nil}, {"inviter", ""}, {"enterprise", ""}, {"enterprise_id", ""},
		{"view", nil}, {"tab", ""}, {"context", nil}, {"app_context", nil}, {"assistant_thread", nil}, {"metadata", nil},
		{"item_user", ""}, {"is_moved", nil}, {"previous_title", ""}, {"thread_root_id", ""}, {"app_unfurl_url", ""},
	}},
	{"message", Object{
		{"subtype", ""}, {"user", ""}, {"thread_ts", ""}, {"parent_user_id", ""}, {"bot_id", ""}, {"bot_profile", nil}, {"app_id", ""},
		{"blocks", List{}}, {"attachments", List{}}, {"files", List{}}, {"edited", nil}, {"reactions", List{}}, {"metadata", nil},
		{"reply_count", nil}, {"reply_users", List{}}, {"latest_reply", ""}, {"username", ""}, {"icons", nil},
	}},
	{"container", Object{
		{"thread_ts", ""}, {"attachment_id", nil}, {"is_app_unfurl", nil}, {"app_unfurl_url", ""}, {"channel_id", ""},
		{"message_ts", ""}, {"view_id", ""}, {"is_ephemeral", nil},
	}},
	{"actions", Object{
		{"value", ""}, {"url", ""}, {"style", ""}, {"confirm", nil}, {"placeholder", nil}, {"selected_option", nil},
		{"selected_options", List{}}, {"selected_user", ""}, {"selected_users", List{}}, {"selected_channel", ""},
		{"selected_channels", List{}}, {"selected_conversation", ""}, {"selected_conversations", List{}}, {"selected_date", ""},
		{"selected_time", ""}, {"selected_date_time", nil}, {"timezone", ""}, {"initial_option", nil}, {"initial_user", ""},
	}},
	{"team", Object{{"enterprise_id", ""}, {"enterprise_name", ""}}},
	{"user", Object{{"name", ""}, {"username", ""}, {"team_id", ""}, {"enterprise_user", nil}, {"is_stranger", nil}}},
	{"view", Object{
		{"submit_disabled", nil}, {"entity_url", ""}, {"external_ref", nil}, {"app_unfurl_url", ""}, {"message_ts", ""},
		{"thread_ts", ""}, {"channel", ""},
	}},
}

// The tops of payloads: a form, an event's envelope, and what is neither.
const (
	inForm        = "a form"
	inEnvelope    = "an envelope"
	inInteraction = "an interaction"
)

// top is which of them the payload is.
func top(payload Object) string {
	switch {
	case payload.Has("event"):
		return inEnvelope
	case payload.Has("type"):
		return inInteraction
	}
	return inForm
}

// optional finds a documented member of what stands at the end of a way, and what
// its value looks like.
func optional(payload Object, way []string, name string) (any, bool) {
	of := top(payload)
	for _, part := range slices.Backward(way) {
		if _, err := strconv.Atoi(part); err != nil {
			of = part
			break
		}
	}
	for _, o := range optionals {
		if o.of == of && o.members.Has(name) {
			return o.members.Value(name), true
		}
	}
	return nil, false
}
