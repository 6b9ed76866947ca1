package simulator_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/coder/websocket"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/clock"
)

// live opens a fake Slack on a clock that stands, with a socket.
func live(change ...func(*simulator.Profile)) (*simulator.Server, *clock.Clock, *client) {
	GinkgoHelper()
	c := clock.At(noon)
	p := simulator.SlackProfile()
	for _, f := range change {
		f(&p)
	}
	s := start(simulator.Options{Clock: c, Profile: &p})
	return s, c, connect(s)
}

// counted waits until that many sockets are open.
func counted(s *simulator.Server, n int) {
	GinkgoHelper()
	Eventually(s.Sockets).Should(HaveLen(n))
}

var _ = Describe("a socket", func() {
	It("says hello first", func() {
		s := start(simulator.Options{Clock: clock.At(noon), AppID: "A1"})
		Expect(open(ticket(s)).next().raw).To(MatchJSON(`{"type":"hello","num_connections":1,
			"debug_info":{"host":"applink-belay","started":"2026-11-23 12:00:00.000","build_number":1,"approximate_connection_time":3600},
			"connection_info":{"app_id":"A1"}}`))
		Expect(open(ticket(s)).next().NumConnections).To(Equal(2))
		Expect(string(open(ticket(s) + "&debug_reconnects=true").next().raw)).To(ContainSubstring(`"approximate_connection_time":360}`))
	})

	It("is one of at most ten", func() {
		s := start(simulator.Options{})
		for range 10 {
			connect(s)
		}
		counted(s, 10)
		eleventh := open(ticket(s))
		Expect(eleventh.next().raw).To(MatchJSON(`{"type":"disconnect","reason":"too_many_websockets","debug_info":{"host":"applink-belay"}}`))
		Eventually(eleventh.ended).Should(Receive())
		Expect(s.Sockets()).To(HaveLen(10))
		Expect(s.Sockets()[0].ID()).To(Equal(1))
		s.Sockets()[0].Disconnect(simulator.TooManyWebsockets)
		counted(s, 9)
		Expect(connect(s)).NotTo(BeNil())
	})

	It("is pinged every 10 seconds, and left alone while it answers", func() {
		s, c, app := live()
		for range 6 {
			Eventually(c.Waiting).Should(Equal(2))
			c.Advance(10 * time.Second)
			Eventually(app.pings).Should(Receive(Equal("Ping from applink-belay")))
			// The pong is there when the answer to a later ping is.
			Expect(app.Ping(context.Background())).To(Succeed())
		}
		Expect(s.Sockets()).To(HaveLen(1))
	})

	It("is pinged by the machine's time where the clock stands", func() {
		_, _, app := live(func(p *simulator.Profile) { p.Socket.PingEvery = time.Millisecond; p.Socket.MissedPongs = 1000 })
		Eventually(app.pings).Should(Receive())
		Eventually(app.pings).Should(Receive())
	})

	It("is ended after three pings without a pong", func() {
		c := clock.At(noon)
		s := start(simulator.Options{Clock: c})
		app := openRaw(s)
		counted(s, 1)
		for range 3 {
			Eventually(c.Waiting).Should(Equal(2))
			c.Advance(10 * time.Second)
			Expect(string(app.frame().Payload)).To(Equal("Ping from applink-belay"))
		}
		Eventually(c.Waiting).Should(Equal(2))
		c.Advance(10 * time.Second)
		code, _ := app.closing()
		Expect(code).To(BeEquivalentTo(1001))
		counted(s, 0)
		c.Advance(30 * time.Second)
		Expect(problems(s)).To(Equal([]string{"socket.no-reconnect"}))
	})

	It("answers pings, unless it withholds its pongs", func() {
		s, _, app := live()
		Expect(app.Ping(context.Background())).To(Succeed())
		s.Sockets()[0].WithholdPongs()
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		defer cancel()
		Expect(app.Ping(ctx)).To(MatchError(context.DeadlineExceeded))
	})

	It("ends with the app's closing, which is answered and no failure", func() {
		s, c, app := live()
		Expect(app.Close(websocket.StatusNormalClosure, "")).To(Succeed())
		counted(s, 0)
		c.Advance(time.Hour)
		Expect(s.Findings()).To(BeEmpty())
	})
})

