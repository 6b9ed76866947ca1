package facts

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
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

// methods is read when it is first asked for, and ordered by name.
var methods = sync.OnceValue(func() []Method {
	var all []Method
	if err := json.Unmarshal(methodsJSON, &all); err != nil {
		panic("facts: methods.json: " + err.Error())
	}
	return all
})

// found are the methods that were looked for, by name: to read all of them takes longer
// than everything else that a server does at its start.
var found sync.Map

// Methods returns every method, by name. The slice is the caller's own; the slices and
// maps inside the methods are shared and must not be changed.
func Methods() []Method { return slices.Clone(methods()) }

// FindMethod returns the method of that name, which is case-sensitive.
func FindMethod(name string) (Method, bool) {
	if m, ok := found.Load(name); ok {
		return m.(Method), true
	}
	text := lineOf(name)
	if text == nil {
		return Method{}, false
	}
	var m Method
	if err := json.Unmarshal(text, &m); err != nil {
		panic("facts: methods.json: " + err.Error())
	}
	found.Store(name, m)
	return m, true
}

// lineOf is the line of methodsJSON that a method is, or nil.
func lineOf(name string) []byte {
	head := `{"method":"` + name + `",`
	at := bytes.Index(methodsJSON, []byte(head))
	if at < 0 || strings.Contains(name, `"`) {
		return nil
	}
	line, _, _ := bytes.Cut(methodsJSON[at:], []byte("\n"))
	return bytes.TrimSuffix(line, []byte(","))
}
