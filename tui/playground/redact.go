package playground

import (
	"regexp"
	"strings"
	"sync"
)

// The server redacts what it remembers. What is decoded here for reading may show a
// secret that was not to be seen before, such as in a form's JSON, and the last part
// of a hook's path is one.
var secretShaped = sync.OnceValue(func() []*regexp.Regexp {
	return []*regexp.Regexp{
		regexp.MustCompile(`(xox[a-z][-.])[A-Za-z0-9._%-]+`),
		regexp.MustCompile(`(xapp-|xwfp-)[A-Za-z0-9._%-]+`),
		regexp.MustCompile(`((?:token|client_secret|ticket|refresh_token|code)(?:=|": ?"|: ))[^&\s"\\,]+`),
		regexp.MustCompile(`(/(?:commands|actions|app|services)/[A-Za-z0-9]+/[A-Za-z0-9]+/)[A-Za-z0-9_-]+`),
		regexp.MustCompile(`(/upload/v1/)[A-Za-z0-9_-]+`),
	}
})

// redacted is a text without what is secret by its form.
func redacted(text string) string {
	for _, shape := range secretShaped() {
		text = shape.ReplaceAllString(text, "${1}[redacted]")
	}
	return text
}

// hidden hides names and hosts, or shows them again.
func (m Model) hidden() Model {
	m.private = !m.private
	if m.private {
		return m.noted("names and hosts are hidden")
	}
	return m.noted("names and hosts are shown again")
}

// remasked makes what hides the names that there are now. Everyday words such as
// general are no names.
func (m Model) remasked() Model {
	m.mask = nil
	if !m.private {
		return m
	}
	var pairs []string
	hide := func(name, standIn string) {
		if len([]rune(name)) > 1 && name != "general" && name != "belay" {
			pairs = append(pairs, name, standIn)
		}
	}
	for n, u := range m.state.users {
		standIn := "user-" + number(n)
		for _, name := range []string{u.RealName, u.Profile.Email, u.Profile.DisplayName, u.Name, u.ID} {
			hide(name, standIn)
		}
	}
	for n, c := range m.state.channels {
		if !c.direct() {
			hide(c.label, "channel-"+number(n))
		}
		hide(c.ID, "channel-"+number(n))
	}
	for n, t := range m.state.teams {
		for _, name := range []string{t.Name, t.Domain, t.ID} {
			hide(name, "team-"+number(n))
		}
	}
	for _, u := range m.targets() {
		hide(u.Host, "host")
		hide(u.Hostname(), "host")
	}
	m.mask = strings.NewReplacer(pairs...)
	return m
}

// masked is a text as it is shown: without names while they are hidden.
func (m Model) masked(text string) string {
	if m.mask == nil {
		return text
	}
	return m.mask.Replace(text)
}
