package simulator

import (
	"context"
	"time"
)

// ClockRequest is what POST clock of the control API takes: one of its members, or
// none to ask for the time.
type ClockRequest struct {
	// Advance turns the clock, such as 3s.
	Advance string `json:"advance,omitempty"`
	// Speed is how many seconds pass on the clock in one of the machine's.
	Speed float64 `json:"speed,omitempty"`
	// Now sets the clock, as RFC 3339.
	Now string `json:"now,omitempty"`
}

// ClockAnswer is what POST clock of the control API answers.
type ClockAnswer struct {
	Now time.Time `json:"now"`
	// Waiting is how many things wait for the clock, such as an event's next delivery.
	Waiting int `json:"waiting"`
}

// maxSpeed keeps a day on the clock longer than a millisecond.
const maxSpeed = 1e7

func clockControl(_ context.Context, s *Server, in ClockRequest) (any, error) {
	clk, given := s.options.Clock, 0
	for _, there := range []bool{in.Advance != "", in.Speed != 0, in.Now != ""} {
		if there {
			given++
		}
	}
	if given > 1 {
		return nil, badRequest("invalid_field", "want one of advance, speed and now")
	}
	switch {
	case in.Advance != "":
		d, err := time.ParseDuration(in.Advance)
		if err != nil {
			return nil, badRequest("invalid_field", "advance: want a duration such as 3s or 5m")
		}
		clk.Advance(d)
	case in.Speed != 0:
		if in.Speed < 0 || in.Speed > maxSpeed {
			return nil, badRequest("invalid_field", "speed: want more than 0, and at most %g", maxSpeed)
		}
		clk.SetSpeed(in.Speed)
	case in.Now != "":
		to, err := time.Parse(time.RFC3339, in.Now)
		if err != nil {
			return nil, badRequest("invalid_field", "now: want a time such as 2026-11-23T18:00:00Z")
		}
		clk.Advance(to.Sub(clk.Now()))
	}
	return ClockAnswer{Now: clk.Now().UTC(), Waiting: clk.Waiting()}, nil
}
