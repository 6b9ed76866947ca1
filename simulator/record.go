package simulator

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// A Finding is a problem that the fake Slack saw by itself.
type Finding struct {
	// Sequence grows by one with every finding.
	Sequence uint64
	// Problem is an ID of the catalogue, such as socket.late-ack.
	Problem string
	// Text is what was seen.
	Text string
	At   time.Time
}

// Calls are what was asked, oldest first, as far as it is remembered: those that
// all of the conditions hold for.
func (s *Server) Calls(conditions ...func(Call) bool) []Call {
	s.record.readCalls()
	return s.record.calls.all(&s.record.mu, conditions)
}

// Attempts are the deliveries, oldest first, each time that one was tried.
func (s *Server) Attempts(conditions ...func(Attempt) bool) []Attempt {
	return s.record.attempts.all(&s.record.mu, conditions)
}

// Findings are the problems that were seen, oldest first.
func (s *Server) Findings(conditions ...func(Finding) bool) []Finding {
	return s.record.findings.all(&s.record.mu, conditions)
}

// WaitFor returns the first call that the condition holds for, past or to come. It
// ends with the context.
func (s *Server) WaitFor(ctx context.Context, condition func(Call) bool) (Call, error) {
	var after uint64
	for {
		calls, changed := s.record.since(after)
		for _, c := range calls {
			after = c.Sequence
			if condition(c) {
				return c, nil
			}
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return Call{}, fmt.Errorf("waiting for a call: %w", ctx.Err())
		case <-s.ctx.Done():
			return Call{}, fmt.Errorf("waiting for a call: the fake Slack was closed")
		}
	}
}

// record is what the server remembers.
type record struct {
	mu       sync.Mutex
	changed  chan struct{}
	calls    ring[Call]
	attempts ring[Attempt]
	findings ring[Finding]
	withheld ring[Withholding]
}

// maxBytes bounds the bodies that calls and attempts keep, each.
const maxBytes = 16 << 20

func newRecord(keep int) *record {
	return &record{
		changed:  make(chan struct{}),
		calls:    ring[Call]{most: keep},
		attempts: ring[Attempt]{most: keep},
		findings: ring[Finding]{most: keep},
		withheld: ring[Withholding]{most: keep},
	}
}

// since returns the calls after one, and a channel that is closed when another
// comes.
func (r *record) since(after uint64) ([]Call, <-chan struct{}) {
	changed := r.next()
	r.readCalls()
	return r.calls.all(&r.mu, []func(Call) bool{func(c Call) bool { return c.Sequence > after }}), changed
}

func (r *record) next() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.changed
}

// readCalls makes what is read of the calls, newest first until one was read before.
func (r *record) readCalls() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := len(r.calls.items) - 1; i >= 0 && !r.calls.items[i].clean; i-- {
		r.calls.items[i].read()
	}
}

func (r *record) call(c Call) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c.Sequence = r.calls.next()
	r.calls.add(c, len(c.Body)+len(c.Answer))
	close(r.changed)
	r.changed = make(chan struct{})
}

func (r *record) attempt(a Attempt) {
	a = a.trimmed()
	r.mu.Lock()
	defer r.mu.Unlock()
	a.Sequence = r.attempts.next()
	r.attempts.add(a, len(a.Answer.Request.Body)+len(a.Answer.Body))
}

func (r *record) withhold(w Withholding) {
	r.mu.Lock()
	defer r.mu.Unlock()
	w.Sequence = r.withheld.next()
	r.withheld.add(w, 0)
}

func (r *record) find(at time.Time, problem, format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.findings.add(Finding{
		Sequence: r.findings.next(), Problem: problem, Text: fmt.Sprintf(format, args...), At: at,
	}, 0)
}

// A ring keeps what was added last, within a number and maxBytes.
type ring[T any] struct {
	most   int
	added  uint64
	items  []T
	sizes  []int
	volume int
}

// next is the sequence number of what is added next.
func (r *ring[T]) next() uint64 { return r.added + 1 }

func (r *ring[T]) add(item T, size int) {
	r.added++
	r.items, r.sizes = append(r.items, item), append(r.sizes, size)
	r.volume += size
	for len(r.items) > r.most || r.volume > maxBytes {
		var none T
		r.volume -= r.sizes[0]
		// What is forgotten must not be held by the array beneath.
		r.items[0] = none
		r.items, r.sizes = r.items[1:], r.sizes[1:]
	}
}

// all returns a copy of those that every condition holds for. The conditions run
// without the lock: they may ask the server.
func (r *ring[T]) all(mu *sync.Mutex, conditions []func(T) bool) []T {
	mu.Lock()
	kept := append([]T(nil), r.items...)
	mu.Unlock()
	if len(conditions) == 0 {
		return kept
	}
	held := kept[:0]
	for _, item := range kept {
		if holds(item, conditions) {
			held = append(held, item)
		}
	}
	return held
}

func holds[T any](item T, conditions []func(T) bool) bool {
	for _, condition := range conditions {
		if !condition(item) {
			return false
		}
	}
	return true
}
