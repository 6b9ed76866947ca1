package strictyaml_test

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/strictyaml"
)

var _ = Describe("A file that cannot be read", func() {
	DescribeTable("is refused at the place that is wrong",
		func(file, text string, mistakes ...string) {
			Expect(mistakesOf(file, text)).To(Equal(mistakes))
		},
		Entry("empty YAML", "a.yaml", "", "1:1: the file is empty"),
		Entry("only a comment", "a.yaml", "# later\n", "1:1: the file is empty"),
		Entry("only blanks in JSON", "a.json", " \n\n", "1:1: the file is empty"),
		Entry("only a byte order mark", "a.json", "\ufeff", "1:1: the file is empty"),
		Entry("UTF-16", "a.json", "\xff\xfe{\x00}\x00", "1:1: the file is UTF-16: save it as UTF-8"),
		Entry("another encoding", "a.yaml", "a: 1\nb: caf\xe9\n", "2:7: this is no UTF-8: save the file as UTF-8"),
		Entry("a picture", "a.yaml", "\x89PNG\x00", "1:1: the file is binary, not text"),
		Entry("too large", "a.json", `["`+strings.Repeat("x", strictyaml.MaxSize)+`"]`, "1:1: the file is larger than 1024 KiB"),
		Entry("a tab as indentation", "a.yaml", "a:\n\tb: 1\n", "2:1: a tab indents this line: YAML takes spaces only"),
		Entry("a tab after a value", "a.yaml", "a: 1\n\tb: 1\n", "2:1: a tab indents this line: YAML takes spaces only"),
		Entry("a value that begins with @", "a.yaml", "a: @x\n", "1:4: a value cannot begin with @: put it in quotes"),
		Entry("a colon within a value", "a.yaml", "a: b: c\n",
			`1:5: a key is not expected here: mend the indentation, or put a value that holds ": " in quotes`),
		Entry("an open list", "a.yaml", "a: [1,2\nb: 3", "2:2: did not find expected ',' or ']', while parsing a flow sequence"),
		Entry("an alias without an anchor", "a.yaml", "a: *x\n",
			"1:4: unknown anchor 'x' referenced: an alias (*name) needs an anchor (&name) before it"),
		Entry("a control character", "a.yaml", "a: 1\nb: x\x01\n",
			"2:5: a control character stands here: write it as an escape, within double quotes"),
		Entry("two documents", "a.yaml", "a: 1\n---\nb: 2\n", "2:1: a second document begins here: a file holds one"),
		Entry("a second document with wrong syntax", "a.yaml", "a: 1\n---\nb: [\n",
			"4:1: did not find expected node content, while parsing a flow node"),
		Entry("a comma too many in JSON", "a.json", "{\"a\": [1,\n2,\n],}", "3:1: a comma stands before this ]"),
		Entry("a comma too few", "a.json", "{\"a\": 1\n \"b\": 2}", "2:2: a comma is missing before this"),
		Entry("a comma too few in a list", "a.json", "[1 2]", "1:4: a comma is missing before this"),
		Entry("a comment in JSON", "a.json", "{\n  // the name\n  \"a\": 1}", "2:3: JSON has no comments"),
		Entry("single quotes in JSON", "a.json", "{'a': 1}", "1:2: JSON wants double quotes"),
		Entry("a key without quotes in JSON", "a.json", "{a: 1}", "1:2: a key in double quotes is missing here"),
		Entry("a line break within a JSON string", "a.json", "{\"a\": \"x\ny\"}",
			`1:9: a line break or tab within quotes: write it as \n or \t`),
		Entry("JSON that ends too early", "a.json", "{\"a\": [1,\n", "1:10: the file ends here, before the JSON does"),
		Entry("two JSON values", "a.json", "{}\n{}", "2:1: something follows the JSON"),
		Entry("YAML that is called JSON", "a.json", "a: 1\n",
			"1:1: this is no JSON: it begins with { or [, or the file is YAML and should be called .yaml"),
		Entry("a word JSON does not know", "a.json", "{\"a\": yes}", "1:7: invalid character 'y' looking for beginning of value"),
		Entry("a file of another name by its first character", "manifest", " {\"a\": 1,}", "1:10: a comma stands before this }"),
		Entry("far too deep YAML", "a.yaml", strings.Repeat("[", 20_000), "1:10001: lists and objects are nested too deep"),
		Entry("far too deep JSON", "a.json", strings.Repeat("[", 20_000)+strings.Repeat("]", 20_000), "1:10001: lists and objects are nested too deep"),
	)

	DescribeTable("is told with all its mistakes where a tree is left",
		func(file, text string, mistakes ...string) {
			Expect(mistakesOf(file, text)).To(Equal(mistakes))
		},
		Entry("keys given twice, at every level", "a.yaml", "a: 1\nb: {c: 1, c: 2}\na: 3\n",
			`2:11: the key "c" is given twice, first on line 2`, `3:1: the key "a" is given twice, first on line 1`),
		Entry("keys given twice in JSON", "a.json", "{\"a\": 1,\n \"b\": {\"c\": 1, \"c\": 2},\n \"a\": 3}",
			`2:16: the key "c" is given twice, first on line 2`, `3:2: the key "a" is given twice, first on line 1`),
		Entry("an alias within its anchor", "a.yaml", "a: &x [1, *x]\nb: &y {c: {d: *y}}\n",
			"1:11: the alias *x stands within what it names, which would never end",
			"2:15: the alias *y stands within what it names, which would never end"),
		Entry("aliases that multiply", "a.yaml", laughs(12),
			"6:10: the file's aliases stand for more than 100000 values"),
		Entry("aliases that nest", "a.yaml", chain(120),
			"100:12: lists and objects are nested more than 100 levels deep, with what *a98 names"),
		Entry("nested too deep in YAML", "a.yaml", "a: "+strings.Repeat("[", 101)+strings.Repeat("]", 101),
			"1:104: lists and objects are nested more than 100 levels deep"),
		Entry("nested too deep in JSON", "a.json", `{"a": `+strings.Repeat("[", 101)+`{"b": null}, 1`+strings.Repeat("]", 101)+"}",
			"1:107: lists and objects are nested more than 100 levels deep"),
		Entry("a key that is no word", "a.yaml", "? [a, b]\n: 1\n", "1:3: a key must be text"),
		Entry("tags that mean something elsewhere", "a.yaml", "a: !secret x\nb: !!set {c}\nd: !!binary aGk=\n",
			"1:4: the tag !secret is not known here", "2:4: the tag !!set is not known here", "3:4: the tag !!binary is not known here"),
		Entry("a tag that does not fit", "a.yaml", "a: !!int five\nb: !!bool maybe\n",
			`1:4: "five" is not a whole number`, `2:4: "maybe" is not true or false`),
		Entry("a merge of something else", "a.yaml", "a: {<<: 1}\nb: {<<: [{c: 1}, [2]]}\n",
			"1:9: << wants an object, or a list of them", "2:18: << wants an object, or a list of them"),
	)
})

