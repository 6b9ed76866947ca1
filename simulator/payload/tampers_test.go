package payload_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/payload"
)

func tamper(text string) payload.Tamper {
	t, err := payload.ParseTamper(text)
	ExpectWithOffset(1, err).NotTo(HaveOccurred())
	return t
}

var _ = Describe("the tampers", func() {
	It("are found by their names, which are unique", func() {
		seen := map[string]bool{}
		for _, t := range payload.Tampers() {
			Expect(seen).NotTo(HaveKey(t.Name))
			seen[t.Name] = true
			Expect(t.Title).NotTo(BeEmpty())
			found := tamper(t.Name)
			Expect(found.Title).To(Equal(t.Title))
			Expect(found.Value).To(Equal(t.Value))
		}
	})

	DescribeTable("make a right app refuse a command, an event and an action when they spoil the signature:",
		func(name string) {
			for _, kind := range []payload.Kind{payload.Command, payload.Event, payload.BlockActions} {
				d := delivery(kind, payload.Scene{Text: "a b/ü"}, tamper(name))
				Expect(accepted(d.Request())).To(BeFalse(), kind.Name)
				Expect(d.WithoutEffect()).To(BeEmpty())
			}
		},
		Entry("unsigned", "unsigned"), Entry("no-signature", "no-signature"), Entry("no-timestamp", "no-timestamp"),
		Entry("wrong-secret", "wrong-secret"), Entry("wrong-secret=x", "wrong-secret=x"), Entry("empty-secret", "empty-secret"),
		Entry("flipped-digit", "flipped-digit"), Entry("v1", "v1"), Entry("truncated", "truncated"),
		Entry("stale", "stale"), Entry("stale=6m", "stale=6m"), Entry("stale=301s", "stale=301s"),
		Entry("future", "future"), Entry("future=1h", "future=1h"), Entry("changed-body", "changed-body"),
		Entry("reencoded", "reencoded"), Entry("reencoded=key-order", "reencoded=key-order"), Entry("reencoded=spaces", "reencoded=spaces"),
		Entry("reencoded=slashes", "reencoded=slashes"), Entry("reencoded=unicode", "reencoded=unicode"),
	)

	It("leave the rest signed rightly", func() {
		for _, name := range []string{"stale=4m", "future=299s", "wrong-token", "wrong-token=x", "header-case", "header-case=upper", "lost-first", "duplicate"} {
			d := delivery(payload.Event, payload.Scene{}, tamper(name))
			Expect(accepted(d.Request())).To(BeTrue(), name)
			Expect(d.WithoutEffect()).To(BeEmpty())
		}
	})

	DescribeTable("are refused with a hint for",
		func(text string, words ...string) {
			_, err := payload.ParseTamper(text)
			for _, w := range words {
				Expect(err).To(MatchError(ContainSubstring(w)))
			}
		},
		Entry("a misspelt name", "unsinged", `unknown tamper "unsinged"`, "did you mean unsigned?", "lost-first"),
		Entry("a value that none takes", "unsigned=1", "unsigned takes no value"),
		Entry("no value behind the sign", "stale=", "want stale=DURATION, or stale alone"),
		Entry("no duration", "stale=soon", "stale=soon: want a duration such as 6m"),
		Entry("a duration of the past", "stale=-6m", "want a duration"),
		Entry("no way to re-encode", "reencoded=space", "did you mean spaces?", "key-order, slashes"),
		Entry("no case", "header-case=camel", "there are lower, upper"),
	)

	It("change the verification token under a right signature", func() {
		r := delivery(payload.Command, payload.Scene{Token: "right"}, tamper("wrong-token=other")).Request()
		Expect(string(r.Body)).To(HavePrefix("token=other&"))
	})

	DescribeTable("write the headers' names in",
		func(text, name string) {
			r := delivery(payload.Command, payload.Scene{}, tamper(text)).Request()
			Expect(string(r.Bytes())).To(ContainSubstring("\r\n" + name + ": v0="))
			Expect(r.HeaderValue(payload.SignatureHeader)).NotTo(BeEmpty())
		},
		Entry("small letters", "header-case", "x-slack-signature"),
		Entry("capital letters", "header-case=upper", "X-SLACK-SIGNATURE"),
	)

	It("tell whoever retries what to do", func() {
		Expect(tamper("lost-first").LostFirst).To(BeTrue())
		Expect(tamper("duplicate").Duplicate).To(BeTrue())
		d := delivery(payload.Event, payload.Scene{Sequence: 5})
		twin := d.Duplicate()
		Expect(twin.Fields.Text("event_id")).To(Equal("EvDBELAY00005"))
		Expect(twin.Fields.With("event_id", "EvBELAY00005")).To(Equal(d.Fields))
	})

	It("say when there is nothing to spoil", func() {
		d := delivery(payload.SSLCheck, payload.Scene{}, payload.Unsigned, payload.TamperedBody, payload.Duplicate, payload.Forged)
		var names []string
		for _, t := range d.WithoutEffect() {
			names = append(names, t.Name)
		}
		Expect(names).To(Equal([]string{"unsigned", "duplicate", "flipped-digit"}))
	})
})

