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
	// MaxUpdateText is how long a text chat.update takes; a longer one is refused.
	MaxUpdateText int
	// MaxMetadata is how many bytes of metadata a message takes; zero takes any.
	MaxMetadata int
	// FallbackText fills the text of messages that have blocks and no text, as Slack was
	// seen to do.
	FallbackText bool
	// StreamTopLevel lets a stream begin outside a thread in channels, as documented.
	// Slack was seen to refuse that, with invalid_thread_ts.
	StreamTopLevel bool
	// StreamLife is how long a stream may be appended to; zero does not end it.
	StreamLife time.Duration
	// ViewStack is how many modals may lie on each other.
	ViewStack int
	OAuth     OAuthProfile
}

// An OAuthProfile is how installs and tokens behave.
type OAuthProfile struct {
	// CodeLife is how long a code may be exchanged.
	CodeLife time.Duration
	// UsedCode is the error of oauth.v2.access for a code that was exchanged before.
	// code_already_used is documented of the first version alone.
	UsedCode string
	// TokenLife is how long a token lasts where tokens rotate, and RefreshLife how long
	// a refresh token of an app with PKCE may be used. Those of others stay.
	TokenLife, RefreshLife time.Duration
	// RefreshGrace is how long a refresh token that was used may be used again. Slack
	// speaks of a short period and names no figure; zero takes it once.
	RefreshGrace time.Duration
	// ActiveTokens is how many rotating tokens one authorization has at a time.
	ActiveTokens int
	// ClientSecretLife is how long a replaced client secret is taken.
	ClientSecretLife time.Duration
	// BotGone is the error of a bot's token after it was revoked, and UserGone of a
	// user's. For bots, invalid_auth was seen too.
	BotGone, UserGone string
	// RotatedAway is the error of one rotating token that was revoked, or that newer
	// ones replaced, while its authorization goes on. Slack's is not known.
	RotatedAway string
	// Issuer is what identities say of who issued them.
	Issuer string
	// RFCErrors makes openid.connect.token refuse in the words of RFC 6749, which its
	// documentation lists beside Slack's own. When it uses which is not known.
	RFCErrors bool
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
		MaxText:       40_000,
		MaxUpdateText: 4_000,
		// The limit exists, and no figure is documented.
		MaxMetadata:  64 << 10,
		FallbackText: true,
		// Observed by several apps: 306 s, which appending does not prolong.
		StreamLife: 306 * time.Second,
		ViewStack:  3,
		OAuth: OAuthProfile{
			CodeLife: 10 * time.Minute, UsedCode: "invalid_code",
			TokenLife: 12 * time.Hour, RefreshLife: 30 * 24 * time.Hour, ActiveTokens: 2,
			ClientSecretLife: 24 * time.Hour,
			BotGone:          "account_inactive", UserGone: "token_revoked", RotatedAway: "token_revoked",
			Issuer: "https://slack.com",
		},
	}
}
