package simulator

import (
	"io"
	"net/http"
	"time"
)

// Limits bound what clients can make a Server hold. Members that are zero have the
// default.
type Limits struct {
	// Connections is how many may stand at once, 4096 by default. When one more
	// comes, whoever has been idle for longest goes.
	Connections int
	// Read is how long the head of a request may take, and each silence in its body;
	// 10 s by default.
	Read time.Duration
	// Idle is how long a connection may ask nothing, 1 minute by default.
	Idle time.Duration
	// Body is how large a request may be, 64 MiB by default.
	Body int64
}

func (l Limits) filled() Limits {
	if l.Connections <= 0 {
		l.Connections = 4096
	}
	if l.Read <= 0 {
		l.Read = 10 * time.Second
	}
	if l.Idle <= 0 {
		l.Idle = time.Minute
	}
	if l.Body <= 0 {
		l.Body = 64 << 20
	}
	return l
}

// maxHead bounds the head of a request.
const maxHead = 64 << 10

// slowest is how long a body may take in all, in silences that are allowed.
const slowest = 12

// overhang is how much too large a body may be that is read all the same: who still
// writes when the connection is closed does not learn why.
const overhang = 8 << 20

// bound lets the body of a request be so large, and come no slower than the limits
// say. It comes before anything that may refuse: http.Server reads what was not.
func (l Limits) bound(w http.ResponseWriter, r *http.Request, most int64) {
	if r.ContentLength == 0 {
		return
	}
	p := &patient{
		ReadCloser: r.Body, within: l.Read,
		last: time.Now().Add(slowest * l.Read), connection: http.NewResponseController(w),
	}
	p.wait()
	if r.ContentLength > most && r.ContentLength <= most+overhang {
		_, _ = io.Copy(io.Discard, p)
	}
	r.Body = p
	if r.ContentLength < 0 || r.ContentLength > most {
		r.Body = http.MaxBytesReader(w, p, most)
	}
}

// patient is a body that is waited for so long.
type patient struct {
	io.ReadCloser
	within     time.Duration
	last       time.Time
	connection *http.ResponseController
}

// Read implements io.Reader.
func (p *patient) Read(b []byte) (int, error) {
	p.wait()
	n, err := p.ReadCloser.Read(b)
	if err == io.EOF {
		// The deadline is the body's: it must not end what waits for an answer.
		_ = p.connection.SetReadDeadline(time.Time{})
	}
	return n, err
}

func (p *patient) wait() {
	deadline := time.Now().Add(p.within)
	if deadline.After(p.last) {
		deadline = p.last
	}
	_ = p.connection.SetReadDeadline(deadline)
}
