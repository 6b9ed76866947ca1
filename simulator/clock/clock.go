// Package clock is Slack's clock, which tests may set and turn.
//
//	c := clock.At(time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC))
//	c.Advance(6 * time.Minute)
package clock

import (
	"sync"
	"time"
)

// A Clock tells Slack's time. The zero value tells the machine's. It is safe for
// concurrent use.
type Clock struct {
	mu     sync.Mutex
	fixed  time.Time
	offset time.Duration
}

// At returns a clock that stands at t until it is advanced.
func At(t time.Time) *Clock { return &Clock{fixed: t} }

// Now is the time on the clock. A nil Clock tells the machine's time.
func (c *Clock) Now() time.Time {
	if c == nil {
		return time.Now()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fixed.IsZero() {
		return time.Now().Add(c.offset)
	}
	return c.fixed.Add(c.offset)
}

// Advance turns the clock forward, or back when d is negative.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset += d
}
