package manifest_test

import (
	"os"
	"path/filepath"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks/problem"
	"belay/simulator/manifest"
)

// remarks are the only findings that a clean manifest may have.
func notRemarks(found []manifest.Finding) []manifest.Finding {
	var rest []manifest.Finding
	for _, f := range found {
		if f.Level != manifest.Remark {
			rest = append(rest, f)
		}
	}
	return rest
}

var _ = Describe("Linting", func() {
	files, err := os.ReadDir("testdata/clean")
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		It("finds nothing wrong with "+file.Name(), func() {
			m, err := manifest.Load(filepath.Join("testdata/clean", file.Name()))
			Expect(err).NotTo(HaveOccurred())
			Expect(lines(notRemarks(manifest.Lint(m)))).To(BeEmpty())
		})
	}

	It("finds everything at once, in the order of the file", func() {
		m, err := manifest.Load("testdata/bad/everything.yaml")
		Expect(err).NotTo(HaveOccurred())
		Expect(lines(manifest.Lint(m))).To(Equal([]string{
			"2:3: fail: manifest.invalid: display_information.name has 39 characters: Slack takes 1 to 35",
			`3:3: fail: manifest.invalid: display_information.descripton is no property of a manifest: did you mean "description"?`,
			`7:5: fail: manifest.invalid: features.bot_user.always_online wants true or false, got the text "yes"`,
			"8:3: fail: manifest.scope-missing: slash commands need the scope commands in oauth_config.scopes.bot",
			`9:7: fail: manifest.invalid: features.slash_commands[0].command is "deploy": it must begin with /`,
			`11:7: fail: manifest.invalid: features.slash_commands[0].url is "bot.example.com/slack": it must begin with https:// (or http://)`,
			"14:7: fail: manifest.url-stale: /old leads to old.ngrok-free.app, but options load URL, events to new.ngrok-free.app: one of the two tunnels is old",
			"15:7: fail: manifest.url-missing: the command /nowhere has no url, and Socket Mode is off",
			"18:7: fail: manifest.invalid: features.shortcuts[0].description is missing",
			`19:7: fail: manifest.invalid: features.shortcuts[0].type is "channel": it must be message or global`,
			`23:7: fail: manifest.redirect-url: the redirect URL "http://bot.example.com/callback" is not https`,
			"30:9: fail: manifest.scope-missing: the event app_mention needs the scope app_mentions:read in oauth_config.scopes.bot",
			"31:9: fail: manifest.scope-missing: the event message.im needs the scope im:history in oauth_config.scopes.bot",
			"31:9: warn: manifest.messages-tab: message.im needs features.app_home.messages_tab_enabled, without which nobody can write to the app",
			`32:9: fail: manifest.invalid: settings.event_subscriptions.bot_events[2] names "message.im" a second time`,
			"32:9: fail: manifest.scope-missing: the event message.im needs the scope im:history in oauth_config.scopes.bot",
			`33:9: fail: manifest.invalid: settings.event_subscriptions.bot_events[3] is "user_typing", an event that only the RTM API has`,
			"34:3: fail: manifest.url-missing: interactivity has no request_url, and Socket Mode is off: buttons, modals and shortcuts fail",
		}))
	})

	It("says which URLs Socket Mode makes useless", func() {
		m, err := manifest.Load("testdata/bad/socket-with-urls.json")
		Expect(err).NotTo(HaveOccurred())
		Expect(lines(manifest.Lint(m))).To(Equal([]string{
			"12:5: warn: manifest.socket-mode: Socket Mode is on: Slack calls none of the URLs (/a, /b, interactivity) until it is off",
		}))
	})

	It("tells a hundred refusals, and that there are more", func() {
		text := "display_information: {name: x}\nfeatures: {\n"
		for range 200 {
			text += "x" + string(rune('a'+len(text)%26)) + string(rune('a'+len(text)/26%26)) + string(rune('a'+len(text)/676%26)) + ": 1,\n"
		}
		found := of(manifest.Invalid, manifest.Lint(read(text+"}")))
		Expect(found).To(HaveLen(101))
		Expect(found).To(ContainElement(HaveSuffix(": and there is more that Slack refuses")))
	})

	It("names only problems of the catalogue, with their levels", func() {
		for id, levels := range map[string][]problem.Level{
			manifest.SocketMode: {manifest.Warn, manifest.Remark}, manifest.URLMissing: {manifest.Fail},
			manifest.URLStale: {manifest.Fail}, manifest.ScopeMissing: {manifest.Fail}, manifest.MessagesTab: {manifest.Warn},
			manifest.RedirectURL: {manifest.Fail}, manifest.Invalid: {manifest.Fail},
		} {
			p, ok := problem.Find(id)
			Expect(ok).To(BeTrue(), id)
			Expect(p.Levels).To(Equal(levels), id)
		}
	})
})
