package webapi

import (
	"net/http"
	"time"
)

// limits are how often methods were called, and which may not be called for a while.
type limits struct {
	windows map[string]*window
	// bans are by method and team; "" as a method holds for all.
	bans map[string]time.Time
}

type window struct {
	began time.Time
	calls int
}

// Limit answers the next calls of a method with 429, as if the app had called too
// often, until the time has passed on Slack's clock. An empty name means every method.
func (w *Workspace) Limit(method string, retryAfter time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ban(method, retryAfter)
}

// Ban is for an app that was answered 429 by somebody else: its calls of the method are
// refused until the time has passed, and the first of them is a finding. It reports false
// and changes nothing where the method is banned already: that call is one of them.
func (w *Workspace) Ban(method string, retryAfter time.Duration) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.limits.bans[method].After(w.now()) {
		return false
	}
	w.ban(method, retryAfter)
	delete(w.limits.windows, "warned "+method)
	w.limits.warned(method)
	return true
}

func (w *Workspace) ban(key string, retryAfter time.Duration) {
	if w.limits.bans == nil {
		w.limits.bans = map[string]time.Time{}
	}
	w.limits.bans[key] = w.now().Add(retryAfter)
}

// withinLimits refuses a call too many.
//
// https://docs.slack.dev/apis/web-api/rate-limits
func (r *Request) withinLimits() error {
	w := r.w
	if w.limits.bans == nil && !w.profile.Limits {
		return nil
	}
	now, key := w.now(), r.limitKey()
	for _, banned := range []string{"", r.method.Name, key} {
		until, ok := w.limits.bans[banned]
		if !ok {
			continue
		}
		if left := until.Sub(now); left > 0 {
			if w.limits.warned(banned) {
				w.find("api.ignores-retry-after", "%s was called %s before the end of Retry-After", r.method.Name, left.Round(time.Millisecond))
			}
			return tooMany(left)
		}
		delete(w.limits.bans, banned)
		delete(w.limits.windows, "warned "+banned)
	}
	if !w.profile.Limits {
		return nil
	}
	return r.count(key, now)
}

// warned reports whether the app was told before that it is banned.
func (l *limits) warned(banned string) bool {
	if l.windows == nil {
		l.windows = map[string]*window{}
	}
	_, told := l.windows["warned "+banned]
	l.windows["warned "+banned] = &window{}
	return told
}

// limitKey is what is counted together: the method, for an app in a workspace.
func (r *Request) limitKey() string {
	if r.token == nil {
		return r.method.Name + " "
	}
	return r.method.Name + " " + r.token.AppID + " " + r.token.TeamID
}

func (r *Request) count(key string, now time.Time) error {
	w := r.w
	most := r.method.Fact.PerMinute
	if most == 0 {
		most = w.profile.CallsPerMinute[r.method.Fact.Tier]
	}
	if most == 0 {
		return nil
	}
	if w.limits.windows == nil {
		w.limits.windows = map[string]*window{}
	}
	in := w.limits.windows[key]
	if in == nil || now.Sub(in.began) >= time.Minute {
		in = &window{began: now}
		w.limits.windows[key] = in
	}
	if in.calls++; in.calls > most {
		left := in.began.Add(time.Minute).Sub(now)
		w.ban(key, left)
		w.limits.warned(key)
		return tooMany(left)
	}
	return nil
}

// tooMany is 429 with the whole seconds that are left.
func tooMany(left time.Duration) error {
	seconds := int((left + time.Second - 1) / time.Second)
	return &Error{Code: "ratelimited", Status: http.StatusTooManyRequests, RetryAfter: max(seconds, 1)}
}
