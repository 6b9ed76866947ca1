package demo_test

import (
	"context"
	"crypto/x509"
	"net"
	"net/url"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/demo"
	"belay/simulator/payload"
)

func TestDemo(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Demo")
}

// start runs the sample app for one spec.
func start(o demo.Options) *demo.App {
	GinkgoHelper()
	app, err := demo.Start(o)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(app.Close)
	return app
}

// client sends as Slack does, over a real socket.
func client(app *demo.App) *payload.Client {
	resolver := &payload.Resolver{Given: app.Resolve, Server: app.DNS}
	return &payload.Client{Resolve: resolver.Resolve}
}

// delivery is rightly signed by what the app's owner believes to be the secret.
func delivery(app *demo.App, kind payload.Kind, scene payload.Scene, tamper ...payload.Tamper) payload.Delivery {
	GinkgoHelper()
	u, err := url.Parse(app.URL)
	Expect(err).NotTo(HaveOccurred())
	return payload.Delivery{
		Kind: kind, Fields: kind.Fields(scene), URL: u, Secret: app.Secret, Time: time.Now(), Tamper: tamper,
	}
}

// send delivers to the app's URL.
func send(app *demo.App, kind payload.Kind, scene payload.Scene, tamper ...payload.Tamper) payload.Answer {
	GinkgoHelper()
	return client(app).Send(context.Background(), delivery(app, kind, scene, tamper...))
}

// deploy runs the app's command.
func deploy(app *demo.App, text string, tamper ...payload.Tamper) payload.Answer {
	GinkgoHelper()
	return send(app, payload.Command, payload.Scene{Command: app.Command, Text: text}, tamper...)
}

// unknown runs a command that the app does not have.
func unknown(app *demo.App, tamper ...payload.Tamper) payload.Answer {
	GinkgoHelper()
	return send(app, payload.Command, payload.Scene{}, tamper...)
}

// verify judges the presented certificates by the app's own root.
func verify(app *demo.App, presented []*x509.Certificate) error {
	GinkgoHelper()
	roots, intermediates := x509.NewCertPool(), x509.NewCertPool()
	Expect(roots.AppendCertsFromPEM(app.CA)).To(BeTrue())
	for _, c := range presented[1:] {
		intermediates.AddCert(c)
	}
	u, err := url.Parse(app.URL)
	Expect(err).NotTo(HaveOccurred())
	_, err = presented[0].Verify(x509.VerifyOptions{
		DNSName: u.Hostname(), Roots: roots, Intermediates: intermediates,
	})
	return err
}

// dial connects to an address and closes again.
func dial(address string) error {
	conn, err := net.Dial("tcp", address)
	if err == nil {
		_ = conn.Close()
	}
	return err
}
