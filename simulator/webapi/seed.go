package webapi

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Seed is what a workspace begins with. It is read from YAML or JSON by whoever
// starts the server; the names of its members are those of the file.
type Seed struct {
	Enterprise *SeedEnterprise `yaml:"enterprise,omitempty" json:"enterprise,omitempty"`
	Teams      []SeedTeam      `yaml:"teams,omitempty" json:"teams,omitempty"`
	Apps       []SeedApp       `yaml:"apps,omitempty" json:"apps,omitempty"`
}

// A SeedEnterprise is the organization of all teams.
type SeedEnterprise struct {
	ID     string `yaml:"id,omitempty" json:"id,omitempty"`
	Name   string `yaml:"name,omitempty" json:"name,omitempty"`
	Domain string `yaml:"domain,omitempty" json:"domain,omitempty"`
}

// A SeedTeam is one workspace.
type SeedTeam struct {
	ID       string        `yaml:"id,omitempty" json:"id,omitempty"`
	Name     string        `yaml:"name,omitempty" json:"name,omitempty"`
	Domain   string        `yaml:"domain,omitempty" json:"domain,omitempty"`
	Users    []SeedUser    `yaml:"users,omitempty" json:"users,omitempty"`
	Channels []SeedChannel `yaml:"channels,omitempty" json:"channels,omitempty"`
	// Emoji are the team's own: an address, or alias:NAME, by name.
	Emoji      map[string]string `yaml:"emoji,omitempty" json:"emoji,omitempty"`
	Usergroups []SeedUsergroup   `yaml:"usergroups,omitempty" json:"usergroups,omitempty"`
}

// A SeedUsergroup is one group of users that can be mentioned together.
type SeedUsergroup struct {
	ID     string `yaml:"id,omitempty" json:"id,omitempty"`
	Handle string `yaml:"handle,omitempty" json:"handle,omitempty"`
	Name   string `yaml:"name,omitempty" json:"name,omitempty"`
	// Users are names or ids.
	Users []string `yaml:"users,omitempty" json:"users,omitempty"`
}

// A SeedUser is one person.
type SeedUser struct {
	ID       string `yaml:"id,omitempty" json:"id,omitempty"`
	Name     string `yaml:"name,omitempty" json:"name,omitempty"`
	RealName string `yaml:"real_name,omitempty" json:"real_name,omitempty"`
	Email    string `yaml:"email,omitempty" json:"email,omitempty"`
	Admin    bool   `yaml:"admin,omitempty" json:"admin,omitempty"`
	Guest    bool   `yaml:"guest,omitempty" json:"guest,omitempty"`
	Deleted  bool   `yaml:"deleted,omitempty" json:"deleted,omitempty"`
}

// A SeedChannel is one conversation.
type SeedChannel struct {
	ID      string `yaml:"id,omitempty" json:"id,omitempty"`
	Name    string `yaml:"name,omitempty" json:"name,omitempty"`
	Topic   string `yaml:"topic,omitempty" json:"topic,omitempty"`
	Purpose string `yaml:"purpose,omitempty" json:"purpose,omitempty"`
	// Type is public, private, im or mpim; "" is public.
	Type     string `yaml:"type,omitempty" json:"type,omitempty"`
	Archived bool   `yaml:"archived,omitempty" json:"archived,omitempty"`
	// ReadOnly lets nobody post.
	ReadOnly bool `yaml:"read_only,omitempty" json:"read_only,omitempty"`
	// Members are names or ids of users and apps; nil puts everybody in, and into a
	// direct message the first user and the first app.
	Members  []string      `yaml:"members,omitempty" json:"members,omitempty"`
	Messages []SeedMessage `yaml:"messages,omitempty" json:"messages,omitempty"`
}

// A SeedMessage is one message.
type SeedMessage struct {
	User string `yaml:"user,omitempty" json:"user,omitempty"`
	Text string `yaml:"text,omitempty" json:"text,omitempty"`
}

