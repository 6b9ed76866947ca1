package payload

import (
	"regexp"
	"strings"
	"sync"
)

// Command is a slash command.
//
// https://docs.slack.dev/interactivity/implementing-slash-commands
var Command = Kind{
	Name: "command", Title: "slash command",
	Encoding: Form, Accept: acceptAnswer,
	Fields: commandFields,
}

// commandFields does without Scene.filled: a constant that is not copied into a
// scene is not allocated, and under load most of a command is constants.
func commandFields(s Scene) Object {
	name, id, user := any(domain), any(StandInUser), any(userName)
	if s.ChannelName != "" || s.Private || s.ChannelID != "" {
		name = given(s.ChannelName, s.channelName())
	}
	if s.Persona != "" && s.Persona != PersonaWorkspace {
		id, user = s.Persona.user(), s.userName()
	}
	if s.UserName != "" {
		user = s.UserName
	}
	fields := append(make(Object, 0, 15), Object{
		{"token", given(s.Token, Secret(StandInToken))},
		{"team_id", given(s.TeamID, StandInTeam)}, {"team_domain", given(s.Domain, domain)},
		{"channel_id", given(s.ChannelID, StandInChannel)}, {"channel_name", name},
		{"user_id", given(s.UserID, id)}, {"user_name", user},
		{"command", given(s.Command, "/belay-probe")}, {"text", commandText(s)},
		{"api_app_id", given(s.AppID, StandInApp)},
	}...)
	if s.Persona == PersonaEnterprise {
		fields = append(fields, Object{
			{"is_enterprise_install", "true"}, {"enterprise_id", StandInEnterprise}, {"enterprise_name", enterpriseName},
		}...)
	} else {
		fields = append(fields, Member{"is_enterprise_install", "false"})
	}
	return append(fields,
		Member{"response_url", given(s.ResponseURL, commandURL)},
		Member{"trigger_id", given(s.TriggerID, triggerID)})
}

// given is the value, or its stand-in when it is empty.
func given[T ~string](value T, standIn any) any {
	if value == "" {
		return standIn
	}
	return value
}

// marked is what Slack marks up in the text of a command with should_escape.
var marked = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`https?://[^\s<>]*[^\s<>.,;:!?]|\B[@#][\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}])?`)
})

func commandText(s Scene) string {
	if !s.Escape {
		return s.Text
	}
	s = s.filled()
	return marked().ReplaceAllStringFunc(s.Text, func(word string) string {
		name := word[1:]
		switch {
		case word[0] == '@' && name == s.userName():
			return "<@" + s.UserID + ">"
		case word[0] == '@':
			return "<@" + readableID("U", name) + ">"
		case word[0] == '#' && name == domain && s.Private:
			// The names of private channels are not told.
			return "<#" + s.ChannelID + "|>"
		case word[0] == '#' && (name == domain || name == s.ChannelName):
			return "<#" + s.ChannelID + "|" + name + ">"
		case word[0] == '#':
			return "<#" + readableID("C", name) + "|" + name + ">"
		}
		return "<" + word + ">"
	})
}

// readableID is an id in which the name of what it stands for can be read.
func readableID(letter, name string) string {
	id := strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToUpper(name))
	return (letter + id + "0000000000")[:len(StandInUser)]
}
