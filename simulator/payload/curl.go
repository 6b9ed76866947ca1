package payload

import (
	"fmt"
	"strings"
	"time"
)

// A Curl says how a request becomes a curl command.
type Curl struct {
	// Origin is the scheme and host of the URL.
	Origin string
	// Sign makes the command sign when it runs, because Slack's signatures hold for
	// five minutes. Otherwise the headers are sent as they are.
	Sign bool
	// Age is how old a signed request claims to be; negative is of the future.
	Age time.Duration
	// Notes are comments above the command.
	Notes []string
	// Resolve and CAFile are curl's --resolve and --cacert.
	Resolve []string
	CAFile  string
}

// TokenVariable is where a command of Curl finds the verification token.
const TokenVariable = "SLACK_VERIFICATION_TOKEN"

// TokenMark stands in a body for the verification token, which Curl then takes from
// the environment. No encoding changes it.
const TokenMark = "BELAYTOKENBELAYTOKEN"

// Curl is a command for a POSIX shell with curl and openssl that sends the request
// without belay. It holds no secret: it stops where the environment has none.
func (r Request) Curl(c Curl) string {
	var b strings.Builder
	for _, note := range c.Notes {
		fmt.Fprintf(&b, "# %s\n", strings.ReplaceAll(note, "\n", " "))
	}
	hasBody := r.Method != "GET"
	if strings.Contains(string(r.Body), TokenMark) {
		fmt.Fprintf(&b, ": \"${%s:?set it to the verification token of your app}\"\n", TokenVariable)
	}
	if hasBody {
		fmt.Fprintf(&b, "body=%s\n", withToken(string(r.Body)))
	}
	if c.Sign {
		fmt.Fprintf(&b, `: "${SLACK_SIGNING_SECRET:?set it to the signing secret of your app}"
timestamp=%s
signature=v0=$(printf '%%s' "v0:$timestamp:$body" | openssl dgst -sha256 -hmac "$SLACK_SIGNING_SECRET" | sed 's/.*= *//')
`, dated(c.Age))
	}
	b.WriteString("curl -sS -i")
	for _, text := range c.Resolve {
		b.WriteString(" --resolve " + shellQuote(text))
	}
	if c.CAFile != "" {
		b.WriteString(" --cacert " + shellQuote(c.CAFile))
	}
	fmt.Fprintf(&b, " %s", shellQuote(c.Origin+r.Target))
	if hasBody && r.Method != "POST" {
		b.WriteString(" -X " + shellQuote(r.Method))
	}
	for _, h := range r.Header {
		switch {
		case c.Sign && h.Name == SignatureHeader:
			fmt.Fprintf(&b, " \\\n  -H \"%s: $signature\"", h.Name)
		case c.Sign && h.Name == TimestampHeader:
			fmt.Fprintf(&b, " \\\n  -H \"%s: $timestamp\"", h.Name)
		case h.Name == "Accept-Encoding":
			b.WriteString(" \\\n  --compressed")
		default:
			fmt.Fprintf(&b, " \\\n  -H %s", shellQuote(h.Name+": "+h.Value))
		}
	}
	if hasBody {
		b.WriteString(" \\\n  --data-raw \"$body\"")
	}
	b.WriteString("\n")
	return b.String()
}

// dated is a shell's word for a time so long ago.
func dated(age time.Duration) string {
	if seconds := int64(age / time.Second); seconds != 0 {
		return fmt.Sprintf("$(($(date +%%s) - %d))", seconds)
	}
	return "$(date +%s)"
}

// withToken quotes a body, with the variable in place of the mark.
func withToken(body string) string {
	var parts []string
	for _, part := range strings.Split(body, TokenMark) {
		parts = append(parts, shellQuote(part))
	}
	return strings.Join(parts, `"$`+TokenVariable+`"`)
}

// shellQuote makes one word of a text, for a POSIX shell.
func shellQuote(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
