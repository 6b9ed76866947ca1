package strictyaml

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"time"
)

// An Unmarshaler reads itself from a node. What is wrong it says with Node.Mistake or
// Node.Decode; errors.Join tells several mistakes. Any other error is told at the node.
type Unmarshaler interface {
	UnmarshalStrict(*Node) error
}

// Decode reads the document into the value that a pointer names. It fills what fits and
// tells everything that does not in one *Error: fields that the struct does not have,
// values of another type, keys given twice and the like.
//
// A struct's fields are called as their tag says, `yaml:"name"`, or else as they are in
// lower case. The tag may go on with ",required" (the field must be there) or ",inline"
// (the fields of this struct belong to the one around it). "-" leaves a field out, and
// null leaves it as it is. Beside plain types, slices, maps with text keys and pointers,
// a field may be an Unmarshaler, a time.Duration such as 1m30s, an
// encoding.TextUnmarshaler, any, or a Node or *Node, which keeps its place in the file.
func (d *Document) Decode(into any) error {
	found, err := decode(d.Root, into)
	if err != nil {
		return err
	}
	if len(found.list) == 0 {
		return d.Err()
	}
	e := d.fail(slices.Concat(d.Mistakes, found.list)...)
	e.More += found.more
	return e
}

// Decode reads a value into the one that a pointer names, by the rules of
// Document.Decode, within an Unmarshaler. The paths of its mistakes begin at the node.
func (n *Node) Decode(into any) error {
	found, err := decode(n, into)
	if err != nil || len(found.list) == 0 {
		return err
	}
	return &Error{Mistakes: found.list, More: found.more}
}

// decode reads into what a pointer names. An error is the caller's own.
func decode(n *Node, into any) (findings, error) {
	v := reflect.ValueOf(into)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return findings{}, fmt.Errorf("decoding into %T: a pointer is needed", into)
	}
	var d decoder
	d.value(n, "", v.Elem())
	return d.found, nil
}

// decoder fills Go values from nodes.
type decoder struct{ found findings }

var nodeType = reflect.TypeFor[Node]()

// value fills one value.
func (d *decoder) value(n *Node, path string, v reflect.Value) {
	switch {
	case n == nil:
		return
	case v.Type() == nodeType:
		v.Set(reflect.ValueOf(*n))
		return
	case v.Type() == reflect.PointerTo(nodeType):
		v.Set(reflect.ValueOf(n))
		return
	case n.Kind == Null:
		return
	}
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		d.value(n, path, v.Elem())
		return
	}
	switch of := v.Addr().Interface().(type) {
	case Unmarshaler:
		d.adopt(of.UnmarshalStrict(n), n, path)
	case *time.Duration:
		d.text(n, path, "a duration such as 1m30s", func(text string) (err error) {
			*of, err = time.ParseDuration(text)
			return err
		})
	case encoding.TextUnmarshaler:
		d.text(n, path, "text", func(text string) error { return of.UnmarshalText([]byte(text)) })
	default:
		d.plain(n, path, v)
	}
}

// adopt puts the mistakes that an Unmarshaler found in their place.
func (d *decoder) adopt(err error, n *Node, path string) {
	var e *Error
	switch joined, many := err.(interface{ Unwrap() []error }); {
	case err == nil:
	case many:
		for _, one := range joined.Unwrap() {
			d.adopt(one, n, path)
		}
	case errors.As(err, &e):
		d.found.more += e.More
		for _, m := range e.Mistakes {
			m.Path = path + m.Path
			d.found.note(m)
		}
	default:
		d.found.add(n, path, "%v", err)
	}
}

// text fills a value that reads itself from text. A number is taken as it is written.
func (d *decoder) text(n *Node, path, want string, set func(string) error) {
	if n.Kind == List || n.Kind == Object {
		d.wants(n, path, want)
	} else if err := set(n.Value); err != nil {
		d.found.add(n, path, "wants %s, got %s: %v", want, n.Describe(), err)
	}
}

