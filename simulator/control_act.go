package simulator

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"belay/simulator/webapi"
)

// ActRequest is what the routes under act of the control API take: who does what
// where. Each of them reads the members that it needs.
type ActRequest struct {
	// Team and User are ids or names; "" is the first.
	Team string `json:"team,omitempty"`
	User string `json:"user,omitempty"`
	// Channel is an id or a name, TS a message in it; "" is the last one. View is the
	// view in which an element is used; "" without a channel is the modal on top.
	Channel string `json:"channel,omitempty"`
	TS      string `json:"ts,omitempty"`
	View    string `json:"view,omitempty"`
	// Text is a command with its arguments, or a message, and ThreadTS its thread.
	Text     string `json:"text,omitempty"`
	ThreadTS string `json:"thread_ts,omitempty"`
	// Element is an action_id or a visible label, and Value what is chosen or typed.
	Element string `json:"element,omitempty"`
	Value   string `json:"value,omitempty"`
	// Values are what is typed into a modal, by action_id or label.
	Values map[string]string `json:"values,omitempty"`
	// CallbackID is a shortcut's.
	CallbackID string `json:"callback_id,omitempty"`
	// All closes the whole stack of modals.
	All bool `json:"all,omitempty"`
}

// MessageAnswer is what POST act/message of the control API answers.
type MessageAnswer struct {
	Message webapi.Message `json:"message"`
}

func (in ActRequest) place() Place { return Place{Channel: in.Channel, TS: in.TS, View: in.View} }

// acting is a route under act: somebody does something, of which the app is told.
func acting(do func(context.Context, *User, ActRequest) (Outcome, error)) func(context.Context, *Server, ActRequest) (any, error) {
	return func(ctx context.Context, s *Server, in ActRequest) (any, error) {
		u, err := s.User(in.Team, in.User)
		if err != nil {
			return nil, badRequest("invalid_field", "%v", err)
		}
		o, err := do(ctx, u, in)
		switch {
		case err != nil:
			return nil, badRequest("cannot_act", "%v", err)
		case errors.Is(o.Err, ErrNoTarget):
			return nil, refusal(http.StatusConflict, "no_target", "%v", o.Err)
		}
		return outcomeOf(o), nil
	}
}

// actRoutes are those of people who act.
func actRoutes() []controlRoute {
	return []controlRoute{
		{method: "POST", path: "act/command", answer: taking(acting(func(ctx context.Context, u *User, in ActRequest) (Outcome, error) {
			return u.Command(ctx, in.Channel, in.Text)
		}))},
		{method: "POST", path: "act/message", answer: taking(messageControl)},
		{method: "POST", path: "act/invite", answer: taking(inviteControl)},
		{method: "POST", path: "act/press", answer: taking(acting(press))},
		{method: "POST", path: "act/select", answer: taking(acting(press))},
		{method: "POST", path: "act/options", answer: taking(acting(func(ctx context.Context, u *User, in ActRequest) (Outcome, error) {
			return u.Suggest(ctx, in.place(), in.Element, in.Value)
		}))},
		{method: "POST", path: "act/submit", answer: taking(acting(func(ctx context.Context, u *User, in ActRequest) (Outcome, error) {
			return u.Submit(ctx, in.View, in.Values)
		}))},
		{method: "POST", path: "act/close", answer: taking(acting(func(ctx context.Context, u *User, in ActRequest) (Outcome, error) {
			return u.CloseModal(ctx, in.View, in.All)
		}))},
		{method: "POST", path: "act/shortcut", answer: taking(acting(shortcut))},
		{method: "POST", path: "act/home", answer: taking(acting(func(ctx context.Context, u *User, _ ActRequest) (Outcome, error) {
			return u.OpenHome(ctx), nil
		}))},
	}
}

func press(ctx context.Context, u *User, in ActRequest) (Outcome, error) {
	return u.Press(ctx, in.place(), in.Element, in.Value)
}

// shortcut is a message's where there is a channel, and else a global one.
func shortcut(ctx context.Context, u *User, in ActRequest) (Outcome, error) {
	if in.Channel != "" {
		return u.MessageShortcut(ctx, in.Channel, in.TS, in.CallbackID)
	}
	return u.Shortcut(ctx, in.CallbackID), nil
}

func messageControl(_ context.Context, s *Server, in ActRequest) (any, error) {
	u, err := s.User(in.Team, in.User)
	if err != nil {
		return nil, badRequest("invalid_field", "%v", err)
	}
	m, err := u.Say(in.Channel, in.Text, in.ThreadTS)
	if err != nil {
		return nil, badRequest("cannot_act", "%v", err)
	}
	return MessageAnswer{m}, nil
}

// inviteControl lets the app's bot into a channel, where an install does not put it.
func inviteControl(_ context.Context, s *Server, in ActRequest) (any, error) {
	u, err := s.User(in.Team, in.User)
	if err != nil {
		return nil, badRequest("invalid_field", "%v", err)
	}
	c, err := s.workspace.FindChannel(u.TeamID, in.Channel)
	if err == nil && !slices.Contains(c.Members, s.botUser()) {
		_, err = s.workspace.Invite(u.TeamID, c.ID, u.ID, s.botUser())
	}
	if err != nil {
		return nil, badRequest("cannot_act", "%v", err)
	}
	return map[string]bool{"ok": true}, nil
}
