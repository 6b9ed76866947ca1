package blockkit

import (
	"encoding/json"
	"regexp"
	"slices"
	"sync"
	"unicode/utf8"
)

// A check judges one value at a place.
type check func(in *inspection, at string, value any)

// anything is the check of a value that is not judged.
func anything(*inspection, string, any) {}

// text checks a string's length in code points. Numbers and booleans pass: Slack may
// read them as strings, and no report says that it does not.
func text(least, most int) check {
	return func(in *inspection, at string, value any) {
		switch value := value.(type) {
		case string:
			in.length(at, utf8.RuneCountInString(value), least, most)
		case json.Number, float64, bool:
		default:
			in.report(at, "must provide a string")
		}
	}
}

// length says what is wrong with a text's length. Slack names the first length that is
// too long, and the last that is too short.
func (in *inspection) length(at string, got, least, most int) {
	if got > most {
		in.report(at, "must be less than %d characters", most+1)
	} else if got < least {
		in.report(at, "must be more than %d characters", least-1)
	}
	in.approach(at, got, most, "characters")
}

// pattern checks a string against an expression that Slack shows to the developer.
func pattern(expression string) check {
	// The tables are built when the program starts, most of whose runs look at no block.
	compiled := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
	return func(in *inspection, at string, value any) {
		if text, ok := value.(string); !ok {
			in.report(at, "must provide a string")
		} else if !compiled().MatchString(text) {
			in.report(at, "input must match regex pattern: %s", expression)
		}
	}
}

// word checks that a string is one of a closed list.
func word(allowed ...string) check {
	return func(in *inspection, at string, value any) {
		if text, ok := value.(string); !ok {
			in.report(at, "must provide a string")
		} else if !slices.Contains(allowed, text) {
			in.report(at, "must be a valid enum value")
		}
	}
}

// number checks a number's range. Unlike for a text's length, Slack names the limit
// itself.
func number(least, most float64) check {
	return func(in *inspection, at string, value any) {
		anyNumber(in, at, value)
		switch n, ok := numberOf(value); {
		case !ok:
		case n < least:
			in.report(at, "must be greater than %.0f", least)
		case n > most:
			in.report(at, "must be less than %.0f", most)
		}
	}
}

// numberOf reads a number of JSON. One beyond all range is an infinity.
func numberOf(value any) (n float64, ok bool) {
	switch value := value.(type) {
	case json.Number:
		n, _ = value.Float64()
		return n, true
	case float64:
		return value, true
	}
	return 0, false
}

// anyNumber checks that a value is a number. One in a string passes: Slack may read it.
func anyNumber(in *inspection, at string, value any) {
	switch value.(type) {
	case json.Number, float64, string:
	default:
		in.report(at, "must provide a number")
	}
}

// array checks the count of items, and each item if the count is right.
func array(least, most int, item check) check {
	return func(in *inspection, at string, value any) {
		items, ok := value.([]any)
		switch {
		case !ok:
			in.report(at, "must provide an array")
		case len(items) > most:
			in.report(at, "no more than %d items allowed", most)
		case len(items) < least:
			in.report(at, "must provide at least %d items", least)
		default:
			in.approach(at, len(items), most, "items")
			in.each(at, items, item)
		}
	}
}

func (in *inspection) each(at string, items []any, item check) {
	for i, value := range items {
		if in.full() {
			return
		}
		item(in, member(at, i), value)
	}
}

// orNull lets a check pass null, where Slack documents that null is a value.
func orNull(c check) check {
	return func(in *inspection, at string, value any) {
		if value != nil {
			c(in, at, value)
		}
	}
}
