package blockkit

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLabel is how much of a text is read for a label, in bytes.
const maxLabel = 1 << 10

// textIn is the readable text of a string or a text object, on one line: a label.
func textIn(value any) string {
	text, markup := stringOf(value), false
	if object := objectOf(value); object != nil {
		text, markup = stringOf(object["text"]), object["type"] == "mrkdwn"
	}
	if len(text) > maxLabel {
		text = strings.ToValidUTF8(text[:maxLabel], "")
	}
	if markup {
		return oneLine(readable(text, nil))
	}
	return oneLine(clean(unescape(text)))
}

// oneLine puts a text on one line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// clean takes out of a text what would act upon a terminal, or hide something from who
// reads it: control characters, escape sequences, marks that turn the direction of
// writing. Line feeds stay, and tabs become spaces.
func clean(text string) string {
	if isPrintable(text) {
		return text
	}
	var out strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if r == escape || r == csi {
			text = text[sequence(text):]
			continue
		}
		out.WriteString(shown(r))
		text = text[size:]
	}
	return out.String()
}

func isPrintable(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\n' || c > '~' {
			return false
		}
	}
	return true
}

const (
	escape = '\x1b'
	csi    = '\u009b' // an escape and a bracket in one character
	joiner = '\u200d' // holds an emoji together
)

// shown is how a character is printed.
func shown(r rune) string {
	switch {
	case r == '\t':
		return "    "
	case r == '\n' || r == '\u2028' || r == '\u2029':
		return "\n"
	case r == joiner:
		return string(r)
	case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
		return ""
	}
	return string(r)
}

// sequence is the length of the escape sequence at the start of a text, by ECMA-48: at
// least the character that begins it. A string without an end hides nothing after it.
func sequence(text string) int {
	_, at := utf8.DecodeRuneInString(text)
	if text[0] == escape {
		if at == len(text) {
			return at
		}
		kind := text[at]
		switch {
		case kind == '[':
			at++
		case strings.IndexByte("]PX^_", kind) >= 0:
			return at + 1 + commandString(text[at+1:])
		case kind >= ' ' && kind <= '/':
			at += through(text[at:], ' ', '/')
			return at + min(through(text[at:], '0', '~'), 1)
		case kind >= '0' && kind <= '~':
			return at + 1
		default:
			return at
		}
	}
	at += through(text[at:], ' ', '?')
	return at + min(through(text[at:], '@', '~'), 1)
}

// through is how many bytes at the start of a text are within bounds.
func through(text string, least, most byte) int {
	for i := range len(text) {
		if text[i] < least || text[i] > most {
			return i
		}
	}
	return len(text)
}

// commandString is the length of a string up to what ends it. It is searched only so
// far: many beginnings without an end would be searched again and again.
func commandString(text string) int {
	text = text[:min(len(text), maxLabel)]
	end := strings.IndexAny(text, "\a\x1b")
	if end >= 0 && text[end] == '\a' {
		return end + 1
	}
	return max(end, 0) // what follows an escape is a sequence of its own
}

// unescape decodes the three entities that Slack escapes.
func unescape(text string) string {
	if !strings.Contains(text, "&") {
		return text
	}
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(text)
}

// readable turns mrkdwn to the text that a person sees, of several lines perhaps: links
// and mentions are resolved, entities decoded, and marks such as *bold* are kept. See
// https://docs.slack.dev/messaging/formatting-message-text.
func readable(text string, name func(id string) string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "<")
		out.WriteString(unescape(before))
		if !found {
			return clean(out.String())
		}
		end := strings.IndexAny(rest, "<>\n")
		if end < 0 || rest[end] != '>' {
			out.WriteByte('<')
			text = rest
			continue
		}
		out.WriteString(unescape(angle(rest[:end], name)))
		text = rest[end+1:]
	}
}

// angle is what stands for <…> in mrkdwn.
func angle(inside string, name func(id string) string) string {
	target, label, _ := strings.Cut(inside, "|")
	if target == "" || target[0] == ' ' {
		return "<" + inside + ">"
	}
	rest := target[1:]
	switch target[0] {
	case '@':
		return "@" + firstOf(named(rest, name), strings.TrimPrefix(label, "@"), rest)
	case '#':
		return "#" + firstOf(named(rest, name), strings.TrimPrefix(label, "#"), rest)
	case '!':
		return special(rest, label, name)
	}
	return link(target, label)
}

// special is a mention of many, a user group, or a date.
func special(what, label string, name func(id string) string) string {
	if id, found := strings.CutPrefix(what, "subteam^"); found {
		return "@" + firstOf(named(id, name), strings.TrimPrefix(label, "@"), id)
	}
	if strings.HasPrefix(what, "date^") {
		return firstOf(label, what)
	}
	return "@" + strings.TrimPrefix(firstOf(label, what), "@")
}

func named(id string, name func(id string) string) string {
	if name == nil {
		return ""
	}
	return name(id)
}

// link is a link's label with its address, unless they say the same.
func link(address, label string) string {
	u, err := url.Parse(address)
	if err == nil && (u.Scheme == "mailto" || u.Scheme == "tel") {
		address = u.Opaque
	}
	bare := address
	if _, after, found := strings.Cut(address, "://"); found {
		bare = after
	}
	switch label {
	case "", address, bare, strings.TrimSuffix(bare, "/"):
		return address
	}
	return label + " (" + address + ")"
}
