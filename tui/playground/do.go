package playground

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"belay/simulator"
	"belay/simulator/webapi"
)

// A job is something that was begun and waits for the app.
type job struct {
	id    int
	what  string
	began time.Time
}

// A deed is what a job does, by whom.
type deed func(ctx context.Context, slack *simulator.Server, u *simulator.User) (simulator.Outcome, error)

// doneMsg is the end of a job.
type doneMsg struct {
	id      int
	act     Act
	seat    seat
	outcome simulator.Outcome
	err     error
	after   func(Model, simulator.Outcome) Model
}

// do begins a job of the acting user's and remembers it as an act, unless it has no
// verb. What is done with its outcome, if anything, is after.
func (m Model) do(act Act, what string, work deed, after func(Model, simulator.Outcome) Model) (Model, tea.Cmd) {
	act.User, act.Team = m.userName(), m.teamName()
	m.made++
	m.jobs = append(slices.Clip(m.jobs), job{m.made, what, m.wall})
	if act.Verb != "" {
		m.acts = append(slices.Clip(m.acts), act)
	}
	id, at, ctx, slack := m.made, m.seat, m.ctx, m.options.Slack
	return m, func() tea.Msg {
		msg := doneMsg{id: id, act: act, seat: at, after: after}
		u, err := slack.User(at.team, at.user)
		if err != nil {
			msg.err = err
			return msg
		}
		msg.outcome, msg.err = work(ctx, slack, u)
		return msg
	}
}

// done takes in the end of a job.
func (m Model) done(msg doneMsg) (Model, tea.Cmd) {
	m.jobs = slices.DeleteFunc(slices.Clone(m.jobs), func(j job) bool { return j.id == msg.id })
	o := msg.outcome
	if n := m.lastAct(msg.act); n >= 0 {
		m.acts = slices.Clone(m.acts)
		m.acts[n].Acknowledged, m.acts[n].Status = o.Acknowledged, o.Last().Answer.Status
	}
	switch {
	case msg.err != nil:
		m = m.warned(msg.err.Error())
	case errors.Is(o.Err, simulator.ErrNoTarget):
		m = m.warned("the app did not get it: it has no URL for it (belay serve --app URL) and no connection of Socket Mode")
	case o.Err != nil && m.ctx.Err() == nil:
		m = m.warned(o.Err.Error())
	case len(o.Attempts) > 0 && !o.Acknowledged:
		m = m.failed(msg)
	case o.Refused != "":
		m = m.warned("Slack does not do what the app replied: " + o.Refused)
	}
	if msg.after != nil && msg.err == nil {
		m = msg.after(m, o)
	}
	return m.refreshed()
}

// lastAct is the index of an act, looked for from the last.
func (m Model) lastAct(a Act) int {
	for n := len(m.acts) - 1; n >= 0; n-- {
		if x := m.acts[n]; x.Verb == a.Verb && x.Text == a.Text && x.Element == a.Element && x.Value == a.Value && !x.Acknowledged {
			return n
		}
	}
	return -1
}

// failed shows what a person sees when the app did not acknowledge. A command's
// failure is a message of Slackbot's that only they see.
func (m Model) failed(msg doneMsg) Model {
	last := msg.outcome.Last()
	m = m.warned("the app did not acknowledge: " + string(last.Failure) + ", " + last.Detail)
	if msg.act.Verb != "command" || msg.outcome.Shows == "" {
		return m
	}
	command, _, _ := strings.Cut(msg.act.Text, " ")
	m.talk.slackbot = append(slices.Clip(m.talk.slackbot), said{msg.seat, webapi.Message{
		Type: "message", Username: "Slackbot", TS: stamp(last.At.Add(last.Took)),
		Text: fmt.Sprintf("%s failed with the error \"%s\"", command, msg.outcome.Shows),
	}})
	return m
}

// stamp is a time as a ts.
func stamp(t time.Time) string { return fmt.Sprintf("%d.%06d", t.Unix(), t.Nanosecond()/1000) }

// sent sends what was written: a command, or a message.
func (m Model) sent(text, thread string) (Model, tea.Cmd) {
	c := m.channel()
	if strings.HasPrefix(text, "/") {
		command, _, _ := strings.Cut(text, " ")
		return m.do(Act{Verb: "command", Channel: c.label, Text: text}, command,
			func(ctx context.Context, _ *simulator.Server, u *simulator.User) (simulator.Outcome, error) {
				return u.Command(ctx, c.ID, text)
			}, nil)
	}
	text = m.marked(text)
	act := Act{Verb: "message", Channel: c.label, Text: text}
	if bot, _ := m.bot(); bot != "" {
		if rest, ok := strings.CutPrefix(text, "<@"+bot+">"); ok && strings.TrimSpace(rest) != "" {
			act.Verb, act.Text = "mention", strings.TrimSpace(rest)
		}
	}
	return m.do(act, "the message", func(_ context.Context, _ *simulator.Server, u *simulator.User) (simulator.Outcome, error) {
		_, err := u.Say(c.ID, text, thread)
		return simulator.Outcome{}, err
	}, nil)
}

// marked writes the names of people and channels as Slack's client does: by their ids.
func (m Model) marked(text string) string {
	words := strings.SplitAfter(text, " ")
	for n, word := range words {
		bare := strings.TrimRight(word, " \n.,:;!?")
		tail := word[len(bare):]
		if id := m.idOf(bare); id != "" {
			words[n] = "<" + bare[:1] + id + ">" + tail
		}
	}
	return strings.Join(words, "")
}

