package simulator

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"belay/simulator/facts"
	"belay/simulator/payload"
	"belay/simulator/webapi"
)

// A Withholding is an event that the app did not get.
type Withholding struct {
	// Sequence grows by one with every withheld event.
	Sequence uint64
	At       time.Time
	// Event is the event's type, such as message, and Subscription what an app
	// subscribes to for it, such as message.channels.
	Event, Subscription string
	// Reason says why in words.
	Reason string
}

// Withheld are the events that the app did not get, oldest first, as far as they are
// remembered.
func (s *Server) Withheld() []Withholding { return s.record.withheld.all(s.record, nil) }

// happened is told of what an app may learn. It does not wait: the workspace is locked.
func (s *Server) happened(h webapi.Happening) {
	if reason := s.withholds(h); reason != "" {
		s.record.withhold(Withholding{At: h.At, Event: h.Type, Subscription: h.Subscription, Reason: reason})
		return
	}
	inner, err := json.Marshal(h.Event())
	if err != nil {
		return
	}
	event, err := payload.ParseObject("event", inner)
	if err != nil || !s.enter() {
		return
	}
	scene := payload.Scene{
		Token: s.options.Targets.Token, AppID: h.App.ID, TeamID: h.TeamID, UserID: h.UserID,
		ChannelID: h.ChannelID, EventType: h.Type, Event: event, Sequence: int(s.happenings.Add(1)), Time: h.At,
	}
	go func() {
		defer s.work.Done()
		s.Deliver(s.ctx, payload.Delivery{
			Kind: payload.Event, Fields: payload.Event.Fields(scene),
			URL: s.options.Targets.Events, Secret: s.options.Targets.Secret,
		})
	}()
}

// withholds says why an event does not reach the app, or "".
//
// https://docs.slack.dev/apis/events-api#subscribing
func (s *Server) withholds(h webapi.Happening) string {
	app := h.App
	switch {
	case h.Barred != "":
		return h.Barred
	case !s.reaches(s.options.Targets.Events):
		return "the app has neither a request URL for events nor a socket"
	case app.Events != nil && !slices.Contains(app.Events, h.Subscription):
		return "the app is not subscribed to " + h.Subscription
	case h.Members != nil && !slices.Contains(h.Members, app.BotUserID):
		return "the app's bot is no member of the conversation"
	}
	of, _ := facts.FindEvent(h.Subscription)
	if app.BotScopes == nil || len(of.Scopes) == 0 || slices.ContainsFunc(of.Scopes, func(scope string) bool { return slices.Contains(app.BotScopes, scope) }) {
		return ""
	}
	return "the app was not granted " + strings.Join(of.Scopes, " or ")
}
