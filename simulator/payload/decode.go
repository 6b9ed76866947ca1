package payload

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
)

// decode sets Body from what came over the wire, undoing the content coding that
// Slack's Accept-Encoding allows. A decompression bomb is cut at MaxBody.
func (a *Answer) decode(raw []byte) {
	coding := strings.ToLower(strings.TrimSpace(a.Header.Get("Content-Encoding")))
	if coding == "" || coding == "identity" || len(raw) == 0 {
		a.Body = raw
		return
	}
	a.Encoded = coding
	r, err := decoder(coding, raw)
	if err != nil {
		a.Body, a.DecodeErr = raw, err
		return
	}
	decoded, err := io.ReadAll(io.LimitReader(r, MaxBody+1))
	if len(decoded) > MaxBody {
		decoded, err, a.TooLarge = decoded[:MaxBody], nil, true
	}
	a.Body = decoded
	if err != nil && !a.TooLarge {
		a.DecodeErr = fmt.Errorf("decode %s: %w", coding, err)
	}
}

func decoder(coding string, raw []byte) (io.Reader, error) {
	switch coding {
	case "gzip", "x-gzip":
		return gzip.NewReader(bytes.NewReader(raw))
	case "deflate":
		// RFC 9110 means zlib; some servers send the bare stream.
		if r, err := zlib.NewReader(bytes.NewReader(raw)); err == nil {
			return r, nil
		}
		return flate.NewReader(bytes.NewReader(raw)), nil
	}
	return nil, fmt.Errorf("the content coding %q was not offered", coding)
}
