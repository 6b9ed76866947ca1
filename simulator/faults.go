package simulator

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"belay/simulator/facts"
	"belay/simulator/fault"
	"belay/simulator/payload"
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
	if word := refusalOf(f); word != "" && aboutWhat(r.URL.Path) == "hooks" {
		refuseHook(w, hookRefusal{http.StatusBadRequest, word})
		return
	}
	f.Answer(w, r, http.HandlerFunc(s.behave), rand)
}

// refusalOf is the word with which a fault refuses hooks, or "".
func refusalOf(f fault.Fault) string {
	switch f.Sort {
	case fault.SlackError.Name:
		return f.Value
	case fault.NoService.Name, fault.ExpiredURL.Name, fault.UsedURL.Name, fault.RollupError.Name:
		return f.Sort
	}
	return ""
}

// ParseFaults reads a fault or the name of a preset as fault.ParseAll does, and refuses a
// method that does not exist: its fault would never happen.
func ParseFaults(text string) ([]fault.Fault, error) {
	all, err := fault.ParseAll(text)
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		for _, name := range f.Methods {
			if !isFaulty(name) {
				return nil, fmt.Errorf("%s: %w", f.Sort, unknownMethod(name))
			}
		}
	}
	return all, nil
}

// notMethods is what faults call what is no method.
var notMethods = []string{"hooks", "files", "socket"}

func isFaulty(name string) bool {
	family, all := strings.CutSuffix(name, "*")
	return slices.Contains(notMethods, name) || slices.ContainsFunc(facts.Methods(), func(m facts.Method) bool {
		return m.Name == name || all && strings.HasPrefix(m.Name, family)
	})
}

// unknownMethod says what is most alike, and no more: there are hundreds.
func unknownMethod(name string) error {
	known := slices.Clone(notMethods)
	for _, m := range facts.Methods() {
		known = append(known, m.Name)
	}
	like := payload.Nearest(name, known)
	if like == "" {
		return fmt.Errorf("unknown method %q: want a method of the Web API, a family such as chat.*, or %s", name, strings.Join(notMethods, ", "))
	}
	return fmt.Errorf("unknown method %q: did you mean %s?", name, like)
}
