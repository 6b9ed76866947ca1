package demo_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/demo"
	"belay/simulator/payload"
)

// deadline is short, so that slow faults need not be waited for.
const deadline = 300 * time.Millisecond

// signs are what each fault looks like from outside.
var signs = map[string]func(*demo.App){
	"plain-http": func(app *demo.App) {
		Expect(app.URL).To(HavePrefix("http://"))
		healthy(deploy(app, ""))
	},
	"nxdomain": func(app *demo.App) {
		answer := deploy(app, "")
		Expect(answer.Err).To(MatchError(payload.ErrNXDomain))
		Expect(answer.Resolution.RCode).To(Equal("NXDOMAIN"))
		Expect(app.Resolve).To(BeEmpty())
	},
	"private-address": func(app *demo.App) {
		answer := deploy(app, "")
		healthy(answer)
		Expect(answer.Resolution.Source).To(Equal(payload.SourceDNS))
		Expect(answer.Resolution.Addresses).To(HaveExactElements(HaveField("String()", "127.0.0.1")))
		resolver := &payload.Resolver{Server: app.DNS}
		Expect(resolver.Resolve(context.Background(), "slack.com", 443).Err).To(MatchError(payload.ErrNXDomain))
	},
	"refused": func(app *demo.App) {
		Expect(deploy(app, "").Err).To(MatchError(syscall.ECONNREFUSED))
	},
	"not-tls": func(app *demo.App) {
		Expect(app.URL).To(HavePrefix("https://"))
		var record tls.RecordHeaderError
		Expect(errors.As(deploy(app, "").Err, &record)).To(BeTrue())
		Expect(string(record.RecordHeader[:])).To(Equal("HTTP/"))
	},
	"old-tls": func(app *demo.App) {
		answer := deploy(app, "")
		Expect(answer.Reached).To(Equal(payload.PhaseTLS))
		Expect(answer.Err).To(MatchError(ContainSubstring("protocol version")))
		conn, err := tls.Dial("tcp", app.Address, &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS10})
		Expect(err).NotTo(HaveOccurred())
		defer conn.Close()
		Expect(conn.ConnectionState().Version).To(Equal(uint16(tls.VersionTLS11)))
	},
	"self-signed": func(app *demo.App) {
		presented := presented(app)
		Expect(presented).To(HaveLen(1))
		Expect(presented[0].RawIssuer).To(Equal(presented[0].RawSubject))
		Expect(presented[0].CheckSignature(presented[0].SignatureAlgorithm,
			presented[0].RawTBSCertificate, presented[0].Signature)).To(Succeed())
		Expect(verify(app, presented)).To(MatchError(ContainSubstring("unknown authority")))
	},
	"incomplete-chain": func(app *demo.App) {
		presented := presented(app)
		Expect(presented).To(HaveLen(1))
		Expect(verify(app, presented)).To(MatchError(ContainSubstring("unknown authority")))
		Expect(verify(app, append(presented, download(app, presented[0].IssuingCertificateURL[0])))).To(Succeed())
	},
	"expired": func(app *demo.App) {
		err := verify(app, presented(app))
		Expect(err).To(MatchError(ContainSubstring("is after")))
	},
	"wrong-host": func(app *demo.App) {
		presented := presented(app)
		var wrong x509.HostnameError
		Expect(errors.As(verify(app, presented), &wrong)).To(BeTrue())
		Expect(presented[0].DNSNames).To(Equal([]string{"staging.belay.example"}))
	},
	"not-found": func(app *demo.App) {
		answer := deploy(app, "")
		Expect(answer.Status).To(Equal(404))
		Expect(string(answer.Body)).To(Equal("404 page not found\n"))
		d := delivery(app, payload.Command, payload.Scene{Command: app.Command})
		d.URL.Path += "s"
		healthy(client(app).Send(context.Background(), d))
	},
	"redirect": func(app *demo.App) {
		answer := deploy(app, "")
		Expect(answer.Status).To(Equal(301))
		d := delivery(app, payload.Command, payload.Scene{Command: app.Command})
		var err error
		d.URL, err = d.URL.Parse(answer.Header.Get("Location"))
		Expect(err).NotTo(HaveOccurred())
		healthy(client(app).Send(context.Background(), d))
		d.Get = true
		Expect(client(app).Send(context.Background(), d).Status).To(Equal(405))
	},
	"tunnel-offline": func(app *demo.App) {
		answer := unknown(app)
		Expect(answer.Status).To(Equal(404))
		Expect(answer.Header.Get("Ngrok-Error-Code")).To(Equal("ERR_NGROK_3200"))
		Expect(string(answer.Body)).To(ContainSubstring("is offline"))
	},
	"server-error": func(app *demo.App) {
		Expect(deploy(app, "").Status).To(Equal(500))
	},
	"slow": func(app *demo.App) {
		answer := deploy(app, "")
		healthy(answer)
		Expect(answer.Took()).To(BeNumerically(">", deadline*4/3))
	},
	"never": func(app *demo.App) {
		c := client(app)
		c.Wait = deadline
		answer := c.Send(context.Background(), delivery(app, payload.Command, payload.Scene{Command: app.Command}))
		Expect(answer.GaveUp).To(BeTrue())
		Expect(answer.Reached).To(Equal(payload.PhaseHead))
	},
	"cold-start": func(app *demo.App) {
		first := unknown(app)
		healthy(first)
		Expect(first.Took()).To(BeNumerically(">", deadline*2/3))
		healthy(deploy(app, ""))
		Expect(unknown(app).Took()).To(BeNumerically("<", first.Took()))
	},
	"dies": func(app *demo.App) {
		answer := deploy(app, "")
		Expect(answer.Answered()).To(BeFalse())
		Expect(answer.Reached).To(Equal(payload.PhaseHead))
		Expect(dial(app.Address)).To(MatchError(syscall.ECONNREFUSED))
	},
	"wrong-secret": func(app *demo.App) {
		Expect(app.Held).NotTo(Equal(app.Secret))
		Expect(deploy(app, "").Status).To(Equal(401))
		healthy(deploy(app, "", payload.SignedWith(app.Held, "")))
	},
	"parsed-body": func(app *demo.App) {
		healthy(deploy(app, "prod"))
		Expect(deploy(app, "prod now").Status).To(Equal(401))
		Expect(deploy(app, "~").Status).To(Equal(401))
		refusesForged(app)
		Expect(deploy(app, "prod", payload.Stale(10*time.Minute)).Status).To(Equal(401))
		healthy(send(app, payload.Event, payload.Scene{Text: "a/b c"}))
	},
	"unsigned": func(app *demo.App) {
		for _, tamper := range []payload.Tamper{
			payload.Unsigned, payload.Forged, payload.TamperedBody, payload.Stale(10 * time.Minute),
		} {
			healthy(deploy(app, "", tamper))
			healthy(send(app, payload.Event, payload.Scene{}, tamper))
		}
	},
	"stale": func(app *demo.App) {
		healthy(deploy(app, "", payload.Stale(24*time.Hour)))
		refusesForged(app)
	},
	"html": func(app *demo.App) {
		answer := deploy(app, "")
		Expect(answer.Status).To(Equal(200))
		Expect(string(answer.Body)).To(HavePrefix("<!DOCTYPE html>"))
	},
	"raw-json": func(app *demo.App) {
		answer := deploy(app, "")
		healthy(answer)
		Expect(answer.Header.Get("Content-Type")).To(HavePrefix("text/plain"))
		Expect(replied(answer)).To(HaveKey("text"))
	},
	"invalid-blocks": func(app *demo.App) {
		block := replied(deploy(app, ""))["blocks"].([]any)[0].(map[string]any)
		Expect(block["type"]).To(Equal("header"))
		Expect(len(block["text"].(map[string]any)["text"].(string))).To(BeNumerically(">", 150))
	},
	"challenge": func(app *demo.App) {
		Expect(app.Kind).To(Equal("event"))
		Expect(app.URL).To(Equal(app.Events))
		answer := send(app, payload.URLVerification, payload.Scene{})
		healthy(answer)
		Expect(string(answer.Body)).To(Equal(`{"ok":true}`))
		refusesForged(app)
	},
}

