package blockkit

import (
	"strconv"
	"strings"
)

// richText draws the parts of a rich text: sections, lists, quotes and code. See
// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block.
func (d *drawer) richText(rich map[string]any) {
	for _, value := range listOf(rich["elements"]) {
		if d.full() {
			return
		}
		part := objectOf(value)
		switch part["type"] {
		case "rich_text_list":
			d.richList(part)
		case "rich_text_quote":
			d.indented(d.bar(), func(d *drawer) { d.text(d.richRun(part)) })
		case "rich_text_preformatted":
			d.text("```")
			d.text(d.richRun(part))
			d.text("```")
		default:
			d.text(d.richRun(part))
		}
	}
}

// maxIndent is how deep Slack sets in lists.
const maxIndent = 8

// richList draws a list. One that goes on after a list inside of it says so by its offset.
func (d *drawer) richList(list map[string]any) {
	level := count(list["indent"], maxIndent)
	number := count(list["offset"], 1e6)
	border := ""
	if count(list["border"], 1) > 0 {
		border = d.bar()
	}
	for _, value := range listOf(list["elements"]) {
		if d.full() {
			return
		}
		number++
		sign := strings.Repeat("  ", level) + d.bullet(stringOf(list["style"]), level, number) + " "
		rest := border + strings.Repeat(" ", width(sign))
		d.nested(border+sign, rest, func(d *drawer) { d.text(firstOf(d.richRun(objectOf(value)), "-")) })
	}
}

// count is a number of JSON from 0 to most.
func count(value any, most float64) int {
	n, _ := numberOf(value)
	return int(max(0, min(n, most)))
}

// bullet is the sign of a list's item: Slack turns through three for each sort of list.
func (d *drawer) bullet(style string, level, number int) string {
	if style != "ordered" {
		return []string{d.mark("•", "*"), d.mark("◦", "-"), d.mark("▪", "+")}[level%3]
	}
	switch level % 3 {
	case 1:
		return letters(number) + "."
	case 2:
		return roman(number) + "."
	}
	return strconv.Itoa(number) + "."
}

// letters counts a, b … z, aa, ab.
func letters(number int) string {
	text := ""
	for ; number > 0; number = (number - 1) / 26 {
		text = string(rune('a'+(number-1)%26)) + text
	}
	return text
}

// roman counts i, ii, iii, iv, as far as that is short.
func roman(number int) string {
	if number > 100 {
		return strconv.Itoa(number)
	}
	var out strings.Builder
	for _, step := range []struct {
		value int
		sign  string
	}{{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for ; number >= step.value; number -= step.value {
			out.WriteString(step.sign)
		}
	}
	return out.String()
}

// richRun is the readable text of a section, a quote, code, or a list's item.
func (d *drawer) richRun(part map[string]any) string {
	var out strings.Builder
	for _, value := range listOf(part["elements"]) {
		element := objectOf(value)
		out.WriteString(styled(clean(d.richElement(element)), objectOf(element["style"])))
	}
	return out.String()
}

// richElement is the text of one element.
func (d *drawer) richElement(element map[string]any) string {
	text := stringOf(element["text"])
	switch element["type"] {
	case "text":
		return text
	case "link":
		return link(stringOf(element["url"]), text)
	case "emoji":
		return ":" + stringOf(element["name"]) + ":"
	case "user":
		return d.mention("@", element["user_id"])
	case "usergroup":
		return d.mention("@", element["usergroup_id"])
	case "team":
		return d.mention("@", element["team_id"])
	case "channel":
		return d.mention("#", element["channel_id"])
	case "broadcast":
		return "@" + stringOf(element["range"])
	case "date":
		return firstOf(stringOf(element["fallback"]), stringOf(element["format"]))
	case "color":
		return stringOf(element["value"])
	}
	return text
}

func (d *drawer) mention(sign string, id any) string {
	return sign + firstOf(named(stringOf(id), d.o.Name), stringOf(id))
}

// styled puts the marks of mrkdwn around a text, but not around spaces at its ends.
func styled(text string, style map[string]any) string {
	inner := strings.TrimSpace(text)
	if style == nil || inner == "" {
		return text
	}
	before, after, _ := strings.Cut(text, inner)
	for _, s := range []struct{ name, mark string }{{"code", "`"}, {"strike", "~"}, {"italic", "_"}, {"bold", "*"}} {
		if style[s.name] == true {
			inner = s.mark + inner + s.mark
		}
	}
	return before + inner + after
}

// richLine is a rich text on one line, as in a cell.
func (d *drawer) richLine(rich map[string]any) string {
	var parts []string
	for _, value := range listOf(rich["elements"]) {
		part := objectOf(value)
		if part["type"] != "rich_text_list" {
			parts = append(parts, d.richRun(part))
			continue
		}
		for _, item := range listOf(part["elements"]) {
			parts = append(parts, d.richRun(objectOf(item)))
		}
	}
	return oneLine(strings.Join(parts, " "))
}
