package checks

import (
	"context"
	"fmt"
	"time"

	"belay/simulator/payload"
)

// edges are the oldest and the newest timestamp that an app accepts, as offsets
// from now, each known to half a minute. One that was not found is zero.
type edges struct {
	oldest, newest time.Duration
	// every is set when url_verification does not depend on its timestamp.
	every bool
}

// precision is how closely an edge is looked for.
const precision = time.Minute

// near and far are on both sides of the edge that Slack's rule has.
const near, far = 240 * time.Second, 360 * time.Second

// probeOffsets cover clocks that are minutes off, and whole hours for time zones.
var probeOffsets = []time.Duration{
	-500 * time.Second, 500 * time.Second, -time.Hour, time.Hour, -2 * time.Hour, 2 * time.Hour,
}

// askOffsets looks for a time at which the valid signature is accepted after all.
// It leaves room for what is unsigned.
func askOffsets(ctx context.Context, i *interview) {
	c := &clockSearch{i: i, question: qOffsets, delivery: i.probe(hardText), accepted: i.acceptedAfterAll}
	for _, offset := range probeOffsets {
		if i.extra >= maxExtra-5 {
			return
		}
		if c.accepts(ctx, offset) {
			i.edges = c.around(ctx, offset)
			return
		}
	}
}

// askEdges finds the accepted timestamps of url_verification. An app with a right
// clock costs four requests.
func askEdges(ctx context.Context, i *interview) {
	if !i.challengeIsVerified() {
		i.edges.every = true
		return
	}
	control, _ := i.answer(qChallenge)
	c := &clockSearch{i: i, question: qEdges, delivery: i.challenge(), accepted: func(a payload.Answer) bool {
		return !i.differs(control, a)
	}}
	i.edges = c.around(ctx, 0)
}

// A clockSearch looks for the timestamps with which an app accepts a request.
type clockSearch struct {
	i        *interview
	question string
	delivery payload.Delivery
	accepted func(payload.Answer) bool
	// cut is set when the search had to end before it knew.
	cut bool
}

// around finds the edges on both sides of an offset that is accepted.
func (c *clockSearch) around(ctx context.Context, offset time.Duration) edges {
	return edges{oldest: c.side(ctx, offset, -1), newest: c.side(ctx, offset, 1)}
}

// side finds one edge, which a right clock has between near and far.
func (c *clockSearch) side(ctx context.Context, centre, sign time.Duration) time.Duration {
	switch {
	case !c.accepts(ctx, centre+sign*near):
		return c.edge(ctx, centre+sign*near, centre)
	case !c.accepts(ctx, centre+sign*far):
		return c.found(centre + sign*(near+far)/2)
	}
	beyond := centre + sign*far*5/2
	if c.accepts(ctx, beyond) {
		return 0
	}
	return c.edge(ctx, beyond, centre+sign*far)
}

// edge halves the stretch between a refused and an accepted offset.
func (c *clockSearch) edge(ctx context.Context, refused, accepted time.Duration) time.Duration {
	for (accepted-refused).Abs() > precision && !c.cut {
		middle := (refused + accepted) / 2
		if c.accepts(ctx, middle) {
			accepted = middle
		} else {
			refused = middle
		}
	}
	return c.found((refused + accepted) / 2)
}

// found is the edge, or zero where the search did not end with it.
func (c *clockSearch) found(edge time.Duration) time.Duration {
	if c.cut {
		return 0
	}
	return edge
}

func (c *clockSearch) accepts(ctx context.Context, offset time.Duration) bool {
	if c.cut = c.cut || c.i.stopped != "" || c.i.outOfTime(ctx) != "" || c.i.full(); c.cut {
		return false
	}
	d := c.delivery
	d.Time = d.Time.Add(offset)
	a := c.i.send(ctx, fmt.Sprintf("%s: %+.0f s", c.question, offset.Seconds()), d, c.i.grace())
	c.cut = c.i.stopped != ""
	return c.accepted(a)
}

// skew is how far the app's clock is off, where both edges were found and lie ten
// minutes apart as Slack's rule has it.
func (e edges) skew() (time.Duration, bool) {
	if e.oldest == 0 || e.newest == 0 {
		return 0, false
	}
	width := e.newest - e.oldest
	if (width - 2*payload.Tolerance).Abs() > precision {
		return 0, false
	}
	return (e.oldest + e.newest) / 2, true
}
