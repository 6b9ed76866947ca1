package simulator_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"github.com/coder/websocket"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/payload"
)

// address is where the server listens.
func address(s *simulator.Server) string { return strings.TrimPrefix(s.URL(), "http://") }

// trustingClient trusts the server's root, and finds the server under every name.
func trustingClient(s *simulator.Server) *http.Client {
	GinkgoHelper()
	root, err := s.CA()
	Expect(err).NotTo(HaveOccurred())
	roots := x509.NewCertPool()
	Expect(roots.AppendCertsFromPEM(root)).To(BeTrue())
	transport := &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: roots},
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, address(s))
		},
	}
	DeferCleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// knock opens a connection that says this much.
func knock(s *simulator.Server, text string) net.Conn {
	GinkgoHelper()
	conn, err := net.Dial("tcp", address(s))
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(func() { _ = conn.Close() })
	Expect(conn.SetDeadline(time.Now().Add(10 * time.Second))).To(Succeed())
	_, err = io.WriteString(conn, text)
	Expect(err).NotTo(HaveOccurred())
	return conn
}

// rest is what the server says before it closes the connection.
func rest(conn net.Conn) string {
	GinkgoHelper()
	text, err := io.ReadAll(conn)
	Expect(errors.Is(err, syscall.ECONNRESET) || err == nil).To(BeTrue(), "%v", err)
	return string(text)
}

var _ = Describe("https on the same port", func() {
	It("is trusted by its root, under the names of this machine and of Slack", func() {
		s := start(simulator.Options{})
		client := trustingClient(s)
		for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "slack.com", "wss-primary.slack.com"} {
			w, err := client.Post("https://"+host+"/api/auth.test", form, strings.NewReader("text=hi"))
			Expect(err).NotTo(HaveOccurred(), host)
			Expect(w.Body.Close()).To(Succeed())
		}
		_, err := client.Get("https://evil.example/")
		Expect(err).To(MatchError(ContainSubstring("evil.example")))
		ask("POST", s.API()+"auth.test", form, "", "")
		calls := s.Calls()
		Expect(calls).To(HaveLen(6))
		Expect(calls[0].API).To(Equal("auth.test"))
		Expect(string(calls[0].Body)).To(Equal("text=hi"))
	})

	It("has a root that can sign nothing else", func() {
		root, err := start(simulator.Options{Address: "localhost:0"}).CA()
		Expect(err).NotTo(HaveOccurred())
		block, left := pem.Decode(root)
		Expect(left).To(BeEmpty())
		Expect(block.Type).To(Equal("CERTIFICATE"))
		certificate, err := x509.ParseCertificate(block.Bytes)
		Expect(err).NotTo(HaveOccurred())
		Expect(certificate.IsCA && certificate.MaxPathLenZero && certificate.PermittedDNSDomainsCritical).To(BeTrue())
		Expect(certificate.PermittedDNSDomains).To(Equal([]string{"localhost", "slack.com"}))
		var ranges []string
		for _, r := range certificate.PermittedIPRanges {
			ranges = append(ranges, r.String())
		}
		Expect(ranges).To(Equal([]string{"127.0.0.1/32", "::1/128"}))
		Expect(certificate.NotAfter.Sub(certificate.NotBefore)).To(BeNumerically("<", 398*24*time.Hour))
	})

	It("has another root in every server", func() {
		one, _ := start(simulator.Options{}).CA()
		other, _ := start(simulator.Options{}).CA()
		Expect(one).NotTo(Equal(other))
	})

	It("carries Socket Mode, at a wss address", func() {
		s := start(simulator.Options{})
		client := trustingClient(s)
		r, err := http.NewRequest("POST", "https://slack.com/api/apps.connections.open", nil)
		Expect(err).NotTo(HaveOccurred())
		r.Header.Set("Authorization", appToken)
		w, err := client.Do(r)
		Expect(err).NotTo(HaveOccurred())
		var opened struct{ URL string }
		Expect(json.NewDecoder(w.Body).Decode(&opened)).To(Succeed())
		Expect(w.Body.Close()).To(Succeed())
		Expect(opened.URL).To(HavePrefix("wss://slack.com/link/?"))
		conn, _, err := websocket.Dial(context.Background(), opened.URL, &websocket.DialOptions{HTTPClient: client})
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(func() { _ = conn.CloseNow() })
		_, hello, err := conn.Read(context.Background())
		Expect(err).NotTo(HaveOccurred())
		Expect(string(hello)).To(ContainSubstring(`"hello"`))
		Eventually(s.Sockets).Should(HaveLen(1))

		outcome := deliver(s, command(nil))
		_, text, err := conn.Read(context.Background())
		Expect(err).NotTo(HaveOccurred())
		var m said
		Expect(json.Unmarshal(text, &m)).To(Succeed())
		Expect(conn.Write(context.Background(), websocket.MessageText, []byte(ackText(m)))).To(Succeed())
		Expect(come(outcome).Acknowledged).To(BeTrue())
	})

	It("refuses what is older than TLS 1.2, as Slack does", func() {
		s := start(simulator.Options{})
		conn := knock(s, "")
		client := tls.Client(conn, &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11})
		Expect(client.Handshake()).To(MatchError(ContainSubstring("protocol version")))
	})

	It("keeps the control API to its token and its names", func() {
		s := controlled(simulator.Options{})
		client := trustingClient(s)
		for host, status := range map[string]int{"localhost": 200, "slack.com": 403} {
			r, err := http.NewRequest("GET", "https://"+host+"/_belay/v1/calls", nil)
			Expect(err).NotTo(HaveOccurred())
			r.Header.Set("Authorization", "Bearer "+controlToken)
			w, err := client.Do(r)
			Expect(err).NotTo(HaveOccurred())
			Expect(w.Body.Close()).To(Succeed())
			Expect(w.StatusCode).To(Equal(status), host)
		}
	})
})

