package strictyaml

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Kind is what sort of value a Node is.
type Kind uint8

// The kinds of values. Dates and other words without quotes are Text.
const (
	Null Kind = iota
	Bool
	Int
	Float
	Text
	List
	Object
)

// String is the kind in words, with its article.
func (k Kind) String() string {
	return [...]string{"nothing", "true or false", "a whole number", "a number", "text", "a list", "an object"}[k]
}

// A Node is a value of a document, and where it stands. Where aliases are used, several
// places share one Node, so that a tree must not be changed. Its methods accept a nil
// Node, which is a value that is not there.
type Node struct {
	Kind Kind
	// Line and Column count from 1, columns in characters.
	Line, Column int
	// Value is what a Text says, and a number or boolean as it is written.
	Value string
	// Items are the values of a List.
	Items []*Node
	// Members are those of an Object, in their order, each key once.
	Members []Member
}

// A Member is a key of an object with its value. The Key is always Text.
type Member struct {
	Key, Value *Node
}

// Get is the value under a key of an object, or nil.
func (n *Node) Get(key string) *Node {
	_, value := n.member(key)
	return value
}

// member is a key of an object with its value, or nil.
func (n *Node) member(key string) (*Node, *Node) {
	if n == nil || n.Kind != Object {
		return nil, nil
	}
	for _, m := range n.Members {
		if m.Key.Value == key {
			return m.Key, m.Value
		}
	}
	return nil, nil
}

// Lookup follows a JSON pointer, such as /features/slash_commands/0/url. It returns the
// value, and the key before it where the value is a member of an object. Both are nil
// where the pointer leads nowhere.
func (n *Node) Lookup(pointer string) (value, key *Node) {
	value = n
	for _, token := range strings.Split(pointer, "/")[1:] {
		token = strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
		switch {
		case value != nil && value.Kind == List:
			i, err := strconv.Atoi(token)
			if err != nil || i < 0 || i >= len(value.Items) {
				return nil, nil
			}
			value, key = value.Items[i], nil
		default:
			key, value = value.member(token)
		}
	}
	return value, key
}

// Child is the JSON pointer of a member or item of what another pointer names.
func Child(pointer, name string) string {
	return pointer + "/" + strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
}

// Describe is the value in words, such as `the number 5`, for "wants text, got …".
func (n *Node) Describe() string {
	switch {
	case n == nil || n.Kind == Null:
		return "nothing"
	case n.Kind == Bool:
		return n.Value
	case n.Kind == Int || n.Kind == Float:
		return "the number " + Short(n.Value)
	case n.Kind == Text:
		return "the text " + strconv.Quote(Short(n.Value))
	}
	return n.Kind.String()
}

// Short cuts what a file says to a length that fits a line.
func Short(text string) string {
	const most = 60
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most-1]) + "…"
}

// Mistake is an error about this value. Decode puts it in its place; it is what an
// Unmarshaler returns.
func (n *Node) Mistake(format string, args ...any) error {
	return &Error{Mistakes: []Mistake{{Line: n.Line, Column: n.Column, Message: fmt.Sprintf(format, args...)}}}
}
