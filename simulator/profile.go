package simulator

import "time"

// A Profile is how Slack behaves: its documented figures, which a test may shrink,
// and what its documentation leaves open, as far as the evidence goes.
type Profile struct {
	// AckWithin is how long an app has to acknowledge.
	AckWithin time.Duration
	// EventRedirects are followed on deliveries of the Events API, and
	// InteractionRedirects on everything else. Whether Slack follows any of the
	// latter is not known.
	EventRedirects, InteractionRedirects Redirects
	// Retries are the waits before an event's second, third and fourth delivery,
	// each since the failure before. Whether Slack counts from there or from the
	// first delivery is not known.
	Retries []time.Duration
	// EventsPerHour is how many events a workspace may send to an app within 60
	// minutes. Beyond, app_rate_limited tells once a minute.
	EventsPerHour int
	// DisableAbove is the share of failed deliveries within 60 minutes beyond
	// which Slack stops sending events.
	DisableAbove float64
	// DisableFrom exempts apps with fewer events an hour. Public reports tell of
	// apps below that were disabled all the same.
	DisableFrom int
}

// Redirects are how Slack follows those that an app answers with.
type Redirects struct {
	// Follow is how many of 301 and 302 are followed; one more is
	// too_many_redirects. With zero, any redirect is an answer that is not 2xx.
	Follow int
	// AsGET follows as browsers do, without the body. Which of both Slack does is
	// not known.
	AsGET bool
	// ToAnyHost also follows to hosts other than the app's own. Slack does; belay
	// leaves third parties in peace unless it is told.
	ToAnyHost bool
}

// SlackProfile is Slack as it is documented, and as it was observed where it is not.
//
// https://docs.slack.dev/apis/events-api
func SlackProfile() Profile {
	return Profile{
		AckWithin:      3 * time.Second,
		EventRedirects: Redirects{Follow: 2},
		Retries:        []time.Duration{0, time.Minute, 5 * time.Minute},
		EventsPerHour:  30_000,
		DisableAbove:   0.95,
		DisableFrom:    1000,
	}
}