var _ = Describe("a connection's end", func() {
	It("is announced 10 seconds before, and comes after an hour", func() {
		s, c, app := live()
		Eventually(c.Waiting).Should(Equal(2))
		c.Advance(time.Hour - 10*time.Second)
		Expect(app.next().Reason).To(Equal("warning"))
		Expect(app.heard).NotTo(Receive())
		// Beside the ping and the end, a new connection is waited for.
		Eventually(c.Waiting).Should(Equal(3))
		c.Advance(10 * time.Second)
		Expect(app.next().Reason).To(Equal("refresh_requested"))

		second := connect(s)
		counted(s, 2)
		outcome := deliver(s, command(nil))
		second.ack(second.next())
		Expect(come(outcome).Acknowledged).To(BeTrue())
		c.Advance(10 * time.Second)
		Eventually(app.ended).Should(Receive())
		counted(s, 1)
		Expect(s.Findings()).To(BeEmpty())
	})

	DescribeTable("is told by its reason",
		func(why simulator.Disconnect, ends bool, found ...string) {
			s, c, app := live()
			s.Sockets()[0].Disconnect(why)
			Expect(app.next().raw).To(MatchJSON(fmt.Sprintf(`{"type":"disconnect","reason":"%s","debug_info":{"host":"applink-belay"}}`, why)))
			if ends {
				c.Advance(10 * time.Second)
				Eventually(app.ended).Should(Receive())
				counted(s, 0)
			}
			c.Advance(30 * time.Second)
			Expect(problems(s)).To(HaveExactElements(found))
			Expect(app.heard).NotTo(Receive())
		},
		Entry("a warning leaves it open", simulator.Warning, false, "socket.no-reconnect"),
		Entry("a refresh ends it", simulator.RefreshRequested, true, "socket.no-reconnect"),
		Entry("Socket Mode was switched off", simulator.LinkDisabled, true),
		Entry("too many", simulator.TooManyWebsockets, true),
	)

	DescribeTable("is survived by a new connection",
		func(end func(*simulator.Socket)) {
			s, c, _ := live()
			end(s.Sockets()[0])
			connect(s)
			c.Advance(2 * time.Minute)
			Expect(s.Findings()).To(BeEmpty())
		},
		Entry("after a warning", func(c *simulator.Socket) { c.Disconnect(simulator.Warning) }),
		Entry("after a refresh", func(c *simulator.Socket) { c.Disconnect(simulator.RefreshRequested) }),
		Entry("after a break", (*simulator.Socket).Cut),
		Entry("after a silence", (*simulator.Socket).Freeze),
	)

	DescribeTable("is named where no new connection comes",
		func(end func(*simulator.Socket), after time.Duration, text string) {
			s, c, _ := live()
			end(s.Sockets()[0])
			c.Advance(after - time.Millisecond)
			Expect(s.Findings()).To(BeEmpty())
			c.Advance(time.Millisecond)
			Expect(s.Findings()).To(HaveLen(1))
			Expect(s.Findings()[0].Problem).To(Equal("socket.no-reconnect"))
			Expect(s.Findings()[0].Text).To(ContainSubstring(text))
			Expect(s.Findings()[0].At).To(Equal(noon.Add(after)))
		},
		Entry("after a break", (*simulator.Socket).Cut, 30*time.Second, "a connection broke"),
		Entry("after a silence, which takes a while to notice", (*simulator.Socket).Freeze, 90*time.Second, "went silent"),
	)

	It("is not named when the fake Slack itself closes", func() {
		s, c, _ := live()
		s.Sockets()[0].Disconnect(simulator.Warning)
		Expect(s.Close()).To(Succeed())
		c.Advance(time.Hour)
		Expect(s.Findings()).To(BeEmpty())
	})

	It("loses what is sent over a half-open connection, and nothing else", func() {
		s, c, app := live()
		Eventually(c.Waiting).Should(Equal(2))
		s.Sockets()[0].Freeze()
		outcome := deliver(s, event(nil))
		// The ping, the end, the new connection and the acknowledgement.
		Eventually(c.Waiting).Should(Equal(4))
		c.Advance(3 * time.Second)
		Eventually(func() int { return len(s.Attempts()) }).Should(Equal(1))
		second := connect(s)
		Expect(app.CloseNow()).To(Succeed())
		retried := second.next()
		Expect(*retried.RetryAttempt).To(Equal(1))
		second.ack(retried)
		Expect(come(outcome).Acknowledged).To(BeTrue())
		Expect(app.heard).NotTo(Receive())
		c.Advance(time.Minute)
		Expect(s.Findings()).To(BeEmpty())
	})
})

