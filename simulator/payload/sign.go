package payload

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"
)

// The names of Slack's signature headers.
const (
	SignatureHeader = "X-Slack-Signature"
	TimestampHeader = "X-Slack-Request-Timestamp"
)

// BaseString is what Slack signs: version, timestamp and raw body.
//
// https://docs.slack.dev/authentication/verifying-requests-from-slack
func BaseString(timestamp string, body []byte) []byte {
	return append([]byte("v0:"+timestamp+":"), body...)
}

// Sign is the value of the X-Slack-Signature header: v0= and the HMAC-SHA256 of
// the base string in lower-case hexadecimal digits. The secret is the key as
// text, not decoded.
func Sign(secret Secret, timestamp string, body []byte) string {
	var room [80]byte
	return string(appendSignature(room[:0], secret, timestamp, body))
}

// appendSignature is HMAC as RFC 2104 writes it. It is not crypto/hmac because that
// allocates seven times, which under load is more than the rest of a command does;
// a test compares the two.
func appendSignature[T string | []byte](b []byte, secret Secret, timestamp T, body []byte) []byte {
	var key [sha256.BlockSize]byte
	if len(secret) > len(key) {
		sum := sha256.Sum256([]byte(secret))
		copy(key[:], sum[:])
	} else {
		copy(key[:], secret)
	}
	// Most bodies fit, so that nothing is allocated.
	var room [2048]byte
	inner := append(room[:0], key[:]...)
	outer := key
	for i := range key {
		inner[i] ^= 0x36
		outer[i] ^= 0x5c
	}
	inner = append(append(append(inner, "v0:"...), timestamp...), ':')
	digest := sha256.Sum256(append(inner, body...))
	var tail [sha256.BlockSize + sha256.Size]byte
	copy(tail[copy(tail[:], outer[:]):], digest[:])
	mac := sha256.Sum256(tail[:])
	return hex.AppendEncode(append(b, "v0="...), mac[:])
}

// Timestamp is the value of the X-Slack-Request-Timestamp header.
func Timestamp(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }

// Tolerance is how far a request's timestamp may be from the app's clock.
const Tolerance = 5 * time.Minute

// Verify reports whether an app that follows Slack's documentation accepts the
// request at that time.
func Verify(secret Secret, signature, timestamp string, body []byte, now time.Time) bool {
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return false
	}
	age := now.Sub(time.Unix(seconds, 0))
	if age > Tolerance || age < -Tolerance {
		return false
	}
	return hmac.Equal([]byte(Sign(secret, timestamp, body)), []byte(signature))
}
