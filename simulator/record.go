package simulator

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sort"
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
	return s.record.calls.all(s.record, conditions)
}

// Attempts are the deliveries, oldest first, each time that one was tried.
func (s *Server) Attempts(conditions ...func(Attempt) bool) []Attempt {
	return s.record.attempts.all(s.record, conditions)
}

// Findings are the problems that were seen, oldest first.
func (s *Server) Findings(conditions ...func(Finding) bool) []Finding {
	return s.record.findings.all(s.record, conditions)
}

// A Tally is how much there was since the server started, also of what is forgotten.
type Tally struct {
	Calls, Deliveries, Failed int
	// Found are how often each problem was found.
	Found map[string]int
}

// Tally counts.
func (s *Server) Tally() Tally {
	r := s.record
	r.mu.Lock()
	defer r.mu.Unlock()
	return Tally{int(r.calls.added), int(r.attempts.added), r.failed, maps.Clone(r.found)}
}

// WaitFor returns the first call that the condition holds for, past or to come. It
// ends with the context.
func (s *Server) WaitFor(ctx context.Context, condition func(Call) bool) (Call, error) {
	var after uint64
	for {
		calls, last, _, changed := s.record.calls.since(s.record, after)
		after = last
		for _, c := range calls {
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

// A SocketChange is a connection of Socket Mode that the app opened, or that ended.
type SocketChange struct {
	// Sequence grows by one with every change.
	Sequence uint64
	At       time.Time
	// ID is the Socket's.
	ID   int
	Open bool
}

// An Entry is one thing that the server remembers. One of its members is set besides
// the ID.
type Entry struct {
	// ID grows by one with every entry, of whatever sort.
	ID      uint64
	Call    *Call
	Attempt *Attempt
	Finding *Finding
	Socket  *SocketChange
	// Withheld is an event that the app did not get.
	Withheld *Withholding
	// Dropped is how many entries before this one were forgotten before they could
	// be told.
	Dropped uint64
}

// LastEntry is the ID of what was remembered last, or 0.
func (s *Server) LastEntry() uint64 {
	s.record.mu.Lock()
	defer s.record.mu.Unlock()
	return s.record.added
}

// Follow tells every entry after one, past and to come, in order. It ends with the
// context, with the first error, or with nil when the server closes. What comes
// faster than it is taken is forgotten at last, and told as Dropped.
func (s *Server) Follow(ctx context.Context, after uint64, tell func(Entry) error) error {
	for {
		entries, changed := s.record.entries(after)
		for _, e := range entries {
			after = e.ID
			if err := tell(e); err != nil {
				return err
			}
		}
		select {
		case <-changed:
			continue
		case <-ctx.Done():
			return fmt.Errorf("following the record: %w", ctx.Err())
		case <-s.ctx.Done():
		}
		if entries, _ := s.record.entries(after); len(entries) == 0 {
			return nil
		}
	}
}

// record is what the server remembers.
type record struct {
	mu sync.Mutex
	// changed is closed with the next entry; nil while nobody waits.
	changed chan struct{}
	// added counts the entries of all sorts, and cleared those before the last reset.
	added, cleared uint64
	calls          ring[Call]
	attempts       ring[Attempt]
	findings       ring[Finding]
	sockets        ring[SocketChange]
	withheld       ring[Withholding]
	// spare is the room of answers that were forgotten without having been read.
	spare [][]byte
	// failed and found count what a Tally tells.
	failed int
	found  map[string]int
}

// maxBytes bounds the bodies that calls and attempts keep, each.
const maxBytes = 16 << 20

func newRecord(keep int) *record {
	return &record{
		found:    map[string]int{},
		calls:    ring[Call]{most: keep},
		attempts: ring[Attempt]{most: keep},
		findings: ring[Finding]{most: keep},
		sockets:  ring[SocketChange]{most: keep},
		withheld: ring[Withholding]{most: keep},
	}
}

// readCalls makes what is read of the calls, newest first until one was read before.
// It is called with the lock.
func (r *record) readCalls() {
	for i := r.calls.size - 1; i >= 0 && !r.calls.at(i).item.clean; i-- {
		r.calls.at(i).item.read()
	}
}

// next is closed when something comes. It is called with the lock.
func (r *record) next() <-chan struct{} {
	if r.changed == nil {
		r.changed = make(chan struct{})
	}
	return r.changed
}

// entries are all after one, in order, and a channel that is closed when another
// comes.
func (r *record) entries(after uint64) ([]Entry, <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	after = max(after, r.cleared)
	r.readCalls()
	var all []Entry
	r.calls.after(after, func(id uint64, c Call) { all = append(all, Entry{ID: id, Call: &c}) })
	r.attempts.after(after, func(id uint64, a Attempt) { all = append(all, Entry{ID: id, Attempt: &a}) })
	r.findings.after(after, func(id uint64, f Finding) { all = append(all, Entry{ID: id, Finding: &f}) })
	r.withheld.after(after, func(id uint64, w Withholding) { all = append(all, Entry{ID: id, Withheld: &w}) })
	r.sockets.after(after, func(id uint64, c SocketChange) { all = append(all, Entry{ID: id, Socket: &c}) })
	slices.SortFunc(all, func(a, b Entry) int { return cmp.Compare(a.ID, b.ID) })
	for i := range all {
		all[i].Dropped = all[i].ID - after - 1
		after = all[i].ID
	}
	return all, r.next()
}

// enter numbers an entry, and wakes who waits for one. It is called with the lock.
func (r *record) enter() uint64 {
	r.added++
	if r.changed != nil {
		close(r.changed)
		r.changed = nil
	}
	return r.added
}

func (r *record) call(c Call) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c.Sequence = r.calls.next()
	if r.calls.size == r.calls.most {
		r.recycle(r.calls.at(0).item)
	}
	r.calls.add(r.enter(), c, len(c.Body)+len(c.Answer))
}

// recycle keeps the room of an answer that nobody can have, for the next one. Most calls
// are forgotten so.
func (r *record) recycle(c Call) {
	if !c.clean && c.api && cap(c.Answer) > 0 && len(r.spare) < maxSpare {
		r.spare = append(r.spare, c.Answer[:0])
	}
}

// maxSpare is how much room is kept: as much as is in use at once.
const maxSpare = 16

// room is that of an answer, or nil.
func (r *record) room() []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.spare) == 0 {
		return nil
	}
	last := r.spare[len(r.spare)-1]
	r.spare = r.spare[:len(r.spare)-1]
	return last
}

