package simulator

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A ControlCall is a Call as the control API tells it.
type ControlCall struct {
	Sequence uint64    `json:"seq"`
	At       time.Time `json:"at"`
	Took     Millis    `json:"took_ms"`
	// Method is that of the Web API, or "".
	Method string `json:"method"`
	// Error is what the Web API answered, or "".
	Error string `json:"error"`
	// Team is whose token it was, and Fault how Slack misbehaved; "" is nobody's, and
	// not at all.
	Team  string `json:"team,omitempty"`
	Fault string `json:"fault,omitempty"`
	// Args are what the Web API was asked, from the query and the body, as text or as
	// the JSON that they are.
	Args       map[string]any      `json:"args"`
	HTTPMethod string              `json:"http_method"`
	Path       string              `json:"path"`
	Query      map[string][]string `json:"query"`
	Headers    map[string][]string `json:"headers"`
	Body       string              `json:"body"`
	Status     int                 `json:"status"`
	Answer     string              `json:"answer"`
}

func controlCall(c Call) ControlCall {
	return ControlCall{
		Sequence: c.Sequence, At: c.At, Took: Millis(c.Took), Method: c.API, Error: c.Error, Team: c.TeamID, Fault: c.Fault, Args: c.args(),
		HTTPMethod: c.Method, Path: c.Path, Query: orEmpty(c.Query), Headers: orEmpty(c.Header),
		Body: string(c.Body), Status: c.Status, Answer: string(c.Answer),
	}
}

// args are empty for what is no call of the Web API.
func (c Call) args() map[string]any {
	all := map[string]any{}
	if c.API == "" {
		return all
	}
	for name := range c.Query {
		all[name] = c.Query.Get(name)
	}
	if strings.HasPrefix(c.Header.Get("Content-Type"), "application/json") {
		_ = json.Unmarshal(c.Body, &all)
		return all
	}
	form, _ := url.ParseQuery(string(c.Body))
	for name := range form {
		all[name] = form.Get(name)
	}
	return all
}

func orEmpty(values map[string][]string) map[string][]string {
	if values == nil {
		return map[string][]string{}
	}
	return values
}

// A ControlAttempt is an Attempt as the control API tells it.
type ControlAttempt struct {
	// Sequence is 0 in the outcome of a delivery.
	Sequence    uint64    `json:"seq,omitempty"`
	At          time.Time `json:"at"`
	Took        Millis    `json:"took_ms"`
	Kind        string    `json:"kind"`
	EventID     string    `json:"event_id,omitempty"`
	RetryNum    int       `json:"retry_num"`
	RetryReason Reason    `json:"retry_reason,omitempty"`
	Hops        []string  `json:"hops,omitempty"`
	Request     string    `json:"request,omitempty"`
	// Status, Headers and Body are those of the last hop's answer.
	Status     int                 `json:"status,omitempty"`
	Headers    map[string][]string `json:"headers,omitempty"`
	Body       string              `json:"body,omitempty"`
	EnvelopeID string              `json:"envelope_id,omitempty"`
	Ack        *ControlAck         `json:"ack,omitempty"`
	Failure    Reason              `json:"failure"`
	Detail     string              `json:"detail,omitempty"`
}

// A ControlAck is an Ack as the control API tells it.
type ControlAck struct {
	EnvelopeID string          `json:"envelope_id"`
	Payload    json.RawMessage `json:"payload,omitempty"`
	Took       Millis          `json:"took_ms"`
	Size       int             `json:"size"`
	Frames     int             `json:"frames"`
}

func controlAttempt(a Attempt) ControlAttempt {
	told := ControlAttempt{
		Sequence: a.Sequence, At: a.At, Took: Millis(a.Took), Kind: a.Kind, EventID: a.EventID,
		RetryNum: a.RetryNum, RetryReason: a.RetryReason, Hops: a.Hops, Request: string(a.Answer.Request.Body),
		Status: a.Answer.Status, Headers: redactHeader(a.Answer.Header), Body: string(a.Answer.Body),
		EnvelopeID: a.EnvelopeID, Failure: a.Failure, Detail: a.Detail,
	}
	if a.Ack != nil {
		said := a.Ack.Payload
		if len(said) > 0 && !json.Valid(said) {
			// Redaction may have taken a quote with it.
			said, _ = json.Marshal(string(said))
		}
		told.Ack = &ControlAck{a.Ack.EnvelopeID, said, Millis(a.Ack.Took), a.Ack.Size, a.Ack.Frames}
	}
	return told
}

