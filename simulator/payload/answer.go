package payload

import (
	"crypto/tls"
	"errors"
	"net/http"
	"net/netip"
	"time"
)

// A Phase is a stretch of a delivery's way.
type Phase string

// The phases, in order.
const (
	PhaseDNS     Phase = "dns"
	PhaseConnect Phase = "connect"
	PhaseTLS     Phase = "tls"
	PhaseWrite   Phase = "write"
	// PhaseHead lasts until the head of the answer is complete.
	PhaseHead Phase = "head"
	PhaseBody Phase = "body"
	PhaseDone Phase = "done"
)

// Stages are how long each stretch took, as Slack sees it. A stretch that was not
// reached is zero.
type Stages struct {
	DNS     time.Duration
	Connect time.Duration
	TLS     time.Duration
	Write   time.Duration
	// FirstByte is the wait between the written request and the first byte of the
	// answer.
	FirstByte time.Duration
	// Body is from the first byte to the end.
	Body time.Duration
}

// Total is how long all of them took.
func (s Stages) Total() time.Duration {
	return s.DNS + s.Connect + s.TLS + s.Write + s.FirstByte + s.Body
}

// The ways in which an answer can break the bounds that hold for it.
var (
	// ErrHeadTooLarge is a head beyond MaxHead.
	ErrHeadTooLarge = errors.New("the answer's head is larger than 256 KiB")
	// ErrMalformed is an answer that is not HTTP.
	ErrMalformed = errors.New("the answer is not HTTP")
)

// The bounds of what is read of an answer.
const (
	MaxHead = 256 << 10
	// MaxBody holds for the body as sent and again for the body decoded.
	MaxBody = 1 << 20
)

// An Answer is what an app said to one delivery, and how long each stage took.
type Answer struct {
	Request Request
	// Resolution is where the name led.
	Resolution Resolution
	// Address is the one that was dialled last.
	Address netip.AddrPort
	// TLS is nil for plain http and before the handshake ended.
	TLS *tls.ConnectionState
	// ClientCertificateAsked is set when the peer asked for a client certificate.
	ClientCertificateAsked bool

	Proto  string
	Status int
	Header http.Header
	// Body is decoded and at most MaxBody long.
	Body []byte
	// TooLarge is set when more than MaxBody would have followed, as sent or
	// decoded.
	TooLarge bool
	// Encoded is the content coding that was decoded, such as gzip.
	Encoded string
	// DecodeErr says why the body could not be decoded.
	DecodeErr error

	Started time.Time
	Stages  Stages
	// Reached is the phase in which Err happened, or PhaseDone.
	Reached Phase
	// Err says why there is no complete answer. It is a timeout when the answer
	// was not waited for any longer.
	Err error
	// GaveUp is set when the answer was not complete by the end of the wait.
	GaveUp bool
	// Waited is how long an answer was waited for when GaveUp is set.
	Waited time.Duration
}

// Answered reports whether a head came.
func (a Answer) Answered() bool { return a.Status != 0 }

// Complete reports whether the whole answer came.
func (a Answer) Complete() bool { return a.Reached == PhaseDone }

// Took is the time from the start of the delivery to the end of the answer, or to
// the moment at which it broke or was given up.
func (a Answer) Took() time.Duration {
	if a.GaveUp {
		return a.Waited
	}
	return a.Stages.Total()
}

// TookToHead is the time to the first byte of the answer.
func (a Answer) TookToHead() time.Duration { return a.Stages.Total() - a.Stages.Body }

// OK reports a status of 2xx.
func (a Answer) OK() bool { return a.Status >= 200 && a.Status < 300 }