// A SeedApp is one app. It is installed in every team, unless it says otherwise.
type SeedApp struct {
	ID         string   `yaml:"id,omitempty" json:"id,omitempty"`
	Name       string   `yaml:"name,omitempty" json:"name,omitempty"`
	BotScopes  []string `yaml:"bot_scopes,omitempty" json:"bot_scopes,omitempty"`
	UserScopes []string `yaml:"user_scopes,omitempty" json:"user_scopes,omitempty"`
	Events     []string `yaml:"events,omitempty" json:"events,omitempty"`
	UserEvents []string `yaml:"user_events,omitempty" json:"user_events,omitempty"`
	// BotName is the bot user's; "" is the app's.
	BotName string `yaml:"bot_name,omitempty" json:"bot_name,omitempty"`
	// NoHomeTab and NoMessagesTab switch the tabs of the app's home off.
	NoHomeTab     bool `yaml:"no_home_tab,omitempty" json:"no_home_tab,omitempty"`
	NoMessagesTab bool `yaml:"no_messages_tab,omitempty" json:"no_messages_tab,omitempty"`
	// BotID and BotUserID are made when they are empty.
	BotID     string `yaml:"bot_id,omitempty" json:"bot_id,omitempty"`
	BotUserID string `yaml:"bot_user_id,omitempty" json:"bot_user_id,omitempty"`
	// Tokens are by their values, which must have Slack's prefixes. With none, every
	// well-formed token is the app's.
	Tokens []SeedToken `yaml:"tokens,omitempty" json:"tokens,omitempty"`
	// NotInstalled leaves the installation to somebody who acts. The app is installed
	// all the same where it has a token.
	NotInstalled bool `yaml:"not_installed,omitempty" json:"not_installed,omitempty"`
	// ClientID, ClientSecret and SigningSecret are made when they are empty.
	ClientID      string `yaml:"client_id,omitempty" json:"client_id,omitempty"`
	ClientSecret  string `yaml:"client_secret,omitempty" json:"client_secret,omitempty"`
	SigningSecret string `yaml:"signing_secret,omitempty" json:"signing_secret,omitempty"`
	// RedirectURLs are where an install may lead back to, with what is below them.
	// With none, every lawful URL will do.
	RedirectURLs []string `yaml:"redirect_urls,omitempty" json:"redirect_urls,omitempty"`
	// OptionalScopes are those that people may decline.
	OptionalScopes []string `yaml:"optional_scopes,omitempty" json:"optional_scopes,omitempty"`
	// Classic apps are from before granular permissions.
	Classic bool `yaml:"classic,omitempty" json:"classic,omitempty"`
	// TokenRotation lets tokens expire, and PKCE makes the app a public client.
	TokenRotation bool `yaml:"token_rotation,omitempty" json:"token_rotation,omitempty"`
	PKCE          bool `yaml:"pkce,omitempty" json:"pkce,omitempty"`
	// Distributed apps may be installed in other teams than the first, and OrgDeploy
	// lets an organization install the app for all its teams.
	Distributed bool `yaml:"distributed,omitempty" json:"distributed,omitempty"`
	OrgDeploy   bool `yaml:"org_deploy,omitempty" json:"org_deploy,omitempty"`
}

// A SeedToken is one token that was issued.
type SeedToken struct {
	Token  string   `yaml:"token" json:"token"`
	Team   string   `yaml:"team,omitempty" json:"team,omitempty"`
	User   string   `yaml:"user,omitempty" json:"user,omitempty"`
	Scopes []string `yaml:"scopes,omitempty" json:"scopes,omitempty"`
}

// The ids of the default seed, which payloads have too.
const (
	DefaultTeam    = "TBELAY00000"
	DefaultUser    = "UBELAY00000"
	DefaultBotUser = "UBELAYBOT00"
	DefaultBot     = "BBELAY00000"
	DefaultApp     = "ABELAY00000"
	DefaultChannel = "CBELAY00000"
	GeneralChannel = "C0BELAY0GEN"
)

