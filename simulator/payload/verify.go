package payload

import (
	"bytes"
	"crypto/hmac"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A Part is what of a signed request can be wrong.
type Part string

// The parts.
const (
	PartHeader    Part = "header"
	PartTimestamp Part = "timestamp"
	PartSecret    Part = "secret"
	PartBody      Part = "body"
)

// A Mismatch is one reason why a request is not verified.
type Mismatch struct {
	Part Part
	// Text says what is wrong and what to do.
	Text string
}

// Diagnose verifies a signature and says which part is wrong, where it can know:
// the form of the headers, the timestamp, the secret (when a common misspelling of
// it fits) or the body (when a re-encoding of it fits). None means that it is
// verified.
func Diagnose(secret Secret, signature, timestamp string, body []byte, now time.Time) []Mismatch {
	wrong := append(headerMistakes(signature), timestampMistakes(timestamp, now)...)
	signature = strings.TrimSpace(signature)
	if Signed(secret, signature, timestamp, body) || hasPart(wrong, PartHeader) {
		return wrong
	}
	for _, s := range secretVariants(secret) {
		if Signed(s.secret, signature, timestamp, body) {
			return append(wrong, Mismatch{PartSecret, "the signature fits the secret " + s.name})
		}
	}
	for _, b := range bodyVariants(body) {
		if Signed(secret, signature, timestamp, b.body) {
			return append(wrong, Mismatch{PartBody, "the signature fits " + b.name + ": sign and verify the bytes as they are sent"})
		}
	}
	return append(wrong, Mismatch{PartSecret, "the signature fits neither this secret nor a usual re-encoding of this body: another secret, another timestamp or another body was signed"})
}

// Signed reports whether the signature is the one of these bytes, whatever the time.
func Signed(secret Secret, signature, timestamp string, body []byte) bool {
	return hmac.Equal([]byte(Sign(secret, timestamp, body)), []byte(signature))
}

func hasPart(all []Mismatch, part Part) bool {
	for _, m := range all {
		if m.Part == part {
			return true
		}
	}
	return false
}

func headerMistakes(signature string) []Mismatch {
	digits, versioned := strings.CutPrefix(strings.TrimSpace(signature), "v0=")
	_, err := hex.DecodeString(digits)
	switch {
	case signature == "":
		return []Mismatch{{PartHeader, "there is no signature"}}
	case !versioned:
		return []Mismatch{{PartHeader, "the signature does not start with v0="}}
	case len(digits) != 64:
		return []Mismatch{{PartHeader, fmt.Sprintf("the signature has %d digits after v0=, not 64", len(digits))}}
	case err != nil:
		return []Mismatch{{PartHeader, "the signature holds something else than hexadecimal digits"}}
	case strings.ToLower(digits) != digits:
		return []Mismatch{{PartHeader, "the signature is in upper case; Slack's is in lower case"}}
	}
	return nil
}

func timestampMistakes(timestamp string, now time.Time) []Mismatch {
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return []Mismatch{{PartTimestamp, fmt.Sprintf("the timestamp %q is not a number of seconds", timestamp)}}
	}
	if len(timestamp) == 13 {
		return []Mismatch{{PartTimestamp, "the timestamp is in milliseconds; Slack's is in seconds"}}
	}
	age := now.Sub(time.Unix(seconds, 0)).Round(time.Second)
	switch {
	case age > Tolerance:
		return []Mismatch{{PartTimestamp, fmt.Sprintf("the request is %s old; five minutes are allowed", age)}}
	case age < -Tolerance:
		return []Mismatch{{PartTimestamp, fmt.Sprintf("the timestamp is %s in the future; five minutes are allowed", -age)}}
	}
	return nil
}

type secretVariant struct {
	name   string
	secret Secret
}

// secretVariants are how a secret gets wrong on its way into a deployment.
func secretVariants(secret Secret) []secretVariant {
	s := string(secret)
	return []secretVariant{
		{"without the white space around it", Secret(strings.TrimSpace(s))},
		{"without the quotes around it", Secret(strings.Trim(strings.TrimSpace(s), `"'`))},
		{"with a line break at its end", Secret(s + "\n")},
		{"in double quotes", Secret(`"` + s + `"`)},
		{"pasted twice", Secret(s + s)},
		{"pasted once: yours is doubled", Secret(s[:len(s)/2])},
		{"when it is empty", ""},
	}
}

type bodyVariant struct {
	name string
	body []byte
}

// bodyVariants are what becomes of a body that is stored, parsed or passed on.
func bodyVariants(body []byte) []bodyVariant {
	all := []bodyVariant{
		{"the body without the line break at its end", bytes.TrimRight(body, "\r\n")},
		{"the body with a line break at its end", append(bytes.Clone(body), '\n')},
		{"the body with LF in place of CRLF", bytes.ReplaceAll(body, []byte("\r\n"), []byte("\n"))},
		{"the body with %20 in place of +", bytes.ReplaceAll(body, []byte("+"), []byte("%20"))},
		{"the body with + in place of %20", bytes.ReplaceAll(body, []byte("%20"), []byte("+"))},
		{"the empty body", nil},
	}
	if decoded, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(body))); err == nil {
		all = append(all, bodyVariant{"the body decoded from Base64", decoded})
	}
	if object, ok := parseObject(body); ok {
		all = append(all,
			bodyVariant{"the JSON as JSON.stringify writes it", Stringify(object)},
			bodyVariant{"the JSON as Slack writes it", Encode(JSON, object)})
	} else if values, err := url.ParseQuery(string(body)); err == nil {
		all = append(all, bodyVariant{"the form with its fields in alphabetical order", []byte(values.Encode())})
	}
	return all
}
