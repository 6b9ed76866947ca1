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

// probeOffsets cover clocks that are minutes off, and whole hours for time zones.
var probeOffsets = []time.Duration{
	-500 * time.Second, 500 * time.Second, -1000 * time.Second, 1000 * time.Second,
	-time.Hour, time.Hour, -2 * time.Hour, 2 * time.Hour,
}

// askOffsets looks for a time at which the valid signature is accepted after all.
func askOffsets(ctx context.Context, i *interview) {
	for _, offset := range probeOffsets {
		if i.acceptsAt(ctx, offset, qOffsets, i.probe(hardText)) {
			i.edges.oldest = i.edge(ctx, offset-staleAge, offset, i.probe(hardText))
			i.edges.newest = i.edge(ctx, offset+staleAge, offset, i.probe(hardText))
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
	near, far := 240*time.Second, 360*time.Second
	for _, sign := range []time.Duration{-1, 1} {
		edge := i.side(ctx, sign*near, sign*far)
		if sign < 0 {
			i.edges.oldest = edge
		} else {
			i.edges.newest = edge
		}
	}
}

// side finds one edge, which a right clock has between near and far.
func (i *interview) side(ctx context.Context, near, far time.Duration) time.Duration {
	nearAccepted := i.acceptsAt(ctx, near, qEdges, i.challenge())
	farAccepted := i.acceptsAt(ctx, far, qEdges, i.challenge())
	switch {
	case nearAccepted && !farAccepted:
		return (near + far) / 2
	case !nearAccepted:
		return i.edge(ctx, near, 0, i.challenge())
	}
	beyond := far * 5 / 2
	if i.acceptsAt(ctx, beyond, qEdges, i.challenge()) {
		return 0
	}
	return i.edge(ctx, beyond, far, i.challenge())
}

// edge halves the stretch between a refused and an accepted offset.
func (i *interview) edge(ctx context.Context, refused, accepted time.Duration, d payload.Delivery) time.Duration {
	for (accepted - refused).Abs() > precision {
		if i.stopped != "" || i.outOfTime(ctx) != "" || i.extra >= maxExtra {
			return 0
		}
		middle := (refused + accepted) / 2
		if i.acceptsAt(ctx, middle, qEdges, d) {
			accepted = middle
		} else {
			refused = middle
		}
	}
	return (refused + accepted) / 2
}

func (i *interview) acceptsAt(ctx context.Context, offset time.Duration, question string, d payload.Delivery) bool {
	if i.stopped != "" || i.outOfTime(ctx) != "" || i.extra >= maxExtra {
		return false
	}
	d.Time = d.Time.Add(offset)
	a := i.send(ctx, fmt.Sprintf("%s: %+.0f s", question, offset.Seconds()), d, i.grace())
	if question == qEdges {
		control, _ := i.answer(qChallenge)
		return !i.differs(control, a)
	}
	return i.acceptedAfterAll(a)
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
