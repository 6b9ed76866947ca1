package payload

import (
	"bytes"
	"strings"
	"time"
)

// A Tamper spoils a delivery in one way, to see whether the app notices.
type Tamper struct {
	// Name is the word the user types.
	Name string
	// Title says what is wrong with the request.
	Title string
	// Value is what the user may write behind the name and an equals sign, such as
	// DURATION. It is empty for those that take nothing.
	Value string
	// Draft, when set, changes what is signed: the fields, the secret and the time.
	Draft func(*Delivery)
	// Wire, when set, changes the signed request.
	Wire func(*Request)
	// LostFirst is for whoever retries: the first attempt never leaves, so that the
	// first retry is the first that the app sees.
	LostFirst bool
	// Duplicate is for whoever retries: the event arrives once more, as what
	// Delivery.Duplicate makes of it.
	Duplicate bool

	with func(value string) (Tamper, error)
}

// Forged carries a well-formed signature with one digit flipped.
var Forged = Tamper{Name: "flipped-digit", Title: "a forged signature", Wire: func(r *Request) {
	r.changeHeader(SignatureHeader, func(v string) string {
		last := byte('0')
		if v[len(v)-1] == '0' {
			last = '1'
		}
		return v[:len(v)-1] + string(last)
	})
}}

// TamperedBody carries the right signature of another body. The change is one
// that an app that does not verify would not notice, so that its answers can be
// compared.
var TamperedBody = Tamper{Name: "changed-body", Title: "a tampered body", Wire: func(r *Request) {
	if r.Method == "GET" {
		return
	}
	if bytes.HasSuffix(r.Body, []byte("}")) {
		r.Body = append(bytes.Clone(r.Body[:len(r.Body)-1]), `,"belay":"tampered"}`...)
		return
	}
	r.Body = append(bytes.Clone(r.Body), "&belay=tampered"...)
}}

// VersionOne names a signature version that does not exist.
var VersionOne = Tamper{Name: "v1", Title: "signature version v1", Wire: func(r *Request) {
	r.changeHeader(SignatureHeader, func(v string) string { return "v1" + v[2:] })
}}

// Truncated carries half of a signature.
var Truncated = Tamper{Name: "truncated", Title: "half a signature", Wire: func(r *Request) {
	r.changeHeader(SignatureHeader, func(v string) string { return v[:len(v)/2] })
}}

// NoSignature leaves the signature out and the timestamp in.
var NoSignature = Tamper{Name: "no-signature", Title: "no signature", Wire: func(r *Request) {
	r.dropHeader(SignatureHeader)
}}

// NoTimestamp leaves the timestamp out and the signature in.
var NoTimestamp = Tamper{Name: "no-timestamp", Title: "no timestamp", Wire: func(r *Request) {
	r.dropHeader(TimestampHeader)
}}

// Unsigned leaves both headers out.
var Unsigned = Tamper{Name: "unsigned", Title: "no signature headers", Wire: func(r *Request) {
	r.dropHeader(SignatureHeader)
	r.dropHeader(TimestampHeader)
}}

// EmptySecret signs with nothing, as an app does whose secret was never set.
var EmptySecret = Tamper{Name: "empty-secret", Title: "an empty secret", Draft: func(d *Delivery) { d.Secret = "" }}

// LostFirst delivers only the first retry.
var LostFirst = Tamper{Name: "lost-first", Title: "a lost first attempt", LostFirst: true}

// Duplicate delivers an event twice, under two ids.
var Duplicate = Tamper{Name: "duplicate", Title: "an event twice, under two ids", Duplicate: true}

// Stale is rightly signed, that long ago.
func Stale(age time.Duration) Tamper {
	return Tamper{Name: "stale", Title: "a timestamp " + age.String() + " old", Draft: func(d *Delivery) {
		d.Time = d.Time.Add(-age)
	}}
}

// Future is rightly signed, that far ahead.
func Future(ahead time.Duration) Tamper {
	return Tamper{Name: "future", Title: "a timestamp " + ahead.String() + " ahead", Draft: func(d *Delivery) {
		d.Time = d.Time.Add(ahead)
	}}
}

// SignedWith signs with another secret.
func SignedWith(secret Secret, title string) Tamper {
	return Tamper{Name: "wrong-secret", Title: title, Draft: func(d *Delivery) { d.Secret = secret }}
}

// WrongToken carries another verification token, rightly signed.
func WrongToken(token Secret) Tamper {
	return Tamper{Name: "wrong-token", Title: "a wrong verification token", Draft: func(d *Delivery) {
		if d.Fields.Has("token") {
			d.Fields = d.Fields.With("token", token)
		}
	}}
}

// HeaderCase changes the letters of the headers' names, which HTTP allows.
func HeaderCase(change func(name string) string, title string) Tamper {
	return Tamper{Name: "header-case", Title: title, Wire: func(r *Request) {
		header := make([]HeaderField, len(r.Header))
		for i, h := range r.Header {
			header[i] = HeaderField{change(h.Name), h.Value}
		}
		r.Header = header
	}}
}

// SignedOver carries the signature of other bytes than the body.
func SignedOver(signed []byte) Tamper {
	var secret Secret
	return Tamper{
		Name: "signed-over", Title: "a signature over other bytes",
		Draft: func(d *Delivery) { secret = d.Secret },
		Wire: func(r *Request) {
			timestamp := r.HeaderValue(TimestampHeader)
			r.changeHeader(SignatureHeader, func(string) string { return Sign(secret, timestamp, signed) })
		},
	}
}

// Duplicate is the same event under another event_id, which Slack has been seen to
// send: only the channel and the time of the message tell that it is the same.
func (d Delivery) Duplicate() Delivery {
	if id := d.Fields.Text("event_id"); id != "" {
		d.Fields = d.Fields.With("event_id", "EvD"+strings.TrimPrefix(id, "Ev"))
	}
	return d
}

// WithoutEffect are those of the delivery's tampers that change nothing about it:
// it has nothing of what they would spoil.
func (d Delivery) WithoutEffect() []Tamper {
	all := d.Tamper
	d.Tamper = nil
	clean := d.Request().Bytes()
	var idle []Tamper
	for _, t := range all {
		d.Tamper = []Tamper{t}
		changed := t.LostFirst || t.Duplicate && d.Fields.Has("event_id")
		if !changed && bytes.Equal(d.Request().Bytes(), clean) {
			idle = append(idle, t)
		}
	}
	return idle
}
