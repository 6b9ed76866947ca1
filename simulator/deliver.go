package simulator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"belay/simulator/payload"
)

// A Reason is why a delivery failed, in the words of X-Slack-Retry-Reason.
//
// https://docs.slack.dev/apis/events-api#retries
type Reason string

// The reasons. HTTPError is any answer but 2xx.
const (
	HTTPTimeout      Reason = "http_timeout"
	TooManyRedirects Reason = "too_many_redirects"
	ConnectionFailed Reason = "connection_failed"
	SSLError         Reason = "ssl_error"
	HTTPError        Reason = "http_error"
	UnknownError     Reason = "unknown_error"
)

// An Attempt is one try to deliver a payload.
type Attempt struct {
	// Sequence grows by one with every attempt, in the order of their ends. Only
	// recorded attempts have it.
	Sequence uint64
	At       time.Time
	// Took is what the app needed, redirects included.
	Took time.Duration
	Kind string
	// EventID is the same in every attempt at an event.
	EventID string
	// RetryNum and RetryReason are what the app was told: 0 and "" at first.
	RetryNum    int
	RetryReason Reason
	// Hops are the URLs that were asked, in order; none over Socket Mode.
	Hops []string
	// Answer is that of the last hop. Over Socket Mode it has nothing but the body of
	// its request, which is what the envelope bears.
	Answer payload.Answer
	// EnvelopeID is that of Socket Mode; every attempt has its own.
	EnvelopeID string
	// Ack is nil without one, and over HTTP.
	Ack *Ack
	// Failure is "" when the app acknowledged.
	Failure Reason
	// Detail says in words why it failed.
	Detail string
	// certificate is set when the failure is the certificate's.
	certificate bool
}

// trimmed is what the record keeps: without secrets, the connection's state and
// large bodies.
func (a Attempt) trimmed() Attempt {
	a.Answer.TLS = nil
	a.Answer.Request.Body = redact(cut(a.Answer.Request.Body))
	a.Answer.Body = redact(cut(a.Answer.Body))
	if a.Ack != nil {
		ack := *a.Ack
		ack.Payload = redact(ack.Payload)
		a.Ack = &ack
	}
	return a
}

// cut copies the beginning, so that the rest is not held.
func cut(body []byte) []byte { return bytes.Clone(body[:min(len(body), maxKept)]) }

// fail sets why the attempt failed.
func (a *Attempt) fail(why Reason, format string, args ...any) {
	a.Failure, a.Detail = why, fmt.Sprintf(format, args...)
}

// maxWait bounds an attempt on a clock that nobody turns.
const maxWait = 30 * time.Second

// try sends once, over HTTP or, without a URL, over Socket Mode.
func (s *Server) try(ctx context.Context, d payload.Delivery, num int, reason Reason) Attempt {
	clk := s.options.Clock
	// Every attempt is signed anew, as the app refuses old signatures.
	d.Time = clk.Now()
	a := Attempt{At: d.Time, Kind: d.Kind.Name, EventID: d.Fields.Text("event_id"), RetryNum: num, RetryReason: reason}
	if d.URL == nil {
		s.hub.deliver(ctx, d, &a)
	} else {
		if num > 0 {
			d.Header = append(d.Header[:len(d.Header):len(d.Header)],
				payload.HeaderField{Name: "X-Slack-Retry-Num", Value: fmt.Sprint(num)},
				payload.HeaderField{Name: "X-Slack-Retry-Reason", Value: string(reason)})
		}
		s.post(ctx, d, &a)
	}
	a.Took = clk.Elapsed(a.At)
	s.record.attempt(a)
	return a
}

