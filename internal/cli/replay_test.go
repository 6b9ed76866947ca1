package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/internal/cli"
	"belay/internal/demo"
	"belay/simulator/payload"
)

const replaySecret = "8f742231b10e8888abcd99yyyzzz85a5"

// A tape is an app that verifies, acknowledges and remembers what it got.
type tape struct {
	*httptest.Server
	mu  sync.Mutex
	got []taped
}

type taped struct {
	path   string
	header http.Header
	body   string
}

func newTape() *tape {
	t := &tape{}
	t.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		t.mu.Lock()
		defer t.mu.Unlock()
		t.got = append(t.got, taped{r.URL.RequestURI(), r.Header, string(body)})
		if !payload.Verify(replaySecret, r.Header.Get(payload.SignatureHeader), r.Header.Get(payload.TimestampHeader), body, time.Now()) {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}))
	DeferCleanup(t.Close)
	return t
}

func (t *tape) all() []taped {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]taped(nil), t.got...)
}

// replayer has the secret of the tape in the environment.
var replayer = env{"SLACK_SIGNING_SECRET": replaySecret}

// replay runs belay replay with a text on standard input.
func replay(vars env, stdin string, args ...string) outcome {
	var stdout, stderr bytes.Buffer
	code := cli.Run(context.Background(), cli.IO{
		Args: append([]string{"replay"}, args...), Env: func(name string) string { return vars[name] },
		Stdin: strings.NewReader(stdin), Stdout: &stdout, Stderr: &stderr,
	})
	return outcome{code, stdout.String(), stderr.String()}
}

const liveHook = "https://hooks.slack.com/commands/TDEPLOY0001/1234567890/LiveLiveLiveLiveLiveLive"

// curlLine is what a person pastes.
func curlLine(to string, more ...string) string {
	fields := payload.Object{
		{Name: "token", Value: "recorded-verification-token"}, {Name: "command", Value: "/deploy"}, {Name: "text", Value: "prod"},
		{Name: "response_url", Value: liveHook},
	}
	return "curl '" + to + "' -H 'X-Forwarded-For: 192.0.2.1' \\\n --data-raw '" + string(payload.Encode(payload.Form, fields)) + "' " + strings.Join(more, " ")
}

// harOf is a HAR file of events, so many milliseconds apart, the last first.
func harOf(to string, apart ...int) string {
	var entries []any
	at := time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)
	for n, ms := range apart {
		at = at.Add(time.Duration(ms) * time.Millisecond)
		fields := payload.Event.Fields(payload.Scene{EventType: "message", Text: "event " + strconv.Itoa(n+1), Time: at})
		fields = fields.With("event_id", "EvRECORDED"+strconv.Itoa(n+1))
		entries = append([]any{map[string]any{
			"startedDateTime": at.Format(time.RFC3339Nano),
			"request": map[string]any{
				"method": "POST", "url": to, "headers": []payload.HeaderField{{Name: "Content-Type", Value: "application/json"}},
				"postData": map[string]any{"mimeType": "application/json", "text": string(payload.Encode(payload.JSON, fields))},
			},
		}}, entries...)
	}
	entries = append(entries, map[string]any{"request": map[string]any{"method": "GET", "url": to + "/favicon.ico"}, "startedDateTime": at})
	text, err := json.Marshal(map[string]any{"log": map[string]any{"entries": entries}})
	Expect(err).NotTo(HaveOccurred())
	return string(text)
}

func fileOf(name, text string) string {
	GinkgoHelper()
	file := filepath.Join(GinkgoT().TempDir(), name)
	Expect(os.WriteFile(file, []byte(text), 0o600)).To(Succeed())
	return file
}

func remarks(s checks.Section) string {
	var all []string
	for _, r := range s.Results {
		for _, remark := range r.Remarks {
			all = append(all, remark.Text)
		}
	}
	return strings.Join(all, "\n")
}

