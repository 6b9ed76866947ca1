package webapi

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// richText is the block that Slack makes of a text, as its client and its servers do.
// Without markup the text stands in it as it is.
//
// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
func richText(text, id string, markup bool) json.RawMessage {
	r := rich{b: make([]byte, 0, len(text)+160)}
	r.b = append(r.b, `[{"type":"rich_text","block_id":"`...)
	r.b = append(r.b, id...)
	r.b = append(r.b, `","elements":[`...)
	if markup {
		r.sections(text)
	} else {
		r.text(text, 0)
	}
	r.end()
	r.b = append(r.b, "]}]"...)
	return r.b
}

// rich writes the elements of a rich_text block.
type rich struct {
	b []byte
	// open is set within a section, and begun behind the first element of one; ended
	// is set behind the first section.
	open, begun, ended bool
}

// style is how a text is set: the bits of styles.
type style uint8

const (
	bold style = 1 << iota
	italic
	strike
	code
)

// marks are the characters that set a text in a style.
var marks = [256]style{'*': bold, '_': italic, '~': strike, '`': code}

// The bounds of what is looked for behind a mark.
const (
	maxSpan  = 2_000
	maxEmoji = 100
)

// sections writes a text whose preformatted parts stand by themselves.
func (r *rich) sections(text string) {
	for {
		before, rest, found := strings.Cut(text, "```")
		inner, after, closed := "", "", false
		if found {
			inner, after, closed = strings.Cut(rest, "```")
		}
		if inner = strings.Trim(inner, "\n"); !closed || inner == "" {
			r.inline(text, 0)
			return
		}
		r.inline(strings.TrimSuffix(before, "\n"), 0)
		r.preformatted(inner)
		if text = strings.TrimPrefix(after, "\n"); text == "" {
			return
		}
	}
}

// inline writes a text with its mentions, links, emoji and styles.
func (r *rich) inline(text string, s style) {
	from := 0
	for i := 0; i < len(text); {
		n := 0
		switch {
		case !special[text[i]]:
		case text[i] == '<':
			n = r.reference(text[from:i], text[i:], s)
		case text[i] == ':':
			n = r.emoji(text[from:i], text[i:], s, boundary(text, i-1))
		default:
			n = r.span(text[from:i], text, i, s)
		}
		if n == 0 {
			i++
			continue
		}
		i += n
		from = i
	}
	r.text(text[from:], s)
}

// special are the bytes that may begin something else than text.
var special = [256]bool{'<': true, ':': true, '*': true, '_': true, '~': true, '`': true}

// boundary reports whether a style may begin or end beside that place.
func boundary(text string, i int) bool {
	if i < 0 || i >= len(text) {
		return true
	}
	c := text[i]
	return c < utf8.RuneSelf && !('0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z')
}

// span writes what stands between two marks of a style, behind the text before, and
// says how long it was.
func (r *rich) span(before, text string, at int, s style) int {
	mark := text[at]
	with := s | marks[mark]
	rest := text[at+1 : min(len(text), at+1+maxSpan)]
	if with == s || !boundary(text, at-1) || rest == "" || rest[0] == ' ' || rest[0] == mark {
		return 0
	}
	for end := 0; end < len(rest); end++ {
		if rest[end] == '\n' {
			return 0
		}
		if rest[end] != mark || rest[end-1] == ' ' || !boundary(text, at+end+2) {
			continue
		}
		r.text(before, s)
		if mark == '`' {
			r.text(rest[:end], with)
		} else {
			r.inline(rest[:end], with)
		}
		return end + 2
	}
	return 0
}

// reference writes a mention or a link, <…>, behind the text before.
//
// https://docs.slack.dev/messaging/formatting-message-text
func (r *rich) reference(before, text string, s style) int {
	end := strings.IndexByte(text[:min(len(text), maxSpan)], '>')
	if end < 2 {
		return 0
	}
	name, label, _ := strings.Cut(text[1:end], "|")
	kind, member, value := "", "", name[1:]
	switch {
	case name == "":
		return 0
	case name[0] == '@':
		kind, member = "user", "user_id"
	case name[0] == '#':
		kind, member = "channel", "channel_id"
	case strings.HasPrefix(name, "!subteam^"):
		kind, member, value = "usergroup", "usergroup_id", name[len("!subteam^"):]
	case name == "!here", name == "!channel", name == "!everyone":
		kind, member = "broadcast", "range"
	case strings.Contains(name, "://"), strings.HasPrefix(name, "mailto:"), strings.HasPrefix(name, "tel:"):
		kind, member, value = "link", "url", unescaper.Replace(name)
	default:
		return 0
	}
	if value == "" {
		return 0
	}
	r.text(before, s)
	r.begin(kind)
	r.member(member, value)
	if kind == "link" && label != "" {
		r.member("text", unescaper.Replace(label))
	}
	r.styled(s)
	return end + 1
}

// emoji writes an emoji, :name:, behind the text before. A time such as 12:30:00 has
// none.
func (r *rich) emoji(before, text string, s style, free bool) int {
	end := strings.IndexByte(text[1:min(len(text), maxEmoji)], ':')
	if end < 1 || !free {
		return 0
	}
	name, letters := text[1:end+1], false
	for i := range len(name) {
		c := name[i]
		switch {
		case 'a' <= c && c <= 'z':
			letters = true
		case '0' <= c && c <= '9', c == '_', c == '-', c == '+', c == '\'':
		default:
			return 0
		}
	}
	if !letters && name != "+1" && name != "-1" && name != "100" {
		return 0
	}
	r.text(before, s)
	r.begin("emoji")
	r.member("name", name)
	r.styled(s)
	return end + 2
}

// unescaper takes back how texts hold the three characters of Slack's markup.
var unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// text writes a text element, unless it is empty.
func (r *rich) text(text string, s style) {
	if text == "" {
		return
	}
	if strings.IndexByte(text, '&') >= 0 {
		text = unescaper.Replace(text)
	}
	r.begin("text")
	r.member("text", text)
	r.styled(s)
}

// preformatted writes a section of its own.
func (r *rich) preformatted(text string) {
	r.end()
	r.start("rich_text_preformatted")
	r.text(text, 0)
	r.end()
}

// begin begins an element, in a section.
func (r *rich) begin(kind string) {
	if !r.open {
		r.start("rich_text_section")
	}
	if r.begun {
		r.b = append(r.b, ',')
	}
	r.begun = true
	r.b = append(append(append(r.b, `{"type":"`...), kind...), '"')
}

func (r *rich) start(section string) {
	if r.ended {
		r.b = append(r.b, ',')
	}
	r.open, r.begun = true, false
	r.b = append(append(append(r.b, `{"type":"`...), section...), `","elements":[`...)
}

// end ends the section that is open.
func (r *rich) end() {
	if r.open {
		r.b = append(r.b, "]}"...)
		r.open, r.ended = false, true
	}
}

func (r *rich) member(name, value string) {
	r.b = append(append(append(r.b, `,"`...), name...), `":`...)
	r.b = appendQuoted(r.b, value)
}

// styled ends an element with its style.
func (r *rich) styled(s style) {
	if s != 0 {
		r.b = append(r.b, `,"style":{`...)
		for i, name := range [...]string{"bold", "italic", "strike", "code"} {
			if s&(1<<i) != 0 {
				r.b = append(append(append(r.b, '"'), name...), `":true,`...)
			}
		}
		r.b[len(r.b)-1] = '}'
	}
	r.b = append(r.b, '}')
}
