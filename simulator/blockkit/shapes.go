package blockkit

import "slices"

// A shape is what Slack knows of one sort of object.
type shape struct {
	fields []field

	// refused are properties that Slack was seen to answer with "invalid additional
	// property" here. Slack refuses any property it does not know, but it knows more
	// than it documents, so that others pass.
	refused []string

	// rules judge several fields together.
	rules []rule
}

// A field is one property of an object.
type field struct {
	name  string
	check check

	required bool
	// notNull is for an optional property that Slack was seen to refuse as null. Of
	// the others this is not known, so that null counts as absent.
	notNull bool
}

// A rule judges fields that depend on each other.
type rule func(in *inspection, at string, object map[string]any)

func required(name string, c check) field { return field{name: name, check: c, required: true} }
func optional(name string, c check) field { return field{name: name, check: c} }
func notNull(name string, c check) field  { return field{name: name, check: c, notNull: true} }

// judge says what is wrong with an object. As in Slack, one that lacks a field is not
// judged further, and the rules are for one whose fields are right.
func (s shape) judge(in *inspection, at string, object map[string]any) {
	if !s.complete(in, at, object) {
		return
	}
	before := len(in.found)
	for _, f := range s.fields {
		value, present := object[f.name]
		if present && (value != nil || f.required || f.notNull) {
			f.check(in, at+"/"+f.name, value)
		}
	}
	for _, name := range s.refused {
		if object[name] != nil {
			in.report(at, "invalid additional property: %s", name)
		}
	}
	if len(in.found) > before {
		return
	}
	for _, r := range s.rules {
		r(in, at, object)
	}
}

func (s shape) complete(in *inspection, at string, object map[string]any) bool {
	complete := true
	for _, f := range s.fields {
		if _, present := object[f.name]; f.required && !present {
			in.report(at, "missing required field: %s", f.name)
			complete = false
		}
	}
	return complete
}

// with is the shape after further fields.
func (s shape) with(fields ...field) shape {
	s.fields = slices.Concat(fields, s.fields)
	return s
}

// under is the shape under further rules.
func (s shape) under(rules ...rule) shape {
	s.rules = slices.Concat(s.rules, rules)
	return s
}

// refusing is the shape that also refuses some properties.
func (s shape) refusing(names ...string) shape {
	s.refused = slices.Concat(s.refused, names)
	return s
}

// object checks an object that needs no type.
func object(s shape) check {
	return func(in *inspection, at string, value any) {
		if object, ok := value.(map[string]any); ok {
			s.judge(in, at, object)
		} else {
			in.report(at, "must provide an object")
		}
	}
}

// only checks an object of one type.
func only(name string, s shape) check {
	return object(s.with(required("type", word(name))))
}

// oneOf checks an object whose type decides which shape it must have.
func oneOf(shapes map[string]shape) check {
	return func(in *inspection, at string, value any) {
		object, name, ok := in.typeOf(at, value)
		if !ok {
			return
		}
		if s, known := shapes[name]; known {
			s.judge(in, at, object)
		} else {
			in.unsupported(at, name)
		}
	}
}

// absent tells whether a field says nothing. An empty list does not: libraries write one
// where a list was not given.
func absent(value any) bool {
	list, ok := value.([]any)
	return value == nil || ok && len(list) == 0
}

// either is the rule that an object has one of two fields, or both. An empty list is for
// the list's own check.
func either(first, second string) rule {
	return func(in *inspection, at string, object map[string]any) {
		if object[first] == nil && object[second] == nil {
			in.report(at, "must define either `%s` or `%s`", first, second)
		}
	}
}

// notBoth is the rule that two fields exclude each other. The words are ours.
func notBoth(first, second string) rule {
	return func(in *inspection, at string, object map[string]any) {
		if !absent(object[first]) && !absent(object[second]) {
			in.report(at, "must define only one of `%s` and `%s`", first, second)
		}
	}
}