// DefaultSeed is one workspace with two people, two channels and one app.
func DefaultSeed() Seed {
	return Seed{
		Teams: []SeedTeam{{
			ID: DefaultTeam, Name: "Belay Probe", Domain: "belay-probe",
			Users: []SeedUser{
				{ID: DefaultUser, Name: "belay", RealName: "Belay Probe", Email: "belay@example.com", Admin: true},
				{ID: "UBELAYGUEST", Name: "belay-guest", RealName: "Belay Guest", Email: "guest@example.com", Guest: true},
			},
			Channels: []SeedChannel{
				{ID: GeneralChannel, Name: "general", Purpose: "Everybody is here"},
				{ID: DefaultChannel, Name: "belay-probe"},
			},
		}},
		Apps: []SeedApp{{ID: DefaultApp, Name: "belay", BotID: DefaultBot, BotUserID: DefaultBotUser}},
	}
}

// Check says everything that contradicts itself in a seed.
func (s Seed) Check() []error {
	var wrong []error
	ids := map[string]string{}
	once := func(id, what string) {
		if id == "" {
			return
		}
		if other, taken := ids[id]; taken {
			wrong = append(wrong, fmt.Errorf("%s has the id %s, which %s has too", what, id, other))
		}
		ids[id] = what
	}
	for _, t := range s.Teams {
		once(t.ID, "team "+t.Name)
		for _, u := range t.Users {
			once(u.ID, "user "+u.Name)
		}
		for _, g := range t.Usergroups {
			once(g.ID, "user group "+g.Handle)
			for _, m := range g.Users {
				if !t.hasMember(nil, m) {
					wrong = append(wrong, fmt.Errorf("user group %s has the user %q, and team %s has no such user", g.Handle, m, t.Name))
				}
			}
		}
		for _, c := range t.Channels {
			once(c.ID, "channel "+c.Name)
			if c.Type == "im" && c.Members != nil && len(c.Members) != 2 {
				wrong = append(wrong, fmt.Errorf("direct message %s has %d members; want 2", cmp.Or(c.Name, c.ID), len(c.Members)))
			}
			if !slices.Contains([]string{"", "public", "private", "im", "mpim"}, c.Type) {
				wrong = append(wrong, fmt.Errorf("channel %s has the type %q; want public, private, im or mpim", c.Name, c.Type))
			}
			for _, m := range c.Members {
				if !t.hasMember(s.Apps, m) {
					wrong = append(wrong, fmt.Errorf("channel %s has the member %q, and team %s has no such user or app", c.Name, m, t.Name))
				}
			}
		}
	}
	for _, a := range s.Apps {
		once(a.ID, "app "+a.Name)
		for _, u := range a.RedirectURLs {
			if err := lawful(u, a.PKCE); err != nil {
				wrong = append(wrong, fmt.Errorf("app %s has the redirect URL %s, which %w", a.Name, clip(u, 200), err))
			}
		}
		for _, t := range a.Tokens {
			if kindOf(t.Token) == "" {
				wrong = append(wrong, fmt.Errorf("app %s has a token without the prefix xoxb-, xoxp-, xapp- or xwfp-", a.Name))
			}
		}
	}
	return wrong
}

func (t SeedTeam) hasMember(apps []SeedApp, name string) bool {
	return slices.ContainsFunc(t.Users, func(u SeedUser) bool { return u.ID == name || u.Name == name }) ||
		slices.ContainsFunc(apps, func(a SeedApp) bool { return a.ID == name || a.Name == name || a.BotUserID == name })
}

