package simulator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"belay/simulator/payload"
	"belay/simulator/webapi"
)

// A User is somebody of a workspace who does in Slack's client what people do there:
// the app gets what Slack would send it, and what it answers is shown. A User is safe
// for concurrent use.
type User struct {
	ID, Name string
	TeamID   string

	server *Server
	domain string
}

// User finds a user by id or name. A team of "" is the first one, and a name of "" its
// first user.
func (s *Server) User(team, name string) (*User, error) {
	for _, t := range s.workspace.Teams() {
		if team != "" && t.ID != team && t.Name != team && t.Domain != team {
			continue
		}
		if name == "" {
			name = s.workspace.Users(t.ID)[0].ID
		}
		found, err := s.workspace.FindUser(t.ID, name)
		if err != nil {
			return nil, err
		}
		return &User{ID: found.ID, Name: found.Name, TeamID: t.ID, server: s, domain: t.Domain}, nil
	}
	return nil, fmt.Errorf("there is no workspace %q", team)
}

// Reply is what the app answered with its last acknowledgement: the body, or the
// payload of Socket Mode.
func (o Outcome) Reply() []byte {
	last := o.Last()
	if last.Ack != nil {
		return last.Ack.Payload
	}
	return last.Answer.Body
}

// asJSON reports whether the reply is JSON by what the app says of it.
func (o Outcome) asJSON() bool {
	last := o.Last()
	return last.Ack != nil || strings.HasPrefix(last.Answer.Header.Get("Content-Type"), "application/json")
}

// scene is what every payload of the user's has: a moment, and a trigger of it.
func (u *User) scene(view string) payload.Scene {
	s := u.server
	return payload.Scene{
		Token: s.options.Targets.Token, AppID: s.options.AppID, TeamID: u.TeamID, Domain: u.domain,
		UserID: u.ID, UserName: u.Name, Time: s.options.Clock.Now(),
		TriggerID: s.workspace.NewTrigger(webapi.Trigger{TeamID: u.TeamID, UserID: u.ID, AppID: s.options.AppID, ViewID: view}),
	}
}

// in puts a scene into a conversation.
func (u *User) in(scene *payload.Scene, channel string) error {
	c, err := u.server.workspace.FindChannel(u.TeamID, channel)
	if err != nil {
		return err
	}
	scene.ChannelID, scene.Private = c.ID, c.Type == "group" || c.Type == "mpim"
	if c.Type == "channel" {
		scene.ChannelName = c.Name
	}
	return nil
}

// responseURL issues one for the scene.
func (u *User) responseURL(sort string, scene payload.Scene, ts string) string {
	return u.server.NewResponseURL(sort, ResponseContext{
		TeamID: u.TeamID, ChannelID: scene.ChannelID, UserID: u.ID, AppID: scene.AppID, MessageTS: ts, ThreadTS: scene.ThreadTS,
	})
}

// ErrNoTarget is the error of an Outcome where nothing could be sent: the app has
// neither a URL for it nor a connection of Socket Mode open.
var ErrNoTarget = errors.New("there is neither a URL for it nor a connection of Socket Mode")

// send delivers a payload to where the app's configuration says.
func (u *User) send(ctx context.Context, kind payload.Kind, scene payload.Scene) Outcome {
	t := u.server.options.Targets
	if !u.server.reaches(t.of(kind)) {
		return Outcome{Err: ErrNoTarget}
	}
	return u.server.Deliver(ctx, payload.Delivery{Kind: kind, Fields: kind.Fields(scene), URL: t.of(kind), Secret: t.Secret})
}

// Command runs a slash command, as in "/deploy prod". What the app replies is posted
// as Slack does.
//
// https://docs.slack.dev/interactivity/implementing-slash-commands
func (u *User) Command(ctx context.Context, channel, line string) (Outcome, error) {
	scene := u.scene("")
	if err := u.in(&scene, channel); err != nil {
		return Outcome{}, err
	}
	scene.Command, scene.Text, _ = strings.Cut(strings.TrimSpace(line), " ")
	scene.Text = strings.TrimSpace(scene.Text)
	if !strings.HasPrefix(scene.Command, "/") {
		return Outcome{}, fmt.Errorf("a slash command begins with /, as in /deploy prod: %q does not", line)
	}
	scene.ResponseURL = u.responseURL("commands", scene, "")
	o := u.send(ctx, payload.Command, scene)
	if o.Acknowledged {
		o.Refused = u.shown(o, scene)
	}
	return o, nil
}

