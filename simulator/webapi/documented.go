package webapi

import (
	"encoding/json"
	"slices"
	"strings"
)

// documented answers a method that is not modelled: with the keys that its
// documentation lists, whose values are of the sort that their names tell, and empty.
func (r *Request) documented() (any, error) {
	answer := map[string]any{}
	for _, key := range r.method.Fact.Answers {
		switch {
		case key == "response_metadata":
			next := ""
			r.cursor = &next
		case key == "ok", key == "error", key == "warning":
		default:
			answer[key] = r.likely(key)
		}
	}
	return answer, nil
}

// likely is a value of the sort that a key's name tells: an argument of that name as it
// was sent, a list for a plural, an object otherwise.
func (r *Request) likely(key string) any {
	if a, ok := r.args[key]; ok {
		if a.raw != nil {
			return a.raw
		}
		return a.text
	}
	switch {
	case strings.HasPrefix(key, "is_"), strings.HasPrefix(key, "has_"), strings.HasPrefix(key, "no_"):
		return false
	case slices.Contains([]string{"count", "total", "expires_in", "num", "size", "date_create", "date_update"}, key),
		strings.HasSuffix(key, "_count"), strings.HasPrefix(key, "total_"), strings.HasPrefix(key, "num_"):
		return 0
	case strings.HasSuffix(key, "_id"), strings.HasSuffix(key, "_ts"), strings.HasSuffix(key, "url"), strings.HasSuffix(key, "token"),
		slices.Contains([]string{"id", "ts", "name", "query", "type", "scope", "status", "next_cursor", "cursor", "permalink"}, key):
		return ""
	case strings.HasSuffix(key, "_ids"), strings.HasSuffix(key, "s") && !strings.HasSuffix(key, "ss") && !strings.HasSuffix(key, "status"):
		return []any{}
	}
	return json.RawMessage("{}")
}
