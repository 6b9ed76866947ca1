package simulator

import (
	"context"
	"net/http"

	"belay/simulator/fault"
)

// FaultsRequest is what POST faults of the control API takes: first those of clear go,
// then those of add come.
type FaultsRequest struct {
	// Add are faults as fault.Parse reads them, or the words hostile and outage.
	Add []string `json:"add,omitempty"`
	// Clear are IDs, and All clears everything.
	Clear []int `json:"clear,omitempty"`
	All   bool  `json:"all,omitempty"`
}

// A ControlFault is an Injected fault as the control API tells it.
type ControlFault struct {
	ID       int    `json:"id"`
	Fault    string `json:"fault"`
	Happened int    `json:"happened"`
}

// FaultsAnswer is what the control API answers about faults: those that are injected.
type FaultsAnswer struct {
	Faults []ControlFault `json:"faults"`
}

func faultsControl(_ context.Context, s *Server, in FaultsRequest) (any, error) {
	var add []fault.Fault
	for _, text := range in.Add {
		faults, err := ParseFaults(text)
		if err != nil {
			return nil, badRequest("invalid_field", "add: %v", err)
		}
		add = append(add, faults...)
	}
	if in.All {
		s.Clear()
	}
	if len(in.Clear) > 0 && !s.Clear(in.Clear...) {
		return nil, badRequest("invalid_field", "clear: one of these faults is not injected")
	}
	for _, f := range add {
		s.Inject(f)
	}
	return s.faultsAnswer(), nil
}

func listFaults(s *Server, _ *http.Request) (any, error) { return s.faultsAnswer(), nil }

func (s *Server) faultsAnswer() FaultsAnswer {
	a := FaultsAnswer{Faults: []ControlFault{}}
	for _, f := range s.Faults() {
		a.Faults = append(a.Faults, ControlFault{f.ID, f.Fault.String(), f.Happened})
	}
	return a
}
