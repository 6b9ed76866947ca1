package webapi

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

// A Secret is a token or a client secret. It never prints itself: every verb of fmt,
// JSON and text marshalling show [redacted].
type Secret string

const redacted = "[redacted]"

// Format implements fmt.Formatter.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText implements encoding.TextMarshaler.
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// newSecret is a value that nobody guesses, behind a prefix by which it is recognised.
func newSecret(prefix string) string {
	return prefix + strings.ToLower(rand.Text()+rand.Text())
}

// madeSecret is 32 hexadecimal digits that stay the same over a reset, so that an app
// under test keeps its credentials.
func (w *Workspace) madeSecret(of ...string) string {
	sum := hmac.New(sha256.New, []byte(w.entropy))
	_, _ = io.WriteString(sum, strings.Join(of, "\x00"))
	return hex.EncodeToString(sum.Sum(nil))[:32]
}
