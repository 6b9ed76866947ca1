package simulator_test

import (
	"context"
	"encoding/json"
	"net/http"
	"sync/atomic"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/clock"
	"belay/simulator/payload"
)

var _ = Describe("an event that is not acknowledged", func() {
	It("comes again at once, after 1 minute and after 5, the same and signed anew", func() {
		c := clock.At(noon)
		s := start(simulator.Options{Clock: c})
		a := serve(status(500))
		outcome := deliver(s, event(a.URL))
		turnOnce(s, c, 2, time.Minute)
		turnOnce(s, c, 3, 5*time.Minute)
		o := come(outcome)
		Expect(o.Acknowledged).To(BeFalse())
		Expect(o.Err).NotTo(HaveOccurred())
		Expect(o.Attempts).To(HaveLen(4))

		requests := a.requests()
		var nums, reasons, timestamps []string
		for i, r := range requests {
			Expect(r.Body).To(Equal(requests[0].Body))
			timestamp := r.Header.Get(payload.TimestampHeader)
			Expect(r.Header.Get(payload.SignatureHeader)).To(Equal(payload.Sign(secret, timestamp, []byte(r.Body))))
			Expect(o.Attempts[i].EventID).To(SatisfyAll(HavePrefix("Ev"), Equal(o.Attempts[0].EventID)))
			nums, reasons = append(nums, r.Header.Get("X-Slack-Retry-Num")), append(reasons, r.Header.Get("X-Slack-Retry-Reason"))
			timestamps = append(timestamps, timestamp)
		}
		Expect(nums).To(Equal([]string{"", "1", "2", "3"}))
		Expect(reasons).To(Equal([]string{"", "http_error", "http_error", "http_error"}))
		Expect(timestamps).To(Equal([]string{
			payload.Timestamp(noon), payload.Timestamp(noon),
			payload.Timestamp(noon.Add(time.Minute)), payload.Timestamp(noon.Add(6 * time.Minute)),
		}))
	})

	It("comes no more once it is acknowledged", func() {
		var asked atomic.Int32
		a := serve(func(w http.ResponseWriter, _ *http.Request) {
			if asked.Add(1) == 1 {
				w.WriteHeader(503)
			}
		})
		o := come(deliver(start(simulator.Options{}), event(a.URL)))
		Expect(o.Acknowledged).To(BeTrue())
		Expect(o.Attempts).To(HaveLen(2))
	})

	DescribeTable("is acknowledged by any 2xx", func(code int) {
		Expect(come(deliver(start(simulator.Options{}), event(serve(status(code)).URL))).Attempts).To(HaveLen(1))
	},
		Entry("200", 200), Entry("201", 201), Entry("204", 204), Entry("299", 299),
	)

	It("says http_timeout after 3 seconds, and does not wait for the first answer", func() {
		c := clock.At(noon)
		s := start(simulator.Options{Clock: c})
		var asked atomic.Int32
		a := serve(func(w http.ResponseWriter, r *http.Request) {
			if asked.Add(1) == 1 {
				sleepy(w, r)
			}
		})
		outcome := deliver(s, event(a.URL))
		Eventually(a.requests).Should(HaveLen(1))
		turnOnce(s, c, 0, 3*time.Second)
		Expect(come(outcome).Acknowledged).To(BeTrue())
		Expect(a.requests()[1].Header.Get("X-Slack-Retry-Reason")).To(Equal("http_timeout"))
	})

	It("comes no more when the app says X-Slack-No-Retry: 1", func() {
		a := serve(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Slack-No-Retry", "1")
			w.WriteHeader(500)
		})
		o := come(deliver(start(simulator.Options{}), event(a.URL)))
		Expect(o.Attempts).To(HaveLen(1))
		Expect(o.Withheld).To(Equal(simulator.NoRetry))
	})

	It("takes milliseconds on a fast clock", func() {
		s := start(simulator.Options{Clock: &clock.Clock{Speed: 1e6}})
		Expect(come(deliver(s, event(closed()))).Attempts).To(HaveLen(4))
	})

	It("ends with its context, and with the server", func() {
		s := start(simulator.Options{Clock: clock.At(noon)})
		ctx, cancel := context.WithCancel(context.Background())
		outcome := make(chan simulator.Outcome, 1)
		go func() { outcome <- s.Deliver(ctx, event(closed())) }()
		Eventually(func() int { return len(s.Attempts()) }).Should(Equal(2))
		cancel()
		Expect(come(outcome).Err).To(MatchError(context.Canceled))

		outcomes := deliver(s, event(serve(sleepy).URL))
		Eventually(s.Clock().Waiting).Should(Equal(1))
		Expect(s.Close()).To(Succeed())
		Expect(come(outcomes).Err).To(MatchError(http.ErrServerClosed))
		Expect(s.Deliver(context.Background(), event(closed())).Err).To(MatchError(http.ErrServerClosed))
	})

	It("is what a command, an action and a url_verification never are", func() {
		a := serve(status(500))
		s := start(simulator.Options{})
		for _, d := range []payload.Delivery{
			command(a.URL), action(a.URL),
			{Kind: payload.URLVerification, Fields: payload.URLVerification.Fields(payload.Scene{}), URL: a.URL, Secret: secret},
		} {
			Expect(come(deliver(s, d)).Attempts).To(HaveLen(1))
		}
	})
})

