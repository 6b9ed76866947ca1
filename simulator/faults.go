package simulator

import (
	"hash/fnv"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"belay/simulator/fault"
)

// An Injected fault is one that happens until it is cleared, or has happened often
// enough.
type Injected struct {
	ID    int
	Fault fault.Fault
	// Happened is how often it did.
	Happened int

	passed int
	// times is how often each name was asked for.
	times map[string]uint64
}

// faults are those that are injected.
type faults struct {
	mu   sync.Mutex
	made int
	all  []*Injected
	seed uint64
}

// maxNames bounds of how many names a fault counts the requests; the rest is counted
// together.
const maxNames = 1000

// draw returns two numbers from 0 up to 1. They depend on the seed, the fault, the name
// and how often that was asked for, and on nothing else: callers at the same time do not
// change one another's fate.
func (i *Injected) draw(seed uint64, about string) (chance, luck float64) {
	if _, known := i.times[about]; !known && len(i.times) >= maxNames {
		about = ""
	}
	nth := i.times[about]
	i.times[about]++
	h := fnv.New64a()
	_, _ = h.Write([]byte(i.Fault.Sort + "=" + i.Fault.Value + " " + about))
	r := rand.New(rand.NewPCG(seed, h.Sum64()+nth))
	return r.Float64(), r.Float64()
}

// Inject lets Slack misbehave from now on, and returns an ID to clear it by. Of several
// faults that concern a request, the first that its probability allows happens.
func (s *Server) Inject(f fault.Fault) int {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.made++
	s.faults.all = append(s.faults.all, &Injected{ID: s.faults.made, Fault: f, times: map[string]uint64{}})
	return s.faults.made
}

// Faults are those that are injected, in order.
func (s *Server) Faults() []Injected {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	var all []Injected
	for _, f := range s.faults.all {
		all = append(all, *f)
	}
	return all
}

// Clear ends the faults of these IDs, or all of them when there are none. It reports
// whether all of them were there.
func (s *Server) Clear(ids ...int) bool {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	before := len(s.faults.all)
	s.faults.all = slices.DeleteFunc(s.faults.all, func(f *Injected) bool { return len(ids) == 0 || slices.Contains(ids, f.ID) })
	return len(ids) == 0 || before-len(s.faults.all) == len(ids)
}

// next is the fault that happens to a request, or nil, with a number from 0 up to 1 for
// it.
func (f *faults) next(path string) (*fault.Fault, float64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.all) == 0 {
		return nil, 0
	}
	about := aboutWhat(path)
	for _, i := range f.all {
		if !i.Fault.Concerns(about) {
			continue
		}
		chance, luck := i.draw(f.seed, about)
		if i.passed++; i.passed <= i.Fault.After || i.Fault.Count > 0 && i.Happened >= i.Fault.Count {
			continue
		}
		if chance < i.Fault.Probability {
			i.Happened++
			return &i.Fault, luck
		}
	}
	return nil, 0
}

// aboutWhat is what faults call a path: the method, hooks, files or socket.
func aboutWhat(path string) string {
	if name, is := methodName(path); is {
		return name
	}
	switch first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/"); first {
	case "commands", "actions", "app", "services":
		return "hooks"
	case "files-pri", "upload":
		return "files"
	case "link":
		return "socket"
	}
	return path
}

// misbehave answers by a fault. A ban is told to the workspace, which sees whether the
// app heeds it.
func (s *Server) misbehave(w http.ResponseWriter, r *http.Request, f fault.Fault, rand float64) {
	if heard, ok := w.(*overheard); ok {
		heard.fault = f.String()
		heard.unanswered = f.Sort == fault.Dropped.Name || f.Sort == fault.Reset.Name
	}
	name, is := methodName(r.URL.Path)
	if d, err := time.ParseDuration(f.Value); err == nil && is && f.Sort == fault.RateLimited.Name && !s.workspace.Ban(name, d) {
		s.behave(w, r)
		return
	}
	if f.Sort == fault.SlackError.Name && aboutWhat(r.URL.Path) == "hooks" {
		refuseHook(w, hookRefusal{http.StatusBadRequest, f.Value})
		return
	}
	f.Answer(w, r, http.HandlerFunc(s.behave), rand)
}
