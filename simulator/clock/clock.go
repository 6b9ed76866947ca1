// Package clock is Slack's clock, which tests may set and turn.
//
//	c := clock.At(time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC))
//	retry := c.After(time.Minute)
//	c.Advance(6 * time.Minute)
//	<-retry
//
// Two sorts of time meet in a fake Slack. What Slack does by itself, such as the
// retry after a minute, lasts its time on the clock, and a turned or fast clock
// shortens it. What an app has to do, such as acknowledging within 3 s, it does on
// a machine that no clock speeds up: Stretch and Elapsed convert.
package clock

import (
	"sync"
	"time"
)

// A Clock tells Slack's time. The zero value tells the machine's. It is safe for
// concurrent use, and so is a nil Clock, which tells the machine's time and cannot
// be turned.
type Clock struct {
	// Speed is how many seconds pass on the clock in one of the machine's; zero
	// means 1. It is set before the clock's first use; SetSpeed changes it after.
	Speed float64

	mu     sync.Mutex
	start  time.Time
	fixed  bool
	begun  time.Time
	offset time.Duration
	timers timers
	alarm  *time.Timer
}

// At returns a clock that stands at t until it is advanced. One that is given a
// Speed runs from t instead.
func At(t time.Time) *Clock { return &Clock{start: t, fixed: true} }

// Now is the time on the clock. A nil Clock tells the machine's time.
func (c *Clock) Now() time.Time {
	if c == nil {
		return time.Now()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now()
}

func (c *Clock) now() time.Time {
	if c.stands() {
		return c.start.Add(c.offset)
	}
	if c.begun.IsZero() {
		c.begun = time.Now()
		if !c.fixed {
			c.start = c.begun
		}
	}
	passed := time.Since(c.begun)
	if c.Speed > 0 {
		passed = time.Duration(float64(passed) * c.Speed)
	}
	return c.start.Add(passed + c.offset)
}

// stands reports whether only Advance moves the clock.
func (c *Clock) stands() bool { return c.fixed && c.Speed <= 0 }

// Advance turns the clock forward, or back when d is negative. Timers that fall
// due fire in their order, each at its own time: the clock shows it while it
// fires.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if d < 0 {
		c.offset += d
		c.arm()
		return
	}
	end := c.now().Add(d)
	for t := c.timers.due(end); t != nil; t = c.timers.due(end) {
		c.turnTo(t.at)
		c.fire(t)
	}
	c.turnTo(end)
	c.arm()
}

// turnTo moves the clock on to t, where it is not there yet.
func (c *Clock) turnTo(t time.Time) {
	if now := c.now(); now.Before(t) {
		c.offset += t.Sub(now)
	}
}

// SetSpeed lets that many seconds pass on the clock in one of the machine's from now
// on; zero means what it does in Speed. What was stretched for an app before is not
// measured anew, so it suits a clock that nobody waits for. A nil Clock keeps its
// speed.
func (c *Clock) SetSpeed(speed float64) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.start, c.offset = c.now(), 0
	c.Speed, c.begun = speed, time.Now()
	c.arm()
}

// Stretch is how long d of the machine's time lasts on the clock: the measure of
// what an app is given time for.
func (c *Clock) Stretch(d time.Duration) time.Duration { return time.Duration(float64(d) * c.pace()) }

// Elapsed is how much of the machine's time passed since the clock showed t, and
// by how much the clock was turned meanwhile.
func (c *Clock) Elapsed(t time.Time) time.Duration {
	return time.Duration(float64(c.Now().Sub(t)) / c.pace())
}

// pace is the speed of a clock that runs, and of one that stands the machine's.
func (c *Clock) pace() float64 {
	if c == nil {
		return 1
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.Speed <= 0 {
		return 1
	}
	return c.Speed
}
