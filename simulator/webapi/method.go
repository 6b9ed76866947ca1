package webapi

import (
	"maps"
	"slices"

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
		oauthMethods,
		openidMethods,
		pinsMethods,
		reactionsMethods,
		remindersMethods,
		searchMethods,
		teamMethods,
		toolingMethods,
		usergroupsMethods,
		usersMethods,
		viewsMethods,
		workflowsMethods,
	}
}

// find is the method of that name, if there is one.
func find(name string) (Method, bool) {
	m := Method{Name: name}
	known := false
	m.Fact, known = facts.FindMethod(name)
	for _, family := range families() {
		if serve := family[name]; serve != nil {
			m.Fact.Name, m.serve = name, serve
			return m, true
		}
	}
	return m, known
}

// Methods are the methods that the fake Slack answers, by name.
func Methods() []Method {
	names := map[string]bool{}
	for _, fact := range facts.Methods() {
		names[fact.Name] = true
	}
	for _, family := range families() {
		for name := range family {
			names[name] = true
		}
	}
	var all []Method
	for _, name := range slices.Sorted(maps.Keys(names)) {
		m, _ := find(name)
		all = append(all, m)
	}
	return all
}