func (r *record) attempt(a Attempt) {
	a = a.trimmed()
	r.mu.Lock()
	defer r.mu.Unlock()
	a.Sequence = r.attempts.next()
	if a.Failure != "" {
		r.failed++
	}
	r.attempts.add(r.enter(), a, len(a.Answer.Request.Body)+len(a.Answer.Body))
}

func (r *record) find(at time.Time, problem, format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.found[problem]++
	r.findings.add(r.enter(), Finding{
		Sequence: r.findings.next(), Problem: problem, Text: fmt.Sprintf(format, args...), At: at,
	}, 0)
}

func (r *record) withhold(w Withholding) {
	r.mu.Lock()
	defer r.mu.Unlock()
	w.Sequence = r.withheld.next()
	r.withheld.add(r.enter(), w, 0)
}

func (r *record) socket(at time.Time, id int, open bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sockets.add(r.enter(), SocketChange{Sequence: r.sockets.next(), At: at, ID: id, Open: open}, 0)
}

// reset forgets everything. The numbers go on, so that nobody who reads takes what
// comes for what went.
func (r *record) reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cleared = r.added
	r.calls.clear()
	r.attempts.clear()
	r.findings.clear()
	r.sockets.clear()
	r.withheld.clear()
}

// A ring keeps what was added last, within a number and maxBytes.
type ring[T any] struct {
	most int
	// added is how many there were ever, and cleared those before the last reset.
	added, cleared uint64
	// kept holds size items, of which the oldest is at first.
	kept        []kept[T]
	first, size int
	volume      int
}

type kept[T any] struct {
	id   uint64
	item T
	size int
}

// next is the sequence number of what is added next.
func (r *ring[T]) next() uint64 { return r.added + 1 }

// at is the item of that place, counted from the oldest.
func (r *ring[T]) at(i int) *kept[T] { return &r.kept[(r.first+i)%len(r.kept)] }

func (r *ring[T]) add(id uint64, item T, size int) {
	r.added++
	if r.size == len(r.kept) && r.size < r.most {
		r.grow()
	} else if r.size == r.most {
		r.drop()
	}
	r.size++
	*r.at(r.size - 1) = kept[T]{id, item, size}
	for r.volume += size; r.volume > maxBytes; {
		r.drop()
	}
}

func (r *ring[T]) grow() {
	larger := make([]kept[T], min(max(16, 2*len(r.kept)), r.most))
	for i := range r.size {
		larger[i] = *r.at(i)
	}
	r.kept, r.first = larger, 0
}

// drop forgets the oldest. What is forgotten must not be held.
func (r *ring[T]) drop() {
	oldest := r.at(0)
	r.volume -= oldest.size
	*oldest = kept[T]{}
	r.first = (r.first + 1) % len(r.kept)
	r.size--
}

func (r *ring[T]) clear() {
	r.cleared, r.kept, r.first, r.size, r.volume = r.added, nil, 0, 0, 0
}

// after tells what was entered after an ID.
func (r *ring[T]) after(id uint64, tell func(uint64, T)) {
	from := sort.Search(r.size, func(i int) bool { return r.at(i).id > id })
	for i := from; i < r.size; i++ {
		tell(r.at(i).id, r.at(i).item)
	}
}

// since are those after a sequence number, the last number that was given, how many
// between were forgotten, and a channel that is closed when something comes. What a
// reset took is not forgotten but done with.
func (r *ring[T]) since(of *record, sequence uint64) (items []T, last, dropped uint64, changed <-chan struct{}) {
	of.mu.Lock()
	defer of.mu.Unlock()
	of.readCalls()
	oldest := r.added - uint64(r.size) + 1
	from := max(sequence, r.cleared) + 1
	if from < oldest {
		dropped = oldest - from
	}
	for i := max(from, oldest); i <= r.added; i++ {
		items = append(items, r.at(int(i-oldest)).item)
	}
	return items, r.added, dropped, of.next()
}

// all returns a copy of those that every condition holds for. The conditions run
// without the lock: they may ask the server.
func (r *ring[T]) all(of *record, conditions []func(T) bool) []T {
	of.mu.Lock()
	// A call that comes once the lock is given up would be copied with its secrets.
	of.readCalls()
	items := slices.Grow([]T(nil), r.size)
	for i := range r.size {
		items = append(items, r.at(i).item)
	}
	of.mu.Unlock()
	if len(conditions) == 0 {
		return items
	}
	held := items[:0]
	for _, item := range items {
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
