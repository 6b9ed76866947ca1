package simulator

import (
	"net/url"

	"belay/simulator/payload"
)

// Targets are the URLs that an app's configuration names, and how Slack signs what it
// sends there. A URL that is nil is sent to over Socket Mode.
//
// https://docs.slack.dev/reference/app-manifest
type Targets struct {
	// Commands is the request URL of slash commands.
	Commands *url.URL
	// Actions is the request URL of interactivity.
	Actions *url.URL
	// Options is the options load URL.
	Options *url.URL
	// Events is the request URL of event subscriptions.
	Events *url.URL
	// Secret is the app's signing secret, and Token its verification token.
	Secret, Token payload.Secret
}

// of is where a kind of payload goes.
func (t Targets) of(k payload.Kind) *url.URL {
	switch k.Name {
	case payload.Command.Name, payload.SSLCheck.Name:
		return t.Commands
	case payload.BlockSuggestion.Name, payload.InteractiveMessageSuggestion.Name, payload.DialogSuggestion.Name:
		if t.Options != nil {
			return t.Options
		}
		return t.Actions
	}
	if k.Encoding == payload.JSON {
		return t.Events
	}
	return t.Actions
}

// reaches reports whether something listens where the app gets its events.
func (s *Server) reaches(t *url.URL) bool { return t != nil || len(s.Sockets()) > 0 }
