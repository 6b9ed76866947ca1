package webapi

import "fmt"

// teamMethods are those of the family team. Logs and bills follow their facts.
var teamMethods = map[string]serve{
	"team.info":             teamInfo,
	"team.preferences.list": teamPreferencesList,
	"team.profile.get":      teamProfileGet,
}

// teamInfo tells of the workspace, or another one of its organization.
//
// https://docs.slack.dev/reference/methods/team.info
func teamInfo(r *Request) (any, error) {
	t := r.team()
	if r.has("team") && r.text("team") != t.ID {
		other := r.w.team(r.text("team"))
		if other == nil || t.EnterpriseID == "" || other.EnterpriseID != t.EnterpriseID {
			return nil, refuse("team_not_found")
		}
		t = other
	}
	type team struct {
		ID               string         `json:"id"`
		Name             string         `json:"name"`
		URL              string         `json:"url"`
		Domain           string         `json:"domain"`
		EmailDomain      string         `json:"email_domain"`
		Icon             map[string]any `json:"icon"`
		AvatarBaseURL    string         `json:"avatar_base_url"`
		IsVerified       bool           `json:"is_verified"`
		EnterpriseID     string         `json:"enterprise_id,omitempty"`
		EnterpriseName   string         `json:"enterprise_name,omitempty"`
		EnterpriseDomain string         `json:"enterprise_domain,omitempty"`
	}
	answer := team{
		ID: t.ID, Name: t.Name, URL: "https://" + t.Domain + ".slack.com/", Domain: t.Domain,
		Icon: map[string]any{"image_default": true}, AvatarBaseURL: "https://ca.slack-edge.example/", EnterpriseID: t.EnterpriseID,
	}
	for _, pixels := range []int{34, 44, 68, 88, 102, 132, 230} {
		answer.Icon[fmt.Sprintf("image_%d", pixels)] = avatar(pixels)
	}
	if e := r.w.enterprise; e != nil {
		answer.EnterpriseName, answer.EnterpriseDomain = e.Name, e.Domain
	}
	return struct {
		Team team `json:"team"`
	}{answer}, nil
}

// teamPreferencesList tells the settings of a workspace that nobody changed.
//
// https://docs.slack.dev/reference/methods/team.preferences.list
func teamPreferencesList(*Request) (any, error) {
	return struct {
		MsgEditWindowMins    int    `json:"msg_edit_window_mins"`
		AllowMessageDeletion bool   `json:"allow_message_deletion"`
		DisplayRealNames     bool   `json:"display_real_names"`
		DisableFileUploads   string `json:"disable_file_uploads"`
		WhoCanPostGeneral    string `json:"who_can_post_general"`
	}{-1, true, false, "allow_all", "everyone"}, nil
}

// teamProfileGet tells which fields of their own a workspace's profiles have: none.
//
// https://docs.slack.dev/reference/methods/team.profile.get
func teamProfileGet(*Request) (any, error) {
	type profile struct {
		Fields   []struct{} `json:"fields"`
		Sections []struct{} `json:"sections"`
	}
	return struct {
		Profile profile `json:"profile"`
	}{profile{[]struct{}{}, []struct{}{}}}, nil
}
