package checks_test

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
)

var _ = DescribeTable("tls.handshake",
	func(ctx SpecContext, target func() checks.Target, matches types.GomegaMatcher) {
		Expect(checks.RunCheck(ctx, checks.TLSHandshake, target())).To(matches)
	},
	Entry("passes with TLS 1.3", func() checks.Target {
		return at(host, serving(func(*tls.Config) {}))
	}, SatisfyAll(passes("TLS 1.3"), HaveField("Evidence.TLS.ServerName", host), HaveField("Evidence.TLS.Cipher", HavePrefix("TLS_")))),
	Entry("passes with TLS 1.2", func() checks.Target {
		return at(host, serving(func(c *tls.Config) { c.MaxVersion = tls.VersionTLS12 }))
	}, passes("TLS 1.2")),
	Entry("passes for a server that knows only the RSA key exchange, which OpenSSL still offers", func() checks.Target {
		return at(host, serving(func(c *tls.Config) {
			c.Certificates[0] = checkstest.SelfSigned(checkstest.Leaf{Key: checkstest.RSA(2048)})
			c.MaxVersion, c.CipherSuites = tls.VersionTLS12, []uint16{tls.TLS_RSA_WITH_AES_128_GCM_SHA256}
		}))
	}, passes("TLS 1.2")),
	Entry("passes for an address, which sends no server name", func() checks.Target {
		return at("127.0.0.1", serving(func(*tls.Config) {}))
	}, passes("TLS 1.3")),
	Entry("passes where a client certificate is asked for and optional", func() checks.Target {
		return at(host, serving(func(c *tls.Config) { c.ClientAuth = tls.RequestClientCert }))
	}, passes("TLS 1.3")),
	Entry("passes where a client certificate is optional with TLS 1.2", func() checks.Target {
		return at(host, serving(func(c *tls.Config) {
			c.ClientAuth, c.MaxVersion = tls.RequestClientCert, tls.VersionTLS12
		}))
	}, passes("TLS 1.2")),
	Entry("is skipped for plain http", func() checks.Target {
		t := at(host, says(""))
		t.URL = "http" + t.URL[len("https"):]
		return t
	}, SatisfyAll(HaveField("Status", checks.Skip), HaveField("Reason", "plain http: no TLS"))),

	Entry("names HTTP on a port of TLS", func() checks.Target {
		return at(host, says("HTTP/1.1 400 Bad Request\r\n\r\n"))
	}, found(checks.Fail, "tls.not-tls", `plain HTTP, "HTTP/1.1 400 Bad Request"`)),
	Entry("names SSH by its banner", func() checks.Target {
		return at(host, says("SSH-2.0-OpenSSH_9.6\r\n"))
	}, found(checks.Fail, "tls.not-tls", "SSH")),
	Entry("names SMTP by its greeting", func() checks.Target {
		return at(host, says("220 mail.example.com ESMTP\r\n"))
	}, found(checks.Fail, "tls.not-tls", "SMTP")),
	Entry("quotes what it cannot name, without control characters", func() checks.Target {
		return at(host, says("\x1b[31mhello\n"))
	}, found(checks.Fail, "tls.not-tls", `"\x1b[31mhello"`)),
	Entry("finds out a server of HTTP that says nothing to TLS", func() checks.Target {
		return at(host, plainServer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"))
	}, found(checks.Fail, "tls.not-tls", "404 to plain HTTP")),
	Entry("does not take a server of TLS that complains in HTTP for plain", func() checks.Target {
		return at(host, plainServer("HTTP/1.1 400 The plain HTTP request was sent to HTTPS port\r\n\r\n"))
	}, found(checks.Fail, "tls.closed", "closed")),

	Entry("waits no longer than the deadline", func() checks.Target {
		return impatient(says(""))
	}, found(checks.Fail, "tls.timeout", "no answer to the first message within 200ms")),
	Entry("tells a handshake that began from none at all", func() checks.Target {
		return impatient(says("\x16\x03\x03\x40\x00"))
	}, found(checks.Fail, "tls.timeout", "was not finished within 200ms")),

	Entry("sees a connection closed after the first message", func() checks.Target {
		return at(host, checkstest.Serve(GinkgoT(), hears))
	}, SatisfyAll(found(checks.Fail, "tls.closed", "closed"), HaveField("Evidence.Connections", ConsistOf(HaveField("Error", "EOF"))))),
	Entry("sees a connection reset after the first message", func() checks.Target {
		return at(host, checkstest.Serve(GinkgoT(), func(conn net.Conn) {
			hears(conn)
			_ = conn.(*net.TCPConn).SetLinger(0)
		}))
	}, found(checks.Fail, "tls.closed", "reset")),

	Entry("names the version of a server that is too old", func() checks.Target {
		return at(host, serving(func(c *tls.Config) {
			c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
		}))
	}, found(checks.Fail, "tls.version", "speaks TLS 1.1")),
	Entry("knows a server that answers with a version nobody offered", func() checks.Target {
		return at(host, says(oldServerHello))
	}, found(checks.Fail, "tls.version", "refuses TLS 1.2 and 1.3")),

	Entry("knows a server without a certificate for the name", func() checks.Target {
		return at(host, serving(func(c *tls.Config) {
			c.Certificates = nil
			c.GetCertificate = func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return nil, nil }
		}))
	}, found(checks.Fail, "tls.unrecognized-name", host)),
	Entry("knows a server that breaks over the name", func() checks.Target {
		return at(host, serving(func(c *tls.Config) {
			c.GetConfigForClient = func(*tls.ClientHelloInfo) (*tls.Config, error) { return nil, errors.New("no") }
		}))
	}, found(checks.Fail, "tls.unrecognized-name", "internal error")),
	Entry("knows the alert unrecognized_name", func() checks.Target {
		return at(host, says("\x15\x03\x03\x00\x02\x02\x70"))
	}, found(checks.Fail, "tls.unrecognized-name", "unrecognized name")),

	Entry("knows a server with which no cipher is shared", func() checks.Target {
		return at(host, serving(func(c *tls.Config) {
			c.MaxVersion = tls.VersionTLS12
			c.CipherSuites = []uint16{tls.TLS_RSA_WITH_AES_128_GCM_SHA256}
		}))
	}, found(checks.Fail, "tls.handshake-failure", "handshake failure")),
	Entry("knows the alert insufficient_security", func() checks.Target {
		return at(host, says("\x15\x03\x03\x00\x02\x02\x47"))
	}, found(checks.Fail, "tls.handshake-failure", "insufficient security")),
	Entry("shows the words of any other alert", func() checks.Target {
		return at(host, says("\x15\x03\x03\x00\x02\x02\x78"))
	}, found(checks.Fail, "tls.handshake-failure", "no application protocol")),

	Entry("cannot tell behind a client certificate that TLS 1.2 demands", func() checks.Target {
		return at(host, serving(func(c *tls.Config) {
			c.ClientAuth, c.MaxVersion = tls.RequireAnyClientCert, tls.VersionTLS12
		}))
	}, found(checks.Inconclusive, "tls.client-certificate", "refuses the handshake")),
	Entry("cannot tell behind a client certificate that TLS 1.3 demands", func() checks.Target {
		return at(host, serving(func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert }))
	}, found(checks.Inconclusive, "tls.client-certificate", "ends the connection")),
	Entry("cannot tell behind a client certificate that nginx demands", func() checks.Target {
		return at(host, servingHandler(func(c *tls.Config) { c.ClientAuth = tls.RequestClientCert },
			http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				http.Error(w, "<center>No required SSL certificate was sent</center>", http.StatusBadRequest)
			})))
	}, found(checks.Inconclusive, "tls.client-certificate", "answers 400")),
)

// oldServerHello picks TLS 1.0 from whatever was offered (RFC 2246 section 7.4.1.3).
var oldServerHello = "\x16\x03\x01\x00\x2a\x02\x00\x00\x26\x03\x01" + fmt.Sprintf("%032d", 0) + "\x00\x00\x2f\x00"

var _ = Describe("tls.handshake", func() {
	It("blocks the questions about the certificate when it fails", func(ctx SpecContext) {
		r := checks.RunAfter(ctx, checks.CertChain, at(host, says("SSH-2.0-x\r\n")), checks.TLSHandshake)
		Expect(r.Status).To(Equal(checks.Skip))
		Expect(r.Reason).To(HavePrefix("not asked after tls.handshake: "))
	})

	It("hands its reason on for plain http", func(ctx SpecContext) {
		t := at(host, says(""))
		t.URL = "http" + t.URL[len("https"):]
		r := checks.RunAfter(ctx, checks.CertKey, t, checks.TLSHandshake)
		Expect(r).To(HaveField("Reason", "plain http: no TLS"))
	})
})
