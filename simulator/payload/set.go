package payload

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Set returns a copy of the object in which the member at the path has that value.
// The path is names with dots between them, and numbers for the elements of lists,
// such as actions.0.value; a dot in a name is written \. there.
//
// The value is JSON if it can be read as such, else text. What is text stays text,
// because Slack's ids and times look like numbers: event.ts=1.5 sets "1.5", and
// event.ts="1.5" does, too.
//
// What is not there is a mistake, unless Slack documents it. A plus before the name
// adds it all the same: event.+mine=1. Behind a list, a plus appends: actions.+={}.
func (o Object) Set(path, value string) (Object, error) {
	parts, err := splitPath(path)
	if err != nil {
		return nil, err
	}
	changed, err := (&walk{root: o, value: value}).set(o, parts)
	if err != nil {
		return nil, err
	}
	return changed.(Object), nil
}

// Unset returns a copy of the object without the member at the path.
func (o Object) Unset(path string) (Object, error) {
	parts, err := splitPath(path)
	if err != nil {
		return nil, err
	}
	changed, err := (&walk{root: o, remove: true}).set(o, parts)
	if err != nil {
		return nil, err
	}
	return changed.(Object), nil
}

// splitPath takes a path apart. A backslash makes the next character ordinary.
func splitPath(path string) ([]string, error) {
	var parts []string
	var part strings.Builder
	escaped := false
	for _, r := range path + "." {
		switch {
		case escaped, r != '.' && r != '\\':
			part.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		default:
			parts = append(parts, part.String())
			part.Reset()
		}
	}
	if escaped || part.Len() > 0 {
		return nil, fmt.Errorf("the path %q ends with a backslash", path)
	}
	if slices.Contains(parts, "") || slices.Contains(parts[:len(parts)-1], "+") {
		return nil, fmt.Errorf("the path %q has an empty part: want names with dots between them, such as actions.0.value", path)
	}
	return parts, nil
}

// A walk is one way down an object, to set or to remove what is at its end.
type walk struct {
	root   Object
	value  string
	remove bool
	// above is the way so far.
	above []string
}

func (w *walk) set(node any, parts []string) (any, error) {
	if len(parts) == 0 {
		return literal(w.value, node), nil
	}
	switch of := node.(type) {
	case Object:
		return w.inObject(of, parts)
	case List:
		return w.inList(of, parts)
	case nil:
		if !w.remove {
			return w.inObject(Object{}, append([]string{"+" + strings.TrimPrefix(parts[0], "+")}, parts[1:]...))
		}
	}
	return nil, fmt.Errorf("%s is %s, it has no members", w.here(), kindOf(node))
}

func (w *walk) inObject(o Object, parts []string) (any, error) {
	name := parts[0]
	at := slices.IndexFunc(o, func(m Member) bool { return m.Name == name })
	if at < 0 {
		return w.add(o, parts)
	}
	if w.remove && len(parts) == 1 {
		return slices.Delete(slices.Clone(o), at, at+1), nil
	}
	below, err := w.down(name, o[at].Value, parts[1:])
	if err != nil {
		return nil, err
	}
	changed := slices.Clone(o)
	changed[at].Value = below
	return changed, nil
}

func (w *walk) down(name string, node any, parts []string) (any, error) {
	w.above = append(w.above, name)
	return w.set(node, parts)
}

// add appends a member that is not there.
func (w *walk) add(o Object, parts []string) (any, error) {
	name, wanted := strings.CutPrefix(parts[0], "+")
	if name == "" {
		return nil, fmt.Errorf("%s is no list: + needs a name, such as +text", w.here())
	}
	like, documented := optional(w.root, w.above, name)
	if w.remove || !wanted && !documented {
		return nil, w.missing(o, parts[0])
	}
	if o.Has(name) {
		return w.inObject(o, append([]string{name}, parts[1:]...))
	}
	below := like
	if len(parts) > 1 {
		below = nil
	}
	value, err := w.down(name, below, parts[1:])
	if err != nil {
		return nil, err
	}
	return append(slices.Clone(o), Member{name, value}), nil
}

func (w *walk) inList(l List, parts []string) (any, error) {
	if parts[0] == "+" && !w.remove {
		return append(slices.Clone(l), literal(w.value, nil)), nil
	}
	at, err := strconv.Atoi(parts[0])
	if err != nil || at < 0 || at >= len(l) {
		return nil, w.outside(l, parts[0])
	}
	if w.remove && len(parts) == 1 {
		return slices.Delete(slices.Clone(l), at, at+1), nil
	}
	below, err := w.down(parts[0], l[at], parts[1:])
	if err != nil {
		return nil, err
	}
	changed := slices.Clone(l)
	changed[at] = below
	return changed, nil
}

// here is where the walk stands.
func (w *walk) here() string {
	if len(w.above) == 0 {
		return "the payload"
	}
	return joinPath(w.above)
}

func joinPath(parts []string) string {
	escape := strings.NewReplacer(`\`, `\\`, `.`, `\.`)
	var all []string
	for _, p := range parts {
		all = append(all, escape.Replace(p))
	}
	return strings.Join(all, ".")
}

// missing says what is there in place of the name.
func (w *walk) missing(o Object, name string) error {
	name = strings.TrimPrefix(name, "+")
	var names []string
	for _, m := range o {
		names = append(names, m.Name)
	}
	hint := "it is empty"
	if len(names) > 0 {
		hint = "it has " + strings.Join(names, ", ")
	}
	if like := nearest(name, names); like != "" {
		hint = "did you mean " + joinPath(append(slices.Clone(w.above), like)) + "? " + hint
	} else if elsewhere := find(w.root, name, nil); elsewhere != nil {
		hint = "did you mean " + joinPath(elsewhere) + "? " + hint
	}
	if !w.remove {
		hint += "; " + joinPath(append(slices.Clone(w.above), "+"+name)) + " adds it"
	}
	return fmt.Errorf("%s has no %s: %s", w.here(), name, hint)
}

func (w *walk) outside(l List, index string) error {
	which := "none of them can be named"
	switch {
	case len(l) == 1:
		which = "it is 0"
	case len(l) > 1:
		which = "they are 0 to " + strconv.Itoa(len(l)-1)
	}
	if !w.remove {
		which += "; " + w.here() + ".+ appends one"
	}
	return fmt.Errorf("%s is a list of %d, which has no element %q: %s", w.here(), len(l), index, which)
}

// find is the way to the first member of that name, or nil.
func find(node any, name string, above []string) []string {
	switch of := node.(type) {
	case Object:
		if of.Has(name) {
			return append(above, name)
		}
		for _, m := range of {
			if way := find(m.Value, name, append(slices.Clone(above), m.Name)); way != nil {
				return way
			}
		}
	case List:
		for i, element := range of {
			if way := find(element, name, append(slices.Clone(above), strconv.Itoa(i))); way != nil {
				return way
			}
		}
	}
	return nil
}

func kindOf(node any) string {
	switch node.(type) {
	case string, Secret:
		return "a text"
	case bool:
		return "true or false"
	case nil:
		return "null"
	}
	return "a number"
}

// literal reads a value for a place where now stands.
func literal(value string, now any) any {
	read, ok := parseJSON([]byte(value))
	if !ok {
		read = value
	}
	_, isText := now.(string)
	_, isSecret := now.(Secret)
	switch read.(type) {
	case bool, json.Number:
		if isText || isSecret {
			read = value
		}
	}
	if said, ok := read.(string); ok && isSecret {
		return Secret(said)
	}
	return read
}
