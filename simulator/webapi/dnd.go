package webapi

// dndMethods are those of the family dnd that read. Nobody is ever undisturbed; what
// changes that follows its facts.
var dndMethods = map[string]serve{"dnd.info": dndInfo, "dnd.teamInfo": dndTeamInfo}

// A quiet is whether and when somebody is not to be disturbed.
type quiet struct {
	DNDEnabled     bool  `json:"dnd_enabled"`
	NextDNDStartTS int64 `json:"next_dnd_start_ts"`
	NextDNDEndTS   int64 `json:"next_dnd_end_ts"`
}

// dndInfo tells of one user.
//
// https://docs.slack.dev/reference/methods/dnd.info
func dndInfo(r *Request) (any, error) {
	if _, err := r.userNamed("user"); err != nil {
		return nil, err
	}
	return struct {
		quiet
		SnoozeEnabled bool `json:"snooze_enabled"`
	}{quiet: quiet{NextDNDStartTS: 1, NextDNDEndTS: 1}}, nil
}

// dndTeamInfo tells of several users.
//
// https://docs.slack.dev/reference/methods/dnd.teamInfo
func dndTeamInfo(r *Request) (any, error) {
	users := map[string]quiet{}
	for _, id := range r.list("users") {
		if r.team().user(id) != nil {
			users[id] = quiet{NextDNDStartTS: 1, NextDNDEndTS: 1}
		}
	}
	return struct {
		Users map[string]quiet `json:"users"`
	}{users}, nil
}