// A ControlFinding is a Finding as the control API tells it.
type ControlFinding struct {
	Sequence uint64    `json:"seq"`
	At       time.Time `json:"at"`
	Problem  string    `json:"problem"`
	Text     string    `json:"text"`
}

func controlFinding(f Finding) ControlFinding {
	return ControlFinding{f.Sequence, f.At, f.Problem, f.Text}
}

// ControlItems are what GET calls, deliveries and findings of the control API answer.
type ControlItems[T any] struct {
	Items []T `json:"items"`
	// Next is the since of the next question.
	Next uint64 `json:"next"`
	// Dropped is how many came after since and were forgotten before they were asked
	// for.
	Dropped uint64 `json:"dropped"`
}

func callsControl(s *Server, r *http.Request) (any, error) {
	q, err := readListing(r, "method", "path", "contains")
	if err != nil {
		return nil, err
	}
	return listing(r.Context(), s, q, &s.record.calls, controlCall, func(c Call) bool {
		return is(q.filter, "method", c.API) && is(q.filter, "path", c.Path) &&
			(contains(q.filter, c.Body) || contains(q.filter, []byte(c.Query.Encode())))
	})
}

func deliveriesControl(s *Server, r *http.Request) (any, error) {
	q, err := readListing(r, "kind", "contains")
	if err != nil {
		return nil, err
	}
	return listing(r.Context(), s, q, &s.record.attempts, controlAttempt, func(a Attempt) bool {
		return is(q.filter, "kind", a.Kind) && (contains(q.filter, a.Answer.Request.Body) || contains(q.filter, a.Answer.Body))
	})
}

func findingsControl(s *Server, r *http.Request) (any, error) {
	q, err := readListing(r, "problem", "contains")
	if err != nil {
		return nil, err
	}
	return listing(r.Context(), s, q, &s.record.findings, controlFinding, func(f Finding) bool {
		return is(q.filter, "problem", f.Problem) && contains(q.filter, []byte(f.Text))
	})
}

// is reports whether the filter of that name, if there is one, is the value.
func is(filter map[string]string, name, value string) bool {
	want, there := filter[name]
	return !there || want == value
}

// contains reports whether what is to be contained, if anything is, stands in the text.
func contains(filter map[string]string, text []byte) bool {
	return bytes.Contains(text, []byte(filter["contains"]))
}

// maxPoll is the longest wait for something new.
const maxPoll = 10 * time.Minute

// listingQuery is a question about what is remembered.
type listingQuery struct {
	since  uint64
	wait   time.Duration
	filter map[string]string
}

func readListing(r *http.Request, filters ...string) (q listingQuery, err error) {
	if q.filter, err = controlQuery(r, append([]string{"since", "wait"}, filters...)...); err != nil {
		return q, err
	}
	if text := q.filter["since"]; text != "" {
		if q.since, err = strconv.ParseUint(text, 10, 64); err != nil {
			return q, badRequest("invalid_query", "since: want the next of an answer before, or nothing")
		}
	}
	if text := q.filter["wait"]; text != "" {
		if q.wait, err = time.ParseDuration(text); err != nil || q.wait < 0 || q.wait > maxPoll {
			return q, badRequest("invalid_query", "wait: want a duration such as 30s, of at most 10m")
		}
	}
	return q, nil
}

// listing answers with what is remembered. When nothing is, it waits until something
// comes or the wait is over.
func listing[T, J any](ctx context.Context, s *Server, q listingQuery, of *ring[T], tell func(T) J, wanted func(T) bool) (any, error) {
	over := time.NewTimer(q.wait)
	defer over.Stop()
	for {
		items, last, dropped, changed := of.since(s.record, q.since)
		if q.since > last {
			return nil, badRequest("invalid_query", "since: %d was never reached, the last is %d; was belay serve started anew?", q.since, last)
		}
		answer := ControlItems[J]{Items: []J{}, Next: last, Dropped: dropped}
		for _, item := range items {
			if wanted(item) {
				answer.Items = append(answer.Items, tell(item))
			}
		}
		if len(answer.Items) > 0 || q.wait == 0 {
			return answer, nil
		}
		select {
		case <-changed:
		case <-over.C:
			return answer, nil
		case <-ctx.Done():
			return nil, refusal(http.StatusServiceUnavailable, "closed", "the fake Slack is closing")
		}
	}
}
