package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
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

// curl is a command for a POSIX shell that does the same without belay.
func (f *sendFlags) curl(world IO, d payload.Delivery) ([]byte, error) {
	if len(d.Tamper) > 0 {
		return nil, usageError("--print curl signs afresh each time, so it cannot be tampered with: --print http can")
	}
	if f.building.token != "" && d.Fields.Has("token") {
		d.Fields = d.Fields.With("token", payload.TokenMark)
	}
	d.Header = f.withoutHeader(world, d.Header)
	origin := *d.URL
	origin.Path, origin.RawPath, origin.RawQuery = "", "", ""
	return []byte(d.Request().Curl(payload.Curl{
		Origin: origin.String(), Sign: !d.Kind.Unsigned && d.Kind.Encoding != payload.Query,
		Resolve: f.resolve, CAFile: f.caFile,
	})), nil
}
