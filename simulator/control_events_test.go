package simulator_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
)

// streamed is one server-sent event.
type streamed struct{ id, name, data string }

// stream is a reader of the events.
type stream struct{ in *bufio.Scanner }

// events begins to read, and returns once the server said that it tells.
func events(s *simulator.Server, query, lastID string) *stream {
	GinkgoHelper()
	r := controlRequest(s, "GET", "events"+query, "")
	if lastID != "" {
		r.Header.Set("Last-Event-ID", lastID)
	}
	w, err := http.DefaultClient.Do(r)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(w.Body.Close)
	Expect(w.StatusCode).To(Equal(200))
	Expect(w.Header.Get("Content-Type")).To(Equal("text/event-stream"))
	in := bufio.NewScanner(w.Body)
	in.Buffer(nil, 1<<20)
	Expect(in.Scan()).To(BeTrue())
	Expect(in.Text()).To(Equal(": belay"))
	Expect(in.Scan()).To(BeTrue())
	Expect(in.Text()).To(MatchRegexp(`^id: \d+$`))
	return &stream{in}
}

// next is the next event, whose data is held to its schema.
func (s *stream) next() streamed {
	GinkgoHelper()
	var e streamed
	for s.in.Scan() {
		name, value, _ := strings.Cut(s.in.Text(), ": ")
		switch name {
		case "id":
			e.id = value
		case "event":
			e.name = value
		case "data":
			e.data = value
		}
		if s.in.Text() == "" && e.name != "" {
			var data any
			Expect(json.Unmarshal([]byte(e.data), &data)).To(Succeed())
			Expect(conforms("/components/schemas/"+strings.ToUpper(e.name[:1])+e.name[1:], data)).To(Succeed())
			return e
		}
	}
	Fail("the stream ended")
	return e
}

var _ = Describe("the control API's stream of events", func() {
	It("tells what happens, in order", func() {
		s := controlled(simulator.Options{Targets: simulator.Targets{Secret: secret}})
		ask("POST", s.API()+"auth.test", form, "", "")
		got := events(s, "", "")
		c := connect(s)
		control(s, "POST", "send", `{"kind":"command","to":"`+serve(status(200)).URL.String()+`"}`)
		ask("POST", s.API()+"apps.connections.open", form, "", "Bearer xoxb-1")
		Expect(c.CloseNow()).To(Succeed())
		var all []string
		for i := range 7 {
			e := got.next()
			Expect(e.id).To(Equal(fmt.Sprint(i + 2)))
			all = append(all, e.name)
		}
		Expect(all[0]).To(Equal("call"))
		// The request that became the connection is recorded as soon as it has.
		Expect(all[1:3]).To(ConsistOf("call", "socket"))
		Expect(all[3:]).To(Equal([]string{"delivery", "finding", "call", "socket"}))
	})

	It("goes on after the last one known", func() {
		s := controlled(simulator.Options{})
		for range 3 {
			ask("POST", s.API()+"auth.test", form, "", "")
		}
		Expect(events(s, "", "1").next().id).To(Equal("2"))
		Expect(events(s, "?since=2", "").next().id).To(Equal("3"))
		Expect(events(s, "?since=0", "").next().id).To(Equal("1"))
		// The header, which browsers send by themselves when they come again, counts.
		Expect(events(s, "?since=0", "2").next().id).To(Equal("3"))
		// An id from before a restart.
		Expect(events(s, "", "99").next().id).To(Equal("1"))
	})

	It("says how many a slow reader missed", func() {
		s := controlled(simulator.Options{Keep: 5})
		got := events(s, "", "")
		body := strings.Repeat("x", 60_000)
		for range 400 {
			ask("POST", s.API()+"auth.test", "text/plain", body, "")
		}
		var told, missed uint64
		for told+missed < 400 {
			e := got.next()
			if e.name != "dropped" {
				told++
				continue
			}
			var dropped struct{ Count uint64 }
			Expect(json.Unmarshal([]byte(e.data), &dropped)).To(Succeed())
			missed += dropped.Count
		}
		Expect(missed).To(BeNumerically(">", 0))
		Expect(told + missed).To(Equal(uint64(400)))
	})

	It("refuses an id that is none", func() {
		s := controlled(simulator.Options{})
		r := controlRequest(s, "GET", "events", "")
		r.Header.Set("Last-Event-ID", "abc")
		code, answer := answered(r)
		Expect(code).To(Equal(400))
		Expect(answer).To(ContainSubstring("invalid_query"))
	})

	It("ends with the server", func() {
		s := controlled(simulator.Options{})
		got := events(s, "", "")
		Expect(s.Close()).To(Succeed())
		for got.in.Scan() {
			Expect(got.in.Text()).To(BeEmpty())
		}
	})
})
