package checks_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/simulator/payload"
)

// planted are values that no report may hold, nor the first dozen of their letters.
// Some contain others, and some need escapes in a form or in JSON.
var planted = struct {
	secret, token, odd, long, bearer, basic, cookie string
}{
	secret: "5ec4e7d0be1a7c0ffee0f00d5ec4e7d0",
	token:  `t0ken/~!*'()+ &="\é🦜-end-of-token`,
	odd:    "c1ient-5ecret-c1ient-5ecret",
	long:   "c1ient-5ecret-c1ient-5ecret-and-more-of-it",
	bearer: "bearer-7d9a1c3e5f7b",
	basic:  "alice:pa55w0rd-of-alice",
	cookie: "se55ion-0f-alice-4711",
}

// plantedTarget is a target with all of them.
func plantedTarget(app *checkstest.App) checks.Target {
	return with(local(app), func(t *checks.Target) {
		t.Secret, t.Token = payload.Secret(planted.secret), payload.Secret(planted.token)
		t.OtherSecrets = map[string]payload.Secret{"SLACK_CLIENT_SECRET": payload.Secret(planted.odd), "SLACK_LONG": payload.Secret(planted.long)}
		t.Header = []payload.HeaderField{
			{Name: "Authorization", Value: "Bearer " + planted.bearer},
			{Name: "Proxy-Authorization", Value: "Basic " + base64.StdEncoding.EncodeToString([]byte(planted.basic))},
			{Name: "Cookie", Value: "theme=dark; session=" + planted.cookie},
		}
	})
}

// expectHidden holds that nothing planted is in the report, in any form.
func expectHidden(report checks.Report) {
	GinkgoHelper()
	var texts []string
	collect(report, &texts)
	all := strings.Join(texts, "\n")
	for _, secret := range []string{planted.secret, planted.token, planted.odd, planted.long, planted.bearer, planted.basic, planted.cookie} {
		head := secret[:12]
		quoted, _ := json.Marshal(secret)
		for _, form := range []string{
			head, url.QueryEscape(secret)[:16], url.PathEscape(secret)[:16], strings.Trim(string(quoted), `"`)[:13],
			base64.StdEncoding.EncodeToString([]byte(secret))[:16],
		} {
			Expect(strings.Contains(all, form)).To(BeFalse(), "the report holds %q", form)
		}
	}
	for _, tail := range []string{"end-of-token", "and-more-of-it"} {
		at := strings.Index(all, tail)
		Expect(at).To(Equal(-1), "the report holds …%s", all[max(at-60, 0):max(at, 0)])
	}
}

// collect decodes a report's JSON to all of its texts.
func collect(value any, texts *[]string) {
	raw, err := json.Marshal(value)
	Expect(err).NotTo(HaveOccurred())
	var decoded any
	Expect(json.Unmarshal(raw, &decoded)).To(Succeed())
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			*texts = append(*texts, v)
		case []any:
			for _, element := range v {
				walk(element)
			}
		case map[string]any:
			for _, element := range v {
				walk(element)
			}
		}
	}
	walk(decoded)
}

// everything planted, in one text.
func everything() string {
	return strings.Join([]string{planted.secret, planted.token, planted.odd, planted.long, planted.bearer, planted.basic, planted.cookie}, " ")
}

