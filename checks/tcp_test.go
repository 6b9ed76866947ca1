package checks_test

import (
	"context"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

type httpWriter = http.ResponseWriter

// A dialer opens connections for a target.
type dialer = func(ctx context.Context, network, address string) (net.Conn, error)

// failing is a dialer that meets an error of the system's.
func failing(errno syscall.Errno) dialer {
	return func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", errno)}
	}
}

var refuseDial = failing(syscall.ECONNREFUSED)

// silent is a dialer that nobody answers.
func silent(ctx context.Context, _, _ string) (net.Conn, error) {
	<-ctx.Done()
	return nil, &net.OpError{Op: "dial", Net: "tcp", Err: ctx.Err()}
}

var _ = DescribeTable("tcp.connect", func(dial dialer, matches types.GomegaMatcher) {
	t := known(start(healthy().Serve), checkstest.Records(a(public)))
	t.Deadline, t.Dial = 60*time.Millisecond, dial
	d := diagnose(t)
	Expect(d.of("tcp.connect")).To(matches, d.String)
	Expect(d.of("tcp.connect").Evidence.Connections).To(HaveLen(1))
	Expect(d.of("http.answer").Status).To(Equal(checks.Skip))
	Expect(d.section().Sent.Requests).To(BeZero())
},
	Entry("names a refused connection", refuseDial, found(checks.Fail, "tcp.refused", "nothing listens on "+public)),
	Entry("names silence", dialer(silent), found(checks.Fail, "tcp.timeout", "a firewall drops the connection")),
	Entry("names a reset", failing(syscall.ECONNRESET), found(checks.Fail, "tcp.reset", "connection reset by peer")),
	Entry("says nothing of the app where this machine has no route", failing(syscall.ENETUNREACH),
		SatisfyAll(found(checks.Inconclusive, "vantage.no-route", "this machine"), isInconclusive(""))),
	Entry("says nothing of the app where this machine has no IPv6", failing(syscall.EAFNOSUPPORT), found(checks.Inconclusive, "vantage.no-route", "")),
)

// some dials the addresses with that part on loopback, and the others by a dialer.
func some(part string, others dialer) dialer {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if strings.Contains(address, part) {
			return dialLoopback(ctx, network, address)
		}
		return others(ctx, network, address)
	}
}

var _ = DescribeTable("tcp.addresses", func(others dialer, matches types.GomegaMatcher) {
	t := known(start(healthy().Serve), checkstest.Records(a(public), a("93.184.216.99")))
	t.Deadline, t.Dial = 60*time.Millisecond, some(public, others)
	d := diagnose(t)
	Expect(d.of("tcp.connect")).To(passes("1 of 2"))
	Expect(d.of("tcp.addresses")).To(matches, d.String)
	Expect(d.of("http.answer").Status).To(Equal(checks.Pass))
},
	Entry("warns of one that refuses", refuseDial, found(checks.Warn, "tcp.partial", "93.184.216.99 (connect: connection refused)")),
	Entry("warns of one that is silent", dialer(silent), found(checks.Warn, "tcp.partial", "93.184.216.99")),
	Entry("does not count one to which there is no route", failing(syscall.ENETUNREACH), passesRemarking("", "no route to 93.184.216.99")),
)

var _ = Describe("tcp.addresses", func() {
	It("passes", func() {
		d := diagnose(known(start(healthy().Serve), checkstest.Records(a(public), a("93.184.216.99"))))
		Expect(d.of("tcp.addresses")).To(passes("2 of 2"))
	})

	It("does not mind localhost, which listens on one of its two addresses", func() {
		app := start(healthy().Serve)
		t := local(app)
		t.URL = "http://localhost:" + portOf(addressOf(app)) + checkstest.Path
		Expect(diagnose(t)).To(beClean())
	})
})
