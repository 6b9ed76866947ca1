// Package payload is what Slack sends to an app: it builds, signs, tampers with
// and encodes requests byte for byte as Slack does, and delivers them once with
// every stage timed.
//
//	d := payload.Delivery{
//		Kind:   payload.Command,
//		Fields: payload.Command.Fields(payload.Scene{Command: "/deploy", Text: "prod"}),
//		URL:    u,
//		Secret: "8f742231b10e8888abcd99yyyzzz85a5",
//		Time:   time.Now(),
//	}
//	answer := (&payload.Client{}).Send(ctx, d)
//
// A kind of payload is one file, named by Slack's own type word.
package payload

import "time"

// An Encoding is how a kind's fields become a request body.
type Encoding int

const (
	// Form is application/x-www-form-urlencoded, one pair a field.
	Form Encoding = iota
	// JSON is application/json.
	JSON
	// FormPayload is a form with the single field payload, which holds JSON.
	FormPayload
)

// ContentType is the header value that Slack sends: without a charset parameter,
// which Bolt for JavaScript would not recognise.
func (e Encoding) ContentType() string {
	if e == JSON {
		return "application/json"
	}
	return "application/x-www-form-urlencoded"
}

// A Kind is one sort of request that Slack sends, such as a slash command.
type Kind struct {
	// Name is Slack's own type word.
	Name string
	// Title is what a person calls it.
	Title    string
	Encoding Encoding
	// Accept is the request header of that name.
	Accept string
	// Unsigned kinds carry no signature headers.
	Unsigned bool
	// Fields are the kind's fields in Slack's order, for a scene.
	Fields func(Scene) Object
}

// A Scene is who does what where, from which the fields of a payload are made.
// Empty members get recognisable stand-ins.
type Scene struct {
	Token     Secret
	TeamID    string
	UserID    string
	Command   string
	Text      string
	ActionID  string
	EventType string
	Challenge string
	// Sequence tells apart payloads that apps must not take for repetitions.
	Sequence int
	Time     time.Time
}

// The ids that belay uses are fixed and recognisable, so that an app's log shows
// whence a request came.
const (
	StandInTeam    = "TBELAY00000"
	StandInUser    = "UBELAY00000"
	StandInChannel = "CBELAY00000"
	StandInApp     = "ABELAY00000"
	StandInToken   = "belay-stand-in-verification-token"
)

// filled returns the scene with its empty members set.
func (s Scene) filled() Scene {
	s.Token = Secret(or(string(s.Token), StandInToken))
	s.TeamID = or(s.TeamID, StandInTeam)
	s.UserID = or(s.UserID, StandInUser)
	s.Command = or(s.Command, "/belay-probe")
	s.ActionID = or(s.ActionID, "belay_probe")
	s.EventType = or(s.EventType, "belay_probe")
	s.Challenge = or(s.Challenge, "belay-challenge-3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P")
	if s.Time.IsZero() {
		s.Time = time.Now()
	}
	return s
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// responseURL leads nowhere, and says so.
const responseURL = "https://hooks.slack.com/commands/TBELAY00000/0000000000/this-is-belay-no-reply-here"

// triggerID has Slack's form and was never issued.
const triggerID = "0000000000000.0000000000.be1a0000000000000000000000000000"