var _ = Describe("belay replay", func() {
	It("sends again what belay check sent, from its saved report, and the app acknowledges it", func() {
		app := sampleApp(demo.Options{})
		saved := filepath.Join(GinkgoT().TempDir(), "report.json")
		road := checking(app)[2:]
		o := belay(context.Background(), owner(app), append([]string{"check", app.URL, "--command", app.Command, "-o", "json=" + saved}, road...)...)
		Expect(o.code).To(Equal(0), o.stderr)

		o = belay(context.Background(), owner(app), append([]string{"replay", saved, "--to", app.URL, "--max-wait", "0s", "-o", "json"}, road...)...)
		Expect(o.code).To(Equal(0), o.stdout+o.stderr)
		r := reported(o.stdout)
		Expect(r.Command).To(Equal("replay"))
		Expect(r.Verdict.Status).To(Equal(checks.Pass))
		var answers []string
		for _, section := range r.Sections {
			Expect(section.Results[0].Status).To(Equal(checks.Pass), section.Name)
			if strings.Contains(section.Name, "/deploy of ") {
				answers = append(answers, section.Results[0].Evidence.Exchanges[0].Response.Body)
			}
		}
		Expect(answers).To(ConsistOf(ContainSubstring("Deploying")))
	})

	It("takes a curl line from standard input, and never passes on its response_url", func() {
		app := newTape()
		o := replay(replayer, curlLine(app.URL+"/slack/commands"), "-", "-o", "json")
		Expect(o.code).To(Equal(0), o.stdout+o.stderr)
		got := app.all()
		Expect(got).To(HaveLen(1))
		Expect(got[0].path).To(Equal("/slack/commands"))
		Expect(got[0].header).NotTo(HaveKey("X-Forwarded-For"))
		Expect(got[0].header.Get("User-Agent")).To(Equal(payload.UserAgent))
		form, err := url.ParseQuery(got[0].body)
		Expect(err).NotTo(HaveOccurred())
		Expect(form.Get("response_url")).To(HaveSuffix("/this-is-belay-no-reply-here"))
		Expect(form.Get("text")).To(Equal("prod"))
		Expect(o.stdout + o.stderr).NotTo(Or(ContainSubstring("LiveLive"), ContainSubstring("recorded-verification-token")))
		section := reported(o.stdout).Sections[0]
		Expect(section.Name).To(Equal("/deploy of standard input:1"))
		Expect(remarks(section)).To(And(
			ContainSubstring("renewed: response_url"),
			ContainSubstring(`User-Agent was "curl"; Slack sends "Slackbot`),
			ContainSubstring("added X-Forwarded-For"),
			ContainSubstring("it was not signed"),
		))
	})

	It("keeps ids and response_url with --keep-ids, and does not print them", func() {
		app := newTape()
		o := replay(replayer, curlLine(app.URL), "-", "--keep-ids", "-o", "json")
		Expect(o.code).To(Equal(0), o.stdout+o.stderr)
		form, err := url.ParseQuery(app.all()[0].body)
		Expect(err).NotTo(HaveOccurred())
		Expect(form.Get("response_url")).To(Equal(liveHook))
		Expect(o.stdout + o.stderr).NotTo(Or(ContainSubstring("LiveLive"), ContainSubstring("recorded-verification-token")))
	})

	It("carries the given verification token in place of the recorded one", func() {
		app := newTape()
		o := replay(replayer, curlLine(app.URL), "-", "--verification-token", "the-apps-own-token")
		Expect(o.code).To(Equal(0), o.stdout+o.stderr)
		Expect(app.all()[0].body).To(HavePrefix("token=the-apps-own-token&"))
		Expect(o.stdout + o.stderr).NotTo(ContainSubstring("the-apps-own-token"))
	})

	It("sends the requests of a HAR file in their order and spacing, each event under a new id", func() {
		app := newTape()
		file := fileOf("capture.har", harOf("https://bot.example.com/slack/events", 0, 80, 80))
		began := time.Now()
		o := replay(replayer, "", file, "--to", app.URL, "-o", "json")
		Expect(time.Since(began)).To(BeNumerically(">=", 160*time.Millisecond))
		Expect(o.code).To(Equal(0), o.stdout+o.stderr)
		Expect(o.stderr).To(ContainSubstring("1 of 4 requests are none of Slack's"))
		got := app.all()
		Expect(got).To(HaveLen(3))
		ids := map[string]bool{}
		for n, g := range got {
			Expect(g.path).To(Equal("/slack/events"))
			Expect(g.body).To(ContainSubstring(fmt.Sprintf(`"event %d"`, n+1)))
			Expect(g.body).NotTo(ContainSubstring("EvRECORDED"))
			fields, err := payload.ParseObject("body", []byte(g.body))
			Expect(err).NotTo(HaveOccurred())
			ids[fields.Text("event_id")] = true
		}
		Expect(ids).To(HaveLen(3))
		Expect(reported(o.stdout).Sections).To(HaveLen(3))
	})

	It("sends some alone, and waits no longer than it is told", func() {
		app := newTape()
		file := fileOf("capture.har", harOf(app.URL+"/slack/events", 0, 3600_000, 3600_000, 0))
		o := replay(replayer, "", file, "--only", "2-3,1", "--max-wait", "1ms")
		Expect(o.code).To(Equal(0), o.stdout+o.stderr)
		Expect(app.all()).To(HaveLen(3))
		Expect(o.stdout).To(ContainSubstring("All 3 requests went as they should."))
	})

	It("exits with 1 where the app does not acknowledge", func() {
		app := newTape()
		o := replay(env{"SLACK_SIGNING_SECRET": "another-secret-altogether"}, curlLine(app.URL), "-")
		Expect(o.code).To(Equal(1))
		Expect(o.stdout).To(ContainSubstring("signature.rejects-valid"))
	})

	It("spoils a recording, which has to be refused", func() {
		app := newTape()
		o := replay(replayer, curlLine(app.URL), "-", "--tamper", "stale=6m")
		Expect(o.code).To(Equal(0), o.stdout+o.stderr)
		Expect(o.stdout).To(ContainSubstring("refuses"))
	})

	It("does not send to another machine unasked", func() {
		o := replay(replayer, curlLine("https://bot.example.com/slack/commands"), "-")
		Expect(o).To(Equal(outcome{2, "", o.stderr}))
		Expect(o.stderr).To(And(ContainSubstring("standard input:1 went to another machine"), ContainSubstring("--to-recorded")))
	})

	It("sends there when it is asked", func() {
		app := newTape()
		o := replay(replayer, curlLine(strings.Replace(app.URL, "127.0.0.1", "bot.example.com", 1)+"/slack/commands"), "-", "--to-recorded", "--local",
			"--resolve", strings.TrimPrefix(strings.Replace(app.URL, "127.0.0.1", "bot.example.com", 1), "http://")+":127.0.0.1")
		Expect(o.code).To(Equal(0), o.stdout+o.stderr)
		Expect(app.all()).To(HaveLen(1))
	})

	DescribeTable("refuses, with 2 and a reason,",
		func(stdin, message string, args ...string) {
			o := replay(env{}, stdin, args...)
			Expect(o).To(Equal(outcome{2, "", o.stderr}))
			Expect(o.stderr).To(ContainSubstring(message))
		},
		Entry("no file", "", "replay needs a file of recorded requests"),
		Entry("a file that is not there", "", "read the recordings: open none.har:", "none.har"),
		Entry("standard input twice", "", "standard input can be read once", "-", "-"),
		Entry("a text that is no recording", "hello", "standard input: this is no recording", "-"),
		Entry("a broken line", "curl 'http://localhost", "standard input:1:6: the quotation mark ' is not closed", "-"),
		Entry("a format that there is none of", "", "--from pcap: want curl, har, http, report, ngrok", "-", "--from", "pcap"),
		Entry("a number that there is none of", "curl http://localhost:1 -d command=/a", "--only 2: want numbers from 1 to 1", "-", "--only", "2"),
		Entry("a speed", "", "--speed 0: want 0.01 to 10000", "-", "--speed", "0"),
		Entry("a tamper that needs retries", "", "--tamper duplicate goes with belay send", "-", "--tamper", "duplicate"),
		Entry("a tamper that changes nothing", "curl http://localhost:1 -d 'ssl_check=1'", "--tamper flipped-digit changes nothing", "-", "--tamper", "flipped-digit"),
		Entry("two destinations", "", "--to and --to-recorded do not go together", "-", "--to", "http://localhost", "--to-recorded"),
	)
})
