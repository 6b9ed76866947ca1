package webapi

// authMethods are those of the family auth. What a token's life is made of follows its
// facts.
var authMethods = map[string]serve{"auth.test": authTest}

// authTest says whose token it is.
//
// https://docs.slack.dev/reference/methods/auth.test
func authTest(r *Request) (any, error) {
	t, team := r.token, r.team()
	answer := identity{
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

// An identity is whose a token is.
type identity struct {
	URL, Team, User, TeamID, UserID, BotID, EnterpriseID, AppID, AppName string
}

// appendMembers implements appender: SDKs ask so often for this that it counts.
func (i identity) appendMembers(b []byte) []byte {
	for _, m := range [...]struct{ name, value string }{
		{"url", i.URL}, {"team", i.Team}, {"user", i.User}, {"team_id", i.TeamID}, {"user_id", i.UserID},
		{"bot_id", i.BotID}, {"enterprise_id", i.EnterpriseID}, {"app_id", i.AppID}, {"app_name", i.AppName},
	} {
		b = appendMember(b, m.name, m.value)
	}
	return append(b, `,"is_enterprise_install":false`...)
}
