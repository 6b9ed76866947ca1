package recording

import (
	"bytes"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"belay/simulator/payload"
)

// requestLine is the first line of a request (RFC 9112 section 3), perhaps behind the
// addresses that tcpflow -c writes before it.
var requestLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^(?:[0-9a-fA-F.:]{7,}-[0-9a-fA-F.:]{7,}: )?(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) ([^ \r\n]+) HTTP/[0-9](?:\.[0-9])?\r?$`)
})

// readHTTP reads the bytes of requests, one behind the other. Answers between them, as
// tcpflow writes them, are left out.
func readHTTP(r *reader) error {
	for pos := 0; ; {
		// A request may begin where the one before it ends, in the middle of a line.
		at := requestLine().FindIndex(r.data[pos:])
		if at == nil {
			break
		}
		h := &rawRequest{r: r, start: pos + at[0], pos: pos + at[0]}
		recorded, err := h.read()
		if err != nil {
			return err
		}
		recorded.Source = r.lineAt(h.start)
		if err := r.add(recorded); err != nil {
			return err
		}
		pos = h.pos
	}
	if len(r.all) == 0 {
		return r.wrong(0, "want a request line, such as POST /slack/events HTTP/1.1")
	}
	return nil
}

// A rawRequest is a request under way.
type rawRequest struct {
	r *reader
	// start is where it begins, and pos the byte that is read next.
	start, pos int
	recorded   Recording
}

func (h *rawRequest) read() (Recording, error) {
	line, _ := h.line()
	parts := requestLine().FindSubmatch(line)
	if parts == nil {
		return Recording{}, h.r.wrong(h.start, "want a request line, such as POST /slack/events HTTP/1.1")
	}
	h.recorded.Method = string(parts[1])
	if err := h.fields(); err != nil {
		return Recording{}, err
	}
	if err := h.body(); err != nil {
		return Recording{}, err
	}
	where, err := h.recorded.target(string(parts[2]))
	if err != nil {
		return Recording{}, h.r.wrong(h.start, "%w", err)
	}
	h.recorded.URL = where
	return h.recorded, nil
}

// line is the next one without its end, and whether there was one.
func (h *rawRequest) line() ([]byte, bool) {
	rest := h.r.data[h.pos:]
	if len(rest) == 0 {
		return nil, false
	}
	line, _, found := bytes.Cut(rest, []byte("\n"))
	h.pos += len(line)
	if found {
		h.pos++
	}
	return bytes.TrimSuffix(line, []byte("\r")), true
}

// fields reads the header up to the empty line.
func (h *rawRequest) fields() error {
	for {
		at := h.pos
		line, ok := h.line()
		if !ok || len(line) == 0 {
			return nil
		}
		header := h.recorded.Header
		if (line[0] == ' ' || line[0] == '\t') && len(header) > 0 {
			header[len(header)-1].Value += " " + string(bytes.TrimSpace(line))
			continue
		}
		name, value, found := bytes.Cut(line, []byte(":"))
		if !found || len(name) == 0 || bytes.ContainsAny(name, " \t") {
			// The line is not repeated: it may be a secret.
			return h.r.wrong(at, "this is no header: want Name: value, and an empty line before the body")
		}
		if len(header) == maxHeader {
			return h.r.wrong(at, "the request has more than %d headers", maxHeader)
		}
		h.recorded.Header = append(header, payload.HeaderField{Name: string(name), Value: string(bytes.TrimSpace(value))})
	}
}

// body takes what Content-Length says, what the chunks hold, or all before the next
// message.
func (h *rawRequest) body() error {
	if strings.EqualFold(h.recorded.header("Transfer-Encoding"), "chunked") {
		return h.chunks()
	}
	rest := h.r.data[h.pos:]
	length, given := h.recorded.header("Content-Length"), h.recorded.hasHeader("Content-Length")
	said, err := strconv.Atoi(length)
	if given && (err != nil || said < 0) {
		return h.r.wrong(h.start, "the Content-Length %.40q is no number of bytes", length)
	}
	switch {
	case given && said <= len(rest) && h.endsAt(rest[said:]):
		h.take(said, said)
	case given && said == 0, !given && h.recorded.Method == "GET":
	default:
		h.takeUntilNext(said, given)
	}
	return nil
}

// endsAt reports whether a message may end before that text.
func (h *rawRequest) endsAt(rest []byte) bool {
	rest = bytes.TrimLeft(rest, "\r\n")
	if len(rest) == 0 || answerLine().Match(rest) {
		return true
	}
	at := requestLine().FindIndex(rest)
	return at != nil && at[0] == 0
}

// answerLine is the first line of an answer, perhaps behind tcpflow's addresses.
var answerLine = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:[0-9a-fA-F.:]{7,}-[0-9a-fA-F.:]{7,}: )?HTTP/[0-9](?:\.[0-9])? [0-9]{3}`)
})

