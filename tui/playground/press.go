package playground

import (
	"context"
	"encoding/json"
	"net/mail"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"belay/simulator"
	"belay/simulator/blockkit"
	"belay/simulator/webapi"
)

// A holder is the message or view in which something is used.
type holder struct {
	// id is the message's ts, or the view's id.
	id    string
	place simulator.Place
}

// used does what a person who clicks there gets.
func (m Model) used(h holder, s blockkit.Spot) (Model, tea.Cmd) {
	e := s.Element
	f := m.formOf(h.id)
	switch kind := e.Type; {
	case kind == "submit":
		return m.submitted(h)
	case kind == "close":
		return m.closedModal(false)
	case kind == "button" || kind == "workflow_button" || kind == "icon_button":
		return m.sure(e.Object["confirm"], func(m Model) (Model, tea.Cmd) { return m.pressed(h, e, "") })
	case kind == "feedback_buttons":
		if s.Option >= 0 && s.Option < len(e.Options) {
			return m.pressed(h, e, e.Options[s.Option].Value)
		}
		return m, nil
	case kind == "checkboxes" || kind == "radio_buttons":
		return m.ticked(h, e, s.Option)
	case strings.HasSuffix(kind, "external_select"):
		return m.external(h, e)
	case strings.HasSuffix(kind, "_input") || strings.HasSuffix(kind, "picker"):
		return m.typedInto(h, e)
	}
	choices := m.choicesOf(e)
	if len(choices) == 0 {
		return m.warned("there is nothing to choose there"), nil
	}
	return m.choosing(h, e, f, choices), nil
}

// choosing opens a menu.
func (m Model) choosing(h holder, e blockkit.Interactive, f form, choices []choice) Model {
	m = m.picked(e.Label, choices, func(m Model, values []string) (Model, tea.Cmd) { return m.given(h, e, strings.Join(values, ",")) })
	m.over.many = isMany(e.Type)
	current := f.current(e)
	if m.over.many {
		m.over.chosen = map[string]bool{}
		for _, value := range current {
			m.over.chosen[value] = true
		}
	}
	for n, c := range choices {
		if len(current) > 0 && c.value == current[0] {
			m.over.at = n
		}
	}
	return m
}

// choicesOf are those of a menu: its options, or people, or channels.
func (m Model) choicesOf(e blockkit.Interactive) []choice {
	var all []choice
	switch {
	case strings.HasSuffix(e.Type, "users_select"):
		for _, u := range m.state.users {
			if !u.Deleted {
				all = append(all, choice{u.Name, u.ID, u.RealName})
			}
		}
	case strings.HasSuffix(e.Type, "channels_select"), strings.HasSuffix(e.Type, "conversations_select"):
		for _, c := range m.state.channels {
			if !c.direct() || strings.HasSuffix(e.Type, "conversations_select") {
				all = append(all, choice{m.titled(c), c.ID, ""})
			}
		}
	case e.Object["data_source"] == "users":
		for _, u := range m.state.users {
			all = append(all, choice{u.Name, u.ID, u.RealName})
		}
	}
	for _, o := range e.Options {
		about := o.Description
		if o.Group != "" {
			about = strings.TrimSpace(o.Group + "  " + about)
		}
		all = append(all, choice{o.Label, o.Value, about})
	}
	return all
}

// ticked ticks a box or takes the tick away, or chooses one of several.
func (m Model) ticked(h holder, e blockkit.Interactive, n int) (Model, tea.Cmd) {
	if n < 0 || n >= len(e.Options) {
		return m, nil
	}
	value := e.Options[n].Value
	if e.Type == "checkboxes" {
		now := slices.Clone(m.formOf(h.id).current(e))
		if at := slices.Index(now, value); at >= 0 {
			now = slices.Delete(now, at, at+1)
		} else {
			now = append(now, value)
		}
		value = strings.Join(now, ",")
	}
	return m.given(h, e, value)
}

