package checks_test

import (
	"io"
	"net"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

var _ = DescribeTable("http.answer", func(h checkstest.Handler, matches types.GomegaMatcher) {
	d := diagnoseApp(h, func(a *checkstest.App) checks.Target { return local(a) })
	Expect(d.of("http.answer")).To(matches, d.String)
},
	Entry("passes", checkstest.Handler(healthy().Serve), passes("200 belay-challenge")),
	Entry("passes after an interim answer", checkstest.Wire("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), passes("empty 200")),
	Entry("passes with HTTP/1.0", checkstest.Wire("HTTP/1.0 200 OK\r\n\r\nok"), passes("200 ok")),
	Entry("names a connection that is closed without a word", checkstest.Talk(func(net.Conn) {}),
		found(checks.Fail, "http.closed", "ends without an answer")),
	Entry("names a connection that is reset", checkstest.Talk(func(conn net.Conn) { _ = conn.(*net.TCPConn).SetLinger(0) }),
		found(checks.Fail, "http.closed", "(reset)")),
	Entry("names what is not HTTP", checkstest.Wire("SSH-2.0-OpenSSH_9.6\r\n\r\n"),
		found(checks.Fail, "http.malformed", "url_verification")),
	Entry("names a head that is cut off", checkstest.Wire("HTTP/1.1 200 OK\r\nContent-Type: te"),
		found(checks.Fail, "http.closed", "ends without an answer")),
	Entry("names a body that is cut off", checkstest.Wire("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"),
		found(checks.Fail, "http.truncated", "after 5 bytes")),
	Entry("names chunks that are cut off", checkstest.Wire("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n"),
		found(checks.Fail, "http.truncated", "after 5 bytes")),
	Entry("names a head of a megabyte", checkstest.Wire("HTTP/1.1 200 OK\r\nX-Long: "+strings.Repeat("x", 1<<20)+"\r\n\r\n"),
		found(checks.Fail, "http.malformed", "larger than 256 KiB")),
	Entry("names a head without end", checkstest.Talk(func(conn net.Conn) {
		_, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\n")
		for block := strings.Repeat("X-A: b\r\n", 4000); err == nil; {
			_, err = io.WriteString(conn, block)
		}
	}), found(checks.Fail, "http.malformed", "larger than 256 KiB")),
)

var _ = Describe("http.closed", func() {
	It("cannot be told from a refusal without the secret", func() {
		d := diagnoseApp(checkstest.Drop, func(a *checkstest.App) checks.Target { return unsigned(local(a)) })
		Expect(d.of("http.answer")).To(isInconclusive("signing secret"), d.String)
		Expect(d.Verdict.Status).To(Equal(checks.Inconclusive))
		Expect(d.of("app.alive").Status).To(Equal(checks.Pass))
	})

	It("is found where what was named is dropped, and everything else is not", func() {
		for _, kind := range []checks.Kind{checks.Command, checks.Events} {
			bot := healthy()
			bot.Known, bot.Unknown = checkstest.Drop, checkstest.Answer(200, "")
			d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return named(kind, local(a)) })
			Expect(d).To(failFor("http.closed"), d.String)
			Expect(d.of("http.answer")).To(found(checks.Fail, "http.closed", "named"))
		}
	})

	It("is no finding where only what the app does not know is dropped", func() {
		bot := healthy()
		bot.Unknown = checkstest.Drop
		d := diagnoseApp(bot.Serve, func(a *checkstest.App) checks.Target { return local(a) })
		Expect(d).To(beClean(), d.String)
	})
})

var _ = DescribeTable("hostile answers are bounded", func(h checkstest.Handler) {
	t := named(checks.Command, hasty(start(h)))
	t.Timeout, t.Samples = 2*time.Second, 1
	began := time.Now()
	d := diagnose(safely(t))
	Expect(time.Since(began)).To(BeNumerically("<", 15*time.Second), "bounded, however busy this machine is")
	for _, r := range d.section().Results {
		Expect(len(r.Saw)).To(BeNumerically("<", 2000), r.Check)
		Expect(len(r.Reason)).To(BeNumerically("<", 2000), r.Check)
		Expect(strings.ToValidUTF8(r.Saw+r.Reason, "?")).To(Equal(r.Saw+r.Reason), r.Check)
		expectBounded(r.Evidence)
	}
},
	Entry("a decompression bomb", checkstest.Answer(200, bomb(), "Content-Encoding: gzip", "Content-Type: application/json")),
	Entry("a body of 10 GB", endless("Content-Length: 10000000000")),
	Entry("a body without end", endless("Content-Type: text/plain")),
	Entry("chunks without end", checkstest.Talk(func(conn net.Conn) {
		_, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
		for err == nil {
			_, err = io.WriteString(conn, "1000\r\n"+strings.Repeat("x", 0x1000)+"\r\n")
		}
	})),
	Entry("interim answers without end", checkstest.Talk(func(conn net.Conn) {
		var err error
		for err == nil {
			_, err = io.WriteString(conn, "HTTP/1.1 100 Continue\r\n\r\n")
		}
	})),
	Entry("one byte at a time", checkstest.Talk(func(conn net.Conn) {
		_, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
		for err == nil {
			<-time.After(time.Millisecond)
			_, err = io.WriteString(conn, "x")
		}
	})),
	Entry("a hundred thousand headers", checkstest.Wire("HTTP/1.1 200 OK\r\n"+strings.Repeat("X-A: b\r\n", 30000)+"\r\n")),
	Entry("invalid UTF-8", checkstest.Answer(200, strings.Repeat("\xff\xfe\xc3", 50000), "X-Odd: \xff\xfe")),
	Entry("escape sequences", checkstest.Answer(401, strings.Repeat("\x1b]0;owned\x07\x1b[31m\u202e\r\n", 5000), "X-Odd: \x1b[31m")),
	Entry("JSON nested without end", checkstest.Answer(200, strings.Repeat(`{"blocks":[`, 100000), "Content-Type: application/json")),
	Entry("redirects in a circle", checkstest.Answer(302, "", "Location: "+checkstest.Path)),
	Entry("an endless Location", checkstest.Answer(307, "", "Location: /"+strings.Repeat("a", 100000))),
	Entry("a Location that is none", checkstest.Answer(307, "", "Location: http://[::1:bad")),
)

func expectBounded(e *checks.Evidence) {
	GinkgoHelper()
	if e == nil {
		return
	}
	for _, x := range e.Exchanges {
		if x.Response != nil {
			Expect(len(x.Response.Body)).To(BeNumerically("<=", checks.MaxEvidenceBody))
			Expect(len(x.Response.Header)).To(BeNumerically("<=", 100))
		}
	}
}

// endless is an answer whose body does not end.
func endless(header string) checkstest.Handler {
	return checkstest.Talk(func(conn net.Conn) {
		_, err := io.WriteString(conn, "HTTP/1.1 200 OK\r\n"+header+"\r\n\r\n")
		block := strings.Repeat("x", 64<<10)
		for err == nil {
			_, err = io.WriteString(conn, block)
		}
	})
}