var _ = Describe("A document", func() {
	It("knows where its values stand, in YAML and JSON alike", func() {
		for file, text := range map[string]string{
			"a.yaml": "é:\n  - b: 1\n    \"c/d\": [x, yes]\n",
			"a.json": "{ \"é\":\n [\n   {\"b\": 1, \"c/d\": [\"x\", \"yes\"]}]}",
		} {
			doc, err := strictyaml.Parse(file, []byte(text))
			Expect(err).NotTo(HaveOccurred())
			value, key := doc.Root.Lookup("/é/0/c~1d/1")
			Expect(value.Value).To(Equal("yes"))
			Expect(value.Kind).To(Equal(strictyaml.Text))
			Expect(value.Line).To(Equal(3))
			Expect(value.Column).To(Equal(map[string]int{"a.yaml": 16, "a.json": 26}[file]))
			Expect(key).To(BeNil())
			value, key = doc.Root.Lookup("/é/0/b")
			Expect(value.Kind).To(Equal(strictyaml.Int))
			Expect(key.Line).To(Equal(map[string]int{"a.yaml": 2, "a.json": 3}[file]))
			Expect(key.Column).To(Equal(5))
		}
	})

	It("follows aliases and merges, where its own members count most", func() {
		doc, err := strictyaml.Parse("a.yaml", []byte("x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  a: 3\nw: *x\n"))
		Expect(err).NotTo(HaveOccurred())
		Expect(doc.Err()).NotTo(HaveOccurred())
		got := func(pointer string) string {
			value, _ := doc.Root.Lookup(pointer)
			return value.Describe()
		}
		Expect(got("/z/a")).To(Equal("the number 3"))
		Expect(got("/z/b")).To(Equal("the number 1"))
		Expect(got("/z/c")).To(Equal("the number 2"))
		Expect(got("/w/b")).To(Equal("the number 1"))
	})

	DescribeTable("tells the kinds of values apart",
		func(file, value string, kind strictyaml.Kind) {
			doc, err := strictyaml.Parse(file, []byte(`{"a": `+value+`}`))
			Expect(err).NotTo(HaveOccurred())
			Expect(doc.Err()).NotTo(HaveOccurred())
			Expect(doc.Root.Get("a").Kind).To(Equal(kind))
		},
		Entry("null", "a.json", "null", strictyaml.Null),
		Entry("true", "a.json", "true", strictyaml.Bool),
		Entry("a number with an exponent", "a.json", "1e3", strictyaml.Float),
		Entry("a large number", "a.json", "123456789012345678901234567890", strictyaml.Int),
		Entry("a word that is no boolean in YAML", "a.yaml", "yes", strictyaml.Text),
		Entry("an upper-case boolean", "a.yaml", "TRUE", strictyaml.Bool),
		Entry("a date", "a.yaml", "2026-11-23", strictyaml.Text),
		Entry("a number in quotes", "a.yaml", `"5"`, strictyaml.Text),
		Entry("a number of base 16", "a.yaml", "0x1F", strictyaml.Int),
		Entry("nothing", "a.yaml", "~", strictyaml.Null),
		Entry("infinity", "a.yaml", ".inf", strictyaml.Float),
	)

	It("takes a byte order mark for nothing", func() {
		for _, file := range []string{"a.yaml", "a.json"} {
			doc, err := strictyaml.Parse(file, []byte("\ufeff{\"a\": 1}"))
			Expect(err).NotTo(HaveOccurred())
			_, key := doc.Root.Lookup("/a")
			Expect([]int{key.Line, key.Column}).To(Equal([]int{1, 2}))
		}
	})

	It("leads nowhere by a pointer to what is not there", func() {
		doc, err := strictyaml.Parse("a.json", []byte(`{"a": [1]}`))
		Expect(err).NotTo(HaveOccurred())
		for _, pointer := range []string{"/b", "/a/1", "/a/x", "/a/-1", "/a/0/c", "/b/c/d"} {
			value, key := doc.Root.Lookup(pointer)
			Expect(value).To(BeNil(), pointer)
			Expect(key).To(BeNil(), pointer)
			Expect(value.Get("x").Describe()).To(Equal("nothing"))
		}
	})
})

// laughs is a file whose aliases would stand for 9 to the power of n values.
func laughs(n int) string {
	var text strings.Builder
	text.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x]\n")
	for i := range n {
		before := "*a" + digits(i)
		text.WriteString("a" + digits(i+1) + ": &a" + digits(i+1) + " [" + strings.TrimSuffix(strings.Repeat(before+", ", 9), ", ") + "]\n")
	}
	return text.String()
}

// chain is a file whose n-th alias stands for n nested lists.
func chain(n int) string {
	text := "a0: &a0 [x]\n"
	for i := range n {
		text += "a" + digits(i+1) + ": &a" + digits(i+1) + " [*a" + digits(i) + "]\n"
	}
	return text
}

func digits(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return digits(n/10) + digits(n%10)
}