var _ = Describe("the failure limit", func() {
	few := profiled(func(p *simulator.Profile) { p.DisableFrom, p.Retries = 20, nil })

	// fails sends that many events, of which the first are acknowledged.
	fails := func(s *simulator.Server, good, bad int) (last simulator.Outcome) {
		healthy, broken := serve(status(200)).URL, serve(status(500)).URL
		for i := range good + bad {
			to := broken
			if i < good {
				to = healthy
			}
			last = s.Deliver(context.Background(), event(to))
		}
		return last
	}

	It("turns subscriptions off when more than 95 % of an hour's deliveries failed", func() {
		s := start(simulator.Options{Clock: clock.At(noon), Profile: few})
		Expect(fails(s, 1, 20).Withheld).To(Equal(simulator.SubscriptionsOff))
		Expect(s.Subscribed()).To(BeFalse())
		o := fails(s, 1, 0)
		Expect(o.Withheld).To(Equal(simulator.SubscriptionsOff))
		Expect(o.Attempts).To(BeEmpty())
		s.Subscribe()
		Expect(fails(s, 1, 0).Acknowledged).To(BeTrue())
	})

	It("leaves an app alone whose failures are 95 %, or spread over more than an hour, or few", func() {
		s := start(simulator.Options{Clock: clock.At(noon), Profile: few})
		fails(s, 1, 19)
		Expect(s.Subscribed()).To(BeTrue())
		s.Clock().Advance(time.Hour)
		fails(s, 0, 19)
		Expect(s.Subscribed()).To(BeTrue())
		fails(s, 0, 1)
		Expect(s.Subscribed()).To(BeFalse())
	})

	It("counts retries as failures", func() {
		four := profiled(func(p *simulator.Profile) { p.DisableFrom, p.Retries = 2, []time.Duration{0, 0, 0} })
		s := start(simulator.Options{Clock: clock.At(noon), Profile: four})
		fails(s, 1, 5)
		Expect(s.Attempts()).To(HaveLen(1 + 5*4))
		Expect(s.Subscribed()).To(BeFalse())
	})
})

var _ = Describe("the limit of events", func() {
	It("tells the app once a minute, per workspace", func() {
		three := profiled(func(p *simulator.Profile) { p.EventsPerHour = 3 })
		c := clock.At(noon)
		s := start(simulator.Options{Clock: c, Profile: three})
		a := serve(status(200))
		for range 5 {
			come(deliver(s, event(a.URL)))
		}
		Expect(a.requests()).To(HaveLen(4))
		var told map[string]any
		Expect(json.Unmarshal([]byte(a.requests()[3].Body), &told)).To(Succeed())
		Expect(told).To(Equal(map[string]any{
			"token": payload.StandInToken, "type": "app_rate_limited", "team_id": payload.StandInTeam,
			"minute_rate_limited": float64(noon.Unix()), "api_app_id": payload.StandInApp,
		}))

		Expect(s.Attempts()[3].Kind).To(Equal("app_rate_limited"))

		other := event(a.URL)
		other.Fields = payload.Event.Fields(payload.Scene{TeamID: "TOTHER"})
		Expect(come(deliver(s, other)).Acknowledged).To(BeTrue())

		c.Advance(time.Minute)
		Expect(come(deliver(s, event(a.URL))).Withheld).To(Equal(simulator.RateLimited))
		Expect(a.requests()).To(HaveLen(6))
		c.Advance(time.Hour)
		Expect(come(deliver(s, event(a.URL))).Acknowledged).To(BeTrue())
	})
})