var _ = Describe("a client that misbehaves", func() {
	DescribeTable("is disconnected with the right code, and the server goes on",
		func(bytes []byte, code int, reason string) {
			s := start(simulator.Options{})
			app := openRaw(s)
			_, err := app.Write(bytes)
			Expect(err).NotTo(HaveOccurred())
			got, why := app.closing()
			Expect(got).To(BeEquivalentTo(code))
			Expect(why).To(ContainSubstring(reason))
			counted(s, 0)
			healthy := connect(s)
			outcome := deliver(s, command(nil))
			healthy.ack(healthy.next())
			Expect(come(outcome).Acknowledged).To(BeTrue())
			Expect(problems(s)).NotTo(ContainElement("socket.large-ack"))
		},
		Entry("garbage", []byte("GET / HTTP/1.1\r\nHost: nobody\r\n\r\n"), 1002, ""),
		Entry("an unmasked frame", []byte("\x81\x02{}"), 1002, "must be masked"),
		Entry("a reserved opcode", []byte("\x83\x80\x00\x00\x00\x00"), 1002, "reserved op code"),
		Entry("a reserved bit", []byte("\xc1\x80\x00\x00\x00\x00"), 1002, "rsv"),
		Entry("a continuation of nothing", []byte("\x80\x80\x00\x00\x00\x00"), 1002, "continuation"),
		Entry("a control frame in pieces", []byte("\x09\x80\x00\x00\x00\x00"), 1002, "not final"),
		Entry("a control frame that is too long", []byte("\x89\xfe\x00\x7e\x00\x00\x00\x00"), 1002, "limit"),
		Entry("a close frame of one byte", []byte("\x88\x81\x00\x00\x00\x00x"), 1002, "close frame"),
		Entry("a close code that nobody may send", []byte("\x88\x82\x00\x00\x00\x00\x03\xed"), 1002, "close frame"),
		Entry("a length with its first bit set", hugeHeader(1<<63|1), 1002, "most significant bit"),
		Entry("a frame of four exabytes", hugeHeader(1<<62), 1009, "Max frame length of 20480 has been exceeded."),
		Entry("a frame of 30 KB", append(hugeHeader(30_000), strings.Repeat("x", 30_000)...), 1009, "Max frame length of 20480 has been exceeded."),
		Entry("a text that is not UTF-8", []byte("\x81\x81\x00\x00\x00\x00\xff"), 1007, "UTF-8"),
	)

	It("may say what nobody asked for", func() {
		s, _, app := live()
		app.say("not json")
		app.say(`{"envelope_id":"unknown"}`)
		app.say(`{}`)
		Expect(app.Write(context.Background(), websocket.MessageBinary, []byte{0xff})).To(Succeed())
		Expect(app.Ping(context.Background())).To(Succeed())
		Expect(s.Findings()).To(BeEmpty())
	})
})