// plain fills a value of one of Go's own types.
func (d *decoder) plain(n *Node, path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		d.object(n, path, v)
	case reflect.Map:
		d.mapping(n, path, v)
	case reflect.Slice:
		d.list(n, path, v)
	case reflect.Interface:
		if v.NumMethod() == 0 {
			v.Set(reflect.ValueOf(n.any()))
		}
	case reflect.String:
		if n.Kind != Text {
			d.wants(n, path, "text")
			return
		}
		v.SetString(n.Value)
	case reflect.Bool:
		if n.Kind != Bool {
			d.wants(n, path, "true or false")
			return
		}
		v.SetBool(n.Value == "true")
	default:
		d.number(n, path, v)
	}
}

// number fills a value of one of Go's numbers.
func (d *decoder) number(n *Node, path string, v reflect.Value) {
	whole, err := n.integer()
	number, ok := n.number()
	switch {
	case v.CanInt() && n.Kind == Int && err == nil && !v.OverflowInt(whole):
		v.SetInt(whole)
	case v.CanUint() && n.Kind == Int && err == nil && whole >= 0 && !v.OverflowUint(uint64(whole)):
		v.SetUint(uint64(whole))
	case v.CanFloat() && (n.Kind == Int || n.Kind == Float) && ok:
		v.SetFloat(number)
	case v.CanFloat():
		d.wants(n, path, "a number")
	case v.CanUint() && n.Kind == Int:
		d.found.add(n, path, "wants a whole number of at most %d bits, from 0, got %s", v.Type().Bits(), n.Describe())
	case n.Kind == Int:
		d.found.add(n, path, "wants a whole number of at most %d bits, got %s", v.Type().Bits(), n.Describe())
	default:
		d.wants(n, path, "a whole number")
	}
}

// wants notes a value of another type.
func (d *decoder) wants(n *Node, path, want string) {
	hint := ""
	switch {
	case want == "text" && (n.Kind == Bool || n.Kind == Int || n.Kind == Float):
		hint = ": put it in quotes"
	case want == "true or false" && n.Kind == Text && (n.Value == "true" || n.Value == "false"):
		hint = ": leave the quotes away"
	}
	d.found.add(n, path, "wants %s, got %s%s", want, n.Describe(), hint)
}

// list fills a slice.
func (d *decoder) list(n *Node, path string, v reflect.Value) {
	if n.Kind != List {
		d.wants(n, path, "a list")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Items), len(n.Items)))
	for i, item := range n.Items {
		d.value(item, Child(path, strconv.Itoa(i)), v.Index(i))
	}
}

// mapping fills a map.
func (d *decoder) mapping(n *Node, path string, v reflect.Value) {
	if n.Kind != Object || v.Type().Key().Kind() != reflect.String {
		d.wants(n, path, "an object")
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(n.Members)))
	for _, m := range n.Members {
		value := reflect.New(v.Type().Elem()).Elem()
		d.value(m.Value, Child(path, m.Key.Value), value)
		v.SetMapIndex(reflect.ValueOf(m.Key.Value).Convert(v.Type().Key()), value)
	}
}

// any is the value as Go's plain types: map[string]any, []any, string, int, float64,
// bool and nil.
func (n *Node) any() any {
	switch n.Kind {
	case Object:
		all := make(map[string]any, len(n.Members))
		for _, m := range n.Members {
			all[m.Key.Value] = m.Value.any()
		}
		return all
	case List:
		all := make([]any, len(n.Items))
		for i, item := range n.Items {
			all[i] = item.any()
		}
		return all
	case Bool:
		return n.Value == "true"
	case Text:
		return n.Value
	case Int:
		if whole, err := strconv.ParseInt(n.Value, 0, strconv.IntSize); err == nil {
			return int(whole)
		}
		fallthrough
	case Float:
		number, _ := n.number()
		return number
	}
	return nil
}
