package simulator

import (
	"context"
	"net/http"
	"net/url"

	"belay/simulator/webapi"
)

// InstallControl is what POST act/install of the control API takes.
type InstallControl struct {
	// URL is the app's install path, where a person's browser begins. Without it the app
	// is installed as by the button of its settings, and the tokens are answered.
	URL string `json:"url,omitempty"`
	// App is named by its id or name, where there is no URL; "" is the first.
	App string `json:"app,omitempty"`
	// Team and User are ids or names; "" is the first.
	Team string `json:"team,omitempty"`
	User string `json:"user,omitempty"`
	Org  bool   `json:"org,omitempty"`
	// Decline, Channel, Hosts and Variant are as in InstallOptions, for an install that
	// begins at a URL.
	Decline []string       `json:"decline,omitempty"`
	Channel string         `json:"channel,omitempty"`
	Hosts   []string       `json:"hosts,omitempty"`
	Variant InstallVariant `json:"variant,omitempty"`
	// BotScopes and UserScopes are what is granted without a URL; none is what the seed
	// names.
	BotScopes  []string `json:"bot_scopes,omitempty"`
	UserScopes []string `json:"user_scopes,omitempty"`
}

// InstallAnswer is what POST act/install answers.
type InstallAnswer struct {
	Installed bool `json:"installed"`
	// Of an install that begins at a URL: whether the app tried to exchange its code, the
	// status and the beginning of its last page, the browser's requests, the names of
	// cookies that did not come back, and where the way ended.
	Exchanged bool         `json:"exchanged,omitempty"`
	Status    int          `json:"status,omitempty"`
	Page      string       `json:"page,omitempty"`
	Hops      []ControlHop `json:"hops,omitempty"`
	Lost      []string     `json:"lost,omitempty"`
	Error     string       `json:"error,omitempty"`
	// Of one without: its tokens.
	BotToken         string `json:"bot_token,omitempty"`
	BotRefreshToken  string `json:"bot_refresh_token,omitempty"`
	UserToken        string `json:"user_token,omitempty"`
	UserRefreshToken string `json:"user_refresh_token,omitempty"`
}

// A ControlHop is an InstallHop as the control API tells it.
type ControlHop struct {
	Method   string `json:"method"`
	URL      string `json:"url"`
	Status   int    `json:"status,omitempty"`
	Location string `json:"location,omitempty"`
	Error    string `json:"error,omitempty"`
}

// AppRequest is what the routes about an app's tokens and secret take. App and Team are
// ids or names; "" is the first.
type AppRequest struct {
	App  string `json:"app,omitempty"`
	Team string `json:"team,omitempty"`
	// User is the person whose tokens are revoked; "" is the app's bot.
	User string `json:"user,omitempty"`
	// Token is a token to revoke, and All revokes every one of the app.
	Token string `json:"token,omitempty"`
	All   bool   `json:"all,omitempty"`
}

// AppAnswer is what they answer.
type AppAnswer struct {
	// Installations are where the app is installed afterwards.
	Installations []webapi.Installation `json:"installations"`
	// Expired is how many tokens were made to expire.
	Expired int `json:"expired,omitempty"`
	// ClientSecret is the new one.
	ClientSecret string `json:"client_secret,omitempty"`
}

// maxControlPage bounds what is told of an app's page.
const maxControlPage = 64 << 10

// installRoutes are those of an app's installation and of what it is given.
func installRoutes() []controlRoute {
	return []controlRoute{
		{method: "POST", path: "act/install", answer: taking(installControl)},
		{method: "POST", path: "act/uninstall", answer: taking(uninstallControl)},
		{method: "POST", path: "act/revoke", answer: taking(revokeControl)},
		{method: "POST", path: "act/rotate", answer: taking(rotateControl)},
		{method: "POST", path: "act/secret", answer: taking(secretControl)},
	}
}