var _ = Describe("the paths of the Web API", func() {
	DescribeTable("are taken as wrongly joined base URLs make them",
		func(path, answer, method string) {
			s := start(simulator.Options{})
			Expect(ask("POST", s.URL()+path, form, "text=hi", "Bearer xoxb-1")).To(ContainSubstring(answer))
			call := s.Calls()[0]
			Expect(call.Path).To(Equal(path))
			Expect(call.API).To(Equal(method))
			Expect(string(call.Body)).To(Equal("text=hi"))
		},
		Entry("with doubled slashes", "//api//api.test", `{"ok":true`, "api.test"),
		Entry("without a method", "/api/", `{"ok":false,"error":"unknown_method"`, ""),
		Entry("without a method and a slash", "/api", `{"ok":false,"error":"unknown_method"`, ""),
		Entry("with nothing but slashes", "/api///", `{"ok":false,"error":"unknown_method"`, ""),
	)

	It("are missed once aloud where /api/ is", func() {
		s := start(simulator.Options{})
		for range 2 {
			Expect(ask("POST", s.URL()+"/auth.test", form, "", "Bearer xoxb-1")).To(ContainSubstring(`{"ok":true`))
		}
		Expect(s.Calls()[1].API).To(Equal("auth.test"))
		Expect(problems(s)).To(Equal([]string{"api.base-url"}))
		Expect(s.Findings()[0].Text).To(ContainSubstring("/auth.test was asked for instead of /api/auth.test"))
		Expect(ask("GET", s.URL()+"/robots.txt", "", "", "")).To(ContainSubstring("not found"))
	})
})

