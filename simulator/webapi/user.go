package webapi

// A User is a member of a workspace: a person or an app's bot.
//
// https://docs.slack.dev/reference/objects/user-object
type User struct {
	ID       string   `json:"id"`
	TeamID   string   `json:"team_id"`
	Name     string   `json:"name"`
	Deleted  bool     `json:"deleted"`
	Color    string   `json:"color,omitempty"`
	RealName string   `json:"real_name"`
	TZ       string   `json:"tz"`
	TZLabel  string   `json:"tz_label"`
	TZOffset int      `json:"tz_offset"`
	Profile  Profiled `json:"profile"`

	IsAdmin           bool   `json:"is_admin"`
	IsOwner           bool   `json:"is_owner"`
	IsPrimaryOwner    bool   `json:"is_primary_owner"`
	IsRestricted      bool   `json:"is_restricted"`
	IsUltraRestricted bool   `json:"is_ultra_restricted"`
	IsBot             bool   `json:"is_bot"`
	IsAppUser         bool   `json:"is_app_user"`
	IsStranger        bool   `json:"is_stranger,omitempty"`
	Updated           int64  `json:"updated"`
	Locale            string `json:"locale,omitempty"`

	presence string
}

// Profiled is a user's profile.
type Profiled struct {
	RealName              string `json:"real_name"`
	RealNameNormalized    string `json:"real_name_normalized"`
	DisplayName           string `json:"display_name"`
	DisplayNameNormalized string `json:"display_name_normalized"`
	FirstName             string `json:"first_name,omitempty"`
	LastName              string `json:"last_name,omitempty"`
	Title                 string `json:"title"`
	Phone                 string `json:"phone"`
	Skype                 string `json:"skype"`
	Email                 string `json:"email,omitempty"`
	StatusText            string `json:"status_text"`
	StatusEmoji           string `json:"status_emoji"`
	StatusExpiration      int64  `json:"status_expiration"`
	AvatarHash            string `json:"avatar_hash"`
	Image24               string `json:"image_24"`
	Image48               string `json:"image_48"`
	Image72               string `json:"image_72"`
	Image192              string `json:"image_192"`
	Image512              string `json:"image_512"`
	Team                  string `json:"team"`
	APIAppID              string `json:"api_app_id,omitempty"`
	BotID                 string `json:"bot_id,omitempty"`
	AlwaysActive          bool   `json:"always_active,omitempty"`

	Fields map[string]ProfileField `json:"fields,omitempty"`
}

// A ProfileField is a custom field of a profile.
type ProfileField struct {
	Value string `json:"value"`
	Alt   string `json:"alt"`
}
