package clock

import (
	"context"
	"errors"
	"time"
)

// WithTimeout returns a context that ends when d has passed on the clock, with
// context.DeadlineExceeded as a context of the standard library does. It has no
// Deadline: that would be a moment of the machine's time.
func (c *Clock) WithTimeout(parent context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	inner, end := context.WithCancelCause(parent)
	timer := c.AfterFunc(d, func() { end(context.DeadlineExceeded) })
	return limited{Context: inner, parent: parent}, func() {
		timer.Stop()
		end(context.Canceled)
	}
}

// limited is a context that tells the end of its time as such.
type limited struct {
	context.Context
	parent context.Context
}

// Err implements context.Context.
func (l limited) Err() error {
	err := l.Context.Err()
	if err != nil && errors.Is(context.Cause(l.Context), context.DeadlineExceeded) {
		return context.DeadlineExceeded
	}
	return err
}

// Value implements context.Context. It passes over the inner context, to which the
// standard library would otherwise attach derived ones, past Err.
func (l limited) Value(key any) any { return l.parent.Value(key) }

// AfterFunc spares contexts derived from this one a goroutine of their own.
func (l limited) AfterFunc(f func()) (stop func() bool) { return context.AfterFunc(l.Context, f) }