var _ = Describe("A fault", func() {
	var all []TableEntry
	for _, f := range demo.Faults() {
		all = append(all, Entry(f.Name, f))
	}

	DescribeTable("shows from outside", func(f demo.Fault) {
		Expect(signs).To(HaveKey(f.Name))
		signs[f.Name](start(demo.Options{Fault: f.Name, Deadline: deadline}))
	}, all)

	DescribeTable("is described", func(f demo.Fault) {
		Expect(f.Name).To(MatchRegexp(`^[a-z]+(-[a-z]+)*$`))
		Expect(f.Title).To(MatchRegexp(`^[A-Z].*[^.]$`))
		Expect(f.Problem).To(HavePrefix(f.Family + "."))
	}, all)

	It("has a name and a title of its own", func() {
		names, titles := map[string]bool{}, map[string]bool{}
		for _, f := range demo.Faults() {
			names[f.Name], titles[f.Title] = true, true
		}
		Expect(names).To(HaveLen(len(demo.Faults())))
		Expect(titles).To(HaveLen(len(demo.Faults())))
		Expect(signs).To(HaveLen(len(names)))
	})

	DescribeTable("of /deploy leaves everything else healthy", func(name string) {
		app := start(demo.Options{Fault: name, Deadline: time.Hour})
		healthy(unknown(app))
		healthy(send(app, payload.URLVerification, payload.Scene{}))
		healthy(send(app, payload.SSLCheck, payload.Scene{}))
		refusesForged(app)
	},
		Entry(nil, "server-error"), Entry(nil, "slow"), Entry(nil, "never"), Entry(nil, "dies"),
		Entry(nil, "html"), Entry(nil, "raw-json"), Entry(nil, "invalid-blocks"),
	)
})

func healthy(answer payload.Answer) {
	GinkgoHelper()
	Expect(answer.Err).NotTo(HaveOccurred())
	Expect(answer.Status).To(Equal(200))
}

func refusesForged(app *demo.App) {
	GinkgoHelper()
	for _, tamper := range []payload.Tamper{payload.Forged, payload.TamperedBody, payload.Unsigned} {
		Expect(deploy(app, "", tamper).Status).To(Equal(401), tamper.Name)
	}
}

// presented are the certificates that the app shows.
func presented(app *demo.App) []*x509.Certificate {
	GinkgoHelper()
	answer := deploy(app, "")
	healthy(answer)
	return answer.TLS.PeerCertificates
}

// download fetches a certificate at the place where the app's names lead.
func download(app *demo.App, address string) *x509.Certificate {
	GinkgoHelper()
	u, err := url.Parse(address)
	Expect(err).NotTo(HaveOccurred())
	Expect(app.Resolve).To(HaveKey(u.Host))
	u.Host = net.JoinHostPort(app.Resolve[u.Host].String(), u.Port())
	answer, err := http.Get(u.String())
	Expect(err).NotTo(HaveOccurred())
	defer answer.Body.Close()
	der, err := io.ReadAll(answer.Body)
	Expect(err).NotTo(HaveOccurred())
	certificate, err := x509.ParseCertificate(der)
	Expect(err).NotTo(HaveOccurred())
	Expect(strings.HasSuffix(u.Path, ".cer")).To(BeTrue())
	return certificate
}
