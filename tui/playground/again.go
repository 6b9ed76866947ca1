package playground

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"belay/simulator"
	"belay/simulator/fault"
	"belay/simulator/payload"
	"belay/simulator/webapi"
)

// delivery is what an attempt delivered, to be sent once more: with a fresh trigger,
// and an event as Slack sends it again.
func (m Model) delivery(a simulator.Attempt) (payload.Delivery, error) {
	d := payload.Delivery{Secret: m.options.Targets.Secret}
	kind, err := payload.FindKind(a.Kind)
	if err != nil {
		return d, fmt.Errorf("sending it again: %w", err)
	}
	d.Kind = kind
	if d.Fields, err = fieldsOf(kind, a.Answer.Request.Body); err != nil {
		return d, fmt.Errorf("sending it again: what is remembered of it cannot be read: %w", err)
	}
	if len(a.Hops) > 0 {
		if d.URL, err = url.Parse(a.Hops[0]); err != nil {
			return d, fmt.Errorf("sending it again: %w", err)
		}
	}
	if d.Fields.Has("token") {
		token := m.options.Targets.Token
		if token == "" {
			token = payload.StandInToken
		}
		d.Fields = d.Fields.With("token", token)
	}
	if kind.Name == payload.Event.Name {
		d.Header = []payload.HeaderField{
			{Name: "X-Slack-Retry-Num", Value: "1"}, {Name: "X-Slack-Retry-Reason", Value: string(simulator.HTTPTimeout)},
		}
	}
	return d, nil
}

// fieldsOf reads the fields of a request's body.
func fieldsOf(kind payload.Kind, body []byte) (payload.Object, error) {
	if len(body) == 0 {
		return nil, errors.New("its body was not kept")
	}
	if kind.Encoding == payload.JSON || body[0] == '{' {
		return payload.ParseObject("the body", body)
	}
	var fields payload.Object
	for pair := range strings.SplitSeq(string(body), "&") {
		name, value, _ := strings.Cut(pair, "=")
		text, err := url.QueryUnescape(value)
		if err != nil {
			return nil, err
		}
		if kind.Encoding == payload.FormPayload && name == "payload" {
			return payload.ParseObject("the payload", []byte(text))
		}
		fields = append(fields, payload.Member{Name: name, Value: text})
	}
	if kind.Encoding == payload.FormPayload {
		return nil, errors.New("there is no payload in it")
	}
	return fields, nil
}

// attempt is the selected one.
func (m Model) attempt() (simulator.Attempt, bool) {
	e, ok := m.traffic.chosen()
	if !ok || e.Attempt == nil {
		return simulator.Attempt{}, false
	}
	return *e.Attempt, true
}

// again sends the selected delivery once more, spoilt by tampers.
func (m Model) again(tampers ...payload.Tamper) (Model, tea.Cmd) {
	a, ok := m.attempt()
	if !ok {
		return m.warned("choose a delivery in the traffic first: what Slack sent (" + m.style.out + ")"), nil
	}
	d, err := m.delivery(a)
	if err != nil {
		return m.warned(err.Error()), nil
	}
	d.Tamper = tampers
	if len(tampers) > 0 && d.URL == nil {
		return m.warned("nothing is signed over Socket Mode, so there is nothing to tamper with"), nil
	}
	what := a.Kind + " again"
	if len(tampers) > 0 {
		what = a.Kind + " with " + tampers[0].Title
	}
	m.traffic.follow = true
	return m.do(Act{}, what, func(ctx context.Context, slack *simulator.Server, u *simulator.User) (simulator.Outcome, error) {
		if d.Fields.Has("trigger_id") {
			d.Fields = d.Fields.With("trigger_id", slack.Workspace().NewTrigger(webapi.Trigger{TeamID: u.TeamID, UserID: u.ID, AppID: m.options.AppID}))
		}
		if d.Kind.Name == payload.Event.Name {
			return once(ctx, slack, d), nil
		}
		return slack.Deliver(ctx, d), nil
	}, func(m Model, o simulator.Outcome) Model {
		switch {
		case len(o.Attempts) == 0:
			return m
		case len(tampers) == 0 && o.Acknowledged:
			return m.noted("the app took it again")
		case len(tampers) > 0 && o.Acknowledged:
			return m.warned("the app took a request with " + tampers[0].Title)
		case len(tampers) > 0:
			return m.noted("the app refused a request with " + tampers[0].Title + ": " + o.Last().Detail)
		}
		return m
	})
}

