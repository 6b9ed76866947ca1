package checks_test

import (
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/simulator/payload"
)

const host = "bot.example.com"

// fine answers 200 to everything.
var fine = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })

// at is a target whose name leads to the address on loopback, with a deadline that
// no test waits for but those of silence.
func at(name string, address netip.AddrPort) checks.Target {
	key := strings.ToLower(strings.TrimSuffix(name, "."))
	given := map[string]netip.Addr{fmt.Sprintf("%s:%d", key, address.Port()): address.Addr()}
	return checks.Target{
		URL:      fmt.Sprintf("https://%s/slack/events", net.JoinHostPort(name, fmt.Sprint(address.Port()))),
		Resolver: &payload.Resolver{Given: given},
		Deadline: 5 * time.Second,
	}
}

// impatient is the target with a deadline that a silent server makes a test wait
// for.
func impatient(address netip.AddrPort) checks.Target {
	t := at(host, address)
	t.Deadline = 200 * time.Millisecond
	return t
}

// serving is a server of TLS that answers 200.
func serving(change func(*tls.Config)) netip.AddrPort {
	return servingHandler(change, fine)
}

func servingHandler(change func(*tls.Config), handler http.Handler) netip.AddrPort {
	config := checkstest.Showing(checkstest.SelfSigned(checkstest.Leaf{}))
	change(config)
	return checkstest.ServeTLS(GinkgoT(), config, handler)
}

// hears reads the client's first message, without which closing would be a reset.
func hears(conn net.Conn) {
	_, _ = conn.Read(make([]byte, 16<<10))
}

// says answers the first message with text in place of TLS.
func says(text string) netip.AddrPort {
	return checkstest.Serve(GinkgoT(), func(conn net.Conn) {
		hears(conn)
		_, _ = io.WriteString(conn, text)
		_, _ = io.Copy(io.Discard, conn)
	})
}

// plainServer speaks HTTP and hangs up on anything else, as PHP's own server does.
func plainServer(answer string) netip.AddrPort {
	return checkstest.Serve(GinkgoT(), func(conn net.Conn) {
		b := make([]byte, 16<<10)
		n, err := conn.Read(b)
		if err == nil && strings.HasPrefix(string(b[:n]), "GET ") {
			_, _ = io.WriteString(conn, answer)
		}
	})
}

// found matches a result with that problem and words of what was seen.
func found(status checks.Status, id, saw string) types.GomegaMatcher {
	return SatisfyAll(
		HaveField("Status", status),
		HaveField("Problem", HaveField("ID", id)),
		HaveField("Saw", ContainSubstring(saw)),
	)
}

// passes matches a result without a problem and with words of what was seen.
func passes(saw string) types.GomegaMatcher {
	return SatisfyAll(
		HaveField("Status", checks.Pass),
		HaveField("Problem", BeNil()),
		HaveField("Saw", ContainSubstring(saw)),
	)
}
