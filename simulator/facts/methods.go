package facts

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"slices"
	"sort"
	"sync"
)

// A Method is a method of the Web API as Slack documents it.
//
// https://docs.slack.dev/reference/methods
type Method struct {
	// Name is the one in the URL, such as chat.postMessage.
	Name string `json:"method"`
	// Verb is GET or POST, as the documentation writes the request. Slack takes
	// both.
	Verb string `json:"verb"`
	// Tier is the class of rate limit, t1 to t5, where t5 is special; "" where it is
	// not documented.
	Tier string `json:"tier"`
	// PerMinute is a documented rate of the method's own, or zero.
	PerMinute int `json:"per_minute"`
	// JSON reports whether a JSON body is documented. The others take forms alone.
	JSON bool `json:"json"`
	// Token reports whether a token is needed.
	Token bool `json:"token"`
	// Scopes are by the kind of token: bot, user, configuration or seamless_user.
	// One of them is enough. A method that has none takes every token.
	Scopes map[string][]string `json:"scopes"`
	// Required are the arguments that must be there.
	Required []string `json:"required"`
	// Args are the types of all arguments but token: string, integer, number,
	// boolean, array or object, and string:KIND for what names something.
	Args map[string]string `json:"args"`
	// Errors are the codes of the method's own.
	Errors []string `json:"errors"`
	// Answers are the top-level keys of an answer, besides ok.
	Answers []string `json:"answers"`
}

// HasError reports whether the code is among the method's own.
func (m Method) HasError(code string) bool { return slices.Contains(m.Errors, code) }

// methodsJSON is made from the reference pages of docs.slack.dev, one method a line.
//
//go:embed methods.json
var methodsJSON []byte

// A line of methodsJSON is one method, which is read when it is first asked for: all of
// them would take longer than everything else that a server does at its start.
type line struct {
	name string
	text []byte
	read func() Method
}

// lines are ordered by name.
var lines = sync.OnceValue(func() []line {
	var all []line
	for text := range bytes.Lines(methodsJSON) {
		text = bytes.TrimRight(text, ",\n")
		rest, ok := bytes.CutPrefix(text, []byte(`{"method":"`))
		if !ok {
			continue
		}
		name, _, _ := bytes.Cut(rest, []byte(`"`))
		all = append(all, line{string(name), text, sync.OnceValue(func() Method { return parse(text) })})
	}
	return all
})

func parse(text []byte) Method {
	var m Method
	if err := json.Unmarshal(text, &m); err != nil {
		panic("facts: methods.json: " + err.Error())
	}
	return m
}

// Methods returns every method, by name. The slice is the caller's own; the slices and
// maps inside the methods are shared and must not be changed.
func Methods() []Method {
	var all []Method
	for _, l := range lines() {
		all = append(all, l.read())
	}
	return all
}

// FindMethod returns the method of that name, which is case-sensitive.
func FindMethod(name string) (Method, bool) {
	all := lines()
	i := sort.Search(len(all), func(i int) bool { return all[i].name >= name })
	if i < len(all) && all[i].name == name {
		return all[i].read(), true
	}
	return Method{}, false
}
