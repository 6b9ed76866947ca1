package simulator_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/clock"
	"belay/simulator/payload"
)

func TestSimulator(t *testing.T) {
	RegisterFailHandler(Fail)
	SetDefaultEventuallyTimeout(10 * time.Second)
	SetDefaultEventuallyPollingInterval(time.Millisecond)
	RunSpecs(t, "Simulator")
}

const secret = payload.Secret("8f742231b10e8888abcd99yyyzzz85a5")

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// start opens a fake Slack that the spec closes.
func start(o simulator.Options) *simulator.Server {
	s, err := simulator.Start(o)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(s.Close)
	return s
}

// profiled is Slack's profile with a change.
func profiled(change func(*simulator.Profile)) *simulator.Profile {
	p := simulator.SlackProfile()
	change(&p)
	return &p
}

// request is what an app got.
type request struct {
	Method, Path string
	Header       http.Header
	Body         string
}

// app is one that remembers what it got, and answers with its handler.
type app struct {
	URL *url.URL
	mu  sync.Mutex
	got []request
}

func (a *app) requests() []request {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]request(nil), a.got...)
}

func (a *app) remembering(answer http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		a.mu.Lock()
		a.got = append(a.got, request{r.Method, r.URL.Path, r.Header, string(body)})
		a.mu.Unlock()
		answer(w, r)
	}
}

func serve(answer http.HandlerFunc) *app {
	a := &app{}
	server := httptest.NewServer(a.remembering(answer))
	DeferCleanup(server.Close)
	a.URL = parse(server.URL + "/slack/events")
	return a
}

func parse(text string) *url.URL {
	u, err := url.Parse(text)
	Expect(err).NotTo(HaveOccurred())
	return u
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// sleepy answers only when its client hangs up.
func sleepy(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func event(to *url.URL) payload.Delivery {
	return payload.Delivery{
		Kind: payload.Event, Fields: payload.Event.Fields(payload.Scene{EventType: "app_mention", Text: "hello"}),
		URL: to, Secret: secret,
	}
}

func command(to *url.URL) payload.Delivery {
	return payload.Delivery{
		Kind: payload.Command, Fields: payload.Command.Fields(payload.Scene{Command: "/deploy", Text: "prod"}),
		URL: to, Secret: secret,
	}
}

func action(to *url.URL) payload.Delivery {
	return payload.Delivery{
		Kind: payload.BlockActions, Fields: payload.BlockActions.Fields(payload.Scene{ActionID: "approve"}),
		URL: to, Secret: secret,
	}
}

// deliver begins a delivery, whose outcome comes later.
func deliver(s *simulator.Server, d payload.Delivery) <-chan simulator.Outcome {
	outcome := make(chan simulator.Outcome, 1)
	go func() { outcome <- s.Deliver(context.Background(), d) }()
	return outcome
}

// come waits for the outcome.
func come(outcomes <-chan simulator.Outcome) simulator.Outcome {
	GinkgoHelper()
	var o simulator.Outcome
	Eventually(outcomes).Should(Receive(&o))
	return o
}

// turnOnce turns the clock when that many attempts were made and the next, or its
// end, is waited for.
func turnOnce(s *simulator.Server, c *clock.Clock, attempts int, d time.Duration) {
	GinkgoHelper()
	Eventually(func() []int { return []int{len(s.Attempts()), c.Waiting()} }).Should(Equal([]int{attempts, 1}))
	c.Advance(d)
}

// problems are the IDs of what the fake Slack found.
func problems(s *simulator.Server) []string {
	var ids []string
	for _, f := range s.Findings() {
		ids = append(ids, f.Problem)
	}
	return ids
}
