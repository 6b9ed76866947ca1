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
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(BaseString(timestamp, body))
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
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
