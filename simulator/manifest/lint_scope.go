package manifest

import (
	"fmt"
	"slices"
	"strings"

	"belay/internal/strictyaml"
	"belay/simulator/facts"
)

const (
	botEvents  = "/settings/event_subscriptions/bot_events"
	userEvents = "/settings/event_subscriptions/user_events"
)

// scopeMissing tells commands and events whose scope is not asked for.
func (l *linter) scopeMissing() {
	scopes := l.OAuth.Scopes
	bot := slices.Concat(scopes.Bot, scopes.BotOptional)
	user := slices.Concat(scopes.User, scopes.UserOptional)
	if slices.Contains(scopes.Bot, "bot") || slices.Contains(scopes.User, "bot") {
		return // A classic app, whose one scope allows everything.
	}
	if len(l.Features.Commands) > 0 && !slices.Contains(bot, "commands") && !slices.Contains(user, "commands") {
		l.add(ScopeMissing, Fail, "/features/slash_commands", "slash commands need the scope commands in oauth_config.scopes.bot")
	}
	l.eventScopes(l.Settings.Events.Bot, botEvents, "bot", bot)
	l.eventScopes(l.Settings.Events.User, userEvents, "user", user)
}

// eventScopes tells the events that none of the scopes allows.
func (l *linter) eventScopes(events []string, pointer, kind string, granted []string) {
	for i, name := range events {
		event, _ := facts.FindEvent(name)
		if len(event.Scopes) == 0 || slices.ContainsFunc(event.Scopes, func(s string) bool { return allows(granted, s) }) {
			continue
		}
		l.add(ScopeMissing, Fail, fmt.Sprintf("%s/%d", pointer, i), "the event %s needs the scope %s in oauth_config.scopes.%s",
			name, strings.Join(event.Scopes, " or "), kind)
	}
}

// allows reports whether scopes hold one. A scope to administer something includes the
// one to look at it.
func allows(granted []string, scope string) bool {
	if slices.Contains(granted, scope) {
		return true
	}
	family, isRead := strings.CutSuffix(scope, ":read")
	return isRead && strings.HasPrefix(scope, "admin.") && slices.Contains(granted, family+":write")
}

// subscribable tells events that only the RTM API has. Slack says "invalid event type" of
// them. An event that is not documented may be new, and passes.
func (l *linter) subscribable() {
	for _, s := range []struct {
		pointer string
		events  []string
	}{{botEvents, l.Settings.Events.Bot}, {userEvents, l.Settings.Events.User}} {
		for i, name := range s.events {
			if event, known := facts.FindEvent(name); known && !event.Subscribable() {
				l.refuse(fmt.Sprintf("%s/%d", s.pointer, i), "is %q, an event that only the RTM API has", name)
			}
		}
	}
}

// optionalScopes tells optional scopes that are not among those asked for, as Slack's
// documentation demands.
func (l *linter) optionalScopes() {
	scopes := l.OAuth.Scopes
	for _, s := range []struct {
		kind            string
		optional, asked []string
	}{{"bot", scopes.BotOptional, scopes.Bot}, {"user", scopes.UserOptional, scopes.User}} {
		for i, scope := range s.optional {
			if scope != "" && !slices.Contains(s.asked, scope) {
				l.refuse(fmt.Sprintf("/oauth_config/scopes/%s_optional/%d", s.kind, i),
					"is %q, which must also be listed in oauth_config.scopes.%s", strictyaml.Short(scope), s.kind)
			}
		}
	}
}

// messagesTab tells apps that nobody can write to, though they wait for messages.
func (l *linter) messagesTab() {
	const tab, readOnly = "/features/app_home/messages_tab_enabled", "/features/app_home/messages_tab_read_only_enabled"
	at, who := "", ""
	switch i := slices.Index(l.Settings.Events.Bot, "message.im"); {
	case l.Features.AgentView != nil && l.has("/features/agent_view"):
		at, who = "/features/agent_view", "the agent view"
	case i >= 0:
		at, who = fmt.Sprintf("%s/%d", botEvents, i), "message.im"
	default:
		return
	}
	switch home := l.Features.AppHome; {
	case home.Messages && home.MessagesReadOnly:
		l.add(MessagesTab, Warn, readOnly, "the messages tab is read-only, so nobody can send what %s is for", who)
	case !home.Messages && l.has(tab):
		l.add(MessagesTab, Warn, tab, "the messages tab is off, so nobody can send what %s is for", who)
	case !home.Messages:
		l.add(MessagesTab, Warn, at, "%s needs features.app_home.messages_tab_enabled, without which nobody can write to the app", who)
	}
}