var _ = DescribeTable("nothing secret is in a report on an app that", func(h checkstest.Handler) {
	for _, change := range []func(checks.Target) checks.Target{asEvents, asNamedCommand, asNamedAction} {
		t := change(plantedTarget(start(h)))
		expectHidden(checks.Run(context.Background(), checks.Watch{}, t))
	}
},
	Entry("is healthy", checkstest.Handler(checkstest.Bot{Secret: payload.Secret(planted.secret)}.Serve)),
	Entry("refuses everything", checkstest.Answer(401, "no")),
	Entry("echoes the request in its body", checkstest.Handler(func(w http.ResponseWriter, c checkstest.Call) {
		var head strings.Builder
		_ = c.Header.Write(&head)
		checkstest.Answer(200, head.String()+string(c.Raw), "Content-Type: text/plain")(w, c)
	})),
	Entry("echoes the request decoded", checkstest.Handler(func(w http.ResponseWriter, c checkstest.Call) {
		written, _ := json.Marshal(c.JSON())
		checkstest.Answer(500, c.Form().Encode()+c.Token()+string(written))(w, c)
	})),
	Entry("says all it knows", checkstest.Answer(200, everything())),
	Entry("says all it knows in JSON", checkstest.Handler(func(w http.ResponseWriter, c checkstest.Call) {
		written, _ := json.Marshal(map[string]string{"text": everything()})
		checkstest.Answer(200, string(written), asJSON)(w, c)
	})),
	Entry("says it in a form", checkstest.Answer(400, url.Values{"a": {everything()}}.Encode())),
	Entry("says it in a form in small letters", checkstest.Answer(400, smallEscapes(url.QueryEscape(everything())))),
	Entry("says it in its headers", checkstest.Handler(func(w http.ResponseWriter, c checkstest.Call) {
		checkstest.Answer(403, "", "X-Debug: "+everything(), "X-Form: "+url.QueryEscape(everything()))(w, c)
	})),
	Entry("says it where a header is cut", headerAt(4096, planted.secret)),
	Entry("says it where a long header is cut", headerAt(4096, planted.long)),
	Entry("says it where the body is cut", first(checkstest.Answer(200, strings.Repeat("x", checks.MaxEvidenceBody-20)+planted.secret))),
	Entry("says it where the body is cut after 4 KiB of nothing", checkstest.Answer(200, strings.Repeat(" ", 4096-16)+planted.secret)),
	Entry("says it over and over", first(checkstest.Answer(200, strings.Repeat(planted.secret, 5000)))),
	Entry("says it where a row is cut", checkstest.Answer(400, strings.Repeat("x", 60-16)+planted.secret)),
	Entry("says it where the evidence is cut", checkstest.Answer(404, `{"statusCode":404,"message":"Cannot POST /`+strings.Repeat("x", 60)+planted.secret+`"}`)),
	Entry("says it in a redirect", checkstest.Answer(302, "", "Location: https://elsewhere.example/"+strings.Repeat("x", 50)+planted.secret)),
	Entry("says it in a redirect at the cut", checkstest.Answer(302, "", "Location: https://elsewhere.example/"+strings.Repeat("x", 100-34-16)+planted.secret)),
	Entry("says it in what is allowed", checkstest.Answer(405, "", "Allow: "+strings.Repeat("X", 45)+planted.secret)),
	Entry("says it as a content type", checkstest.Answer(200, `{"text":"x"}`, "Content-Type: text/"+strings.Repeat("x", 44)+planted.secret)),
	Entry("says it in what is not HTTP", checkstest.Wire(strings.Repeat("x", 100)+planted.secret+"\r\n\r\n")),
	Entry("says it in blocks", message(`"blocks":[{"type":"`+planted.secret+`"}],"response_type":"`+planted.odd+`"`)),
	Entry("says it in the words of a framework", checkstest.Answer(500, "<!DOCTYPE html><title>Error</title><pre>Error: "+planted.secret+"<br> &nbsp; &nbsp;at x</pre>")),
)

func asNamedCommand(t checks.Target) checks.Target { return named(checks.Command, t) }

func asNamedAction(t checks.Target) checks.Target { return named(checks.Action, t) }

// first answers the first request so, and accepts the others.
func first(h checkstest.Handler) checkstest.Handler {
	return func(w http.ResponseWriter, c checkstest.Call) {
		if c.Number == 1 {
			h(w, c)
			return
		}
		w.WriteHeader(http.StatusOK)
	}
}

// headerAt is an answer whose header holds a secret across a position.
func headerAt(position int, secret string) checkstest.Handler {
	return checkstest.Answer(200, "", "X-Debug: "+strings.Repeat("x", position-20)+secret)
}

// smallEscapes writes %2F as %2f.
func smallEscapes(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) {
			b.WriteString(strings.ToLower(text[i : i+3]))
			i += 2
			continue
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

var _ = DescribeTable("a password in the URL is in no report", func(text string) {
	written, err := json.Marshal(checks.Run(context.Background(), checks.Watch{}, checks.Target{URL: text}))
	Expect(err).NotTo(HaveOccurred())
	Expect(string(written)).NotTo(ContainSubstring("hunter2"))
	Expect(string(written)).To(ContainSubstring("url.invalid"))
},
	Entry("of a good form", "https://me:hunter2hunter2@bot.example.com/"),
	Entry("with white space", "https://me:hunter2 hunter2@bot.example.com/"),
	Entry("with a slash", "https://me:hunter2/hunter2@bot.example.com/"),
	Entry("with a bad escape", "https://me:hunter2%zz@bot.example.com/"),
	Entry("with an escape", "https://me:hunter2%21@bot.example.com/"),
	Entry("with a bad port", "https://me:hunter2@bot.example.com:none/"),
)

var _ = Describe("what is hidden", func() {
	It("is no more than it has to be", func() {
		d := diagnose(with(local(start(healthy().Serve)), func(t *checks.Target) {
			t.Header = []payload.HeaderField{{Name: "X-Debug", Value: "on"}}
		}))
		written, _ := json.Marshal(d.Report)
		Expect(string(written)).To(ContainSubstring("url_verification"))
		Expect(string(written)).NotTo(ContainSubstring("c[redacted]"))
	})

	It("leaves the fingerprint of the secret, by which it can be compared", func() {
		d := diagnose(local(start(checkstest.Answer(401, ""))))
		written, _ := json.Marshal(d.Report)
		Expect(string(written)).To(ContainSubstring(secret.Fingerprint()))
	})

	It("leaves the names of the environment's variables", func() {
		bot := checkstest.Bot{Secret: payload.Secret(planted.odd)}
		report := checks.Run(context.Background(), checks.Watch{}, plantedTarget(start(bot.Serve)))
		written, _ := json.Marshal(report)
		Expect(string(written)).To(ContainSubstring("SLACK_CLIENT_SECRET"))
	})
})
