package simulator_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/coder/websocket"
	"github.com/gobwas/ws"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/payload"
)

// interactive is a payload of that type.
func interactive(kind string) payload.Delivery {
	d := action(nil)
	d.Fields = d.Fields.With("type", kind)
	return d
}

var _ = Describe("an envelope", func() {
	DescribeTable("wraps each sort of payload",
		func(d payload.Delivery, kind string, accepts, retries bool) {
			s, _, app := live()
			outcome := deliver(s, d)
			m := app.next()
			Expect(m.Type).To(Equal(kind))
			Expect(m.EnvelopeID).To(MatchRegexp(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`))
			Expect(m.Accepts).To(Equal(accepts))
			Expect(m.RetryAttempt != nil).To(Equal(retries))
			if retries {
				Expect(*m.RetryAttempt).To(BeZero())
				Expect(*m.RetryReason).To(BeEmpty())
			}
			var fields map[string]any
			Expect(json.Unmarshal(m.Payload, &fields)).To(Succeed())
			Expect(m.Payload).To(MatchJSON(payload.Encode(payload.JSON, d.Fields)))
			app.ack(m, `{"text":"done"}`)
			o := come(outcome)
			Expect(o.Acknowledged).To(BeTrue())
			Expect(o.Last().Ack.Payload).To(MatchJSON(`{"text":"done"}`))
			Expect(o.Last().Ack.Frames).To(Equal(1))
			Expect(o.Last().Ack.EnvelopeID).To(Equal(m.EnvelopeID))
			Expect(o.Last().Answer.Request.Body).To(MatchJSON(m.Payload))
			Expect(s.Findings()).To(BeEmpty())
		},
		Entry("a slash command", command(nil), "slash_commands", true, false),
		Entry("an event", event(nil), "events_api", false, true),
		Entry("a pressed button", action(nil), "interactive", false, false),
		Entry("a submitted view", interactive("view_submission"), "interactive", true, false),
		Entry("a question for options", interactive("block_suggestion"), "interactive", true, false),
		Entry("a shortcut", interactive("shortcut"), "interactive", false, false),
	)

	It("says of actions what the documentation says where the profile wants it", func() {
		s, _, app := live(func(p *simulator.Profile) { p.Socket.ActionsTakePayload = true })
		deliver(s, action(nil))
		Expect(app.next().Accepts).To(BeTrue())
	})

	It("carries a body in place of the fields, and a large one", func() {
		s, _, app := live()
		d := event(nil)
		d.Body = []byte(`{"type":"event_callback","text":"` + strings.Repeat("x", 90_000) + `"}`)
		deliver(s, d)
		Expect(app.next().Payload).To(MatchJSON(d.Body))
	})

	It("goes to one of the connections, and each gets its share", func() {
		s, _, first := live()
		second := connect(s)
		counted(s, 2)
		for range 4 {
			deliver(s, command(nil))
		}
		Eventually(first.heard).Should(HaveLen(2))
		Eventually(second.heard).Should(HaveLen(2))
	})

	It("finds nobody there: a command fails at once, an event is tried again", func() {
		s, c, app := live()
		Expect(app.CloseNow()).To(Succeed())
		counted(s, 0)
		Expect(come(deliver(s, command(nil))).Shows).To(Equal("dispatch_failed"))
		outcome := deliver(s, event(nil))
		turnOnce(s, c, 3, 0)
		again := connect(s)
		c.Advance(time.Minute)
		m := again.next()
		Expect(*m.RetryAttempt).To(Equal(2))
		Expect(*m.RetryReason).To(Equal("connection_failed"))
		again.ack(m)
		Expect(come(outcome).Acknowledged).To(BeTrue())
	})
})

var _ = Describe("an acknowledgement", func() {
	It("that is late is named with its time, and the event came again", func() {
		s, c, app := live()
		outcome := deliver(s, event(nil))
		first := app.next()
		c.Advance(3 * time.Second)
		second := app.next()
		Expect(second.EnvelopeID).NotTo(Equal(first.EnvelopeID))
		Expect(*second.RetryAttempt).To(Equal(1))
		Expect(*second.RetryReason).To(Equal("timeout"))
		app.ack(second)
		Expect(come(outcome).Acknowledged).To(BeTrue())
		Expect(s.Findings()).To(BeEmpty())
		c.Advance(400 * time.Millisecond)
		app.ack(first)
		Eventually(s.Findings).Should(HaveLen(1))
		Expect(s.Findings()[0].Problem).To(Equal("socket.late-ack"))
		Expect(s.Findings()[0].Text).To(Equal("an envelope of type events_api was acknowledged after 3.4s; Slack waits 3s"))
		c.Advance(time.Minute)
		Expect(s.Findings()).To(HaveLen(1))
	})

	It("that never comes is named when it is no longer waited for, or at the end", func() {
		s, c, app := live()
		outcome := deliver(s, command(nil))
		app.next()
		c.Advance(3 * time.Second)
		Expect(come(outcome).Shows).To(Equal("operation_timeout"))
		c.Advance(30 * time.Second)
		Expect(problems(s)).To(Equal([]string{"socket.no-ack"}))

		outcome = deliver(s, action(nil))
		app.next()
		c.Advance(3 * time.Second)
		come(outcome)
		Expect(s.Close()).To(Succeed())
		Expect(problems(s)).To(Equal([]string{"socket.no-ack", "socket.no-ack"}))
		Expect(s.Findings()[1].Text).To(Equal("an envelope of type interactive was never acknowledged"))
	})

	It("that comes twice is named", func() {
		s, _, app := live()
		outcome := deliver(s, command(nil))
		m := app.next()
		app.ack(m)
		app.ack(m)
		Expect(come(outcome).Acknowledged).To(BeTrue())
		Eventually(func() []string { return problems(s) }).Should(Equal([]string{"socket.double-ack"}))
	})

	It("over 20,480 bytes ends the connection with 1009, and the payload comes again on the next", func() {
		s, c, app := live()
		outcome := deliver(s, command(nil))
		m := app.next()
		app.ack(m, `"`+strings.Repeat("x", 20_480)+`"`)
		var err error
		Eventually(app.ended).Should(Receive(&err))
		Expect(websocket.CloseStatus(err)).To(Equal(websocket.StatusMessageTooBig))
		Expect(err.Error()).To(ContainSubstring("Max frame length of 20480 has been exceeded."))
		again := connect(s)
		repeated := again.next()
		Expect(repeated.EnvelopeID).To(Equal(m.EnvelopeID))
		again.ack(repeated)
		Expect(come(outcome).Acknowledged).To(BeTrue())
		Expect(problems(s)).To(Equal([]string{"socket.large-ack"}))
		c.Advance(time.Hour)
		Expect(problems(s)).To(Equal([]string{"socket.large-ack"}))
	})

	It("of 20,480 bytes is taken", func() {
		s, _, app := live()
		outcome := deliver(s, command(nil))
		m := app.next()
		app.ack(m, `"`+strings.Repeat("x", 20_480-len(ackText(m, `""`)))+`"`)
		Expect(come(outcome).Last().Ack.Size).To(Equal(20_480))
		Expect(s.Findings()).To(BeEmpty())
	})

	It("that is too large every time is delivered again a few times and then no more", func() {
		s := start(simulator.Options{})
		outcome := deliver(s, command(nil))
		Expect(come(outcome).Shows).To(Equal("dispatch_failed"))
		app := connect(s)
		deliver(s, command(nil))
		for range 6 {
			app.ack(app.next(), `"`+strings.Repeat("x", 20_480)+`"`)
			Eventually(app.ended).Should(Receive())
			app = connect(s)
		}
		Expect(app.Ping(context.Background())).To(Succeed())
		Expect(app.heard).To(BeEmpty())
	})

	It("in several frames is put together, and the pieces are counted", func() {
		s, _, _ := live()
		app := openRaw(s)
		s.Sockets()[0].Disconnect(simulator.LinkDisabled)
		counted(s, 1)
		outcome := deliver(s, command(nil))
		m := heard(app)
		app.send(pieces(ackText(m), 3)...)
		Expect(come(outcome).Last().Ack.Frames).To(Equal(3))
	})

	It("in several frames is lost where the profile says so, and named", func() {
		s, c, _ := live(func(p *simulator.Profile) { p.Socket.DropFragments = true })
		app := openRaw(s)
		s.Sockets()[0].Disconnect(simulator.LinkDisabled)
		counted(s, 1)
		outcome := deliver(s, command(nil))
		frames := pieces(ackText(heard(app)), 3)
		// A ping between the pieces is answered: they have arrived.
		app.send(append(frames, ws.NewPingFrame([]byte("done")))...)
		Expect(string(app.frame().Payload)).To(Equal("done"))
		c.Advance(3 * time.Second)
		Expect(come(outcome).Shows).To(Equal("operation_timeout"))
		c.Advance(30 * time.Second)
		Expect(s.Findings()[0].Text).To(ContainSubstring("several frames"))
		Expect(problems(s)).To(Equal([]string{"socket.no-ack"}))
	})

	It("of many pieces is no larger than of one", func() {
		s := start(simulator.Options{})
		app := openRaw(s)
		app.send(pieces(strings.Repeat("x", 20_481), 3)...)
		code, _ := app.closing()
		Expect(code).To(Equal(ws.StatusMessageTooBig))
	})

	It("is the app's business on any connection", func() {
		s, _, first := live()
		second := connect(s)
		counted(s, 2)
		outcome := deliver(s, command(nil))
		var m said
		Eventually(func() bool {
			select {
			case m = <-first.heard:
				second.ack(m)
			case m = <-second.heard:
				first.ack(m)
			default:
				return false
			}
			return true
		}).Should(BeTrue())
		Expect(come(outcome).Acknowledged).To(BeTrue())
	})

	It("goes missing with its connection, and the envelope moves to another", func() {
		s, _, first := live()
		second := connect(s)
		counted(s, 2)
		outcome := deliver(s, command(nil))
		var left, other *client
		Eventually(func() int { return len(first.heard) + len(second.heard) }).Should(Equal(1))
		left, other = first, second
		if len(second.heard) == 1 {
			left, other = second, first
		}
		m := left.next()
		Expect(left.CloseNow()).To(Succeed())
		moved := other.next()
		Expect(moved.EnvelopeID).To(Equal(m.EnvelopeID))
		other.ack(moved)
		Expect(come(outcome).Acknowledged).To(BeTrue())
		Expect(s.Findings()).To(BeEmpty())
	})

	It("comes for many envelopes at once over many connections", func() {
		s := start(simulator.Options{})
		for range 5 {
			app := connect(s)
			go func() {
				for m := range app.heard {
					_ = app.Write(context.Background(), websocket.MessageText, []byte(fmt.Sprintf(`{"envelope_id":"%s"}`, m.EnvelopeID)))
				}
			}()
		}
		var outcomes []<-chan simulator.Outcome
		for range 200 {
			outcomes = append(outcomes, deliver(s, event(nil)))
		}
		for _, o := range outcomes {
			Expect(come(o).Acknowledged).To(BeTrue())
		}
		Expect(s.Findings()).To(BeEmpty())
	})
})

// heard is the next message of a raw client.
func heard(c *rawClient) said {
	GinkgoHelper()
	var m said
	Expect(json.Unmarshal([]byte(c.text()), &m)).To(Succeed())
	return m
}