func installControl(ctx context.Context, s *Server, in InstallControl) (any, error) {
	if in.URL == "" {
		return s.installByButton(in)
	}
	u, err := url.Parse(in.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, badRequest("invalid_field", "url: %q is no http or https URL", in.URL)
	}
	if !in.Variant.known() {
		return nil, badRequest("invalid_field", "variant: %v", unknownVariant(in.Variant))
	}
	report, err := s.Install(ctx, InstallOptions{
		URL: u, Team: in.Team, User: in.User, Org: in.Org,
		Decline: in.Decline, Channel: in.Channel, Hosts: in.Hosts, Variant: in.Variant,
	})
	answer := InstallAnswer{
		Installed: report.Installed, Exchanged: report.Exchanged, Status: report.Status,
		Page: string(report.Body[:min(len(report.Body), maxControlPage)]), Lost: report.Lost,
	}
	if err != nil {
		answer.Error = err.Error()
	}
	for _, h := range report.Hops {
		hop := ControlHop{Method: h.Method, URL: h.URL, Status: h.Status, Location: h.Location}
		if h.Err != nil {
			hop.Error = h.Err.Error()
		}
		answer.Hops = append(answer.Hops, hop)
	}
	return answer, nil
}

// installByButton installs without OAuth.
func (s *Server) installByButton(in InstallControl) (any, error) {
	if in.Variant != "" {
		return nil, badRequest("invalid_field", "variant: an install goes otherwise only where it begins at a url")
	}
	done, err := s.workspace.Install(webapi.InstallRequest{
		App: in.App, Team: in.Team, User: in.User, Org: in.Org, BotScopes: in.BotScopes, UserScopes: in.UserScopes,
	})
	if err != nil {
		return nil, badRequest("cannot_act", "%v", err)
	}
	return InstallAnswer{
		Installed: true,
		BotToken:  string(done.BotToken), BotRefreshToken: string(done.BotRefreshToken),
		UserToken: string(done.UserToken), UserRefreshToken: string(done.UserRefreshToken),
	}, nil
}

func uninstallControl(_ context.Context, s *Server, in AppRequest) (any, error) {
	return s.appAnswer(in, s.workspace.Uninstall(in.App, in.Team))
}

// revokeControl revokes a token, all of an app, or all of its bot or of a person.
func revokeControl(_ context.Context, s *Server, in AppRequest) (any, error) {
	switch {
	case in.All && (in.Token != "" || in.User != ""):
		return nil, badRequest("invalid_field", "all: every token is revoked, so none is named by token or user")
	case in.All:
		return s.appAnswer(in, s.workspace.RevokeAll(in.App))
	case in.Token != "":
		return s.appAnswer(in, s.workspace.RevokeToken(webapi.Secret(in.Token)))
	}
	return s.appAnswer(in, s.workspace.RevokeGrant(in.App, in.Team, in.User))
}

func rotateControl(_ context.Context, s *Server, in AppRequest) (any, error) {
	expired, err := s.workspace.ExpireTokens(in.App, in.Team)
	answer, err := s.appAnswer(in, err)
	answer.Expired = expired
	return answer, err
}

func secretControl(_ context.Context, s *Server, in AppRequest) (any, error) {
	secret, err := s.workspace.ChangeClientSecret(in.App)
	answer, err := s.appAnswer(in, err)
	answer.ClientSecret = string(secret)
	return answer, err
}

// appAnswer is where the app is installed, once what was asked for is done.
func (s *Server) appAnswer(in AppRequest, err error) (AppAnswer, error) {
	if err != nil {
		return AppAnswer{}, refusal(http.StatusBadRequest, "cannot_act", "%v", err)
	}
	all, err := s.workspace.Installations(in.App)
	if err != nil {
		return AppAnswer{}, refusal(http.StatusBadRequest, "cannot_act", "%v", err)
	}
	return AppAnswer{Installations: all}, nil
}
