package strictyaml

import (
	"bytes"
	"errors"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// parseYAML reads YAML. It returns a mistake where no tree can be had.
func parseYAML(data []byte, found *findings) (*Node, *Mistake) {
	loader, err := yaml.NewLoader(bytes.NewReader(data))
	if err != nil {
		return nil, yamlMistake(data, err)
	}
	var document, next yaml.Node
	switch err := loader.Load(&document); {
	case err == io.EOF:
		return nil, &Mistake{Line: 1, Column: 1, Message: "the file is empty"}
	case err != nil:
		return nil, yamlMistake(data, err)
	}
	switch err := loader.Load(&next); {
	case err == nil:
		return nil, &Mistake{Line: next.Line, Column: next.Column,
			Message: "a second document begins here: a file holds one"}
	case err != io.EOF:
		return nil, yamlMistake(data, err)
	}
	r := yamlReader{found: found, done: map[*yaml.Node]*Node{}, sizes: map[*Node]extent{}}
	root := &Node{Line: 1, Column: 1}
	if len(document.Content) > 0 {
		root, _ = r.read(document.Content[0], "", 0)
	}
	return root, nil
}

// yamlReader turns the library's tree into ours.
type yamlReader struct {
	found *findings
	// done holds what anchors name, for their aliases. A nil Node is one whose reading
	// has begun.
	done    map[*yaml.Node]*Node
	sizes   map[*Node]extent
	aliased int
}

// extent is how much a value holds once its aliases are followed.
type extent struct{ values, depth int }

// add counts a value inside.
func (e *extent) add(inner extent) {
	e.values += inner.values
	e.depth = max(e.depth, inner.depth+1)
}

// read turns one value, and what it holds.
func (r *yamlReader) read(from *yaml.Node, path string, depth int) (*Node, extent) {
	to, size := &Node{Line: from.Line, Column: from.Column}, extent{values: 1}
	if depth > maxDepth {
		r.found.add(to, path, "lists and objects are nested more than %d levels deep", maxDepth)
		return to, size
	}
	if from.Kind == yaml.AliasNode {
		return r.alias(from, to, path, depth)
	}
	if from.Anchor != "" {
		r.done[from] = nil
	}
	switch from.Kind {
	case yaml.SequenceNode:
		r.wantTag(from, to, path, "!!seq")
		to.Kind = List
		for i, item := range from.Content {
			child, inner := r.read(item, Child(path, strconv.Itoa(i)), depth+1)
			to.Items = append(to.Items, child)
			size.add(inner)
		}
	case yaml.MappingNode:
		r.wantTag(from, to, path, "!!map")
		to.Kind = Object
		size = r.object(from, to, path, depth)
	default:
		r.scalar(from, to, path)
	}
	if from.Anchor != "" {
		r.done[from], r.sizes[to] = to, size
	}
	return to, size
}

// alias finds what an alias stands for, unless that contains the alias, or would be
// too much.
func (r *yamlReader) alias(from *yaml.Node, to *Node, path string, depth int) (*Node, extent) {
	target := r.done[from.Alias]
	size := r.sizes[target]
	switch {
	case target == nil:
		r.found.add(to, path, "the alias *%s stands within what it names, which would never end", Short(from.Value))
	case depth+size.depth > maxDepth:
		r.found.add(to, path, "lists and objects are nested more than %d levels deep, with what *%s names", maxDepth, Short(from.Value))
	case r.aliased > maxAliased: // Told already.
	case r.aliased+size.values > maxAliased:
		r.aliased = maxAliased + 1
		r.found.add(to, path, "the file's aliases stand for more than %d values", maxAliased)
	default:
		r.aliased += size.values
		return target, size
	}
	return to, extent{values: 1}
}

// object reads the members of a mapping, then what it merges in.
func (r *yamlReader) object(from *yaml.Node, to *Node, path string, depth int) extent {
	size, first := extent{values: 1}, map[string]*Node{}
	var merges []*Node
	for pair := range slices.Chunk(from.Content, 2) {
		key, ok := r.key(pair[0], path)
		at := Child(path, key.Value)
		value, inner := r.read(pair[1], at, depth+1)
		size.add(inner)
		switch earlier := first[key.Value]; {
		case !ok:
		case pair[0].Tag == "!!merge":
			merges = append(merges, value)
		case earlier != nil:
			r.found.add(key, at, "the key %q is given twice, first on line %d", Short(key.Value), earlier.Line)
		default:
			first[key.Value] = key
			to.Members = append(to.Members, Member{key, value})
		}
	}
	for _, source := range merges {
		r.merge(source, to, first, path)
	}
	return size
}

// key reads a key, which must be a word or number.
func (r *yamlReader) key(from *yaml.Node, path string) (*Node, bool) {
	key := &Node{Kind: Text, Line: from.Line, Column: from.Column}
	if from.Kind == yaml.AliasNode {
		from = from.Alias
	}
	if from.Kind != yaml.ScalarNode {
		r.found.add(key, path, "a key must be text")
		return key, false
	}
	key.Value = from.Value
	if from.Anchor != "" {
		r.done[from], r.sizes[key] = key, extent{values: 1}
	}
	return key, true
}

// merge adds the members of << that an object does not have itself.
func (r *yamlReader) merge(source, to *Node, has map[string]*Node, path string) {
	switch source.Kind {
	case Object:
		for _, m := range source.Members {
			if has[m.Key.Value] == nil {
				has[m.Key.Value] = m.Key
				to.Members = append(to.Members, m)
			}
		}
	case List:
		for _, item := range source.Items {
			if item.Kind == List {
				r.found.add(item, path, "<< wants an object, or a list of them")
				continue
			}
			r.merge(item, to, has, path)
		}
	case Null: // An alias that was refused, or nothing.
	default:
		r.found.add(source, path, "<< wants an object, or a list of them")
	}
}

// wantTag refuses a list or an object with another meaning than its own.
func (r *yamlReader) wantTag(from *yaml.Node, to *Node, path, plain string) {
	if tag := from.ShortTag(); tag != plain && tag != "!" && tag != "" {
		r.found.add(to, path, "the tag %s is not known here", Short(tag))
	}
}

// scalar reads a word, a number, true, false or nothing.
func (r *yamlReader) scalar(from *yaml.Node, to *Node, path string) {
	kind, ok := Text, true
	switch tag := from.ShortTag(); tag {
	case "!!null":
		kind = Null
	case "!!bool":
		kind = Bool
	case "!!int":
		kind = Int
	case "!!float":
		kind = Float
	case "!!str", "!!timestamp", "!!merge", "!", "":
	default:
		r.found.add(to, path, "the tag %s is not known here", Short(tag))
	}
	to.Kind, to.Value = kind, from.Value
	switch kind {
	case Null:
		to.Value = ""
	case Bool:
		to.Value = strings.ToLower(from.Value)
		ok = to.Value == "true" || to.Value == "false"
	case Int:
		_, err := to.integer()
		ok = err == nil || errors.Is(err, strconv.ErrRange)
	case Float:
		_, ok = to.number()
	}
	if !ok {
		r.found.add(to, path, "%q is not %s", Short(from.Value), kind)
		to.Kind = Text
	}
}

// integer is the value of an Int. YAML has numbers of other bases and with
// underscores, as Go does.
func (n *Node) integer() (int64, error) { return strconv.ParseInt(n.Value, 0, 64) }

// number is the value of a Float or an Int.
func (n *Node) number() (float64, bool) {
	if n.Kind == Int {
		if whole, err := n.integer(); err == nil {
			return float64(whole), true
		}
	}
	switch strings.ToLower(n.Value) {
	case ".inf", "+.inf":
		return math.Inf(1), true
	case "-.inf":
		return math.Inf(-1), true
	case ".nan":
		return math.NaN(), true
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(n.Value, "_", ""), 64)
	return value, err == nil || errors.Is(err, strconv.ErrRange)
}
