package webapi

import "time"

// A Profile is how Slack behaves: its documented figures, which a test may shrink,
// and what its documentation leaves open, as far as the evidence goes.
type Profile struct {
	// TriggerLife is how long a trigger_id is good for.
	TriggerLife time.Duration
	// AnyToken takes every well-formed token that the seed does not name for one of
	// the app's own. Otherwise it is invalid_auth.
	AnyToken bool
	// Limits holds the methods to the rates of their tiers.
	Limits bool
	// CallsPerMinute are the rates by tier. Slack documents them as what is
	// possible at least.
	CallsPerMinute map[string]int
	// MaxText is where the text of a message is cut.
	MaxText int
	// ViewStack is how many modals may lie on each other.
	ViewStack int
}

// SlackProfile is Slack as it is documented, without limits of rate.
//
// https://docs.slack.dev/apis/web-api/rate-limits
func SlackProfile() Profile {
	return Profile{
		TriggerLife: 3 * time.Second,
		AnyToken:    true,
		CallsPerMinute: map[string]int{
			"t1": 1, "t2": 20, "t3": 50, "t4": 100,
			// Of the special ones, some hundreds a minute are documented.
			"t5": 600,
		},
		MaxText:   40_000,
		ViewStack: 3,
	}
}