// shown posts the reply to a command, and says why Slack does not.
func (u *User) shown(o Outcome, scene payload.Scene) string {
	reply := strings.TrimSpace(string(o.Reply()))
	if reply == "" || reply == "{}" {
		return ""
	}
	d := webapi.Draft{TeamID: u.TeamID, ChannelID: scene.ChannelID, AppID: scene.AppID, EphemeralTo: u.ID, Body: webapi.Body{Text: reply}}
	if o.asJSON() {
		var m said
		if json.Unmarshal([]byte(reply), &m.body) != nil || json.Unmarshal([]byte(reply), &m) != nil {
			return "the reply is no JSON object"
		}
		if !says(m.body) {
			return ""
		}
		body, err := u.server.workspace.ParseBody(m.body)
		if err != nil {
			return err.Error()
		}
		d.Body = body
		if m.ResponseType == "in_channel" {
			d.EphemeralTo = ""
		}
	}
	if _, err := u.server.workspace.Post(d); err != nil {
		return err.Error()
	}
	return ""
}

// Say posts a message, in a thread unless that is "". Apps learn of it by events.
func (u *User) Say(channel, text, thread string) (webapi.Message, error) {
	c, err := u.server.workspace.FindChannel(u.TeamID, channel)
	if err != nil {
		return webapi.Message{}, err
	}
	return u.server.workspace.Post(webapi.Draft{TeamID: u.TeamID, ChannelID: c.ID, UserID: u.ID, ThreadTS: thread, Body: webapi.Body{Text: text}})
}

// Shortcut uses a global shortcut.
//
// https://docs.slack.dev/interactivity/implementing-shortcuts
func (u *User) Shortcut(ctx context.Context, callbackID string) Outcome {
	scene := u.scene("")
	scene.CallbackID = callbackID
	return u.send(ctx, payload.Shortcut, scene)
}

// MessageShortcut uses a shortcut in the menu of a message, the last one for a ts of "".
//
// https://docs.slack.dev/interactivity/implementing-shortcuts
func (u *User) MessageShortcut(ctx context.Context, channel, ts, callbackID string) (Outcome, error) {
	scene := u.scene("")
	m, err := u.on(&scene, channel, ts)
	if err != nil {
		return Outcome{}, err
	}
	scene.CallbackID, scene.ResponseURL = callbackID, u.responseURL("app", scene, m.TS)
	return u.send(ctx, payload.MessageAction, scene), nil
}

// on puts a scene on a message, the last one for a ts of "".
func (u *User) on(scene *payload.Scene, channel, ts string) (webapi.Message, error) {
	if err := u.in(scene, channel); err != nil {
		return webapi.Message{}, err
	}
	m, err := u.message(scene.ChannelID, ts)
	if err != nil {
		return m, err
	}
	encoded, err := json.Marshal(m)
	if err != nil {
		return m, err
	}
	scene.Message, err = payload.ParseObject("message", encoded)
	if m.ThreadTS != m.TS {
		scene.ThreadTS = m.ThreadTS
	}
	return m, err
}

// message is what the user sees at a ts, or last: a message to all, or one to the user
// alone.
func (u *User) message(channel, ts string) (webapi.Message, error) {
	w := u.server.workspace
	own := w.Ephemerals(u.TeamID, channel, u.ID)
	if ts == "" {
		m, is := w.Last(u.TeamID, channel)
		if len(own) > 0 && (!is || own[len(own)-1].TS > m.TS) {
			return own[len(own)-1], nil
		}
		if !is {
			return m, fmt.Errorf("there is no message in %s", channel)
		}
		return m, nil
	}
	if m, is := w.Message(u.TeamID, channel, ts); is {
		return m, nil
	}
	for _, m := range own {
		if m.TS == ts {
			return m, nil
		}
	}
	return webapi.Message{}, fmt.Errorf("there is no message %s in %s", ts, channel)
}

// OpenHome opens the app's home tab. The app learns of it by app_home_opened.
//
// https://docs.slack.dev/reference/events/app_home_opened
func (u *User) OpenHome(ctx context.Context) Outcome {
	s := u.server
	scene := u.scene("")
	scene.EventType = "app_home_opened"
	if home, is := s.workspace.Home(u.TeamID, u.ID, scene.AppID); is {
		if encoded, err := json.Marshal(home); err == nil {
			scene.View, _ = payload.ParseObject("view", encoded)
		}
	}
	if c, err := s.workspace.OpenDirect(u.TeamID, u.ID, s.botUser()); err == nil {
		scene.ChannelID = c.ID
	}
	scene.Sequence = int(s.happenings.Add(1))
	return u.send(ctx, payload.Event, scene)
}

// botUser is the user that the app is.
func (s *Server) botUser() string {
	for _, a := range s.workspace.Snapshot().Apps {
		if a.ID == s.options.AppID {
			return a.BotUserID
		}
	}
	return s.options.UserID
}
