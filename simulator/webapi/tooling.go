package webapi

// toolingMethods are those of configuration tokens.
var toolingMethods = map[string]serve{"tooling.tokens.rotate": toolingTokensRotate}

// toolingTokensRotate exchanges the refresh token of a configuration token, once. One
// that nobody issued is taken where tokens that nobody issued are.
//
// https://docs.slack.dev/reference/methods/tooling.tokens.rotate
func toolingTokensRotate(r *Request) (any, error) {
	w, value := r.w, r.text("refresh_token")
	known := w.refreshes[value]
	adopted := known == nil && w.profile.AnyToken && len(value) > len("xoxe-1-") && value[:7] == "xoxe-1-" && len(w.refreshes) < maxTokens
	if !adopted && (known == nil || known.grant != nil || !known.used.IsZero()) {
		return nil, refuse("invalid_refresh_token")
	}
	now := w.now()
	w.refreshes[value] = &refresh{value: value, used: now}
	next := &refresh{value: newSecret("xoxe-1-")}
	w.refreshes[next.value] = next
	t := &Token{
		value: newSecret("xoxe.xoxp-1-"), Kind: UserToken, AppID: w.apps[0].ID, TeamID: w.teams[0].ID, UserID: w.teams[0].users[0].ID,
		Expires: now.Add(w.profile.OAuth.TokenLife), issued: true,
	}
	w.tokens[t.value] = t
	return struct {
		Token        string `json:"token"`
		RefreshToken string `json:"refresh_token"`
		TeamID       string `json:"team_id"`
		UserID       string `json:"user_id"`
		Issued       int64  `json:"iat"`
		Expires      int64  `json:"exp"`
	}{t.value, next.value, t.TeamID, t.UserID, now.Unix(), t.Expires.Unix()}, nil
}
