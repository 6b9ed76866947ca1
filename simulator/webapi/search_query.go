package webapi

import (
	"strings"
	"time"
)

// A query is what is searched for. Every word has to be there.
//
// https://slack.com/help/articles/202528808
type query struct {
	words, not []string
	// in and from are the ids that are asked for: nil asks for none, and one that
	// nobody has finds nothing.
	in, from []string
	// since and until bound the time, in microseconds; zero is no bound.
	since, until int64
}

// query reads words, "several words", -words and modifiers. Modifiers that are not
// known, such as has:, find everything.
func (r *Request) query(text string) query {
	var q query
	for _, word := range searchWords(text) {
		name, value, modifies := strings.Cut(word, ":")
		switch {
		case modifies && name == "in":
			q.in = append(q.in, r.idOf(value))
		case modifies && name == "from":
			q.from = append(q.from, r.userIDOf(value))
		case modifies && (name == "after" || name == "before" || name == "on" || name == "during"):
			q.time(name, value)
		case modifies && (name == "has" || name == "is" || name == "to" || name == "with" || name == "hasmy"):
		case strings.HasPrefix(word, "-") && len(word) > 1:
			q.not = append(q.not, strings.ToLower(word[1:]))
		default:
			q.words = append(q.words, strings.ToLower(word))
		}
	}
	return q
}

// searchWords splits a query at its spaces, outside of quotes.
func searchWords(text string) []string {
	var words []string
	for i, part := range strings.Split(text, `"`) {
		if i%2 == 0 {
			words = append(words, strings.Fields(part)...)
		} else if part != "" {
			words = append(words, part)
		}
	}
	return words
}

// idOf is the id of the conversation that in: names, by name, id or person.
func (r *Request) idOf(name string) string {
	t := r.team()
	name = strings.Trim(name, "<>#")
	name, _, _ = strings.Cut(name, "|")
	if c := t.named(name); c != nil {
		return c.ID
	}
	if user := r.userIDOf(name); user != name {
		if c := t.direct(user, r.token.UserID); c != nil {
			return c.ID
		}
	}
	return name
}

// userIDOf is the id of the user that from: names.
func (r *Request) userIDOf(name string) string {
	name = strings.Trim(name, "<>@")
	if name == "me" {
		return r.token.UserID
	}
	for _, u := range r.team().users {
		if u.Name == name || u.Profile.DisplayName == name {
			return u.ID
		}
	}
	return name
}

// time bounds the query by days.
func (q *query) time(how, day string) {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return
	}
	switch how {
	case "after":
		q.since = at.AddDate(0, 0, 1).UnixMicro()
	case "before":
		q.until = at.UnixMicro()
	default:
		q.since, q.until = at.UnixMicro(), at.AddDate(0, 0, 1).UnixMicro()
	}
}

func (q query) matches(c *Channel, m *Message) bool {
	at, _ := micros(m.TS)
	if !oneOf(q.in, c.ID) || !oneOf(q.from, m.User) || at < q.since || q.until != 0 && at >= q.until {
		return false
	}
	text := strings.ToLower(m.Text)
	for _, word := range q.words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	for _, word := range q.not {
		if strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// oneOf reports whether an id is asked for, as it is where none is.
func oneOf(ids []string, id string) bool {
	for _, one := range ids {
		if one == id {
			return true
		}
	}
	return ids == nil
}

// The characters of Unicode's private use that Slack puts around what it found.
const (
	highlightBegins = 0xE000
	highlightEnds   = 0xE001
)

// highlight marks the words that were searched for.
func (q query) highlight(text string) string {
	for _, word := range q.words {
		lower := strings.ToLower(text)
		if i := strings.Index(lower, word); i >= 0 && len(lower) == len(text) {
			text = text[:i] + string(rune(highlightBegins)) + text[i:i+len(word)] + string(rune(highlightEnds)) + text[i+len(word):]
		}
	}
	return text
}
