package recording

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"belay/simulator/payload"
)

// Terms are on what a recording is sent again.
type Terms struct {
	// To is where to; one without a path gets the recording's. Nil is where the
	// recording went.
	To *url.URL
	// Secret signs; Token, if given, replaces the verification token.
	Secret, Token payload.Secret
	// KeepIDs leaves ids and response_url as they were recorded.
	KeepIDs bool
	// Now is when it is signed. New ids are made from it, so that what had one id in
	// the recordings has one id again.
	Now time.Time
}

// A Replay is a recording that is ready to be sent again.
type Replay struct {
	// Delivery is signed afresh. Its body is the recorded one but for what was renewed.
	Delivery payload.Delivery
	// Renewed are the names of the fields that have a new value.
	Renewed []string
	// Differences are sentences about what Slack would have sent otherwise than what
	// was recorded.
	Differences []string
	// Lost are sentences about what cannot be sent as it was.
	Lost []string
	// Secrets are the texts of the recording that no output may hold.
	Secrets []payload.Secret
}

// Replay makes a delivery of a recording.
func (r Recording) Replay(t Terms) (Replay, error) {
	is, err := r.identify()
	if err != nil {
		return Replay{}, fmt.Errorf("%s: this is no request of Slack's: %w", r.Source, err)
	}
	to, err := r.destination(t.To, is)
	if err != nil {
		return Replay{}, fmt.Errorf("%s: %w", r.Source, err)
	}
	n := &renewal{terms: t, fields: is.fields}
	again := r
	again.Body = editBody(is.encoding, r.Body, n.change)
	if is, err = again.identify(); err != nil {
		return Replay{}, fmt.Errorf("%s: %w", r.Source, err)
	}
	if is.encoding == payload.Query {
		n.query(is.fields)
	}
	replay := Replay{
		Delivery: payload.Delivery{
			Kind: is.kind, Fields: is.fields, URL: to, Secret: t.Secret, Time: t.Now, Header: r.kept(),
		},
		Renewed: n.renewed, Lost: slices.Concat(r.Lost, n.lost), Secrets: n.secrets,
	}
	replay.Differences = r.differences(t, len(replay.Lost) == 0)
	replay.write(is, again.Body)
	return replay, nil
}

// write keeps the body's bytes. Where they are what Slack's encoding of the fields is,
// the fields do, so that a tamper can change them.
func (p *Replay) write(is identity, body []byte) {
	d := &p.Delivery
	if is.encoding == payload.Query || is.encoding == is.kind.Encoding && bytes.Equal(body, payload.Encode(is.encoding, is.fields)) {
		return
	}
	d.Body = body
	if is.encoding != is.kind.Encoding {
		d.Header = append(d.Header, payload.HeaderField{Name: "Content-Type", Value: is.encoding.ContentType()})
	}
}

// destination is where the recording is sent to.
func (r Recording) destination(to *url.URL, is identity) (*url.URL, error) {
	went, err := url.Parse(r.URL)
	if err != nil && to == nil {
		return nil, errors.New("the recorded URL cannot be read: give --to URL")
	}
	if err != nil {
		return to, nil
	}
	if is.encoding == payload.Query {
		// The fields are the query.
		went.RawQuery = ""
	}
	switch {
	case to == nil && (went.Scheme != "http" && went.Scheme != "https" || went.Host == ""):
		return nil, errNoHost
	case to == nil:
		went.User, went.Fragment = nil, ""
		return went, nil
	case to.Path == "" && to.RawQuery == "":
		there := *to
		there.Path, there.RawPath, there.RawQuery = went.Path, went.RawPath, went.RawQuery
		return &there, nil
	}
	return to, nil
}

// Loopback reports whether the recording went to this machine.
func (r Recording) Loopback() bool {
	u, err := url.Parse(r.URL)
	return err == nil && u.Host != "" && isLoopback(u.Host)
}

// kept are Slack's headers about a delivery, such as those of a retry. What a proxy or
// a client added stays behind, and what is signed afresh.
func (r Recording) kept() []payload.HeaderField {
	var kept []payload.HeaderField
	for _, h := range r.Header {
		if isSlacks(h.Name) && !signs(h.Name) && sendable(h) {
			kept = append(kept, h)
		}
	}
	return kept
}

func isSlacks(name string) bool { return strings.HasPrefix(strings.ToLower(name), "x-slack-") }

func signs(name string) bool {
	return strings.EqualFold(name, payload.SignatureHeader) || strings.EqualFold(name, payload.TimestampHeader)
}

// sendable reports a field that is one line on the wire.
func sendable(h payload.HeaderField) bool {
	return !strings.ContainsAny(h.Name, " \t\r\n:\x00") && !strings.ContainsAny(h.Value, "\r\n\x00")
}

// Offsets are when each recording is sent, counted from the first: in their own
// spacing, so many times faster, but never more than the longest wait after the one
// before. Where a time is not known there is no wait.
func Offsets(all []Recording, speed float64, longest time.Duration) []time.Duration {
	offsets := make([]time.Duration, len(all))
	for i := 1; i < len(all); i++ {
		offsets[i] = offsets[i-1]
		if before, now := all[i-1].At, all[i].At; !before.IsZero() && !now.IsZero() {
			wait := float64(max(now.Sub(before), 0)) / speed
			offsets[i] += time.Duration(min(wait, float64(longest)))
		}
	}
	return offsets
}