// idOf is the id behind @name or #name, or "". The app comes before a person of the
// same name.
func (m Model) idOf(word string) string {
	if len(word) < 2 {
		return ""
	}
	id, bot := "", false
	switch word[0] {
	case '@':
		for _, u := range m.state.users {
			if strings.EqualFold(u.Name, word[1:]) && (id == "" || u.IsBot && !bot) {
				id, bot = u.ID, u.IsBot
			}
		}
	case '#':
		for _, c := range m.state.channels {
			if c.Name == word[1:] && !c.direct() {
				id = c.ID
			}
		}
	}
	return id
}

// homed opens the app's home tab.
func (m Model) homed() (Model, tea.Cmd) {
	m.seat.home, m.focus, m.page = true, talkPane, page{}
	return m.do(Act{Verb: "home"}, "the home tab", func(ctx context.Context, _ *simulator.Server, u *simulator.User) (simulator.Outcome, error) {
		return u.OpenHome(ctx), nil
	}, nil)
}

// shortcut asks for a global shortcut, and uses it.
func (m Model) shortcut() (Model, tea.Cmd) {
	return m.asked("Use a global shortcut", "its callback_id", "", func(m Model, id string) (Model, tea.Cmd) {
		if id == "" {
			return m, nil
		}
		return m.do(Act{Verb: "shortcut", Text: id}, "the shortcut", func(ctx context.Context, _ *simulator.Server, u *simulator.User) (simulator.Outcome, error) {
			return u.Shortcut(ctx, id), nil
		}, nil)
	}), nil
}

// messageShortcut asks for a shortcut on the selected message, and uses it.
func (m Model) messageShortcut() (Model, tea.Cmd) {
	at, ok := m.selected()
	if !ok {
		return m.warned("there is no message to use a shortcut on"), nil
	}
	c := m.channel()
	return m.asked("Use a shortcut on the message", "its callback_id", "", func(m Model, id string) (Model, tea.Cmd) {
		if id == "" {
			return m, nil
		}
		return m.do(Act{Verb: "message_shortcut", Channel: c.label, Text: id}, "the shortcut", func(ctx context.Context, _ *simulator.Server, u *simulator.User) (simulator.Outcome, error) {
			return u.MessageShortcut(ctx, c.ID, at.TS, id)
		}, nil)
	}), nil
}

// react puts an emoji on the selected message.
func (m Model) react() (Model, tea.Cmd) {
	at, ok := m.selected()
	if !ok {
		return m.warned("there is no message to react to"), nil
	}
	c := m.channel()
	return m.asked("React to the message", "the emoji's name, such as eyes", "", func(m Model, name string) (Model, tea.Cmd) {
		name = strings.Trim(strings.TrimSpace(name), ":")
		if name == "" {
			return m, nil
		}
		return m.do(Act{}, "the reaction", func(_ context.Context, slack *simulator.Server, u *simulator.User) (simulator.Outcome, error) {
			return simulator.Outcome{}, slack.Workspace().React(u.TeamID, c.ID, at.TS, u.ID, name)
		}, nil)
	}), nil
}

// invited brings the app into the channel.
func (m Model) invited() (Model, tea.Cmd) {
	c := m.channel()
	bot, name := m.bot()
	if bot == "" || c.ID == "" || slices.Contains(c.Members, bot) {
		return m.noted("the app is in the channel already"), nil
	}
	return m.do(Act{}, "inviting "+name, func(_ context.Context, slack *simulator.Server, u *simulator.User) (simulator.Outcome, error) {
		_, err := slack.Workspace().Invite(u.TeamID, c.ID, u.ID, bot)
		return simulator.Outcome{}, err
	}, nil)
}

// switched asks who acts from now on.
func (m Model) switched() (Model, tea.Cmd) {
	var choices []choice
	for _, u := range m.state.users {
		if !u.IsBot && !u.Deleted {
			choices = append(choices, choice{u.Name, u.TeamID + "/" + u.ID, u.RealName})
		}
	}
	for _, t := range m.state.teams {
		if t.ID != m.seat.team {
			choices = append(choices, choice{"the workspace " + t.Name, t.ID + "/", ""})
		}
	}
	return m.picked("Act as", choices, func(m Model, values []string) (Model, tea.Cmd) {
		team, user, _ := strings.Cut(values[0], "/")
		if team != m.seat.team {
			m.seat = seat{team: team}
		}
		m.seat.user = user
		m.talk = talk{most: firstMessages, slackbot: m.talk.slackbot}
		m.page = page{}
		return m.refreshed()
	}), nil
}

// suggested are the options that an app gave on demand.
func suggested(reply []byte) []choice {
	type option struct {
		Text  struct{ Text string } `json:"text"`
		Value string                `json:"value"`
	}
	var answer struct {
		Options []option `json:"options"`
		Groups  []struct {
			Label   struct{ Text string } `json:"label"`
			Options []option              `json:"options"`
		} `json:"option_groups"`
	}
	if json.Unmarshal(reply, &answer) != nil {
		return nil
	}
	var all []choice
	for _, o := range answer.Options {
		all = append(all, choice{o.Text.Text, o.Value, ""})
	}
	for _, g := range answer.Groups {
		for _, o := range g.Options {
			all = append(all, choice{o.Text.Text, o.Value, g.Label.Text})
		}
	}
	return all[:min(len(all), 1000)]
}
