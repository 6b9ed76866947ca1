package webapi

import (
	"cmp"

	"belay/simulator/manifest"
)

// SeedFromManifest is the default seed with the app of a manifest in place of belay's:
// its name, that of its bot, its redirect URLs, and exactly the scopes and events that it
// asks for. What people may decline is granted.
func SeedFromManifest(m *manifest.Manifest) Seed {
	s := DefaultSeed()
	app := &s.Apps[0]
	app.Name = cmp.Or(m.Display.Name, app.Name)
	if bot := m.Features.BotUser; bot != nil {
		app.BotName = bot.Name
	}
	// Nil would be everything.
	app.BotScopes = append([]string{}, m.OAuth.Scopes.Bot...)
	app.UserScopes = append([]string{}, m.OAuth.Scopes.User...)
	app.OptionalScopes = append(append([]string{}, m.OAuth.Scopes.BotOptional...), m.OAuth.Scopes.UserOptional...)
	app.RedirectURLs, app.PKCE = m.OAuth.RedirectURLs, m.OAuth.PKCE
	app.TokenRotation, app.OrgDeploy = m.Settings.TokenRotation, m.Settings.OrgDeploy
	app.Events = append([]string{}, m.Settings.Events.Bot...)
	app.UserEvents = append([]string{}, m.Settings.Events.User...)
	return s
}