// grow makes the state of a seed.
func (w *Workspace) grow(s Seed) {
	if len(s.Teams) == 0 {
		s.Teams = DefaultSeed().Teams
	}
	if len(s.Apps) == 0 {
		s.Apps = DefaultSeed().Apps
	}
	if e := s.Enterprise; e != nil {
		w.enterprise = &Enterprise{ID: cmp.Or(e.ID, "EBELAY00000"), Name: cmp.Or(e.Name, "Belay Probe Org"), Domain: cmp.Or(e.Domain, "belay-probe-org")}
	}
	for i, a := range s.Apps {
		app := &App{
			ID: cmp.Or(a.ID, w.newID("A")), Name: cmp.Or(a.Name, "belay"),
			BotID: cmp.Or(a.BotID, w.newID("B")), BotUserID: cmp.Or(a.BotUserID, w.newID("U")),
			BotName: a.BotName, BotScopes: a.BotScopes, UserScopes: a.UserScopes,
			Events: a.Events, UserEvents: a.UserEvents, updated: w.now().Unix(),
			NoHomeTab: a.NoHomeTab, NoMessagesTab: a.NoMessagesTab,
			ClientID:     cmp.Or(a.ClientID, fmt.Sprintf("0000000000.%010d", i+1)),
			RedirectURLs: a.RedirectURLs, OptionalScopes: a.OptionalScopes, Classic: a.Classic,
			Rotation: a.TokenRotation, PKCE: a.PKCE, Distributed: a.Distributed, OrgDeploy: a.OrgDeploy,
		}
		app.secrets = []clientSecret{{value: cmp.Or(a.ClientSecret, w.madeSecret("client secret", app.ID))}}
		app.signingSecret = cmp.Or(a.SigningSecret, w.madeSecret("signing secret", app.ID))
		w.apps = append(w.apps, app)
	}
	for _, t := range s.Teams {
		w.growTeam(t, s.Apps)
	}
	for i, a := range s.Apps {
		for _, t := range a.Tokens {
			w.issue(w.apps[i], t)
		}
	}
}

func (w *Workspace) growTeam(s SeedTeam, apps []SeedApp) {
	t := &Team{ID: cmp.Or(s.ID, w.newID("T")), Name: cmp.Or(s.Name, "Belay Probe"), Domain: cmp.Or(s.Domain, "belay-probe")}
	if w.enterprise != nil {
		t.EnterpriseID = w.enterprise.ID
	}
	w.teams = append(w.teams, t)
	for i, u := range s.Users {
		t.users = append(t.users, w.newUser(t, u, i == 0))
	}
	if len(t.users) == 0 {
		t.users = append(t.users, w.newUser(t, SeedUser{Name: "belay"}, true))
	}
	for i, a := range w.apps {
		if !apps[i].NotInstalled {
			w.seedInstall(a, t)
		}
	}
	for _, c := range s.Channels {
		w.growChannel(t, c)
	}
	t.emoji = s.Emoji
	for _, g := range s.Usergroups {
		w.growUsergroup(t, g)
	}
}

func (w *Workspace) growUsergroup(t *Team, s SeedUsergroup) {
	now, owner := w.now().Unix(), t.users[0].ID
	g := &Usergroup{
		ID: cmp.Or(s.ID, w.newID("S")), TeamID: t.ID, IsUsergroup: true, IsSubteam: true, Name: cmp.Or(s.Name, s.Handle), Handle: cmp.Or(s.Handle, s.Name),
		DateCreate: now, DateUpdate: now, CreatedBy: owner, UpdatedBy: owner, Prefs: UsergroupPrefs{[]string{}, []string{}},
	}
	for _, name := range s.Users {
		if id := w.member(t, name); id != "" {
			g.Users = append(g.Users, id)
		}
	}
	t.usergroups = append(t.usergroups, g)
}

// newUser is a person. The first one owns the workspace.
func (w *Workspace) newUser(t *Team, s SeedUser, first bool) *User {
	name := cmp.Or(s.Name, "someone")
	real := cmp.Or(s.RealName, name)
	return &User{
		ID: cmp.Or(s.ID, w.newID("U")), TeamID: t.ID, Name: name, RealName: real, Deleted: s.Deleted,
		TZ: "Europe/London", TZLabel: "Greenwich Mean Time", Color: "9f69e7", Locale: "en-US",
		IsAdmin: s.Admin || first, IsOwner: first, IsPrimaryOwner: first, IsRestricted: s.Guest,
		Updated: w.now().Unix(), presence: "active",
		Profile: Profiled{
			RealName: real, RealNameNormalized: real, DisplayName: name, DisplayNameNormalized: name,
			Email: cmp.Or(s.Email, name+"@example.com"), AvatarHash: "be1a0be1a0be", Team: t.ID,
			Image24: avatar(24), Image48: avatar(48), Image72: avatar(72), Image192: avatar(192), Image512: avatar(512),
		},
	}
}

