package payload_test

import (
	"encoding/json"
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/payload"
)

func parsed(text string) payload.Object {
	object, err := payload.ParseObject("test.json", []byte(text))
	ExpectWithOffset(1, err).NotTo(HaveOccurred())
	return object
}

var _ = Describe("reading fields from a file", func() {
	It("keeps their order and their numbers", func() {
		text := `{"z":1.0,"a":[1e3,{"y":null,"b":true}],"m":"x"}`
		object, err := payload.ParseObject("raw.json", []byte("\ufeff \n"+text+"\n"))
		Expect(err).NotTo(HaveOccurred())
		Expect(string(payload.Encode(payload.JSON, object))).To(Equal(text))
	})

	DescribeTable("says where it is wrong:",
		func(text, position, words string) {
			_, err := payload.ParseObject("raw.json", []byte(text))
			Expect(err).To(MatchError(HavePrefix("raw.json:" + position + ": ")))
			Expect(err).To(MatchError(ContainSubstring(words)))
		},
		Entry("an empty file", "", "1:1", "nothing here"),
		Entry("a file of spaces", " \n ", "2:2", "nothing here"),
		Entry("a list", "\n[1]", "2:1", "want the fields as a JSON object"),
		Entry("a form", "token=x&text=y", "1:1", "JSON object"),
		Entry("a comma too many", "{\n  \"a\": 1,\n}", "3:1", "invalid character '}'"),
		Entry("a comma too few", "{\n  \"ü\": 1 \"b\": 2}", "2:10", "invalid character"),
		Entry("single quotes", "{'a': 1}", "1:2", "invalid character"),
		Entry("a comment", "{ // x\n}", "1:3", "invalid character"),
		Entry("an end too early", "{\"a\": [1", "1:9", "unexpected end"),
		Entry("something behind it", "{} {}", "1:4", "after top-level value"),
		Entry("what is not UTF-8", "{\"a\": \"\xff\"}", "1:8", "UTF-8"),
		Entry("too many levels", `{"a":`+strings.Repeat("[", 200)+strings.Repeat("]", 200)+"}", "1:106", "at most 100 levels"),
	)
})

func FuzzParseObject(f *testing.F) {
	f.Add([]byte(nestedFields))
	f.Add([]byte("{\"a\":\n1,}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		object, err := payload.ParseObject("fuzz", data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "fuzz:") {
				t.Fatalf("the error names no place: %v", err)
			}
			return
		}
		if !json.Valid(payload.Encode(payload.JSON, object)) {
			t.Fatalf("%q is encoded as %q", data, payload.Encode(payload.JSON, object))
		}
	})
}
