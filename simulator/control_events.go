package simulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// The bounds of a stream of events.
const (
	// heartbeat is how long a stream is silent, so that nobody between closes it.
	heartbeat = 15 * time.Second
	// tellWithin is how long a reader may take no byte. Who reads more slowly than
	// things happen is told how many it missed: the record is the buffer.
	tellWithin = 30 * time.Second
)

// A ControlSocket is a SocketChange as the control API tells it.
type ControlSocket struct {
	Sequence uint64    `json:"seq"`
	At       time.Time `json:"at"`
	ID       int       `json:"id"`
	Open     bool      `json:"open"`
}

// streamEvents tells what happens as server-sent events, from now on or from the one
// after Last-Event-ID or since.
//
// https://html.spec.whatwg.org/multipage/server-sent-events.html
func (s *Server) streamEvents(w http.ResponseWriter, r *http.Request) error {
	after, err := s.resumeAt(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	tell := func(text []byte) bool {
		_ = out.SetWriteDeadline(time.Now().Add(tellWithin))
		_, err := w.Write(text)
		return err == nil && out.Flush() == nil
	}
	// An id without data tells the reader where it begins.
	going := tell(fmt.Appendf(nil, ": belay\nid: %d\n\n", after))
	silence := time.NewTicker(heartbeat)
	defer silence.Stop()
	for going {
		entries, changed := s.record.entries(after)
		for _, e := range entries {
			after = e.ID
			if !tell(e.event()) {
				return nil
			}
		}
		if len(entries) > 0 {
			// What came meanwhile is next.
			continue
		}
		select {
		case <-changed:
		case <-silence.C:
			going = tell([]byte(": still here\n\n"))
		case <-r.Context().Done():
			return nil
		}
	}
	return nil
}

// resumeAt is the last entry that the reader knows.
func (s *Server) resumeAt(r *http.Request) (uint64, error) {
	query, err := controlQuery(r, "since")
	if err != nil {
		return 0, err
	}
	last := s.LastEntry()
	text := or(r.Header.Get("Last-Event-ID"), query["since"])
	if text == "" {
		return last, nil
	}
	after, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		return 0, badRequest("invalid_query", "Last-Event-ID, since: want the id of an event, or 0 for all that is remembered")
	}
	if after > last {
		// The id is from before a restart: everything is new.
		return 0, nil
	}
	return after, nil
}

// event is an entry as it is sent, after the one that says how many are missing.
func (e Entry) event() []byte {
	var b bytes.Buffer
	if e.Dropped > 0 {
		writeEvent(&b, e.ID-1, "dropped", map[string]uint64{"count": e.Dropped})
	}
	switch {
	case e.Call != nil:
		writeEvent(&b, e.ID, "call", controlCall(*e.Call))
	case e.Attempt != nil:
		writeEvent(&b, e.ID, "delivery", controlAttempt(*e.Attempt))
	case e.Finding != nil:
		writeEvent(&b, e.ID, "finding", controlFinding(*e.Finding))
	case e.Socket != nil:
		writeEvent(&b, e.ID, "socket", ControlSocket{e.Socket.Sequence, e.Socket.At, e.Socket.ID, e.Socket.Open})
	default:
		// What is not told moves the reader on all the same.
		fmt.Fprintf(&b, "id: %d\n\n", e.ID)
	}
	return b.Bytes()
}

// writeEvent writes one event. Its data is JSON, which has no line breaks.
func writeEvent(w io.Writer, id uint64, name string, data any) {
	text, err := json.Marshal(data)
	if err != nil {
		text, _ = json.Marshal(map[string]string{"error": err.Error()})
	}
	fmt.Fprintf(w, "id: %d\nevent: %s\ndata: %s\n\n", id, name, text)
}
