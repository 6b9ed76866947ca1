package cli_test

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/internal/cli"
	"belay/internal/demo"
)

// caught are the requests that an app got.
type caught struct {
	mu  sync.Mutex
	all []caughtRequest
	url string
}

type caughtRequest struct {
	header http.Header
	method string
	body   []byte
}

// catching is an app that keeps what it is sent, and answers.
func catching(answer http.HandlerFunc) *caught {
	GinkgoHelper()
	c := &caught{}
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		c.mu.Lock()
		c.all = append(c.all, caughtRequest{r.Header.Clone(), r.Method, body})
		c.mu.Unlock()
		if answer != nil {
			answer(w, r)
		}
	}))
	DeferCleanup(app.Close)
	c.url = app.URL + "/slack"
	return c
}

func (c *caught) requests() []caughtRequest {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.all
}

// last is the body of the last request, decoded.
func (c *caught) last() map[string]any {
	GinkgoHelper()
	all := c.requests()
	Expect(all).NotTo(BeEmpty())
	body := all[len(all)-1].body
	fields := map[string]any{}
	if form, err := url.ParseQuery(string(body)); err == nil && form.Has("payload") {
		body = []byte(form.Get("payload"))
	} else if !bytes.HasPrefix(body, []byte("{")) {
		for name := range form {
			fields[name] = form.Get(name)
		}
		return fields
	}
	Expect(json.Unmarshal(body, &fields)).To(Succeed(), "%s", body)
	return fields
}

const testSecret = "8f742231b10e8888abcd99yyyzzz85a5"

// signedBy reports whether a request has Slack's signature.
func signedBy(secret string, r caughtRequest) bool {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%s:%s", r.header.Get("X-Slack-Request-Timestamp"), r.body)
	return r.header.Get("X-Slack-Signature") == "v0="+hex.EncodeToString(mac.Sum(nil))
}

// sending runs belay send with the secret.
func sending(args ...string) outcome {
	return belay(context.Background(), env{"SLACK_SIGNING_SECRET": testSecret}, append([]string{"send"}, args...)...)
}

// road are the flags that lead to the sample app.
func road(app *demo.App) []string { return checking(app)[2:] }