// takeUntilNext is for a text whose Content-Length is missing or is not true.
func (h *rawRequest) takeUntilNext(said int, given bool) {
	rest := h.r.data[h.pos:]
	if at := requestLine().FindIndex(rest); at != nil {
		rest = rest[:at[0]]
	}
	whole := bytes.TrimRight(rest, "\r\n")
	h.take(len(whole), len(rest))
	switch n := len(whole); {
	case given && n < said:
		h.recorded.Lost = append(h.recorded.Lost, fmt.Sprintf("the body is cut: Content-Length says %d bytes, and %d are there", said, n))
	case given:
		h.recorded.Lost = append(h.recorded.Lost, fmt.Sprintf("the body was changed: Content-Length says %d bytes, and %d are there", said, n))
	}
}

// take makes the next bytes the body.
func (h *rawRequest) take(length, skip int) {
	h.recorded.Body = bytes.Clone(h.r.data[h.pos : h.pos+length])
	h.pos += skip
}

// chunks joins those of RFC 9112 section 7.1.
func (h *rawRequest) chunks() error {
	for {
		at := h.pos
		line, ok := h.line()
		size, _, _ := bytes.Cut(line, []byte(";"))
		n, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 31)
		switch {
		case !ok:
			h.recorded.Lost = append(h.recorded.Lost, "the body is cut: the last chunk is missing")
			return nil
		case err != nil:
			return h.r.wrong(at, "want the size of a chunk in hexadecimal digits")
		case n == 0:
			// Trailers, if any, end with an empty line.
			for line, ok := h.line(); ok && len(line) > 0; line, ok = h.line() {
				continue
			}
			return nil
		}
		have := min(int(n), len(h.r.data)-h.pos)
		h.recorded.Body = append(h.recorded.Body, h.r.data[h.pos:h.pos+have]...)
		h.pos += have
		if line, ok := h.line(); ok && len(line) > 0 {
			return h.r.wrong(at, "the chunk is longer than it says")
		}
	}
}

var errNoHost = errors.New("there is no Host header: where the request went is not known; give --to URL")

// target is the absolute URL of a request target. Behind a proxy that says so it was
// https; on this machine it was http.
func (r Recording) target(target string) (string, error) {
	if strings.HasPrefix(target, "http://") || strings.HasPrefix(target, "https://") {
		return target, nil
	}
	if !strings.HasPrefix(target, "/") {
		return "", fmt.Errorf("want a path that starts with / in the request line, not %.60q", target)
	}
	host := r.header("Host")
	if host == "" {
		return target, nil
	}
	scheme := "https"
	if proto, _, _ := strings.Cut(r.header("X-Forwarded-Proto"), ","); strings.TrimSpace(proto) == "http" || proto == "" && isLoopback(host) {
		scheme = "http"
	}
	return scheme + "://" + host + target, nil
}

// isLoopback reports a host, with or without a port, that is this machine's.
func isLoopback(host string) bool {
	u := url.URL{Host: host}
	name := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	address, err := netip.ParseAddr(name)
	return name == "localhost" || strings.HasSuffix(name, ".localhost") || err == nil && address.IsLoopback()
}
