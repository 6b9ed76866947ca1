package simulator

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"belay/simulator/payload"
)

// Withheld says why Slack did not send an event, or did not send it again.
type Withheld string

// The reasons for sending no more.
const (
	// NoRetry is the app's wish, X-Slack-No-Retry: 1.
	NoRetry Withheld = "no_retry"
	// SubscriptionsOff is Slack's answer to too many failures.
	SubscriptionsOff Withheld = "subscriptions_off"
	// RateLimited is an event beyond those that a workspace may send in an hour.
	RateLimited Withheld = "app_rate_limited"
)

// An Outcome is what became of a delivery.
type Outcome struct {
	Acknowledged bool
	// Attempts are in order; none where the event was withheld from the start.
	Attempts []Attempt
	// Shows is the code that the user reads, such as operation_timeout; "" where
	// nobody waits for an answer.
	Shows string
	// Refused says why Slack does not do what the app replied; "" where it does.
	Refused string
	// Withheld is "" unless something kept Slack from sending.
	Withheld Withheld
	// Err is set when the delivery was broken off, by its context or by Close.
	Err error
}

// Last is the last attempt, which is empty when there was none.
func (o Outcome) Last() Attempt {
	if len(o.Attempts) == 0 {
		return Attempt{}
	}
	return o.Attempts[len(o.Attempts)-1]
}

// Deliver sends a payload as Slack does, to d.URL or, where that is nil, over
// Socket Mode, and returns when it is acknowledged or Slack gives up. Events are
// tried again at once, after 1 minute and after 5 minutes of Slack's clock; nothing
// else is.
func (s *Server) Deliver(ctx context.Context, d payload.Delivery) Outcome {
	if !s.enter() {
		return Outcome{Err: errClosed}
	}
	defer s.work.Done()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(s.ctx, func() { cancel(errClosed) })()
	if isEvent(d) {
		return s.deliverEvent(ctx, d)
	}
	a := s.try(ctx, d, 0, "")
	o := Outcome{Acknowledged: a.Failure == "", Attempts: []Attempt{a}, Shows: a.shows()}
	if !o.Acknowledged {
		o.Err = context.Cause(ctx)
	}
	return o
}

// isEvent tells what the Events API sends, and therefore sends again, from the
// url_verification that is sent to the same URL.
func isEvent(d payload.Delivery) bool {
	kind := d.Fields.Text("type")
	return kind == "event_callback" || kind == "app_rate_limited" || kind == "" && d.Kind.Name == payload.Event.Name
}

// deliverEvent is the retry machine.
//
// https://docs.slack.dev/apis/events-api#retries
func (s *Server) deliverEvent(ctx context.Context, d payload.Delivery) (o Outcome) {
	if o.Withheld = s.admit(ctx, d); o.Withheld != "" {
		return o
	}
	var reason Reason
	for num := 0; ; num++ {
		a := s.try(ctx, d, num, reason)
		o.Attempts = append(o.Attempts, a)
		if o.Err = context.Cause(ctx); o.Err != nil && a.Failure != "" {
			return o
		}
		off := s.volume.tried(s.options.Clock.Now(), a.Failure != "")
		switch {
		case a.Failure == "":
			o.Acknowledged, o.Err = true, nil
			return o
		case a.Answer.Header.Get("X-Slack-No-Retry") == "1":
			o.Withheld = NoRetry
			return o
		case off:
			o.Withheld = SubscriptionsOff
			return o
		case num == len(s.options.Profile.Retries):
			return o
		}
		reason = a.Failure
		if o.Err = s.pause(ctx, s.options.Profile.Retries[num]); o.Err != nil {
			return o
		}
	}
}

// pause waits on Slack's clock.
func (s *Server) pause(ctx context.Context, d time.Duration) error {
	timer := s.options.Clock.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// admit counts an event, and says why it is not sent. An app is told of the limit
// once a minute.
//
// https://docs.slack.dev/apis/events-api#rate-limiting
func (s *Server) admit(ctx context.Context, d payload.Delivery) Withheld {
	now := s.options.Clock.Now()
	why, tell := s.volume.admit(d.Fields.Text("team_id"), now)
	if !tell {
		return why
	}
	d.Kind, d.Body = payload.AppRateLimited, nil
	d.Fields = d.Kind.Fields(payload.Scene{
		Token: payload.Secret(d.Fields.Text("token")), TeamID: d.Fields.Text("team_id"), AppID: d.Fields.Text("api_app_id"), Time: now,
	})
	s.try(ctx, d, 0, "")
	return why
}

// Subscribed reports whether Slack sends events. It stops by itself when more than
// 95 % of the deliveries of an hour failed.
func (s *Server) Subscribed() bool { return !s.volume.isOff() }

// Subscribe turns the subscriptions on again, as the app's owner does.
func (s *Server) Subscribe() { s.volume.on() }

// errClosed ends the deliveries of a server that was closed.
var errClosed = fmt.Errorf("delivering: %w", http.ErrServerClosed)
