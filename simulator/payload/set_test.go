package payload_test

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/payload"
)

const nestedFields = `{"token":"t","event":{"type":"message","user":"U1","ts":"1.5","hidden":true,"a.b":"x"},"actions":[{"value":"v"}],"enterprise":null,"n":7}`

var _ = Describe("setting a field", func() {
	DescribeTable("changes",
		func(path, value, fragment string) {
			original := parsed(nestedFields)
			changed, err := original.Set(path, value)
			Expect(err).NotTo(HaveOccurred())
			Expect(string(payload.Stringify(changed))).To(ContainSubstring(fragment))
			Expect(string(payload.Stringify(original))).To(Equal(nestedFields))
		},
		Entry("a text", "event.user", "U123", `"user":"U123"`),
		Entry("an element of a list", "actions.0.value", "w", `"actions":[{"value":"w"}]`),
		Entry("a text to what looks like a number", "event.ts", "1700000000.000100", `"ts":"1700000000.000100"`),
		Entry("a text to what looks like a truth", "token", "true", `"token":"true"`),
		Entry("a text to a quoted one", "event.user", `"7"`, `"user":"7"`),
		Entry("a text to nothing", "event.user", "", `"user":""`),
		Entry("a text to null", "event.user", "null", `"user":null`),
		Entry("a text to an object", "event.user", `{"id": "U1"}`, `"user":{"id":"U1"}`),
		Entry("a text to what only begins like an object", "event.user", "{x", `"user":"{x"`),
		Entry("a truth", "event.hidden", "false", `"hidden":false`),
		Entry("a number, as it is written", "n", "1e3", `"n":1e3`),
		Entry("a number to a text", "n", "seven", `"n":"seven"`),
		Entry("a list", "actions", "[1, 2]", `"actions":[1,2]`),
		Entry("a name with a dot in it", `event.a\.b`, "y", `"a.b":"y"`),
		Entry("what was null", "enterprise.id", "E1", `"enterprise":{"id":"E1"}`),
		Entry("what Slack documents and is absent", "event.thread_ts", "1.2", `"thread_ts":"1.2"`),
		Entry("a documented object, from its inside", "event.edited.user", "U2", `"edited":{"user":"U2"}`),
		Entry("a documented list", "event.files", `[{"id":"F1"}]`, `"files":[{"id":"F1"}]`),
		Entry("a documented field of an element", "actions.0.style", "primary", `"actions":[{"value":"v","style":"primary"}]`),
		Entry("a documented field of the envelope", "enterprise_id", "E1", `"enterprise_id":"E1"`),
		Entry("what is added on purpose", "event.+mine", "1", `"mine":1`),
		Entry("what is added on purpose and there already", "event.+user", "U2", `"user":"U2"`),
		Entry("a list by one more", "actions.+", `{"value":"x"}`, `"actions":[{"value":"v"},{"value":"x"}]`),
	)

	DescribeTable("is refused with a hint for",
		func(path string, words ...string) {
			_, err := parsed(nestedFields).Set(path, "x")
			for _, w := range words {
				Expect(err).To(MatchError(ContainSubstring(w)))
			}
		},
		Entry("a misspelt field", "event.usr", "event has no usr", "did you mean event.user?", "it has type, user", "event.+usr adds it"),
		Entry("a misspelt field at the top", "evnt.user", "the payload has no evnt", "did you mean event?"),
		Entry("an event's field at the top", "thread_ts", "the payload has no thread_ts"),
		Entry("an event's field at the top that the event has", "user", "did you mean event.user?"),
		Entry("a field that stands elsewhere", "hidden", "did you mean event.hidden?"),
		Entry("an index that is too large", "actions.1.value", "actions is a list of 1", "it is 0", "actions.+ appends one"),
		Entry("an index that is no number", "actions.first", `no element "first"`),
		Entry("a member of a text", "token.x", "token is a text, it has no members"),
		Entry("a member of a truth", "event.hidden.x", "event.hidden is true or false"),
		Entry("a member of a number", "n.x", "n is a number"),
		Entry("an empty path", "", "empty part"),
		Entry("a path with an empty part", "event..user", "empty part"),
		Entry("a path that ends with a backslash", `event\`, "ends with a backslash"),
		Entry("a plus without a name", "event.+", "+ needs a name"),
		Entry("a plus that leads on", "actions.+.value", "empty part"),
	)

	It("keeps a secret a secret", func() {
		fields, err := payload.URLVerification.Fields(payload.Scene{Token: "t"}).Set("token", "other")
		Expect(err).NotTo(HaveOccurred())
		Expect(fields.Value("token")).To(Equal(payload.Secret("other")))
	})

	It("puts an object into a form as JSON", func() {
		fields, err := payload.Command.Fields(payload.Scene{}).Set("text", `{"a":1}`)
		Expect(err).NotTo(HaveOccurred())
		Expect(string(payload.Encode(payload.Form, fields))).To(ContainSubstring("&text=%7B%22a%22%3A1%7D&"))
	})
})

var _ = Describe("unsetting a field", func() {
	DescribeTable("removes",
		func(path, rest string) {
			original := parsed(nestedFields)
			changed, err := original.Unset(path)
			Expect(err).NotTo(HaveOccurred())
			Expect(string(payload.Stringify(changed))).To(Equal(rest))
			Expect(string(payload.Stringify(original))).To(Equal(nestedFields))
		},
		Entry("a field at the top", "event", `{"token":"t","actions":[{"value":"v"}],"enterprise":null,"n":7}`),
		Entry("an inner field", "actions.0.value", `{"token":"t","event":{"type":"message","user":"U1","ts":"1.5","hidden":true,"a.b":"x"},"actions":[{}],"enterprise":null,"n":7}`),
		Entry("an element", "actions.0", `{"token":"t","event":{"type":"message","user":"U1","ts":"1.5","hidden":true,"a.b":"x"},"actions":[],"enterprise":null,"n":7}`),
	)

	DescribeTable("is refused with a hint for",
		func(path, words string) {
			_, err := parsed(nestedFields).Unset(path)
			Expect(err).To(MatchError(ContainSubstring(words)))
			Expect(err).NotTo(MatchError(ContainSubstring("+")))
		},
		Entry("a misspelt field", "event.usr", "did you mean event.user?"),
		Entry("a documented field that is absent", "event.thread_ts", "event has no thread_ts"),
		Entry("an index that is too large", "actions.7", "it is 0"),
		Entry("what is inside of null", "enterprise.id", "enterprise is null"),
	)
})

func FuzzSet(f *testing.F) {
	f.Add(nestedFields, "event.user", "U1")
	f.Add(nestedFields, "actions.+", "{}")
	f.Add(`{"":{"":0}}`, `\..+a`, `"`)
	f.Fuzz(func(t *testing.T, fields, path, value string) {
		object, err := payload.ParseObject("fuzz", []byte(fields))
		if err != nil {
			return
		}
		before := string(payload.Stringify(object))
		changed, err := object.Set(path, value)
		if err == nil {
			payload.Encode(payload.JSON, changed)
			if again, err := changed.Unset(path); err == nil {
				payload.Encode(payload.Form, again)
			}
		}
		if after := string(payload.Stringify(object)); after != before {
			t.Fatalf("the original changed: %s, was %s", after, before)
		}
	})
}
