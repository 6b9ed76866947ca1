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
	Socket      SocketProfile
	Hooks       HookProfile
}

// A HookProfile is how response_urls behave.
type HookProfile struct {
	// ResponseUses is how often a response_url may be used, and ResponseLife for how
	// long.
	ResponseUses int
	ResponseLife time.Duration
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

// A SocketProfile is how Slack's end of Socket Mode behaves.
type SocketProfile struct {
	// Connections is how many an app may have open.
	Connections int
	// Lifetime is how long a connection lasts, and DebugLifetime how long with
	// debug_reconnects=true. The documentation's example says 3,600 s, captures
	// 18,060 s.
	Lifetime, DebugLifetime time.Duration
	// Warning is how long before its end a connection is warned.
	Warning time.Duration
	// PingEvery is the wait between pings.
	PingEvery time.Duration
	// MissedPongs is how many unanswered pings in a row end a connection. What
	// Slack does is not known.
	MissedPongs int
	// MaxFrame is the largest frame that an app may send.
	MaxFrame int64
	// DropFragments loses messages that come in several frames. Only a
	// conjecture of slack-go's authors says that Slack does.
	DropFragments bool
	// ActionsTakePayload says accepts_response_payload for block_actions. The
	// documentation's example does, captures do not.
	ActionsTakePayload bool
	// TimeoutReason is the retry_reason after an envelope was not acknowledged.
	// The samples of Slack's SDKs say "timeout" where HTTP has http_timeout.
	TimeoutReason string
	// TicketStatus is the HTTP status that a ticket gets which is unknown or was
	// used. Slack's is not known.
	TicketStatus int
	// Disabled is the error of apps.connections.open while Socket Mode is switched
	// off. Of the documented ones forbidden_team ("the authenticated team cannot use
	// this method") fits best; what Slack answers is not known.
	Disabled string
	// Redeliveries is how often an unacknowledged envelope is sent again on the
	// connections that follow a lost one.
	Redeliveries int
	// Overdue is how long a late acknowledgement is waited for before it is a
	// missing one.
	Overdue time.Duration
	// ReconnectWithin is how long an app has for a new connection after Slack
	// ended one, and NoticeWithin how long after one went silent.
	ReconnectWithin, NoticeWithin time.Duration
}

// SlackProfile is Slack as it is documented, and as it was observed where it is not.
//
// https://docs.slack.dev/apis/events-api and
// https://docs.slack.dev/apis/events-api/using-socket-mode
func SlackProfile() Profile {
	return Profile{
		AckWithin:      3 * time.Second,
		EventRedirects: Redirects{Follow: 2},
		Retries:        []time.Duration{0, time.Minute, 5 * time.Minute},
		EventsPerHour:  30_000,
		DisableAbove:   0.95,
		DisableFrom:    1000,
		Socket: SocketProfile{
			Connections: 10,
			Lifetime:    time.Hour, DebugLifetime: 360 * time.Second, Warning: 10 * time.Second,
			PingEvery: 10 * time.Second, MissedPongs: 3,
			MaxFrame:        20_480,
			TimeoutReason:   "timeout",
			TicketStatus:    404,
			Disabled:        "forbidden_team",
			Redeliveries:    5,
			Overdue:         30 * time.Second,
			ReconnectWithin: 30 * time.Second, NoticeWithin: 90 * time.Second,
		},
		Hooks: HookProfile{ResponseUses: 5, ResponseLife: 30 * time.Minute},
	}
}