// external opens a menu whose options the app gives for what is typed.
func (m Model) external(h holder, e blockkit.Interactive) (Model, tea.Cmd) {
	m = m.choosing(h, e, m.formOf(h.id), nil)
	then := m.over.then
	m.over.then = func(m Model, values []string) (Model, tea.Cmd) { return then(m, values) }
	least, _ := e.Object["min_query_length"].(float64)
	m.over.ask = func(m Model, query string) (Model, tea.Cmd) {
		if len([]rune(query)) < int(least) {
			m.over.waits, m.over.hint = false, "type "+strconv.Itoa(int(least))+" letters at least"
			return m, nil
		}
		act := Act{Verb: "options", Channel: m.channelIn(h), Element: nameOf(e), Value: query}
		return m.do(act, "the options", func(ctx context.Context, _ *simulator.Server, u *simulator.User) (simulator.Outcome, error) {
			return u.Suggest(ctx, h.place, e.ActionID, query)
		}, func(m Model, o simulator.Outcome) Model {
			if m.over.ask == nil || m.over.asked != query {
				return m
			}
			m.over.waits, m.over.hint = false, ""
			m.over.choices = suggested(o.Reply())
			if len(m.over.choices) == 0 {
				m.over.hint = "the app gives no options"
			}
			m.over = m.over.matched()
			f := m.formOf(h.id)
			labels := map[string]string{}
			for value, label := range f.labels {
				labels[value] = label
			}
			for _, c := range m.over.choices {
				labels[c.value] = c.label
			}
			f.labels = labels
			return m.formed(h.id, f)
		})
	}
	if least == 0 {
		m.over.waits = true
		return m.over.ask(m, "")
	}
	return m, nil
}

// typedInto asks for what is typed into an input.
func (m Model) typedInto(h holder, e blockkit.Interactive) (Model, tea.Cmd) {
	text := strings.Join(m.formOf(h.id).current(e), ",")
	hint := "alt+Enter begins another line"
	check := func(string) string { return "" }
	switch e.Type {
	case "datepicker":
		hint, check = "a date, as 2026-11-24", parses(time.DateOnly)
	case "timepicker":
		hint, check = "a time, as 17:30", parses("15:04")
	case "datetimepicker":
		hint = "a date and time in UTC, as 2026-11-24 17:30"
		if seconds, err := strconv.ParseInt(text, 10, 64); err == nil {
			text = time.Unix(seconds, 0).UTC().Format("2006-01-02 15:04")
		}
		check = parses("2006-01-02 15:04")
	case "number_input":
		hint, check = "a number", func(text string) string {
			if _, err := strconv.ParseFloat(text, 64); err != nil && text != "" {
				return "want a number"
			}
			return ""
		}
	case "email_text_input":
		hint, check = "an address", func(text string) string {
			if _, err := mail.ParseAddress(text); err != nil && text != "" {
				return "want an address, such as anna@example.com"
			}
			return ""
		}
	case "url_text_input":
		hint, check = "a URL", func(text string) string {
			if u, err := url.Parse(text); (err != nil || u.Scheme == "") && text != "" {
				return "want a URL, such as https://example.com"
			}
			return ""
		}
	case "file_input":
		hint = "names of files, separated by commas"
	}
	m = m.asked(e.Label, hint, text, func(m Model, text string) (Model, tea.Cmd) {
		if at, err := time.Parse("2006-01-02 15:04", text); err == nil && e.Type == "datetimepicker" {
			text = strconv.FormatInt(at.Unix(), 10)
		}
		return m.given(h, e, text)
	})
	m.over.check = check
	return m, nil
}

// parses says what is wrong with a text that is no time of a layout.
func parses(layout string) func(string) string {
	return func(text string) string {
		if _, err := time.Parse(layout, text); err != nil && text != "" {
			return "want it as " + time.Date(2026, 11, 24, 17, 30, 0, 0, time.UTC).Format(layout)
		}
		return ""
	}
}

// given is a value for an element. In a modal it waits for the submission, unless the
// app wants to know at once; elsewhere the app learns of it.
func (m Model) given(h holder, e blockkit.Interactive, value string) (Model, tea.Cmd) {
	if e.Type == "overflow" {
		return m.sure(e.Object["confirm"], func(m Model) (Model, tea.Cmd) { return m.pressed(h, e, value) })
	}
	take := func(m Model) (Model, tea.Cmd) {
		m = m.formed(h.id, m.formOf(h.id).with(e, value))
		if e.Input && !e.Dispatches {
			return m, nil
		}
		return m.pressed(h, e, value)
	}
	return m.sure(e.Object["confirm"], take)
}

