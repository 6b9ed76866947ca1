package webapi

import "strconv"

// authMethods are those of the family auth.
var authMethods = map[string]serve{"auth.revoke": authRevoke, "auth.teams.list": authTeamsList, "auth.test": authTest}

// authTest says whose token it is.
//
// https://docs.slack.dev/reference/methods/auth.test
func authTest(r *Request) (any, error) {
	t, team := r.token, r.team()
	answer := identity{
		URL: "https://" + team.Domain + ".slack.com/", Team: team.Name, TeamID: team.ID,
		UserID: t.UserID, BotID: t.BotID, EnterpriseID: team.EnterpriseID,
	}
	if e := r.w.enterprise; t.OrgWide && e != nil {
		answer.URL, answer.Team, answer.TeamID, answer.OrgWide = "https://"+e.Domain+".enterprise.slack.com/", e.Name, e.ID, true
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

	OrgWide bool
}

// appendMembers implements appender: SDKs ask so often for this that it counts.
func (i identity) appendMembers(b []byte) []byte {
	for _, m := range [...]struct{ name, value string }{
		{"url", i.URL}, {"team", i.Team}, {"user", i.User}, {"team_id", i.TeamID}, {"user_id", i.UserID},
		{"bot_id", i.BotID}, {"enterprise_id", i.EnterpriseID}, {"app_id", i.AppID}, {"app_name", i.AppName},
	} {
		b = appendMember(b, m.name, m.value)
	}
	return strconv.AppendBool(append(b, `,"is_enterprise_install":`...), i.OrgWide)
}

// authRevoke revokes the token that it is called with.
//
// https://docs.slack.dev/reference/methods/auth.revoke
func authRevoke(r *Request) (any, error) {
	// What a test answers is not documented; nothing was revoked.
	test := r.yes("test")
	if !test {
		r.w.revoke(r.token)
	}
	return struct {
		Revoked bool `json:"revoked"`
	}{!test}, nil
}

// authTeamsList lists the workspaces in which the token may act.
//
// https://docs.slack.dev/reference/methods/auth.teams.list
func authTeamsList(r *Request) (any, error) {
	all := []*Team{r.w.team(r.token.TeamID)}
	if r.token.OrgWide {
		all = r.w.teams
	}
	some, err := page(r, all, 100)
	if err != nil {
		return nil, err
	}
	teams := []named{}
	for _, t := range some {
		teams = append(teams, named{t.ID, t.Name})
	}
	return struct {
		Teams []named `json:"teams"`
	}{teams}, nil
}
