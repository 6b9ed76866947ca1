package clock

import (
	"container/heap"
	"time"
)

// A Timer fires once, when its time on the clock has come.
type Timer struct {
	// C gets the time at which the timer fired. It is nil for AfterFunc.
	C    <-chan time.Time
	stop func() bool
}

// Stop keeps the timer from firing, and reports whether it did.
func (t *Timer) Stop() bool { return t.stop() }

// NewTimer returns a timer that fires when d has passed on the clock.
func (c *Clock) NewTimer(d time.Duration) *Timer {
	if c == nil {
		t := time.NewTimer(d)
		return &Timer{C: t.C, stop: t.Stop}
	}
	fired := make(chan time.Time, 1)
	return &Timer{C: fired, stop: c.set(d, func(at time.Time) { fired <- at })}
}

// After is the channel of a new timer, for those who never stop it.
func (c *Clock) After(d time.Duration) <-chan time.Time { return c.NewTimer(d).C }

// AfterFunc calls f when d has passed on the clock, in the goroutine of whoever
// turns it, so that what falls due happens in its order: f must return soon. It may
// use the clock.
func (c *Clock) AfterFunc(d time.Duration, f func()) *Timer {
	if c == nil || d <= 0 {
		return &Timer{stop: time.AfterFunc(d, f).Stop}
	}
	return &Timer{stop: c.set(d, func(time.Time) { f() })}
}

// Waiting is how many timers are set and have not fired: a test turns the clock
// once somebody waits for it.
func (c *Clock) Waiting() int {
	if c == nil {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.timers.waiting)
}

func (c *Clock) set(d time.Duration, f func(time.Time)) (stop func() bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.timers.add(c.now().Add(d), f)
	if d <= 0 {
		c.fire(t)
	} else if t.index == 0 {
		c.arm()
	}
	return func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.timers.remove(t)
	}
}

// fire takes the timer off the list and runs it without the lock.
func (c *Clock) fire(t *timer) {
	c.timers.remove(t)
	now := c.now()
	c.mu.Unlock()
	defer c.mu.Lock()
	t.f(now)
}

// arm sets the machine's timer for the first of the clock's.
func (c *Clock) arm() {
	if c.alarm != nil {
		c.alarm.Stop()
		c.alarm = nil
	}
	if c.stands() || len(c.timers.waiting) == 0 {
		return
	}
	d := c.timers.waiting[0].at.Sub(c.now())
	if c.Speed > 0 {
		d = time.Duration(float64(d) / c.Speed)
	}
	c.alarm = time.AfterFunc(max(d, 0), c.ring)
}

// ring fires what is due on a clock that runs.
func (c *Clock) ring() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for {
		t := c.timers.due(c.now())
		if t == nil {
			break
		}
		c.fire(t)
	}
	c.arm()
}

// timer is one entry of the list.
type timer struct {
	at    time.Time
	set   uint64
	f     func(time.Time)
	index int
}

// timers are those that wait, the first due first and of equals the one set first.
type timers struct {
	waiting timerHeap
	count   uint64
}

func (t *timers) add(at time.Time, f func(time.Time)) *timer {
	t.count++
	added := &timer{at: at, set: t.count, f: f}
	heap.Push(&t.waiting, added)
	return added
}

func (t *timers) remove(gone *timer) bool {
	if gone.index < 0 {
		return false
	}
	heap.Remove(&t.waiting, gone.index)
	return true
}

// due is the first timer that fires by that time, or nil.
func (t *timers) due(by time.Time) *timer {
	if len(t.waiting) == 0 || t.waiting[0].at.After(by) {
		return nil
	}
	return t.waiting[0]
}

// timerHeap implements heap.Interface.
type timerHeap []*timer

func (h timerHeap) Len() int { return len(h) }

func (h timerHeap) Less(i, j int) bool {
	if h[i].at.Equal(h[j].at) {
		return h[i].set < h[j].set
	}
	return h[i].at.Before(h[j].at)
}

func (h timerHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

func (h *timerHeap) Push(x any) {
	t := x.(*timer)
	t.index = len(*h)
	*h = append(*h, t)
}

func (h *timerHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	last.index = -1
	return last
}
