package payload

import (
	"bytes"
	"time"
)

// A Tamper spoils a delivery in one way, to see whether the app notices.
type Tamper struct {
	// Name is the word the user types.
	Name string
	// Title says what is wrong with the request.
	Title string
	// Draft, when set, changes what is signed: the secret and the time.
	Draft func(*Delivery)
	// Wire, when set, changes the signed request.
	Wire func(*Request)
}

// Forged carries a well-formed signature whose digits are wrong.
var Forged = Tamper{Name: "forged", Title: "a forged signature", Wire: func(r *Request) {
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
var TamperedBody = Tamper{Name: "tampered-body", Title: "a tampered body", Wire: func(r *Request) {
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
