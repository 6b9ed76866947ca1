// Package strictyaml reads the YAML and JSON that people write, and tells
// everything that is wrong with it at once, each mistake with its line and column.
//
//	var suite struct {
//		Version int      `yaml:"version,required"`
//		Tags    []string `yaml:"tags"`
//	}
//	err := strictyaml.Decode("belay/deploy.yaml", data, &suite)
//	fmt.Println(err) // belay/deploy.yaml:3:1: unknown field "tag": did you mean "tags"?
//
// Decode reads into a Go value. Parse gives the tree instead, whose nodes know where
// they stand, for a file that is judged by other rules than Go's types. It is the
// only importer of a YAML library, so that no other package depends on its ways.
//
// A file that ends in .json is judged by JSON's rules, one that ends in .yaml or .yml
// by YAML's; any other by its first character. Nothing that a file holds can make
// reading it expensive: its size, its depth and what its aliases stand for are bounded.
package strictyaml

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxSize is the largest file that is read, in bytes.
const MaxSize = 1 << 20

const (
	// maxDepth is how far lists and objects may be nested.
	maxDepth = 100
	// maxAliased is how many values a file's aliases may stand for, all together.
	maxAliased = 100_000
	// maxMistakes is how many mistakes are told. The others are counted.
	maxMistakes = 100
)

// A Document is a file that could be read.
type Document struct {
	// File is the name under which mistakes are reported.
	File string
	// Root is the outermost value; it is never nil.
	Root *Node
	// Mistakes are those that left a tree to read, such as a key that is given twice
	// or an alias that contains itself. A caller that reads Root on its own looks at
	// them first, with Err.
	Mistakes []Mistake

	text source
	// more is how many mistakes there are beside these.
	more int
}

// Parse reads a document. It fails with an *Error only where no tree can be had: wrong
// syntax, a file that is empty, too large, or no UTF-8.
func Parse(file string, data []byte) (*Document, error) {
	doc := &Document{File: file, text: source{data: data, yaml: !isJSON(file, data)}}
	if m, ok := unreadable(data); ok {
		return nil, doc.fail(m)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	doc.text.data = data
	var found findings
	var m *Mistake
	if doc.text.yaml {
		doc.Root, m = parseYAML(data, &found)
	} else {
		doc.Root, m = parseJSON(data, &found)
	}
	if m != nil {
		return nil, doc.fail(*m)
	}
	doc.Mistakes = found.list
	for i := range doc.Mistakes {
		doc.Mistakes[i].File = file
	}
	doc.more = found.more
	return doc, nil
}

// Decode reads a file into the value that a pointer names, strictly: see
// Document.Decode.
func Decode(file string, data []byte, into any) error {
	doc, err := Parse(file, data)
	if err != nil {
		return err
	}
	return doc.Decode(into)
}

// Err is the error that tells the document's own mistakes and the given ones, or nil
// where there are none.
func (d *Document) Err(more ...Mistake) error {
	if len(d.Mistakes)+len(more) == 0 {
		return nil
	}
	return d.fail(slices.Concat(d.Mistakes, more)...)
}

// fail makes an error of mistakes.
func (d *Document) fail(all ...Mistake) *Error {
	e := &Error{text: d.text, More: d.more}
	for _, m := range all {
		m.File, m.Message = d.File, printable(m.Message)
		e.Mistakes = append(e.Mistakes, m)
	}
	e.sort()
	return e
}

// isJSON tells by which rules a file is judged.
func isJSON(file string, data []byte) bool {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".json":
		return true
	case ".yaml", ".yml":
		return false
	}
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n")
	return len(data) > 0 && (data[0] == '{' || data[0] == '[')
}

// unreadable tells what keeps a file from being read at all.
func unreadable(data []byte) (Mistake, bool) {
	start := Mistake{Line: 1, Column: 1}
	switch {
	case len(data) > MaxSize:
		start.Message = fmt.Sprintf("the file is larger than %d KiB", MaxSize>>10)
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		start.Message = "the file is UTF-16: save it as UTF-8"
	case len(bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))) == 0:
		start.Message = "the file is empty"
	case bytes.IndexByte(data, 0) >= 0:
		start.Message = "the file is binary, not text"
	case !utf8.Valid(data):
		line, column := position(data, firstInvalid(data))
		return Mistake{Line: line, Column: column, Message: "this is no UTF-8: save the file as UTF-8"}, true
	default:
		return start, false
	}
	return start, true
}

// firstInvalid is where the first byte stands that is no UTF-8.
func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data)
}
