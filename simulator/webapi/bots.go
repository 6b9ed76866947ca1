package webapi

// botsMethods are those of the family bots.
var botsMethods = map[string]serve{"bots.info": botsInfo}

// botsInfo tells of an app's bot.
//
// https://docs.slack.dev/reference/methods/bots.info
func botsInfo(r *Request) (any, error) {
	type bot struct {
		ID      string            `json:"id"`
		Deleted bool              `json:"deleted"`
		Name    string            `json:"name"`
		Updated int64             `json:"updated"`
		AppID   string            `json:"app_id"`
		UserID  string            `json:"user_id,omitempty"`
		Icons   map[string]string `json:"icons"`
	}
	for _, a := range r.w.apps {
		if a.BotID != "" && a.BotID == r.text("bot") {
			p := a.profile(r.token.TeamID)
			return struct {
				Bot bot `json:"bot"`
			}{bot{p.ID, p.Deleted, p.Name, p.Updated, p.AppID, p.UserID, p.Icons}}, nil
		}
	}
	return nil, refuse("bot_not_found")
}
