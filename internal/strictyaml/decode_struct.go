package strictyaml

import (
	"fmt"
	"reflect"
	"strings"
)

// field is a field of a struct as files name it.
type field struct {
	name     string
	index    []int
	required bool
}

// object fills a struct.
func (d *decoder) object(n *Node, path string, v reflect.Value) {
	if n.Kind != Object {
		d.wants(n, path, "an object")
		return
	}
	fields := fieldsOf(v.Type(), nil)
	for _, m := range n.Members {
		at := Child(path, m.Key.Value)
		if f, ok := named(fields, m.Key.Value); ok {
			d.value(m.Value, at, v.FieldByIndex(f.index))
			continue
		}
		hint := ""
		if !d.found.full() {
			hint = instead(m.Key.Value, fields)
		}
		d.found.add(m.Key, at, "unknown field %q%s", Short(m.Key.Value), hint)
	}
	for _, f := range fields {
		if value := n.Get(f.name); f.required && (value == nil || value.Kind == Null) {
			d.found.add(n, Child(path, f.name), "the field %q is missing", f.name)
		}
	}
}

// fieldsOf are the fields of a struct, with those of structs that are inlined.
func fieldsOf(t reflect.Type, within []int) []field {
	var all []field
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int(nil), within...), i)
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		switch {
		case !f.IsExported() || name == "-":
		case strings.Contains(options, "inline"):
			all = append(all, fieldsOf(f.Type, index)...)
		default:
			if name == "" {
				name = strings.ToLower(f.Name)
			}
			all = append(all, field{name, index, strings.Contains(options, "required")})
		}
	}
	return all
}

// named finds a field by its name.
func named(fields []field, name string) (field, bool) {
	for _, f := range fields {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}

// instead says what an unknown field was probably meant to be, or which there are.
func instead(name string, fields []field) string {
	known := make([]string, len(fields))
	for i, f := range fields {
		known[i] = f.name
	}
	if near := Nearest(name, known); near != "" {
		return fmt.Sprintf(": did you mean %q?", near)
	}
	if len(known) == 0 || len(known) > 12 {
		return ""
	}
	return ": known are " + strings.Join(known, ", ")
}
