package webapi

// authMethods are those of the family auth. What a token's life is made of follows its
// facts.
var authMethods = map[string]serve{"auth.test": authTest}

// authTest says whose token it is.
//
// https://docs.slack.dev/reference/methods/auth.test
func authTest(r *Request) (any, error) {
	t, team := r.token, r.team()
	answer := struct {
		URL                 string `json:"url"`
		Team                string `json:"team"`
		User                string `json:"user"`
		TeamID              string `json:"team_id"`
		UserID              string `json:"user_id"`
		BotID               string `json:"bot_id,omitempty"`
		EnterpriseID        string `json:"enterprise_id,omitempty"`
		AppID               string `json:"app_id,omitempty"`
		AppName             string `json:"app_name,omitempty"`
		IsEnterpriseInstall bool   `json:"is_enterprise_install"`
	}{
		URL: "https://" + team.Domain + ".slack.com/", Team: team.Name, TeamID: team.ID,
		UserID: t.UserID, BotID: t.BotID, EnterpriseID: team.EnterpriseID,
	}
	if t.Kind == AppToken {
		answer.AppID, answer.AppName = t.AppID, r.w.app(t.AppID).Name
	}
	if u := team.user(t.UserID); u != nil {
		answer.User = u.Name
	}
	return answer, nil
}
