package simulator_test

import (
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/clock"
	"belay/simulator/payload"
)

// redirecting leads from /slack/events over that many hops to /arrived.
func redirecting(code, hops int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		at := 0
		_, _ = fmt.Sscanf(r.URL.Path, "/hop/%d", &at)
		switch {
		case r.URL.Path == "/arrived":
		case at+1 == hops:
			http.Redirect(w, r, "/arrived", code)
		default:
			http.Redirect(w, r, fmt.Sprintf("/hop/%d", at+1), code)
		}
	}
}

// raw is a server that says that text to everybody.
func raw(text string) *url.URL {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(listener.Close)
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Read(make([]byte, 8192))
			_, _ = io.WriteString(conn, text)
			_ = conn.Close()
		}
	}()
	return parse("http://" + listener.Addr().String() + "/slack/events")
}

// closed is an address where nothing listens.
func closed() *url.URL {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	Expect(err).NotTo(HaveOccurred())
	Expect(listener.Close()).To(Succeed())
	return parse("http://" + listener.Addr().String() + "/")
}

func secure() (*url.URL, *x509.CertPool) {
	server := httptest.NewUnstartedServer(status(200))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	DeferCleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return parse(server.URL), roots
}

var _ = Describe("a delivery", func() {
	// none lets the retries alone, so that one attempt is left to look at.
	none := profiled(func(p *simulator.Profile) { p.Retries = nil })

	DescribeTable("fails for a reason that Slack has a word for",
		func(to func() *url.URL, why simulator.Reason, detail string) {
			s := start(simulator.Options{Profile: none, Roots: x509.NewCertPool()})
			o := come(deliver(s, event(to())))
			Expect(o.Acknowledged).To(BeFalse())
			Expect(o.Err).NotTo(HaveOccurred())
			Expect(o.Last().Failure).To(Equal(why))
			Expect(o.Last().Detail).To(ContainSubstring(detail))
		},
		Entry("nothing listens", closed, simulator.ConnectionFailed, "connection refused"),
		Entry("the name does not exist", func() *url.URL { return parse("http://belay.localhost.invalid/") }, simulator.ConnectionFailed, ""),
		Entry("the app hangs up", func() *url.URL { return raw("") }, simulator.ConnectionFailed, "without an answer"),
		Entry("the certificate is nobody's", func() *url.URL { u, _ := secure(); return u }, simulator.SSLError, "unknown authority"),
		Entry("the port does not speak TLS", func() *url.URL { u := raw("HTTP/1.1 200 OK\r\n\r\n"); u.Scheme = "https"; return u }, simulator.SSLError, ""),
		Entry("a server error", func() *url.URL { return serve(status(500)).URL }, simulator.HTTPError, "500"),
		Entry("a redirect that is not followed", func() *url.URL { return serve(redirecting(307, 1)).URL }, simulator.HTTPError, "307"),
		Entry("a redirect to nowhere", func() *url.URL { return serve(status(302)).URL }, simulator.HTTPError, "302"),
		Entry("a third redirect", func() *url.URL { return serve(redirecting(302, 3)).URL }, simulator.TooManyRedirects, "third time"),
		Entry("no HTTP", func() *url.URL { return raw("SSH-2.0-OpenSSH_9.2\r\n") }, simulator.UnknownError, "not HTTP"),
		Entry("half an answer", func() *url.URL { return raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf") }, simulator.UnknownError, "breaks off"),
	)

	It("gives the app 3 seconds of Slack's clock", func() {
		c := clock.At(noon)
		s := start(simulator.Options{Clock: c})
		outcome := deliver(s, command(serve(sleepy).URL))
		turnOnce(s, c, 0, 2999*time.Millisecond)
		Consistently(outcome, "20ms").ShouldNot(Receive())
		turnOnce(s, c, 0, time.Millisecond)
		o := come(outcome)
		Expect(o.Last().Failure).To(Equal(simulator.HTTPTimeout))
		Expect(o.Last().Took).To(Equal(3 * time.Second))
		Expect(o.Last().Answer.GaveUp).To(BeTrue())
		Expect(o.Shows).To(Equal("operation_timeout"))
	})

	It("gives the app 3 seconds of its own time however fast the clock runs", func() {
		s := start(simulator.Options{Clock: &clock.Clock{Speed: 1e6}})
		o := come(deliver(s, command(serve(status(200)).URL)))
		Expect(o.Acknowledged).To(BeTrue())
	})

	DescribeTable("follows redirects of events",
		func(code, hops int) {
			a := serve(redirecting(code, hops))
			s := start(simulator.Options{})
			o := come(deliver(s, event(a.URL)))
			Expect(o.Acknowledged).To(BeTrue())
			Expect(o.Last().Hops).To(HaveLen(hops + 1))
			requests := a.requests()
			last := requests[len(requests)-1]
			Expect(last.Path).To(Equal("/arrived"))
			Expect(last.Method).To(Equal("POST"))
			Expect(last.Body).To(Equal(requests[0].Body))
			Expect(last.Header.Get(payload.SignatureHeader)).To(Equal(requests[0].Header.Get(payload.SignatureHeader)))
		},
		Entry("one 301", 301, 1), Entry("one 302", 302, 1), Entry("two 302", 302, 2),
	)

	It("follows no redirect of a command, unless the profile says so", func() {
		a := serve(redirecting(302, 1))
		o := come(deliver(start(simulator.Options{}), command(a.URL)))
		Expect(o.Acknowledged).To(BeFalse())
		Expect(o.Last().Failure).To(Equal(simulator.HTTPError))
		Expect(o.Shows).To(Equal("dispatch_failed"))
		Expect(a.requests()).To(HaveLen(1))

		follows := profiled(func(p *simulator.Profile) { p.InteractionRedirects = simulator.Redirects{Follow: 1, AsGET: true} })
		Expect(come(deliver(start(simulator.Options{Profile: follows}), command(a.URL))).Acknowledged).To(BeTrue())
		Expect(a.requests()[2].Method).To(Equal("GET"))
	})

	It("does not carry its payload to a third party", func() {
		third := serve(status(200))
		elsewhere := *third.URL
		a := serve(func(w http.ResponseWriter, r *http.Request) {
			elsewhere.Host = strings.Replace(elsewhere.Host, "127.0.0.1", "third.example", 1)
			http.Redirect(w, r, elsewhere.String(), http.StatusFound)
		})
		o := come(deliver(start(simulator.Options{Profile: none}), event(a.URL)))
		Expect(o.Last().Failure).To(Equal(simulator.UnknownError))
		Expect(o.Last().Detail).To(ContainSubstring("another host, third.example"))
		Expect(third.requests()).To(BeEmpty())
	})

	DescribeTable("shows the user a code",
		func(answer http.HandlerFunc, code string) {
			Expect(come(deliver(start(simulator.Options{}), command(serve(answer).URL))).Shows).To(Equal(code))
		},
		Entry("none for an acknowledgement", status(200), ""),
		Entry("for a client error", status(404), "http_client_error"),
		Entry("for a server error", status(500), "http_service_error"),
	)

	Describe("over TLS", func() {
		It("takes a certificate that leads to the roots", func() {
			u, roots := secure()
			o := come(deliver(start(simulator.Options{Roots: roots}), event(u)))
			Expect(o.Acknowledged).To(BeTrue(), o.Last().Detail)
			Expect(o.Last().Answer.TLS.PeerCertificates).NotTo(BeEmpty())
			Expect(o.Last().Answer.Stages.TLS).To(BeNumerically(">", 0))
			Expect(o.Last().Answer.Request.Host).To(Equal(u.Host))
		})

		It("writes nothing to a server that it does not trust, and the user reads ssl_cacert", func() {
			asked := make(chan bool, 1)
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked <- true }))
			server.Config.ErrorLog = log.New(io.Discard, "", 0)
			server.StartTLS()
			DeferCleanup(server.Close)
			o := come(deliver(start(simulator.Options{Roots: x509.NewCertPool()}), command(parse(server.URL))))
			Expect(o.Shows).To(Equal("ssl_cacert"))
			Expect(o.Last().Answer.Reached).To(Equal(payload.PhaseTLS))
			Expect(asked).NotTo(Receive())
		})

		It("judges certificates by Slack's clock", func() {
			u, roots := secure()
			late := clock.At(time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC))
			o := come(deliver(start(simulator.Options{Roots: roots, Clock: late}), command(u)))
			Expect(o.Last().Detail).To(ContainSubstring("expired"))
		})

		It("trusts everybody where no roots are given", func() {
			u, _ := secure()
			Expect(come(deliver(start(simulator.Options{}), event(u))).Acknowledged).To(BeTrue())
		})
	})
})