func answering(status int, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func temporary(name, text string) string {
	GinkgoHelper()
	file := filepath.Join(GinkgoT().TempDir(), name)
	Expect(os.WriteFile(file, []byte(text), 0o600)).To(Succeed())
	return file
}

var _ = Describe("belay send", func() {
	ctx := context.Background()

	It("sends a command that the sample app accepts, and shows request, time, answer and what the user sees", func() {
		app := sampleApp(demo.Options{})
		o := belay(ctx, owner(app), append([]string{"send", "command", "/deploy prod", "--to", app.Commands}, road(app)...)...)
		Expect(o.code).To(Equal(0))
		Expect(o.stderr).To(Equal("belay: this sends /deploy prod 1× to " + app.Commands + ", where its handler may run\n"))
		Expect(o.stdout).To(And(
			HavePrefix("✓ The app acknowledges /deploy in "),
			ContainSubstring(`Slack shows  to the user alone: "Deploying.`),
			ContainSubstring("sent         POST "+app.Commands),
			ContainSubstring("X-Slack-Signature:"), ContainSubstring("command=/deploy"),
			ContainSubstring("answered     200 OK"), ContainSubstring("Content-Type: application/json"),
			ContainSubstring("┃"),
			HaveSuffix("\n  1 passed, 0 failed · exit status 0\n"),
		))
	})

	It("writes every format from the same report, which belay view reads", func() {
		app, vars := catching(nil), env{"SLACK_SIGNING_SECRET": testSecret, "XDG_CACHE_HOME": GinkgoT().TempDir()}
		dir := GinkgoT().TempDir()
		args := []string{"send", "command", "/deploy", "--to", app.url, "-o", "ndjson"}
		for _, format := range []string{"text", "json", "junit", "markdown", "github"} {
			args = append(args, "-o", format+"="+filepath.Join(dir, format))
		}
		o := belay(ctx, vars, args...)
		Expect(o.code).To(Equal(0))
		Expect(strings.Count(o.stdout, `"type":"result"`)).To(Equal(1))
		text, err := os.ReadFile(filepath.Join(dir, "json"))
		Expect(err).NotTo(HaveOccurred())
		r := reported(string(text))
		Expect(r.Command).To(Equal("send"))
		Expect(r.Sections).To(HaveLen(1))
		Expect(r.Sections[0].Name).To(Equal("/deploy"))
		Expect(r.Sections[0].Results[0].Check).To(Equal("delivery.acknowledged"))
		for _, args := range [][]string{{"view"}, {"view", filepath.Join(dir, "json")}} {
			Expect(belay(ctx, vars, args...).stdout).To(HavePrefix("✓ The app acknowledges /deploy in "))
		}
		saved, err := os.ReadFile(filepath.Join(dir, "junit"))
		Expect(err).NotTo(HaveOccurred())
		Expect(string(saved)).To(ContainSubstring(`name="belay send"`))
	})

	DescribeTable("signs",
		func(args ...string) {
			app := catching(nil)
			sending(append(args, "--to", app.url)...)
			Expect(app.requests()).To(HaveLen(1))
			Expect(signedBy(testSecret, app.requests()[0])).To(BeTrue())
		},
		Entry("a command", "command", "/deploy", "ä & b=c"),
		Entry("an event", "event", "app_mention"),
		Entry("an event without the word", "app_mention"),
		Entry("a subtype", "event", "message/bot_message"),
		Entry("an action", "block_actions"),
		Entry("an action by its other name", "action", "--action", "go"),
		Entry("a submitted modal", "view_submission"),
		Entry("an options request", "block_suggestion"),
		Entry("the challenge", "url_verification"),
	)

	It("does not sign what Slack does not", func() {
		app := catching(nil)
		Expect(sending("ssl_check", "--to", app.url).code).To(Equal(0))
		Expect(app.requests()[0].header).NotTo(HaveKey("X-Slack-Signature"))
		Expect(sending("oauth_redirect", "--set", "code=1.2.3", "--to", app.url).code).To(Equal(0))
		Expect(app.requests()[1].method).To(Equal("GET"))
	})

	DescribeTable("says what the user wants:",
		func(path string, value any, args ...string) {
			app := catching(nil)
			o := sending(append(args, "--to", app.url)...)
			Expect(o.code).To(Equal(0), o.stderr)
			if value == nil {
				Expect(at(app.last(), path)).To(BeNil())
				return
			}
			Expect(at(app.last(), path)).To(Equal(value))
		},
		Entry("the command", "command", "/deploy", "command", "/deploy prod"),
		Entry("its text", "text", "prod eu", "command", "/deploy prod eu"),
		Entry("its text, in several arguments", "text", "prod eu", "command", "/deploy", "prod", "eu"),
		Entry("--team", "team_id", "T9", "command", "/x", "--team", "T9"),
		Entry("--user", "user_id", "U9", "command", "/x", "--user", "U9"),
		Entry("--channel", "channel_id", "C9", "command", "/x", "--channel", "C9"),
		Entry("--verification-token", "token", "tok", "command", "/x", "--verification-token", "tok"),
		Entry("--thread", "event.thread_ts", "1.5", "event", "app_mention", "--thread", "1.5"),
		Entry("--persona", "is_enterprise_install", "true", "command", "/x", "--persona", "enterprise"),
		Entry("--set", "event.user", "U123", "event", "app_mention", "--set", "event.user=U123"),
		Entry("--set of what Slack does not send", "event.mine", float64(1), "event", "app_mention", "--set", "event.+mine=1"),
		Entry("--unset", "event.user", nil, "event", "app_mention", "--unset", "event.user"),
		Entry("--action", "actions.0.action_id", "approve", "block_actions", "--action", "approve"),
		Entry("--block", "actions.0.block_id", "b9", "block_actions", "--block", "b9"),
		Entry("--value", "actions.0.value", "v9", "block_actions", "--value", "v9"),
		Entry("--element", "actions.0.type", "datepicker", "block_actions", "--element", "datepicker"),
		Entry("--callback-id", "callback_id", "cb", "shortcut", "--callback-id", "cb"),
	)

	It("takes the view that the app opened, and what is typed in it", func() {
		view := temporary("view.json", `{"type":"modal","callback_id":"approve","title":{"type":"plain_text","text":"x"},"blocks":[
			{"type":"input","block_id":"why","label":{"type":"plain_text","text":"Why"},"element":{"type":"plain_text_input","action_id":"reason"}}]}`)
		app := catching(nil)
		Expect(sending("view_submission", "--view", view, "--input", "reason=too slow", "--to", app.url).code).To(Equal(0))
		Expect(at(app.last(), "view.callback_id")).To(Equal("approve"))
		Expect(at(app.last(), "view.state.values.why.reason.value")).To(Equal("too slow"))
		o := sending("view_submission", "--view", view, "--input", "reson=x", "--to", app.url)
		Expect(o.code).To(Equal(2))
		Expect(o.stderr).To(ContainSubstring("no such action_id"))
	})

	It("takes the message that the app posted", func() {
		message := temporary("message.json", `{"text":"press","blocks":[{"type":"actions","block_id":"b","elements":[{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Go"},"value":"7"}]}]}`)
		app := catching(nil)
		Expect(sending("block_actions", "--message", message, "--action", "go", "--to", app.url).code).To(Equal(0))
		Expect(at(app.last(), "message.text")).To(Equal("press"))
		Expect(at(app.last(), "actions.0.value")).To(Equal("7"))
	})

	DescribeTable("takes the fields from --raw",
		func(kind, text, path, value string, args ...string) {
			app := catching(nil)
			o := sending(append([]string{kind, "--raw", temporary("raw", text), "--to", app.url}, args...)...)
			Expect(o.code).To(Equal(0), o.stderr)
			Expect(at(app.last(), path)).To(Equal(value))
		},
		Entry("as JSON", "app_mention", `{"type":"event_callback","event":{"type":"app_mention","text":"hi"}}`, "event.text", "hi"),
		Entry("as JSON for a form", "command", `{"command":"/x","text":"hi"}`, "text", "hi"),
		Entry("as a form", "command", "command=%2Fx&text=a+b%2Bc\n", "text", "a b+c"),
		Entry("as a form with a payload", "block_actions", "payload=%7B%22type%22%3A%22block_actions%22%2C%22actions%22%3A%5B%7B%22action_id%22%3A%22go%22%7D%5D%7D", "actions.0.action_id", "go"),
		Entry("changed by --set", "command", `{"command":"/x","text":"hi"}`, "text", "ho", "--set", "text=ho"),
		Entry("with the token of the flag", "command", `{"token":"old","command":"/x"}`, "token", "new", "--verification-token", "new"),
	)

	It("takes the fields from standard input", func() {
		app := catching(nil)
		var stdout, stderr bytes.Buffer
		code := cli.Run(ctx, cli.IO{
			Args: []string{"send", "command", "--raw", "-", "--to", app.url}, Env: func(string) string { return "" },
			Stdin: strings.NewReader(`{"command":"/x","text":"hi"}`), Stdout: &stdout, Stderr: &stderr,
		})
		Expect(code).To(Equal(0), stderr.String())
		Expect(app.last()["text"]).To(Equal("hi"))
	})

	It("sends the headers of the user, and shows none of their values", func() {
		app := catching(nil)
		o := sending("command", "/x", "--header", "Authorization: Bearer zqxzqxzqx", "--to", app.url)
		Expect(app.requests()[0].header.Get("Authorization")).To(Equal("Bearer zqxzqxzqx"))
		Expect(o.stdout + o.stderr).NotTo(ContainSubstring("zqx"))
	})

	Describe("without a signing secret", func() {
		unsigned := func(args ...string) outcome { return belay(ctx, env{}, append([]string{"send"}, args...)...) }

		It("says so beforehand, and takes a refusal for what it is", func() {
			app := catching(answering(401, "text/plain", "no"))
			o := unsigned("command", "/x", "--to", app.url)
			Expect(o.code).To(Equal(1))
			Expect(o.stderr).To(ContainSubstring("no signing secret was given"))
			Expect(o.stderr).To(ContainSubstring("hint: SLACK_SIGNING_SECRET="))
			Expect(o.stdout).To(And(HavePrefix("? The app refuses /x, which belay could not sign."), HaveSuffix("exit status 1\n")))
		})

		It("remarks on an app that does not mind", func() {
			app := catching(nil)
			o := unsigned("command", "/x", "--to", app.url)
			Expect(o.code).To(Equal(0))
			Expect(o.stdout).To(ContainSubstring("[signature.accepts-forged]"))
		})

		It("says nothing where there is nothing to sign", func() {
			app := catching(nil)
			Expect(unsigned("ssl_check", "--to", app.url).stderr).NotTo(ContainSubstring("secret"))
			Expect(unsigned("command", "/x", "--tamper", "unsigned", "--to", app.url).stderr).NotTo(ContainSubstring("secret"))
		})
	})

	DescribeTable("takes the refusal of a spoilt request for good news, and its service for bad",
		func(tamper string) {
			app := sampleApp(demo.Options{})
			args := append([]string{"send", "command", "/deploy", "--tamper", tamper, "--to", app.Commands}, road(app)...)
			o := belay(ctx, owner(app), args...)
			Expect(o.code).To(Equal(0), o.stdout)
			Expect(o.stdout).To(And(HavePrefix("✓ The app refuses /deploy with "), ContainSubstring("as it should")))
			naive := catching(nil)
			o = sending("command", "/deploy", "--tamper", tamper, "--to", naive.url)
			Expect(o.code).To(Equal(1))
			Expect(o.stdout).To(ContainSubstring("[signature.accepts-"))
		},
		Entry("unsigned", "unsigned"), Entry("stale", "stale=6m"), Entry("forged", "flipped-digit"), Entry("tampered", "changed-body"),
	)

	It("sends an event as the first retry, or twice", func() {
		app := catching(nil)
		Expect(sending("event", "app_mention", "--tamper", "lost-first", "--to", app.url).code).To(Equal(0))
		Expect(app.requests()[0].header.Get("X-Slack-Retry-Num")).To(Equal("1"))
		Expect(app.requests()[0].header.Get("X-Slack-Retry-Reason")).To(Equal("http_timeout"))
		Expect(sending("event", "app_mention", "--tamper", "duplicate", "--to", app.url).code).To(Equal(0))
		Expect(app.requests()).To(HaveLen(3))
		Expect(app.last()["event_id"]).To(HavePrefix("EvD"))
	})

	It("repeats, one after the other, each a payload of its own", func() {
		n := 0
		app := catching(func(w http.ResponseWriter, _ *http.Request) {
			if n++; n == 2 {
				w.WriteHeader(500)
			}
		})
		o := sending("event", "app_mention", "--repeat", "3", "--every", "1ms", "--to", app.url, "-o", "json")
		Expect(o.code).To(Equal(1))
		Expect(o.stderr).To(ContainSubstring("3×"))
		r := reported(o.stdout).Sections[0].Results[0]
		Expect(r.Saw).To(MatchRegexp(`^2 of 3 acknowledged; min \S+ ms, median .*, p95 .*, max .*; the first that was not: `))
		Expect(r.Evidence.Samples.Times).To(HaveLen(3))
		ids := map[string]bool{}
		for _, c := range app.requests() {
			var event struct {
				ID string `json:"event_id"`
			}
			Expect(json.Unmarshal(c.body, &event)).To(Succeed())
			ids[event.ID] = true
		}
		Expect(ids).To(HaveLen(3))
	})

	Describe("--retries", func() {
		It("tries again as Slack does, signed afresh by the app's clock, on a fast clock", func() {
			app := catching(answering(500, "text/plain", "oops"))
			o := sending("event", "app_mention", "--retries", "--speed", "10000", "--to", app.url)
			Expect(o.code).To(Equal(1))
			all := app.requests()
			Expect(all).To(HaveLen(4))
			for n, r := range all {
				Expect(signedBy(testSecret, r)).To(BeTrue())
				if n > 0 {
					Expect(r.header.Get("X-Slack-Retry-Num")).To(Equal(fmt.Sprint(n)))
					Expect(r.header.Get("X-Slack-Retry-Reason")).To(Equal("http_error"))
				}
			}
			Expect(o.stdout).To(And(ContainSubstring("+1 min: 500"), ContainSubstring("+6 min: 500"), ContainSubstring("gives the event up")))
		})

		It("is through with the sample app's first answer, whose clock is not turned", func() {
			app := sampleApp(demo.Options{})
			o := belay(ctx, owner(app), append([]string{"send", "app_mention", "--retries", "--to", app.Events}, road(app)...)...)
			Expect(o.code).To(Equal(0), o.stdout)
			Expect(o.stdout).To(HavePrefix("✓ The app acknowledges the event app_mention in "))
		})

		It("warns where only a retry was acknowledged", func() {
			n := 0
			app := catching(func(w http.ResponseWriter, _ *http.Request) {
				if n++; n < 3 {
					w.WriteHeader(503)
				}
			})
			o := sending("event", "app_mention", "--retries", "--speed", "10000", "--to", app.url)
			Expect(o.code).To(Equal(0))
			Expect(o.stdout).To(HavePrefix("! The app acknowledges the event app_mention, but only at the third attempt."))
		})

		It("ends where the app asks for no retry", func() {
			app := catching(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-Slack-No-Retry", "1")
				w.WriteHeader(500)
			})
			o := sending("event", "app_mention", "--retries", "--speed", "10000", "--to", app.url)
			Expect(o.code).To(Equal(1))
			Expect(app.requests()).To(HaveLen(1))
			Expect(o.stdout).To(ContainSubstring("X-Slack-No-Retry: 1"))
		})
	})

	It("tells late from never, and says what the user reads", func() {
		slow := catching(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		o := sending("command", "/deploy", "--deadline", "50ms", "--to", slow.url)
		Expect(o.code).To(Equal(1))
		Expect(o.stdout).To(And(ContainSubstring("[ack.timeout]"), ContainSubstring(`/deploy failed with the error "operation_timeout"`)))
	})

	It("bounds an app that floods, and prints nothing that a terminal obeys", func() {
		flood := catching(func(w http.ResponseWriter, _ *http.Request) {
			piece := bytes.Repeat([]byte("\x1b[31m"), 8192)
			for range 64 {
				if _, err := w.Write(piece); err != nil {
					return
				}
			}
		})
		o := sending("command", "/deploy", "--to", flood.url)
		Expect(o.code).To(Equal(1))
		Expect(o.stdout).To(ContainSubstring("[reply.too-large]"))
		Expect(o.stdout).NotTo(ContainSubstring("\x1b"))
	})

	It("names an app that is not there", func() {
		nobody := httptest.NewServer(http.NotFoundHandler())
		nobody.Close()
		o := sending("command", "/deploy", "--to", nobody.URL)
		Expect(o.code).To(Equal(1))
		Expect(o.stdout).To(And(ContainSubstring("[tcp.refused]"), ContainSubstring("not sent     POST"), Not(ContainSubstring("X-Slack-Signature"))))
	})

	It("holds a public name to Slack's rules, and this machine not", func() {
		app := sampleApp(demo.Options{Fault: "incomplete-chain"})
		o := belay(ctx, owner(app), append([]string{"send", "command", "/deploy", "--to", app.Commands}, road(app)...)...)
		Expect(o.code).To(Equal(1))
		Expect(o.stdout).To(And(ContainSubstring("[cert.chain-incomplete]"), ContainSubstring("ssl_cacert")))
		here := catching(nil)
		Expect(reported(sending("command", "/x", "--to", here.url, "-o", "json").stdout).Sections[0].Target.Local).To(BeTrue())
	})

	It("exits with 130 when it is interrupted, with the report", func() {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		app := catching(func(_ http.ResponseWriter, r *http.Request) {
			cancel()
			<-r.Context().Done()
		})
		o := belay(ctx, env{"SLACK_SIGNING_SECRET": testSecret}, "send", "command", "/x", "--repeat", "5", "--to", app.url, "-o", "json")
		Expect(o.code).To(Equal(130))
		r := reported(o.stdout)
		Expect(r.Interrupted).To(BeTrue())
		Expect(r.Verdict.Status).To(Equal(checks.Inconclusive))
		Expect(app.requests()).To(HaveLen(1))
	})

	DescribeTable("lists", func(words []string, args ...string) {
		o := belay(ctx, env{}, append([]string{"send"}, args...)...)
		Expect(o).To(Equal(outcome{0, o.stdout, ""}))
		for _, w := range words {
			Expect(o.stdout).To(ContainSubstring(w))
		}
	},
		Entry("the kinds without arguments", []string{"command", "block_actions", "event TYPE", "workflow_step_edit"}),
		Entry("the kinds with --list", []string{"view_submission"}, "--list"),
		Entry("the events", []string{"app_mention ", "message/bot_message"}, "event", "--list"),
		Entry("the elements", []string{"datepicker\n"}, "block_actions", "--list"),
	)

	DescribeTable("refuses, with status 2 and before anything is sent,",
		func(says types.GomegaMatcher, args ...string) {
			app := catching(nil)
			for i, a := range args {
				args[i] = strings.ReplaceAll(a, "APP", app.url)
			}
			o := sending(args...)
			Expect(o.code).To(Equal(2))
			Expect(o.stdout).To(BeEmpty())
			Expect(o.stderr).To(And(HavePrefix("belay: "), MatchRegexp(`\nhint: .+\n$`), says))
			Expect(app.requests()).To(BeEmpty())
		},
		Entry("an unknown kind", ContainSubstring("did you mean command?"), "comand", "--to", "APP"),
		Entry("an unknown event", ContainSubstring("did you mean app_mention?"), "event", "app_mentoin", "--to", "APP"),
		Entry("an event without a type", ContainSubstring("belay send event app_mention"), "event", "--to", "APP"),
		Entry("an unknown element", ContainSubstring("did you mean button?"), "block_actions", "--element", "buton", "--to", "APP"),
		Entry("an unknown field", ContainSubstring("did you mean user_id?"), "command", "/x", "--set", "userid=1", "--to", "APP"),
		Entry("an unknown field to leave out", ContainSubstring("--unset evnt"), "app_mention", "--unset", "evnt", "--to", "APP"),
		Entry("a field without a value", ContainSubstring("FIELD=VALUE"), "command", "/x", "--set", "text", "--to", "APP"),
		Entry("an unknown persona", ContainSubstring("there are workspace, enterprise"), "command", "/x", "--persona", "boss", "--to", "APP"),
		Entry("an unknown tamper", ContainSubstring("did you mean unsigned?"), "command", "/x", "--tamper", "unsinged", "--to", "APP"),
		Entry("a tamper without effect", ContainSubstring("changes nothing"), "ssl_check", "--tamper", "unsigned", "--to", "APP"),
		Entry("a lost first command", ContainSubstring("goes with events"), "command", "/x", "--tamper", "lost-first", "--to", "APP"),
		Entry("no command", ContainSubstring(`"/deploy prod"`), "command", "--to", "APP"),
		Entry("a command without its slash", ContainSubstring("starts with /"), "command", "deploy", "--to", "APP"),
		Entry("words behind what takes none", ContainSubstring("takes nothing behind it"), "ssl_check", "now", "--to", "APP"),
		Entry("a flag that says nothing about the kind", ContainSubstring("--action says nothing about command"), "command", "/x", "--action", "a", "--to", "APP"),
		Entry("an input without a value", ContainSubstring("ACTION_ID=VALUE"), "view_submission", "--input", "x", "--to", "APP"),
		Entry("no URL", ContainSubstring("send needs a URL"), "command", "/x"),
		Entry("half a URL", ContainSubstring("want a whole URL"), "command", "/x", "--to", "localhost:3000"),
		Entry("another scheme", ContainSubstring("want a whole URL"), "command", "/x", "--to", "ftp://x"),
		Entry("a fragment", ContainSubstring("fragment"), "command", "/x", "--to", "http://localhost/#a"),
		Entry("no repetition", ContainSubstring("1 to 1000"), "command", "/x", "--repeat", "0", "--to", "APP"),
		Entry("a wait without repetitions", ContainSubstring("--every goes with --repeat"), "command", "/x", "--every", "1s", "--to", "APP"),
		Entry("a speed without retries", ContainSubstring("--speed goes with --retries"), "app_mention", "--speed", "2", "--to", "APP"),
		Entry("a slow speed", ContainSubstring("1 to 10000"), "app_mention", "--retries", "--speed", "0.5", "--to", "APP"),
		Entry("retries of a command", ContainSubstring("goes with events"), "command", "/x", "--retries", "--to", "APP"),
		Entry("retries of the challenge", ContainSubstring("goes with events"), "url_verification", "--retries", "--to", "APP"),
		Entry("retries and repetitions", ContainSubstring("do not go together"), "app_mention", "--retries", "--repeat", "2", "--to", "APP"),
		Entry("a time that is shorter than Slack's", ContainSubstring("shorter than --deadline"), "command", "/x", "--timeout", "1s", "--to", "APP"),
		Entry("an unknown print", ContainSubstring("curl, http or json"), "command", "/x", "--print", "wget", "--to", "APP"),
		Entry("printed repetitions", ContainSubstring("prints one request"), "command", "/x", "--print", "http", "--repeat", "2", "--to", "APP"),
		Entry("a tampered curl", ContainSubstring("signs afresh"), "command", "/x", "--print", "curl", "--tamper", "stale", "--to", "APP"),
		Entry("a file that is not there", ContainSubstring("no such file"), "command", "/x", "--message", "/nowhere.json", "--to", "APP"),
		Entry("--raw with the scene's flags", ContainSubstring("--user and --raw do not go together"), "command", "--raw", "/nowhere", "--user", "U1", "--to", "APP"),
		Entry("a list of what has none", ContainSubstring("nothing to list"), "command", "--list"),
	)

	DescribeTable("says where a file is wrong",
		func(flag, text, where string) {
			file := temporary("wrong.json", text)
			o := sending("view_submission", flag, file, "--to", "http://127.0.0.1:1/")
			Expect(o.code).To(Equal(2))
			Expect(o.stderr).To(ContainSubstring(file + where))
		},
		Entry("--raw", "--raw", "{\n  \"a\": 1,\n}", ":3:1: "),
		Entry("--raw that is neither", "--raw", "hello", ":1:1: want the fields as a JSON object"),
		Entry("--raw that is an empty file", "--raw", "", ":1:1: there is nothing here"),
		Entry("--raw that is a form with a wrong escape", "--raw", "a=1&payload=%zz", ":1:5: "),
		Entry("--raw that is a form without payload", "--raw", "a=1", ":1:1: a form without the field payload"),
		Entry("--view", "--view", "[1]", ":1:1: "),
	)

	It("does not repeat the password in a URL", func() {
		o := sending("command", "/x", "--to", "http://me:hunter2hunter2@127.0.0.1:1/")
		Expect(o.code).To(Equal(2))
		Expect(o.stderr).NotTo(ContainSubstring("hunter2"))
		o = sending("command", "/x", "--to", "http://me:hunter2hunter2@127.0.0.1:x/")
		Expect(o.stderr).NotTo(ContainSubstring("hunter2"))
	})

	DescribeTable("spills no secret, though the app sends all of them back",
		func(args ...string) {
			app, dir := spilling("application/json", 200), GinkgoT().TempDir()
			vars := env{"XDG_CACHE_HOME": dir}
			for name, value := range planted {
				vars[name] = value
			}
			for _, format := range []string{"text", "ndjson", "json", "junit", "markdown", "github"} {
				o := belay(ctx, vars, append([]string{"send", "--to", app.URL, "--header", "Authorization: " + plantedHeader, "-o", format}, args...)...)
				Expect(o.code).To(BeElementOf(0, 1), o.stderr)
				Expect(spilt(o.stdout, o.stderr)).To(BeEmpty())
			}
			kept, err := os.ReadFile(filepath.Join(dir, "belay", "last.json"))
			Expect(err).NotTo(HaveOccurred())
			Expect(spilt(string(kept))).To(BeEmpty())
		},
		Entry("after a command", "command", "/x"),
		Entry("after an event", "event", "app_mention"),
		Entry("after an action", "block_actions"),
		Entry("after a modal", "view_submission"),
		Entry("with repetitions", "command", "/x", "--repeat", "2"),
		Entry("with retries", "event", "app_mention", "--retries", "--speed", "10000"),
	)
})

// at is what stands at a path of a decoded payload.
func at(value any, path string) any {
	for _, name := range strings.Split(path, ".") {
		switch of := value.(type) {
		case map[string]any:
			value = of[name]
		case []any:
			value = of[0]
		}
	}
	return value
}

var _ = Describe("belay send --print", func() {
	It("prints the payload as JSON, and needs no URL for it", func() {
		o := sending("app_mention", "--set", "event.text=hi", "--print", "json")
		Expect(o).To(Equal(outcome{0, o.stdout, ""}))
		var fields map[string]any
		Expect(json.Unmarshal([]byte(o.stdout), &fields)).To(Succeed())
		Expect(at(fields, "event.text")).To(Equal("hi"))
	})

	It("prints the bytes of the request, rightly signed, or as they are spoilt", func() {
		o := sending("command", "/deploy", "--print", "http", "--to", "https://bot.example.com/slack?a=b")
		Expect(o).To(Equal(outcome{0, o.stdout, ""}))
		Expect(o.stdout).To(HavePrefix("POST /slack?a=b HTTP/1.1\r\nHost: bot.example.com\r\n"))
		head, body, _ := strings.Cut(o.stdout, "\r\n\r\n")
		r := caughtRequest{header: http.Header{}, body: []byte(body)}
		for _, line := range strings.Split(head, "\r\n")[1:] {
			name, value, _ := strings.Cut(line, ": ")
			r.header.Set(name, value)
		}
		Expect(signedBy(testSecret, r)).To(BeTrue())
		Expect(sending("command", "/deploy", "--tamper", "unsigned", "--print", "http", "--to", "https://bot.example.com").stdout).NotTo(ContainSubstring("X-Slack-Signature"))
	})

	It("prints no secret", func() {
		for _, format := range []string{"json", "http", "curl"} {
			o := belay(context.Background(), planted, "send", "command", "/x", "--header", "Authorization: "+plantedHeader,
				"--print", format, "--to", "https://bot.example.com/")
			Expect(o.code).To(Equal(0))
			Expect(spilt(o.stdout, o.stderr)).To(BeEmpty(), format)
		}
	})

	DescribeTable("prints a shell command that signs by itself:",
		func(verification string, args ...string) {
			for _, tool := range []string{"sh", "curl", "openssl"} {
				if _, err := exec.LookPath(tool); err != nil {
					Skip("this machine has no " + tool)
				}
			}
			app := catching(nil)
			o := sending(append(args, "--to", app.url+"?a=b%20c", "--print", "curl")...)
			Expect(o.code).To(Equal(0), o.stderr)
			Expect(o.stdout).NotTo(ContainSubstring(testSecret))
			run := exec.Command("sh")
			run.Stdin = strings.NewReader(o.stdout)
			run.Env = []string{"PATH=" + os.Getenv("PATH"), "SLACK_SIGNING_SECRET=" + testSecret, "SLACK_VERIFICATION_TOKEN=" + verification}
			said, err := run.CombinedOutput()
			Expect(err).NotTo(HaveOccurred(), "%s", said)
			Expect(string(said)).To(ContainSubstring("200 OK"))
			Expect(app.requests()).To(HaveLen(1))
			Expect(signedBy(testSecret, app.requests()[0])).To(BeTrue())
			Expect(app.requests()[0].header.Get("User-Agent")).To(HavePrefix("Slackbot 1.0"))
			if verification != "" {
				Expect(app.last()["token"]).To(Equal(verification))
			}
		},
		Entry("a command with everything that shells mistake", "", "command", "/deploy", `it's "$HOME" \ `+"`x`"+` %s & @file ü`),
		Entry("an event", "", "event", "app_mention", "--set", "event.text=it's %d"),
		Entry("an action", "", "block_actions"),
		Entry("a command with the verification token", "verif1cationT0ken", "command", "/x", "--verification-token", "verif1cationT0ken"),
		Entry("an event with the verification token", "verif1cationT0ken", "app_mention", "--verification-token", "verif1cationT0ken"),
	)

	It("prints a curl that stops without the secret", func() {
		if _, err := exec.LookPath("sh"); err != nil {
			Skip("this machine has no sh")
		}
		o := sending("command", "/x", "--to", "http://127.0.0.1:1/", "--print", "curl")
		run := exec.Command("sh")
		run.Stdin = strings.NewReader(o.stdout)
		run.Env = []string{"PATH=" + os.Getenv("PATH")}
		said, err := run.CombinedOutput()
		Expect(err).To(HaveOccurred())
		Expect(string(said)).To(ContainSubstring("set it to the signing secret of your app"))
	})
})
