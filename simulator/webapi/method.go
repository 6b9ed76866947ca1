package webapi

import (
	"slices"
	"strings"

	"belay/simulator/facts"
)

// A Method answers one Web API method.
type Method struct {
	// Name is the one in the URL, such as chat.postMessage.
	Name string
	// Fact is what Slack's documentation says.
	Fact facts.Method
	// serve answers with the workspace locked; nil answers from the facts. The
	// value is a struct or a map whose members stand in the answer, or nil.
	serve serve
}

type serve func(*Request) (any, error)

// Modelled reports whether the method reads and changes the workspace. The others are
// answered from their facts.
func (m Method) Modelled() bool { return m.serve != nil }

// families are the modelled methods, a file each.
func families() []map[string]serve {
	return []map[string]serve{
		agentsMethods,
		apiMethods,
		appsMethods,
		assistantMethods,
		authMethods,
		blocksMethods,
		bookmarksMethods,
		botsMethods,
		chatMethods,
		conversationsMethods,
		dialogMethods,
		dndMethods,
		emojiMethods,
		entityMethods,
		filesMethods,
		functionsMethods,
		pinsMethods,
		reactionsMethods,
		remindersMethods,
		searchMethods,
		teamMethods,
		usergroupsMethods,
		usersMethods,
		viewsMethods,
		workflowsMethods,
	}
}

// methods are all methods that there are.
func methods() map[string]Method {
	all := make(map[string]Method, 340)
	for _, fact := range facts.Methods() {
		all[fact.Name] = Method{Name: fact.Name, Fact: fact}
	}
	for _, family := range families() {
		for name, serve := range family {
			m := all[name]
			m.Name, m.Fact.Name, m.serve = name, name, serve
			all[name] = m
		}
	}
	return all
}

// Methods are the methods that the fake Slack answers, by name.
func Methods() []Method {
	all := make([]Method, 0, 340)
	for _, m := range methods() {
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b Method) int { return strings.Compare(a.Name, b.Name) })
	return all
}
