package simulator

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// Ask asks a route of the control API, such as act/command, and decodes its answer.
// Without a question it is a GET. An error of the control API is a ControlError.
func (c ControlClient) Ask(ctx context.Context, route string, question, into any) error {
	var body []byte
	var err error
	if question == nil {
		err = c.do(ctx, http.MethodGet, route, nil, decoded(into))
	} else if body, err = json.Marshal(question); err == nil {
		err = c.post(ctx, route, body, into)
	}
	if err != nil {
		return fmt.Errorf("asking %s of %s: %w", route, c.URL, err)
	}
	return nil
}

// A ControlEntry is one thing that the fake Slack remembers, as the control API tells
// it. One of its members is set besides the ID, or none where it has nothing to tell.
type ControlEntry struct {
	ID       uint64
	Call     *ControlCall
	Delivery *ControlAttempt
	Finding  *ControlFinding
	Socket   *ControlSocket
	// Dropped is how many were forgotten before they could be told.
	Dropped uint64
}

// LastEntry is the ID of what is remembered last.
func (c ControlClient) LastEntry(ctx context.Context) (last uint64, err error) {
	err = c.do(ctx, http.MethodGet, "events", nil, func(body io.Reader) error {
		last, _, err = readEvent(bufio.NewReader(body))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("asking events of %s: %w", c.URL, err)
	}
	return last, nil
}

// Follow tells every entry after one, past and to come, in order, until tell says that
// it is enough. It ends with the context's error when that ends.
func (c ControlClient) Follow(ctx context.Context, after uint64, tell func(ControlEntry) (enough bool)) error {
	err := c.do(ctx, http.MethodGet, "events?"+url.Values{"since": {strconv.FormatUint(after, 10)}}.Encode(), nil, func(body io.Reader) error {
		lines := bufio.NewReader(body)
		for {
			id, event, err := readEvent(lines)
			if err != nil {
				return err
			}
			e := ControlEntry{ID: id}
			if err := e.read(event); err != nil {
				return err
			}
			if id > 0 && tell(e) {
				return nil
			}
		}
	})
	if err != nil {
		return fmt.Errorf("following events of %s: %w", c.URL, err)
	}
	return nil
}

// serverEvent is one server-sent event.
type serverEvent struct {
	name string
	data []byte
}

// readEvent reads to the next empty line.
//
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
func readEvent(lines *bufio.Reader) (id uint64, e serverEvent, err error) {
	size := 0
	for {
		line, err := lines.ReadString('\n')
		if size += len(line); err != nil || size > maxControlAnswer {
			return id, e, fmt.Errorf("the stream ended: %w", err)
		}
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			return id, e, nil
		}
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch name {
		case "id":
			if id, err = strconv.ParseUint(value, 10, 64); err != nil {
				return id, e, fmt.Errorf("the stream has the id %.20q", value)
			}
		case "event":
			e.name = value
		case "data":
			e.data = append(e.data, value...)
		}
	}
}

func (e *ControlEntry) read(event serverEvent) error {
	var into any
	var dropped struct{ Count uint64 }
	switch event.name {
	case "call":
		e.Call = &ControlCall{}
		into = e.Call
	case "delivery":
		e.Delivery = &ControlAttempt{}
		into = e.Delivery
	case "finding":
		e.Finding = &ControlFinding{}
		into = e.Finding
	case "socket":
		e.Socket = &ControlSocket{}
		into = e.Socket
	case "dropped":
		into = &dropped
	default:
		return nil
	}
	if err := json.Unmarshal(event.data, into); err != nil {
		return fmt.Errorf("the stream has a %s that cannot be read: %w", event.name, err)
	}
	e.Dropped = dropped.Count
	return nil
}