// once delivers an event without Slack's retries, which would go on for minutes: it
// ends with the first attempt.
func once(ctx context.Context, slack *simulator.Server, d payload.Delivery) simulator.Outcome {
	attempt, cancel := context.WithCancel(ctx)
	defer cancel()
	id, last := d.Fields.Text("event_id"), slack.LastEntry()
	go func() {
		_ = slack.Follow(attempt, last, func(e simulator.Entry) error {
			if e.Attempt != nil && e.Attempt.EventID == id {
				cancel()
			}
			return nil
		})
	}()
	o := slack.Deliver(attempt, d)
	if len(o.Attempts) > 0 && ctx.Err() == nil {
		o.Err = nil
	}
	return o
}

// tampered asks how to spoil the selected delivery, and sends it.
func (m Model) tampered() (Model, tea.Cmd) {
	if _, ok := m.attempt(); !ok {
		return m.again()
	}
	var choices []choice
	for _, t := range payload.Tampers() {
		if t.LostFirst || t.Duplicate {
			continue
		}
		label := t.Name
		if t.Value != "" {
			label += "=" + t.Value
		}
		choices = append(choices, choice{label, t.Name, t.Title})
	}
	return m.picked("Send it again, tampered with", choices, func(m Model, values []string) (Model, tea.Cmd) {
		t, err := payload.ParseTamper(values[0])
		if err == nil {
			return m.again(t)
		}
		return m.asked("Tamper: "+values[0], err.Error(), values[0]+"=", func(m Model, text string) (Model, tea.Cmd) {
			t, err := payload.ParseTamper(text)
			if err != nil {
				return m.warned(err.Error()), nil
			}
			return m.again(t)
		}), nil
	}), nil
}

// faulted asks how Slack is to misbehave from now on.
func (m Model) faulted() (Model, tea.Cmd) {
	var choices []choice
	for _, s := range fault.Sorts() {
		text := s.Name
		if s.Default != "" {
			text += "=" + s.Default
		}
		choices = append(choices, choice{text, text, s.Title})
	}
	choices = append(choices, choice{"hostile", "hostile", "a little of everything"}, choice{"outage", "outage", "a Slack that is not there"})
	return m.picked("Let Slack misbehave", choices, func(m Model, values []string) (Model, tea.Cmd) {
		m, cmd := m.asked("Let Slack misbehave", "and behind commas method=chat.*, probability=0.3, count=5, after=2", values[0], Model.injected), tea.Cmd(nil)
		m.over.check = func(text string) string {
			if _, err := fault.ParseAll(text); err != nil {
				return err.Error()
			}
			return ""
		}
		return m, cmd
	}), nil
}

// injected begins a fault.
func (m Model) injected(text string) (Model, tea.Cmd) {
	faults, err := fault.ParseAll(text)
	if err != nil {
		return m.warned(err.Error()), nil
	}
	m = m.noted("Slack misbehaves: " + text + "; C ends it")
	return m.do(Act{Verb: "fault", Text: text}, "the fault", func(_ context.Context, slack *simulator.Server, _ *simulator.User) (simulator.Outcome, error) {
		for _, f := range faults {
			slack.Inject(f)
		}
		return simulator.Outcome{}, nil
	}, nil)
}

