package webapi

import "slices"

// agentsMethods are those of the family agents.
var agentsMethods = map[string]serve{"agents.sessions.setStatus": sessionsSetStatus, "agents.sessions.rename": sessionsRename}

// sessionStatuses are the documented ones.
var sessionStatuses = []string{"active", "processing", "suspended", "closed"}

// sessionsSetStatus says how an agent's session goes on. Without the subscription by
// which the user can stop it, Slack warns.
//
// https://docs.slack.dev/reference/methods/agents.sessions.setStatus
func sessionsSetStatus(r *Request) (any, error) {
	t, err := r.named()
	if err != nil {
		return nil, err
	}
	status := r.text("status")
	switch {
	case !slices.Contains(sessionStatuses, status):
		return nil, refuse("invalid_status")
	case t.ThreadTS == "":
		return nil, refuse("thread_ts_required")
	}
	if user := r.text("initiator_user_id"); user != "" && r.team().user(user) == nil {
		return nil, refuse("user_not_found")
	}
	if app := r.w.app(r.token.AppID); app.Events != nil && !slices.Contains(app.Events, "agent_session_stopped") {
		r.warn("missing_agent_session_stopped_event_subscription")
	}
	if t.Session == "" && r.has("title") {
		t.Title = r.text("title")
	}
	t.Session = status
	return struct {
		Status      string `json:"status"`
		AgentStatus string `json:"agent_status"`
		Title       string `json:"title"`
	}{status, status, t.Title}, nil
}

// sessionsRename names an agent's session.
//
// https://docs.slack.dev/reference/methods/agents.sessions.rename
func sessionsRename(r *Request) (any, error) {
	c, err := r.channel("channel_id")
	if err != nil {
		return nil, err
	}
	t := r.w.threads[c.ID+" "+r.text("thread_ts")]
	switch {
	case t == nil || t.Session == "":
		return nil, refuse("session_not_found")
	case r.text("title") == "":
		return nil, refuse("invalid_name")
	}
	t.Title = r.text("title")
	return struct {
		Title string `json:"title"`
	}{t.Title}, nil
}
