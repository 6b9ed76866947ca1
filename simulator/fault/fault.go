// Package fault is how Slack misbehaves on purpose: late, limited, out of order, or not
// there at all.
//
//	f, err := fault.Parse("latency=200ms,method=chat.*,probability=0.3,count=5")
//	slack.Inject(f)
//
// A sort of fault is one file, and a Sort that is listed in Sorts.
package fault

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// A Sort is one way to misbehave.
type Sort struct {
	Name string
	// Title says what happens, for a list.
	Title string
	// Value is what may stand behind the name, such as DURATION, and Default what is
	// taken when nothing does; both are "" for sorts without a value.
	Value, Default string
	// Only is the one place where it makes sense: hooks, files or socket. It is then
	// what Methods are; "" is everywhere.
	Only string

	// make reads the value. What it returns answers in the place of Slack, or lets
	// Slack answer by next.
	make func(value string) (Answer, error)
}

// An Answer misbehaves once. Rand is a number from 0 up to 1 that the seed decides.
type Answer func(w http.ResponseWriter, r *http.Request, next http.Handler, rand float64)

// Sorts are all of them.
func Sorts() []Sort {
	return []Sort{Latency, Jitter, RateLimited, ServerError, SlackError, Dropped, Reset, Truncated, SlowBody, NotJSON,
		ExpiresIn, NoService, ExpiredURL, UsedURL, RollupError, FilesHTML, UpgradeConflict, NoHello}
}

// A Fault is a sort of fault, and when it happens.
type Fault struct {
	// Sort and Value are as they were written.
	Sort, Value string
	// Methods are names of the Web API, families such as chat.*, or hooks, files and
	// socket for what is no method; nil is everything.
	Methods []string
	// Probability is from 0 to 1; New and Parse make it 1 when nothing is said.
	Probability float64
	// Count is how often it happens at most, and After how many requests are let
	// through first; zero is without bound, and none.
	Count, After int

	only   string
	answer Answer
}

// New is a fault of that sort that always happens. The value may be "".
func New(sort, value string) (Fault, error) {
	at := slices.IndexFunc(Sorts(), func(s Sort) bool { return s.Name == sort })
	if at < 0 {
		return Fault{}, unknown("fault", sort, sortNames())
	}
	of := Sorts()[at]
	switch {
	case value != "" && of.Value == "":
		return Fault{}, fmt.Errorf("%s takes no value, but %q stands behind it", sort, value)
	case value == "":
		value = of.Default
	}
	answer, err := of.make(value)
	if err != nil {
		return Fault{}, fmt.Errorf("%s=%s: %w", sort, value, err)
	}
	f := Fault{Sort: sort, Value: value, Probability: 1, only: of.Only, answer: answer}
	if of.Only != "" {
		f.Methods = []string{of.Only}
	}
	return f, nil
}

// Parse reads a fault and its conditions: SORT[=VALUE], and behind commas method=NAME,
// probability=P, count=N and after=N. Several methods are separated by |.
func Parse(text string) (Fault, error) {
	head, rest, _ := strings.Cut(text, ",")
	sort, value, _ := strings.Cut(head, "=")
	f, err := New(strings.TrimSpace(sort), strings.TrimSpace(value))
	if err != nil {
		return Fault{}, err
	}
	if rest == "" {
		return f, nil
	}
	for condition := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(condition), "=")
		if err := f.set(name, value); err != nil {
			return Fault{}, fmt.Errorf("%s: %w", sort, err)
		}
	}
	return f, nil
}

func (f *Fault) set(name, value string) (err error) {
	switch name {
	case "method":
		f.Methods = strings.Split(value, "|")
		if slices.Contains(f.Methods, "") {
			return fmt.Errorf("method=%s: want the names of methods, such as chat.postMessage or chat.*", value)
		}
		if f.only != "" && !slices.Equal(f.Methods, []string{f.only}) {
			return fmt.Errorf("method=%s: it only happens to method=%s", value, f.only)
		}
	case "probability":
		if f.Probability, err = strconv.ParseFloat(value, 64); err != nil || !(f.Probability >= 0 && f.Probability <= 1) {
			return fmt.Errorf("probability=%s: want a number from 0 to 1", value)
		}
	case "count":
		f.Count, err = number(name, value)
	case "after":
		f.After, err = number(name, value)
	default:
		return unknown("condition", name, []string{"method", "probability", "count", "after"})
	}
	return err
}

func number(name, value string) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%s=%s: want a whole number", name, value)
	}
	return n, nil
}

// String is the fault as Parse reads it.
func (f Fault) String() string {
	text := f.Sort
	if f.Value != "" {
		text += "=" + f.Value
	}
	if f.Methods != nil && f.only == "" {
		text += ",method=" + strings.Join(f.Methods, "|")
	}
	if f.Probability != 1 {
		text += ",probability=" + strconv.FormatFloat(f.Probability, 'g', -1, 64)
	}
	if f.Count > 0 {
		text += ",count=" + strconv.Itoa(f.Count)
	}
	if f.After > 0 {
		text += ",after=" + strconv.Itoa(f.After)
	}
	return text
}

// Concerns reports whether the fault is about a method.
func (f Fault) Concerns(method string) bool {
	return f.Methods == nil || slices.ContainsFunc(f.Methods, func(name string) bool {
		family, all := strings.CutSuffix(name, "*")
		return name == method || all && strings.HasPrefix(method, family)
	})
}

// Answer misbehaves, or lets next answer. A Fault that was not made by New or Parse
// does nothing.
func (f Fault) Answer(w http.ResponseWriter, r *http.Request, next http.Handler, rand float64) {
	if f.answer == nil {
		next.ServeHTTP(w, r)
		return
	}
	f.answer(w, r, next, rand)
}

func sortNames() []string {
	var names []string
	for _, s := range Sorts() {
		names = append(names, s.Name)
	}
	return names
}