var _ = Describe("re-encoding", func() {
	DescribeTable("writes",
		func(kind payload.Kind, way, before, after string) {
			d := delivery(kind, payload.Scene{}, tamper("reencoded="+way))
			d.Body = []byte(before)
			Expect(string(d.Request().Body)).To(Equal(after))
		},
		Entry("the spaces of a form", payload.Command, "spaces", "text=a+b%2Bc", "text=a%20b%2Bc"),
		Entry("the spaces of JSON", payload.Event, "spaces", `{"a":"x, \"y:z","b":[1,2]}`, `{"a": "x, \"y:z", "b": [1, 2]}`),
		Entry("the order of a form", payload.Command, "key-order", "b=1&a=2&c", "a=2&b=1&c"),
		Entry("the order of JSON", payload.Event, "key-order", `{"b":1,"a":{"d":1,"c":2}}`, `{"a":{"d":1,"c":2},"b":1}`),
		Entry("the order of JSON in a form", payload.BlockActions, "key-order", "payload=%7B%22b%22%3A1%2C%22a%22%3A%22x+y%22%7D", "payload=%7B%22a%22%3A%22x+y%22%2C%22b%22%3A1%7D"),
		Entry("the slashes of a form", payload.Command, "slashes", "command=%2Fx", "command=/x"),
		Entry("the slashes of JSON", payload.Event, "slashes", `{"a":"\/x\\\/\u00fc"}`, `{"a":"/x\\/\u00fc"}`),
		Entry("the letters of a form", payload.Command, "unicode", "text=%C3%BC%20%", "text=ü%20%"),
		Entry("the letters of JSON", payload.Event, "unicode", `{"a":"\u00fc\ud83e\udd9c\\u00fc\u0041\ud83e\n"}`, `{"a":"ü🦜\\u00fc\u0041\ud83e\n"}`),
		Entry("nothing that is no JSON", payload.Event, "key-order", `{"a"`, `{"a"`),
	)

	It("means the same as before", func() {
		scene := payload.Scene{Text: `a+b c%20d&e=f "q" \ / ümlaut 🦜`}
		for _, kind := range []payload.Kind{payload.Event, payload.BlockActions, payload.Command} {
			for _, way := range []string{"reencoded", "reencoded=spaces", "reencoded=unicode", "reencoded=slashes", "reencoded=key-order"} {
				before, after := delivery(kind, scene).Request(), delivery(kind, scene, tamper(way)).Request()
				Expect(after.Body).NotTo(Equal(before.Body))
				Expect(meaningOf(after.Body)).To(Equal(meaningOf(before.Body)), kind.Name+" "+way)
			}
		}
	})
})

// meaningOf is what a body says once it is parsed.
func meaningOf(body []byte) any {
	var object any
	if json.Unmarshal(body, &object) == nil {
		return object
	}
	form, err := url.ParseQuery(string(body))
	ExpectWithOffset(1, err).NotTo(HaveOccurred())
	if json.Unmarshal([]byte(form.Get("payload")), &object) == nil {
		return object
	}
	return form
}

func FuzzReencode(f *testing.F) {
	f.Add([]byte(`{"a":"\ud83e\udd9c\/"}`))
	f.Add([]byte("payload=%7B%7D&x=%C3"))
	f.Fuzz(func(t *testing.T, body []byte) {
		u, _ := url.Parse("http://x/")
		again, err := payload.ParseTamper("reencoded")
		if err != nil {
			t.Fatal(err)
		}
		r := payload.Delivery{Kind: payload.Event, URL: u, Body: body, Tamper: []payload.Tamper{again}}.Request()
		if json.Valid(body) && strings.HasPrefix(string(body), "{") && !json.Valid(r.Body) {
			t.Fatalf("%q became %q", body, r.Body)
		}
	})
}