// newBotUser is the user that an app is.
func (w *Workspace) newBotUser(t *Team, a *App) *User {
	name := cmp.Or(a.BotName, a.Name)
	u := w.newUser(t, SeedUser{ID: a.BotUserID, Name: strings.ToLower(strings.ReplaceAll(name, " ", "_")), RealName: name}, false)
	u.IsBot, u.Profile.Email, u.Profile.APIAppID, u.Profile.BotID = true, "", a.ID, a.BotID
	return u
}

func (w *Workspace) growChannel(t *Team, s SeedChannel) {
	owner := t.users[0].ID
	c := &Channel{
		Name: s.Name, TeamID: t.ID, Creator: owner, Created: w.now().Unix(), Updated: w.now().UnixMilli(),
		Sort: "channel", Archived: s.Archived, ReadOnly: s.ReadOnly, General: s.Name == "general",
		Topic: Described{Value: s.Topic}, Purpose: Described{Value: s.Purpose},
	}
	switch s.Type {
	case "private":
		c.Sort = "group"
	case "im", "mpim":
		c.Sort = s.Type
	}
	c.ID = cmp.Or(s.ID, w.newID(map[string]string{"channel": "C", "group": "C", "mpim": "C", "im": "D"}[c.Sort]))
	for _, name := range s.Members {
		if id := w.member(t, name); id != "" {
			c.Members = append(c.Members, id)
		}
	}
	switch {
	case s.Members != nil:
	case c.Sort == "im":
		c.Members = []string{owner, w.apps[0].BotUserID}
	default:
		for _, u := range t.users {
			c.Members = append(c.Members, u.ID)
		}
	}
	switch {
	case c.Sort == "im" && len(c.Members) > 0:
		c.Name, c.User = "", c.Members[0]
	case c.Sort == "mpim" && c.Name == "":
		t.nameGroup(c)
	}
	t.channels = append(t.channels, c)
	for _, m := range s.Messages {
		c.messages = append(c.messages, &Message{Type: "message", User: cmp.Or(w.member(t, m.User), owner), Text: m.Text, Team: t.ID, TS: w.newTS()})
		w.keep(c, w.newestIn(c))
	}
}

func (w *Workspace) newestIn(c *Channel) string { return c.messages[len(c.messages)-1].TS }

// member is the id of a user or app that is named by its name or id, or "".
func (w *Workspace) member(t *Team, name string) string {
	for _, u := range t.users {
		if u.ID == name || u.Name == name {
			return u.ID
		}
	}
	for _, a := range w.apps {
		if a.ID == name || a.Name == name {
			return a.BotUserID
		}
	}
	return ""
}

// issue makes a token known, and its app installed.
func (w *Workspace) issue(a *App, s SeedToken) {
	team := w.teams[0]
	for _, t := range w.teams {
		if s.Team == t.ID || s.Team == t.Name {
			team = t
		}
	}
	kind := kindOf(s.Token)
	t := &Token{value: s.Token, Kind: kind, AppID: a.ID, TeamID: team.ID, Scopes: s.Scopes}
	if kind == AppToken {
		w.tokens[s.Token] = t
		return
	}
	in, user := w.installFor(a, team, false), ""
	if t.Scopes == nil {
		t.Scopes = a.BotScopes
	}
	if kind == UserToken {
		user = cmp.Or(w.member(team, s.User), team.users[0].ID)
		if s.Scopes == nil {
			t.Scopes = a.UserScopes
		}
	}
	g := in.grantOf(user, false)
	if g == nil {
		g = w.grantTo(in, user, false, t.Scopes)
	}
	w.hold(g, t)
}