var _ = Describe("a fake Slack among clients that mean harm", func() {
	// Each end of a connection is a descriptor of this process.
	It("outlives ten thousand idle connections", func() {
		s := start(simulator.Options{})
		var conns []net.Conn
		defer func() {
			for _, c := range conns {
				_ = c.Close()
			}
		}()
		for len(conns) < 10_000 {
			conn, err := net.Dial("tcp", address(s))
			if err != nil {
				Expect(errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.EADDRNOTAVAIL)).To(BeTrue(), "%v", err)
				for range 200 {
					_ = conns[len(conns)-1].Close()
					conns = conns[:len(conns)-1]
				}
				AddReportEntry("fewer connections", "this machine has no more descriptors or ports", len(conns))
				break
			}
			// The port is free again at once, for whoever runs beside.
			Expect(conn.(*net.TCPConn).SetLinger(0)).To(Succeed())
			conns = append(conns, conn)
		}
		Expect(ask("POST", s.API()+"auth.test", form, "", "Bearer xoxb-1")).To(ContainSubstring(`"ok":true`))
		for n := range max(len(conns)-4096, 0) {
			Expect(conns[n].SetReadDeadline(time.Now().Add(10 * time.Second))).To(Succeed())
			_, err := conns[n].Read(make([]byte, 1))
			Expect(errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET)).To(BeTrue(), "connection %d: %v", n, err)
		}
	})

	It("gives up who has been idle for longest, and nobody who waits for an answer", func() {
		s := controlled(simulator.Options{Limits: simulator.Limits{Connections: 2}})
		listening := bufio.NewReader(knock(s, "GET /_belay/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "+controlToken+"\r\n\r\n"))
		w, err := http.ReadResponse(listening, nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(w.StatusCode).To(Equal(200))
		told := bufio.NewScanner(w.Body)
		Expect(told.Scan()).To(BeTrue())

		idle := knock(s, "GET /api/api.test HTTP/1.1\r\nHost: localhost\r\n\r\n")
		answer, err := http.ReadResponse(bufio.NewReader(idle), nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(io.ReadAll(answer.Body)).To(ContainSubstring(`"ok":true`))
		// It counts as idle only a moment after its answer.
		Eventually(func() string {
			return rest(knock(s, "GET /api/api.test?views.open=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
		}).Should(ContainSubstring(`"ok":true`))
		Expect(rest(idle)).To(BeEmpty())
		for told.Scan() && !strings.Contains(told.Text(), "views.open") {
		}
		Expect(told.Text()).To(ContainSubstring("views.open"))
	})

	It("turns away who comes when all are busy", func() {
		s := controlled(simulator.Options{Limits: simulator.Limits{Connections: 1}})
		s.Handle("/busy", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(200)
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}))
		busy := knock(s, "GET /busy HTTP/1.1\r\nHost: localhost\r\n\r\n")
		_, err := http.ReadResponse(bufio.NewReader(busy), nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(rest(knock(s, ""))).To(HavePrefix("HTTP/1.1 503 "))
		Expect(busy.Close()).To(Succeed())
		Eventually(func() string { return rest(knock(s, "GET /api/auth.test HTTP/1.0\r\n\r\n")) }).Should(HavePrefix("HTTP/1.0 200 "))
	})

	DescribeTable("waits for nobody who says",
		func(text, answer string) {
			s := controlled(simulator.Options{Limits: simulator.Limits{Read: 20 * time.Millisecond}})
			Expect(rest(knock(s, text))).To(HavePrefix(answer))
		},
		Entry("nothing", "", ""),
		Entry("half a head", "POST /api/auth.test HTTP/1.1\r\nHost: loc", ""),
		Entry("half a body", "POST /api/auth.test HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\ntext=", "HTTP/1.1 408 "),
		Entry("half a body, and is refused besides", "POST /_belay/v1/send HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{", "HTTP/1.1 401 "),
		Entry("half a body, and knows the token", "POST /_belay/v1/send HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "+controlToken+"\r\nContent-Length: 100\r\n\r\n{", "HTTP/1.1 408 "),
		Entry("half a body of what is not there", "POST /nowhere HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n", "HTTP/1.1 408 "),
		Entry("the first byte of TLS", "\x16", ""),
	)

	It("does not count the answer's time against the body's", func() {
		done := make(chan struct{})
		a := serve(func(http.ResponseWriter, *http.Request) { <-done })
		s := controlled(simulator.Options{Targets: simulator.Targets{Secret: secret}, Limits: simulator.Limits{Read: 20 * time.Millisecond}})
		answer := make(chan string, 1)
		go func() {
			defer GinkgoRecover()
			answer <- control(s, "POST", "send", `{"kind":"command","to":"`+a.URL.String()+`"}`)
		}()
		Consistently(answer, "100ms").ShouldNot(Receive())
		close(done)
		Eventually(answer).Should(Receive(ContainSubstring(`"acknowledged":true`)))
	})

	DescribeTable("refuses a body of 100 MB before it comes",
		func(path string, control bool) {
			s := controlled(simulator.Options{})
			token := ""
			if control {
				token = "Authorization: Bearer " + controlToken + "\r\n"
			}
			conn := knock(s, "POST "+path+" HTTP/1.1\r\nHost: localhost\r\n"+token+"Content-Length: 104857600\r\n\r\n")
			w, err := http.ReadResponse(bufio.NewReader(conn), nil)
			Expect(err).NotTo(HaveOccurred())
			Expect(w.StatusCode).To(Equal(413))
			Expect(s.Calls()).To(HaveLen(map[bool]int{false: 1, true: 0}[control]))
		},
		Entry("of the Web API", "/api/chat.postMessage", false),
		Entry("of the control API", "/_belay/v1/send", true),
	)

	It("ends a body in pieces that has no end", func() {
		s := start(simulator.Options{Limits: simulator.Limits{Body: 1 << 20}})
		got := make(chan error, 1)
		s.Handle("/upload", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			_, err := io.Copy(io.Discard, r.Body)
			got <- err
		}))
		r, err := http.NewRequest("POST", s.URL()+"/upload", io.LimitReader(endless{}, 100<<20))
		Expect(err).NotTo(HaveOccurred())
		if w, err := http.DefaultClient.Do(r); err == nil {
			_ = w.Body.Close()
		}
		var tooLarge *http.MaxBytesError
		Eventually(got).Should(Receive(Satisfy(func(err error) bool { return errors.As(err, &tooLarge) })))
	})

	It("takes a head of no more than 64 KiB", func() {
		s := start(simulator.Options{})
		conn := knock(s, "GET / HTTP/1.1\r\nHost: localhost\r\nX: "+strings.Repeat("x", 80<<10))
		Expect(rest(conn)).To(HavePrefix("HTTP/1.1 431 "))
	})

	It("records bytes that are no text, and hides the token all the same", func() {
		s := start(simulator.Options{})
		ask("POST", s.API()+"chat.postMessage?x=%ff", form, "text=\xff\x00&token=xoxb-1-secret", "Bearer \xff")
		call := s.Calls()[0]
		Expect(string(call.Body)).To(Equal("text=\xff\x00&token=[redacted]"))
		Expect(call.Token).To(Equal(payload.Secret("\xff")))
	})
})

// endless is a body of zeros.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }
