package simulator

import (
	"context"
	"net/http"

	"belay/simulator/payload"
)

// SocketsRequest is what POST sockets of the control API takes: what becomes of the
// app's connections of Socket Mode.
type SocketsRequest struct {
	// Do is warning, refresh_requested, too_many_websockets or link_disabled, as Slack
	// says them, enabled to switch Socket Mode on again, or cut, half_open or no_pong.
	Do string `json:"do"`
	// ID is a connection; 0 is all that are open.
	ID int `json:"id,omitempty"`
}

// SocketsAnswer is what the control API answers about sockets: the IDs of those that
// are open.
type SocketsAnswer struct {
	Open []int `json:"open"`
}

// socketActs are what can become of a connection.
var socketActs = []struct {
	name string
	do   func(*Socket)
}{
	{"warning", func(c *Socket) { c.Disconnect(Warning) }},
	{"refresh_requested", func(c *Socket) { c.Disconnect(RefreshRequested) }},
	{"too_many_websockets", func(c *Socket) { c.Disconnect(TooManyWebsockets) }},
	{"cut", (*Socket).Cut},
	{"half_open", (*Socket).Freeze},
	{"no_pong", (*Socket).WithholdPongs},
}

func socketsControl(_ context.Context, s *Server, in SocketsRequest) (any, error) {
	switch in.Do {
	case "link_disabled", "enabled":
		s.SwitchSocketMode(in.Do == "enabled")
		return s.socketsAnswer(), nil
	}
	names := []string{"link_disabled", "enabled"}
	for _, act := range socketActs {
		names = append(names, act.name)
		if act.name != in.Do {
			continue
		}
		found := false
		for _, c := range s.Sockets() {
			if in.ID == 0 || c.ID() == in.ID {
				act.do(c)
				found = true
			}
		}
		if !found {
			return nil, refusal(http.StatusConflict, "no_target", "the app has no such connection of Socket Mode open")
		}
		return s.socketsAnswer(), nil
	}
	return nil, badRequest("invalid_field", "%v", payload.Unknown("do", in.Do, names))
}

func listSockets(s *Server, _ *http.Request) (any, error) { return s.socketsAnswer(), nil }

func (s *Server) socketsAnswer() SocketsAnswer {
	a := SocketsAnswer{Open: []int{}}
	for _, c := range s.Sockets() {
		a.Open = append(a.Open, c.ID())
	}
	return a
}
