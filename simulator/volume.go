package simulator

import (
	"sync"
	"time"
)

// volume counts what was sent within the last 60 minutes: for the limit of each
// workspace, and for the share of failures over all of them.
type volume struct {
	profile *Profile
	mu      sync.Mutex
	all     window
	teams   map[string]*window
	off     bool
}

// maxTeams bounds the workspaces that are counted; beyond, the idle are forgotten.
const maxTeams = 1000

// admit counts an event of a workspace, and says why it is not sent and whether to
// tell the app.
func (v *volume) admit(team string, now time.Time) (why Withheld, tell bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.off {
		return SubscriptionsOff, false
	}
	w := v.team(team, now)
	if w.total(now).events >= v.profile.EventsPerHour {
		minute := w.at(now)
		tell, minute.told = !minute.told, true
		return RateLimited, tell
	}
	w.at(now).events++
	v.all.at(now).events++
	return "", false
}

// team is the window of a workspace.
func (v *volume) team(id string, now time.Time) *window {
	if w := v.teams[id]; w != nil {
		return w
	}
	if len(v.teams) >= maxTeams {
		for other, w := range v.teams {
			if w.total(now).events == 0 || len(v.teams) >= 2*maxTeams {
				delete(v.teams, other)
			}
		}
	}
	if v.teams == nil {
		v.teams = map[string]*window{}
	}
	v.teams[id] = &window{}
	return v.teams[id]
}

// tried counts an attempt, and reports whether the subscriptions are off by now.
//
// https://docs.slack.dev/apis/events-api#failure-limits
func (v *volume) tried(now time.Time, failed bool) (off bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	minute := v.all.at(now)
	minute.attempts++
	if !failed {
		return v.off
	}
	minute.failures++
	t := v.all.total(now)
	if t.events >= v.profile.DisableFrom && float64(t.failures) > v.profile.DisableAbove*float64(t.attempts) {
		v.off = true
	}
	return v.off
}

func (v *volume) isOff() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.off
}

// on begins a new count: the failures that turned the subscriptions off are past.
func (v *volume) on() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.off, v.all = false, window{}
}

// reset forgets every count.
func (v *volume) reset() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.off, v.all, v.teams = false, window{}, nil
}

// A window is the last 60 minutes.
type window struct{ minutes [60]minute }

type minute struct {
	// number is of minutes since 1970.
	number                     int64
	events, attempts, failures int
	told                       bool
}

// at is the minute of now, emptied of what stood there an hour ago.
func (w *window) at(now time.Time) *minute {
	number := now.Unix() / 60
	m := &w.minutes[(number%60+60)%60]
	if m.number != number {
		*m = minute{number: number}
	}
	return m
}

func (w *window) total(now time.Time) (sum minute) {
	number := now.Unix() / 60
	for _, m := range w.minutes {
		if m.number > number-60 && m.number <= number {
			sum.events += m.events
			sum.attempts += m.attempts
			sum.failures += m.failures
		}
	}
	return sum
}
