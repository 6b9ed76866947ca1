package manifest

import "fmt"

// A Surface is what a URL is for, in the words of belay check --kind.
type Surface string

// The surfaces that have URLs. Slack sends people's browsers to a redirect, and requests
// to the others.
const (
	Slash    Surface = "command"
	Action   Surface = "action"
	Options  Surface = "options"
	Event    Surface = "event"
	Redirect Surface = "redirect"
)

// A URL is one that Slack would call, and where the manifest has it.
type URL struct {
	Surface Surface
	// Name is a command's, such as /deploy. The other surfaces have none.
	Name string
	URL  string
	// Pointer is the JSON pointer, Line and Column where it leads.
	Pointer      string
	Line, Column int
}

// Label names the place in a few words.
func (u URL) Label() string {
	switch {
	case u.Name != "":
		return plain(u.Name)
	case u.Surface == Slash:
		return "code channels"
	case u.Surface == Action:
		return "interactivity"
	case u.Surface == Options:
		return "options load URL"
	case u.Surface == Event:
		return "events"
	}
	return "redirect"
}

// URLs are those that a manifest holds: of commands, interactivity, options, events, then
// redirects. Those of interactivity are left out while it is off.
func URLs(m *Manifest) []URL {
	var all []URL
	add := func(surface Surface, name, address, pointer string) {
		if address != "" {
			line, column := m.Position(pointer)
			all = append(all, URL{surface, name, address, pointer, line, column})
		}
	}
	for i, c := range m.Features.Commands {
		add(Slash, c.Name, c.URL, fmt.Sprintf("/features/slash_commands/%d/url", i))
	}
	add(Slash, "", m.Features.CodeChannels.CommandURL, "/features/code_channels/slash_command_url")
	if on := m.Settings.Interactivity.Enabled; on == nil || *on {
		add(Action, "", m.Settings.Interactivity.RequestURL, "/settings/interactivity/request_url")
		add(Options, "", m.Settings.Interactivity.OptionsURL, "/settings/interactivity/message_menu_options_url")
	}
	add(Event, "", m.Settings.Events.RequestURL, "/settings/event_subscriptions/request_url")
	for i, address := range m.OAuth.RedirectURLs {
		add(Redirect, "", address, fmt.Sprintf("/oauth_config/redirect_urls/%d", i))
	}
	return all
}
