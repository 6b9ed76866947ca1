package strictyaml_test

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/strictyaml"
)

var _ = Describe("An error", func() {
	DescribeTable("shows the lines that are wrong, with a caret",
		func(file, text, want string) {
			var into struct {
				Name string
				Tags []string
			}
			Expect(strictyaml.Decode(file, []byte(text), &into)).To(MatchError(strings.TrimPrefix(want, "\n")))
		},
		Entry("the first three of them", "a.yaml", "nam: x\ntags:\n  - 1\n  - b\n  - true\nx: 1\ny: 2\n", `
a.yaml:1:1: unknown field "nam": did you mean "name"?
    1 | nam: x
      | ^
a.yaml:3:5: wants text, got the number 1: put it in quotes
    3 |   - 1
      |     ^
a.yaml:5:5: wants text, got true: put it in quotes
    5 |   - true
      |     ^
a.yaml:6:1: unknown field "x": known are name, tags
a.yaml:7:1: unknown field "y": known are name, tags`),
		Entry("tabs, and line breaks of Windows", "a.json", "{\r\n\t\"ñame\": 1,\r\n\t\"tags\": {}}", `
a.json:2:2: unknown field "ñame": did you mean "name"?
    2 |  "ñame": 1,
      |  ^
a.json:3:10: wants a list, got an object
    3 |  "tags": {}}
      |          ^`),
		Entry("a part of a long line", "a.json", `{"tags": ["`+strings.Repeat("x", 200)+`", 5, "`+strings.Repeat("y", 200)+`"]}`, `
a.json:1:215: wants text, got the number 5: put it in quotes
    1 | `+strings.Repeat("x", 57)+`", 5, "`+strings.Repeat("y", 36)+`
      | `+strings.Repeat(" ", 60)+`^`),
		Entry("the end of a file", "a.json", `{"tags": [`, `
a.json:1:11: the file ends here, before the JSON does
    1 | {"tags": [
      |           ^`),
	)

	It("prints nothing that steers a terminal", func() {
		var into struct{ Name string }
		err := strictyaml.Decode("a.json", []byte("{\"a\x7f\u009b31m\u202eb\": \"\x7f\"}"), &into)
		Expect(err.Error()).NotTo(ContainSubstring("\u009b"))
		Expect(err.Error()).NotTo(ContainSubstring("\u202e"))
		Expect(err.Error()).NotTo(ContainSubstring("\x7f"))
	})
})

var _ = DescribeTable("The nearest known word",
	func(word, want string) {
		known := []string{"request_url", "bot_events", "user_events", "name"}
		Expect(strictyaml.Nearest(word, known)).To(Equal(want))
	},
	Entry("with two letters swapped", "reqeust_url", "request_url"),
	Entry("with another separator", "request-url", "request_url"),
	Entry("in another spelling", "botEvents", "bot_events"),
	Entry("that is known", "name", "name"),
	Entry("of a word that is far from all", "interactivity", ""),
	Entry("of a short word", "x", ""),
	Entry("of a very long word", strings.Repeat("request_url", 10), ""),
)