// post sends over HTTP and follows redirects as the profile says. The deadline
// holds for all hops together.
func (s *Server) post(ctx context.Context, d payload.Delivery, a *Attempt) {
	select {
	case s.sending <- struct{}{}:
		defer func() { <-s.sending }()
	case <-ctx.Done():
		a.fail(UnknownError, "%v", ctx.Err())
		return
	}
	clk, rule := s.options.Clock, s.options.Profile.InteractionRedirects
	// The challenge goes where events go.
	if d.Kind.Encoding == payload.JSON {
		rule = s.options.Profile.EventRedirects
	}
	a.At = clk.Now()
	ctx, cancel := clk.WithTimeout(ctx, clk.Stretch(s.options.Profile.AckWithin))
	defer cancel()
	for {
		a.Hops = append(a.Hops, d.URL.String())
		a.Answer = s.send(ctx, d)
		next := location(a.Answer, d.URL)
		if next == nil || rule.Follow == 0 {
			a.judge()
			return
		}
		if len(a.Hops) > rule.Follow {
			a.fail(TooManyRedirects, "redirects a %s time, to %s", ordinal(len(a.Hops)), next)
			return
		}
		if !rule.ToAnyHost && !sameHost(d.URL, next) {
			a.fail(UnknownError, "redirects to another host, %s, where belay does not follow", next.Host)
			return
		}
		d.URL, d.Get = next, rule.AsGET
	}
}

func ordinal(n int) string {
	return [...]string{"first", "second", "third"}[min(n, 3)-1]
}

// location is where a 301 or 302 leads, or nil for any other answer.
func location(a payload.Answer, from *url.URL) *url.URL {
	if a.Err != nil || a.Status != http.StatusMovedPermanently && a.Status != http.StatusFound {
		return nil
	}
	to, err := from.Parse(a.Header.Get("Location"))
	if err != nil || a.Header.Get("Location") == "" || to.Host == "" || to.Scheme != "http" && to.Scheme != "https" {
		return nil
	}
	to.User = nil
	return to
}

// sameHost reports whether a redirect stays with the app: on its host, or on this
// machine.
func sameHost(from, to *url.URL) bool {
	return strings.EqualFold(from.Hostname(), to.Hostname()) || isLoopback(from.Hostname()) && isLoopback(to.Hostname())
}

func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}

// judge names what is wrong with an answer, after Slack's documentation where it
// says, and otherwise by what the words mean.
func (a *Attempt) judge() {
	x := a.Answer
	switch {
	case x.GaveUp || errors.Is(x.Err, context.DeadlineExceeded):
		a.fail(HTTPTimeout, "no complete answer in time (%s)", x.Reached)
	case x.Err == nil && x.OK():
	case x.Err == nil:
		a.fail(HTTPError, "HTTP %d", x.Status)
	case x.Reached == payload.PhaseTLS:
		a.certificate = isCertificate(x.Err)
		a.fail(SSLError, "%v", x.Err)
	case x.Reached == payload.PhaseDNS, x.Reached == payload.PhaseConnect, x.Reached == payload.PhaseWrite:
		a.fail(ConnectionFailed, "%v", x.Err)
	case x.Reached == payload.PhaseHead && !errors.Is(x.Err, payload.ErrMalformed) && !errors.Is(x.Err, payload.ErrHeadTooLarge):
		a.fail(ConnectionFailed, "the connection ended without an answer: %v", x.Err)
	case errors.Is(x.Err, io.ErrUnexpectedEOF):
		a.fail(UnknownError, "the answer breaks off: %v", x.Err)
	default:
		a.fail(UnknownError, "%v", x.Err)
	}
}

// shows is the code in «/deploy failed with the error "…"».
func (a *Attempt) shows() string {
	status := a.Answer.Status
	switch {
	case a.Failure == "":
		return ""
	case a.Failure == HTTPTimeout:
		return "operation_timeout"
	case a.certificate:
		return "ssl_cacert"
	case a.Failure == HTTPError && status >= 400 && status < 500:
		return "http_client_error"
	case a.Failure == HTTPError && status >= 500:
		return "http_service_error"
	}
	return "dispatch_failed"
}
