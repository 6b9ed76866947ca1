package cli_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/coder/websocket"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// connect opens a Socket Mode connection that acknowledges what comes, with a payload.
func (s *served) connect(ctx context.Context, payload string) {
	GinkgoHelper()
	r, err := http.NewRequestWithContext(ctx, "POST", s.API+"apps.connections.open", nil)
	Expect(err).NotTo(HaveOccurred())
	r.Header.Set("Authorization", "Bearer xapp-1")
	w, err := http.DefaultClient.Do(r)
	Expect(err).NotTo(HaveOccurred())
	defer w.Body.Close()
	var opened struct{ URL string }
	Expect(json.NewDecoder(w.Body).Decode(&opened)).To(Succeed())
	conn, _, err := websocket.Dial(ctx, opened.URL, nil)
	Expect(err).NotTo(HaveOccurred())
	greeted := make(chan struct{})
	go func() {
		for n := 0; ; n++ {
			_, text, err := conn.Read(ctx)
			if err != nil {
				return
			}
			if n == 0 {
				close(greeted)
				continue
			}
			var envelope struct {
				ID string `json:"envelope_id"`
			}
			_ = json.Unmarshal(text, &envelope)
			_ = conn.Write(ctx, websocket.MessageText, []byte(`{"envelope_id":"`+envelope.ID+`","payload":`+payload+`}`))
		}
	}()
	Eventually(greeted, "5s").Should(BeClosed())
	DeferCleanup(conn.CloseNow)
}

var _ = Describe("belay send --serve", func() {
	It("reaches an app that is connected by Socket Mode", func() {
		ctx, cancel := context.WithCancel(context.Background())
		DeferCleanup(cancel)
		s := serve(nil)
		s.connect(ctx, `{"text":"deployed"}`)
		o := belay(ctx, env{"BELAY_CONTROL_TOKEN": s.Token}, "send", "command", "/deploy prod", "--serve", s.Control)
		Expect(o.code).To(Equal(0), o.stderr)
		Expect(o.stdout).To(And(ContainSubstring("acknowledges /deploy"), ContainSubstring("deployed")))
		Expect(s.asked("GET", "deliveries", "")).To(ContainSubstring(`"envelope_id"`))
	})

	It("reaches an app by the URL that the fake Slack knows", func() {
		got := make(chan string, 1)
		app := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			got <- string(body)
		}))
		DeferCleanup(app.Close)
		s := serve(nil, "--app", app.URL, "--signing-secret", "abc")
		o := belay(context.Background(), env{"BELAY_CONTROL_TOKEN": s.Token}, "send", "event", "app_mention", "--set", "event.user=U123", "--serve", s.Control, "-o", "json")
		Expect(o.code).To(Equal(0), o.stderr)
		Expect(o.stdout).To(ContainSubstring(`"status": "pass"`))
		Expect(<-got).To(ContainSubstring(`"user":"U123"`))
	})

	DescribeTable("says what to do",
		func(change func(*[]string, env), code int, words ...string) {
			s := serve(nil)
			args, vars := []string{"send", "command", "/x", "--serve", s.Control}, env{"BELAY_CONTROL_TOKEN": s.Token}
			change(&args, vars)
			o := belay(context.Background(), vars, args...)
			Expect(o.code).To(Equal(code), o.stderr)
			for _, w := range words {
				Expect(o.stderr).To(ContainSubstring(w))
			}
			Expect(strings.Contains(o.stdout+o.stderr, s.Token)).To(BeFalse())
		},
		Entry("where nothing is connected", func(*[]string, env) {}, 3, "nowhere to go", "hint: start the app"),
		Entry("where the token is another", func(_ *[]string, v env) { v["BELAY_CONTROL_TOKEN"] = "other" }, 3, "hint: BELAY_CONTROL_TOKEN"),
		Entry("where nothing listens", func(a *[]string, _ env) { (*a)[4] = "http://127.0.0.1:1/" }, 3, "hint: --serve takes"),
		Entry("where a URL is given too", func(a *[]string, _ env) { *a = append(*a, "--to", "http://localhost:1/") }, 2, "--serve sends by itself"),
	)
})
