package checks

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"belay/simulator/payload"
)

// A banner is how a protocol that is not TLS begins.
type banner struct{ prefix, name string }

// banners are what a server of another protocol says to a ClientHello, or says
// first.
var banners = []banner{
	{"HTTP/", "plain HTTP"},
	{"<", "plain HTTP, a page without a head"},
	{"SSH-", "SSH"},
	{"220 ", "SMTP or FTP"},
	{"220-", "SMTP or FTP"},
	{"+OK", "POP3"},
	{"* OK", "IMAP"},
	{"-ERR", "Redis"},
	{"RFB ", "VNC"},
	{"AMQP", "AMQP"},
}

// notTLS names what answered in place of TLS, by the first bytes.
func notTLS(ctx context.Context, s *Session, h payload.Handshake) string {
	if len(h.FirstBytes) > 0 {
		if isRecord(h.FirstBytes[0]) {
			return ""
		}
		return "the port answers with " + nameBanner(h.FirstBytes)
	}
	if !isTimeout(h.Err) && !hasHungUp(h.Err) {
		return ""
	}
	if status := s.answersPlain(ctx); status != 0 {
		return fmt.Sprintf("the port says nothing to TLS, and answers %d to plain HTTP", status)
	}
	return ""
}

// isRecord reports the first byte of a TLS record: a content type from
// change_cipher_spec to heartbeat (RFC 8446 section 5.1, RFC 6520 section 3).
func isRecord(b byte) bool { return b >= 20 && b <= 24 }

// nameBanner names a protocol and quotes the first line that showed it.
func nameBanner(first []byte) string {
	line, _, _ := strings.Cut(string(first), "\n")
	quoted := fmt.Sprintf("%q", strings.TrimSpace(line))
	for _, b := range banners {
		if strings.HasPrefix(string(first), b.prefix) {
			return b.name + ", " + quoted
		}
	}
	return quoted + ", which is not TLS"
}

// answersPlain asks in plain HTTP where TLS met with silence, since some servers
// (gunicorn, PHP's own) wait for the end of a line or hang up instead of answering
// a ClientHello. It returns the status, or 0 where that proves nothing: a TLS
// server answers a plain request too, with 400, a redirect, 421 or nginx's 497.
func (s *Session) answersPlain(ctx context.Context) int {
	ctx, cancel := context.WithTimeout(ctx, s.Target.Deadline/4)
	defer cancel()
	conn, err := s.dialAgain(ctx)
	if err != nil {
		return 0
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	_, _ = fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\nConnection: close\r\n\r\n", s.URL.Host, payload.UserAgent)
	head := bufio.NewReader(io.LimitReader(conn, payload.MaxHead))
	response, err := http.ReadResponse(head, &http.Request{Method: "GET"})
	if err != nil {
		return 0
	}
	_ = response.Body.Close()
	return provenPlain(response.StatusCode)
}

func provenPlain(status int) int {
	switch {
	case status < 200, status >= 300 && status <= 400, status == http.StatusMisdirectedRequest,
		status == http.StatusUpgradeRequired, status >= 495 && status <= 499:
		return 0
	}
	return status
}
