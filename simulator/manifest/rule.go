package manifest

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"belay/internal/strictyaml"
)

// A rule says what Slack takes at a path.
type rule struct {
	path string
	// kind is Null where anything may stand.
	kind strictyaml.Kind
	// least and most bound the characters, items or members. No bound is 0.
	least, most int
	pattern     *regexp.Regexp
	// advice says in words what the pattern wants.
	advice string
	words  []string
	// needs are the members that must be there.
	needs []string
	// unique is a list that names nothing twice, open an object with any members.
	unique, open bool
}

func text(path string, least, most int) rule {
	return rule{path: path, kind: strictyaml.Text, least: least, most: most}
}

func list(path string, least, most int) rule {
	return rule{path: path, kind: strictyaml.List, least: least, most: most}
}

func httpURL(path string, most int) rule {
	return text(path, 0, most).like(`^https?://`, "it must begin with https:// (or http://)")
}

func prompt(path string) rule   { return object(path, "title", "message") }
func flag(path string) rule     { return rule{path: path, kind: strictyaml.Bool} }
func number(path string) rule   { return rule{path: path, kind: strictyaml.Int} }
func anything(path string) rule { return rule{path: path, open: true} }

func object(path string, needs ...string) rule {
	return rule{path: path, kind: strictyaml.Object, needs: needs}
}

func open(path string, needs ...string) rule {
	return rule{path: path, kind: strictyaml.Object, needs: needs, open: true}
}

func members(path string, most int) rule {
	return rule{path: path, kind: strictyaml.Object, most: most}
}

// like is a text that fits an expression, which the advice says in words.
func (r rule) like(expression, advice string) rule {
	r.pattern, r.advice = regexp.MustCompile(expression), advice
	return r
}

// oneOf is a closed list of words.
func (r rule) oneOf(words ...string) rule {
	r.words = words
	return r
}

// once is a list that names nothing twice.
func (r rule) once() rule {
	r.unique = true
	return r
}

// A place is a rule with those of what it holds.
type place struct {
	rule
	members map[string]*place
	// each is for every item or member.
	each *place
}

// put places a rule in the tree. The rules of what holds it come before.
func (p *place) put(r rule) {
	for _, name := range strings.Split(r.path, "/")[1:] {
		if name == "*" {
			if p.each == nil {
				p.each = &place{}
			}
			p = p.each
			continue
		}
		if p.members == nil {
			p.members = map[string]*place{}
		}
		if p.members[name] == nil {
			p.members[name] = &place{}
		}
		p = p.members[name]
	}
	p.rule = r
}

// inner is the place of an item or member, or nil where it is not known.
func (p *place) inner(name string) *place {
	if known := p.members[name]; known != nil {
		return known
	}
	return p.each
}

// judge reports what Slack refuses in a value, and in what it holds. Null is as good as
// nothing.
func (p *place) judge(n *strictyaml.Node, at string, report func(pointer, format string, args ...any)) {
	switch {
	case n.Kind == strictyaml.Null || p.kind == strictyaml.Null:
		return
	case n.Kind != p.kind:
		report(at, "wants %s, got %s", p.kind, n.Describe())
		return
	case n.Kind == strictyaml.List:
		p.size(len(n.Items), "entries", at, report)
		p.twice(n, at, report)
		for i, item := range n.Items {
			p.each.judge(item, strictyaml.Child(at, strconv.Itoa(i)), report)
		}
	case n.Kind == strictyaml.Object:
		p.size(len(n.Members), "members", at, report)
		p.object(n, at, report)
	default:
		p.scalar(n, at, report)
	}
}

// object judges the members of an object.
func (p *place) object(n *strictyaml.Node, at string, report func(string, string, ...any)) {
	for _, name := range p.needs {
		if value := n.Get(name); value == nil || value.Kind == strictyaml.Null {
			report(strictyaml.Child(at, name), "is missing")
		}
	}
	for _, m := range n.Members {
		name, pointer := m.Key.Value, strictyaml.Child(at, m.Key.Value)
		switch inner := p.inner(name); {
		case inner != nil:
			inner.judge(m.Value, pointer, report)
		case !p.open:
			report(pointer, "is no property of a manifest%s", p.instead(name))
		}
	}
}

// instead says what an unknown member was probably meant to be.
func (p *place) instead(name string) string {
	known := make([]string, 0, len(p.members))
	for member := range p.members {
		known = append(known, member)
	}
	slices.Sort(known)
	if near := strictyaml.Nearest(name, known); near != "" {
		return fmt.Sprintf(": did you mean %q?", near)
	}
	return ""
}

// scalar judges a text, number or flag.
func (p *place) scalar(n *strictyaml.Node, at string, report func(string, string, ...any)) {
	shown := strictyaml.Short(n.Value)
	switch length := utf8.RuneCountInString(n.Value); {
	case p.kind == strictyaml.Text && p.pattern != nil && !p.pattern.MatchString(n.Value):
		report(at, "is %q: %s", shown, p.advice)
	case p.kind == strictyaml.Text:
		p.size(length, "characters", at, report)
	}
	if p.words != nil && !slices.Contains(p.words, n.Value) {
		report(at, "is %q: it must be %s", shown, strings.Join(p.words, " or "))
	}
}

// size judges how long something is.
func (p *place) size(got int, of, at string, report func(string, string, ...any)) {
	switch {
	case got >= p.least && (p.most == 0 || got <= p.most):
	case p.least > 0:
		report(at, "has %d %s: Slack takes %d to %d", got, of, p.least, p.most)
	default:
		report(at, "has %d %s: Slack takes at most %d", got, of, p.most)
	}
}

// twice judges a list that must not name anything twice.
func (p *place) twice(n *strictyaml.Node, at string, report func(string, string, ...any)) {
	seen := map[string]bool{}
	for i, item := range n.Items {
		if p.unique && item.Kind == strictyaml.Text && seen[item.Value] {
			report(strictyaml.Child(at, strconv.Itoa(i)), "names %q a second time", strictyaml.Short(item.Value))
		}
		seen[item.Value] = true
	}
}