// cleared ends all faults.
func (m Model) cleared() (Model, tea.Cmd) {
	if len(m.state.faults) == 0 {
		return m.noted("Slack does not misbehave"), nil
	}
	m = m.noted("Slack behaves again")
	return m.do(Act{Verb: "clear"}, "clearing", func(_ context.Context, slack *simulator.Server, _ *simulator.User) (simulator.Outcome, error) {
		slack.Clear()
		return simulator.Outcome{}, nil
	}, nil)
}

// spans of time that matter in Slack.
func advances() []choice {
	return []choice{
		{"3s", "3s", "a trigger_id expires"},
		{"1m", "1m", "an event's second retry"},
		{"5m", "5m", "an event's third retry; a signature is too old"},
		{"31m", "31m", "a response_url expires"},
		{"12h", "12h", "a rotating token expires"},
		{"another", "", "as 90s, 2h30m"},
	}
}

// advanced asks how far Slack's clock is turned.
func (m Model) advanced() (Model, tea.Cmd) {
	return m.picked("Advance Slack's clock by", advances(), func(m Model, values []string) (Model, tea.Cmd) {
		if values[0] != "" {
			return m.turned(values[0])
		}
		return m.asked("Advance Slack's clock by", "as 90s, 2h30m", "", Model.turned), nil
	}), nil
}

// turned advances the clock.
func (m Model) turned(text string) (Model, tea.Cmd) {
	d, err := time.ParseDuration(strings.TrimSpace(text))
	if err != nil || d <= 0 {
		return m.warned("want a duration such as 90s or 2h30m"), nil
	}
	m = m.noted("Slack's clock was advanced by " + d.String())
	return m.do(Act{Verb: "advance", Text: d.String()}, "the clock", func(_ context.Context, slack *simulator.Server, _ *simulator.User) (simulator.Outcome, error) {
		slack.Clock().Advance(d)
		return simulator.Outcome{}, nil
	}, nil)
}

// revoked takes the app's tokens away, when the user is sure.
func (m Model) revoked() (Model, tea.Cmd) {
	revoke := m.options.Revoke
	if revoke == nil {
		return m.warned("this fake Slack cannot revoke tokens"), nil
	}
	return m.confirmed("Revoke the app's tokens?", []string{"Every call with them gets an error from then on, and the app is uninstalled until it is installed again."}, func(m Model) (Model, tea.Cmd) {
		m = m.noted("the app's tokens are revoked")
		return m.do(Act{Verb: "revoke"}, "revoking", func(context.Context, *simulator.Server, *simulator.User) (simulator.Outcome, error) {
			return simulator.Outcome{}, revoke()
		}, nil)
	}), nil
}

// writtenMsg is the end of writing a scenario.
type writtenMsg struct {
	file  string
	count int
	err   error
}

// recorded asks for a file, and writes what was done to it.
func (m Model) recorded() (Model, tea.Cmd) {
	switch {
	case m.options.Write == nil:
		return m.warned("scenarios cannot be written here"), nil
	case len(m.acts) == 0:
		return m.warned("nothing was done yet that a scenario could repeat"), nil
	}
	return m.asked("Write what was done as a scenario", fmt.Sprintf("%d steps", len(m.acts)), "belay/playground.yaml", func(m Model, file string) (Model, tea.Cmd) {
		if strings.TrimSpace(file) == "" {
			return m, nil
		}
		write, acts := m.options.Write, m.acts
		return m, func() tea.Msg { return writtenMsg{file, len(acts), write(file, acts)} }
	}), nil
}

// targets are the app's URLs, each once.
func (m Model) targets() []*url.URL {
	t := m.options.Targets
	var all []*url.URL
	seen := map[string]bool{}
	for _, u := range []*url.URL{t.Commands, t.Actions, t.Options, t.Events} {
		if u != nil && !seen[u.Host] {
			seen[u.Host] = true
			all = append(all, u)
		}
	}
	return all
}
