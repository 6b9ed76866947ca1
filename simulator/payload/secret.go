package payload

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
)

// A Secret is a signing secret or a token. It never prints itself: every verb of
// fmt, JSON and text marshalling show [redacted].
type Secret string

const redacted = "[redacted]"

// Format implements fmt.Formatter.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText implements encoding.TextMarshaler.
func (Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Fingerprint is the first eight hexadecimal digits of the secret's SHA-256, by
// which two machines can compare what they hold without showing it.
func (s Secret) Fingerprint() string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:4])
}