// sure asks first, where the app wants that.
func (m Model) sure(confirm any, then func(Model) (Model, tea.Cmd)) (Model, tea.Cmd) {
	c, ok := confirm.(map[string]any)
	if !ok {
		return then(m)
	}
	text := func(name string) string {
		switch t := c[name].(type) {
		case map[string]any:
			s, _ := t["text"].(string)
			return s
		case string:
			return t
		}
		return ""
	}
	return m.confirmed(text("title"), []string{text("text"), "yes: " + text("confirm") + "   no: " + text("deny")}, then), nil
}

// pressed sends what became of an element.
func (m Model) pressed(h holder, e blockkit.Interactive, value string) (Model, tea.Cmd) {
	act := Act{Verb: "press", Channel: m.channelIn(h), Element: nameOf(e), Value: value}
	if value != "" {
		act.Verb = "select"
	}
	if link, ok := e.Object["url"].(string); ok {
		m = m.noted("the browser opens " + redacted(link))
	}
	return m.do(act, e.Label, func(ctx context.Context, _ *simulator.Server, u *simulator.User) (simulator.Outcome, error) {
		return u.Press(ctx, h.place, e.ActionID, value)
	}, nil)
}

// channelIn is the channel's name for what happens in a message, and "" in a view.
func (m Model) channelIn(h holder) string {
	if h.place.Channel == "" {
		return ""
	}
	return m.channel().label
}

// nameOf is how a scenario names an element: by what people see of a button, else by
// its action_id, unless Slack made that up.
func nameOf(e blockkit.Interactive) string {
	if strings.Contains(e.ActionID, "/") || e.ActionID == "" || e.Type == "button" && e.Label != "" {
		return e.Label
	}
	return e.ActionID
}

// modal is the one on top, and whether one is open.
func (m Model) modal() (webapi.View, bool) {
	if len(m.state.modals) == 0 {
		return webapi.View{}, false
	}
	return m.state.modals[len(m.state.modals)-1], true
}

// submitted submits the modal on top. Slack's client does not while a required input
// is empty.
func (m Model) submitted(h holder) (Model, tea.Cmd) {
	v, ok := m.modal()
	if !ok {
		return m, nil
	}
	f := m.formOf(h.id)
	f.errors, f.trouble = f.empty(v), ""
	m = m.formed(h.id, f)
	if f.errors != nil {
		m.page.mend = true
		return m.warned("a required input is empty: Slack's client does not submit the modal"), nil
	}
	values := map[string]string{}
	encoded, _ := json.Marshal(v)
	for _, e := range blockkit.Interactives(encoded) {
		if value, ok := f.values[e.ActionID]; ok && e.Input {
			values[e.ActionID] = value
		}
	}
	act := Act{Verb: "submit", Values: values}
	return m.do(act, "the modal", func(ctx context.Context, _ *simulator.Server, u *simulator.User) (simulator.Outcome, error) {
		return u.Submit(ctx, v.ID, values)
	}, func(m Model, o simulator.Outcome) Model {
		var reply struct {
			Action string            `json:"response_action"`
			Errors map[string]string `json:"errors"`
		}
		_ = json.Unmarshal(o.Reply(), &reply)
		f := m.formOf(h.id)
		f.trouble = o.Shows
		if reply.Action == "errors" && o.Refused == "" {
			f.errors, m.page.mend = reply.Errors, true
			m = m.warned("the app refuses what is filled in")
		}
		return m.formed(h.id, f)
	})
}

// closedModal closes the modal on top, or the whole stack.
func (m Model) closedModal(all bool) (Model, tea.Cmd) {
	v, ok := m.modal()
	if !ok {
		return m, nil
	}
	return m.do(Act{Verb: "close"}, "closing the modal", func(ctx context.Context, _ *simulator.Server, u *simulator.User) (simulator.Outcome, error) {
		return u.CloseModal(ctx, v.ID, all)
	}, nil)
}
