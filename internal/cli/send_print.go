package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"belay/simulator/payload"
)

// printed prints the request in place of sending it. It holds no secret: what would
// be one is taken from the environment, or left out.
func (f *sendFlags) printed(world IO, s *sender, d payload.Delivery) error {
	d.Time = time.Now()
	var text []byte
	var err error
	switch f.print {
	case "json":
		d = f.withoutToken(world, d)
		text, err = indented(payload.Encode(payload.JSON, d.Fields))
	case "http":
		d = f.withoutToken(world, d)
		d.Header = f.withoutHeader(world, d.Header)
		if s.target.Secret == "" && !d.Kind.Unsigned {
			f.say(world, "no signing secret was given, so the signature cannot be right: SLACK_SIGNING_SECRET=…")
		}
		text = d.Request().Bytes()
	case "curl":
		text, err = f.curl(world, d)
	}
	if err != nil {
		return err
	}
	_, err = world.Stdout.Write(text)
	return err
}

func indented(text []byte) ([]byte, error) {
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		return nil, fmt.Errorf("print the payload: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// withoutToken leaves the verification token out of what is printed.
func (f *sendFlags) withoutToken(world IO, d payload.Delivery) payload.Delivery {
	if f.building.token == "" || !d.Fields.Has("token") {
		return d
	}
	f.say(world, "the verification token is a secret and not printed: put it in place of [redacted], and sign again")
	d.Fields = d.Fields.With("token", "[redacted]")
	return d
}

// withoutHeader leaves the values of the user's own headers out: they may be secret.
func (f *sendFlags) withoutHeader(world IO, header []payload.HeaderField) []payload.HeaderField {
	if len(f.fields) == 0 {
		return header
	}
	f.say(world, "the values of --header may be secret and are not printed: put them in place of [redacted]")
	hidden := slices.Clone(header)
	for i, h := range hidden {
		if slices.Contains(f.fields, h) {
			hidden[i].Value = "[redacted]"
		}
	}
	return hidden
}

// tokenVariable is where the command of --print curl finds the verification token.
const tokenVariable = "SLACK_VERIFICATION_TOKEN"

// tokenMark stands in a body for the token until it is quoted for the shell. No
// encoding changes it.
const tokenMark = "BELAYTOKENBELAYTOKEN"

// curl is a command for a POSIX shell that does the same without belay. It signs when
// it runs, because Slack's signatures hold for five minutes.
func (f *sendFlags) curl(world IO, d payload.Delivery) ([]byte, error) {
	if len(d.Tamper) > 0 {
		return nil, usageError("--print curl signs afresh each time, so it cannot be tampered with: --print http can")
	}
	var b strings.Builder
	signed := !d.Kind.Unsigned && d.Kind.Encoding != payload.Query
	if f.building.token != "" && d.Fields.Has("token") {
		d.Fields = d.Fields.With("token", tokenMark)
		fmt.Fprintf(&b, ": \"${%s:?set it to the verification token of your app}\"\n", tokenVariable)
	}
	d.Header = f.withoutHeader(world, d.Header)
	r := d.Request()
	if r.Method != "GET" {
		fmt.Fprintf(&b, "body=%s\n", withToken(string(r.Body)))
	}
	if signed {
		b.WriteString(`: "${SLACK_SIGNING_SECRET:?set it to the signing secret of your app}"
timestamp=$(date +%s)
signature=v0=$(printf '%s' "v0:$timestamp:$body" | openssl dgst -sha256 -hmac "$SLACK_SIGNING_SECRET" | sed 's/.*= *//')
`)
	}
	b.WriteString("curl -sS -i")
	for _, text := range f.resolve {
		b.WriteString(" --resolve " + shellQuote(text))
	}
	if f.caFile != "" {
		b.WriteString(" --cacert " + shellQuote(f.caFile))
	}
	target := *d.URL
	target.Path, target.RawPath, target.RawQuery = "", "", ""
	fmt.Fprintf(&b, " %s", shellQuote(target.String()+r.Target))
	for _, h := range r.Header {
		switch h.Name {
		case payload.SignatureHeader:
			fmt.Fprintf(&b, " \\\n  -H \"%s: $signature\"", h.Name)
		case payload.TimestampHeader:
			fmt.Fprintf(&b, " \\\n  -H \"%s: $timestamp\"", h.Name)
		case "Accept-Encoding":
			b.WriteString(" \\\n  --compressed")
		default:
			fmt.Fprintf(&b, " \\\n  -H %s", shellQuote(h.Name+": "+h.Value))
		}
	}
	if r.Method != "GET" {
		b.WriteString(" \\\n  --data-raw \"$body\"")
	}
	b.WriteString("\n")
	return []byte(b.String()), nil
}

// withToken quotes a body, with the variable in place of the mark.
func withToken(body string) string {
	var parts []string
	for _, part := range strings.Split(body, tokenMark) {
		parts = append(parts, shellQuote(part))
	}
	return strings.Join(parts, `"$`+tokenVariable+`"`)
}

// shellQuote makes one word of a text, for a POSIX shell.
func shellQuote(text string) string {
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
