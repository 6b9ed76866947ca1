package payload

import (
	"strconv"
	"strings"
	"time"
)

// A Scene is who does what where, from which the fields of a payload are made.
// Empty members get recognisable stand-ins.
type Scene struct {
	Token  Secret
	AppID  string
	TeamID string
	UserID string
	// UserName is the user's handle, and Domain the workspace's subdomain.
	UserName, Domain string
	Persona          Persona
	// ChannelID starts with D for a direct message.
	ChannelID   string
	ChannelName string
	// Private is set for a private channel.
	Private bool
	// ThreadTS is the thread in which something happens.
	ThreadTS string

	Command string
	Text    string
	// Escape is a command's should_escape: names and URLs in its text are marked up.
	Escape bool

	CallbackID string
	ActionID   string
	BlockID    string
	// Element is the type of the element that is acted upon, of Elements.
	Element string
	// Value is what is pressed, chosen or typed.
	Value string
	// Message is the message in which something happens, as the app posted it.
	Message Object
	// View is the view in which something happens, as the app opened it.
	View Object
	// Inputs are what is typed and chosen in the view, by action_id; what is not
	// named has the element's initial value, or a stand-in. Several values are
	// separated by commas.
	Inputs map[string]string
	// Function is the callback_id of the custom step in which something happens.
	Function string
	// Execution is the id of the run of that step, which the app completes; the
	// stand-in is known to nobody.
	Execution string

	// EventType is a name of EventTypes, or message/SUBTYPE.
	EventType string
	// Event is the event itself as it happened; nil makes one of the scene.
	Event     Object
	Challenge string
	// Code and State are those of an OAuth redirect; Error is its refusal.
	Code, State, Error string

	// ResponseURL and TriggerID lead nowhere unless they are given.
	ResponseURL string
	TriggerID   string

	// Sequence tells apart payloads that apps must not take for repetitions.
	Sequence int
	Time     time.Time
}

// The ids that belay uses are fixed and recognisable, so that an app's log shows
// whence a request came.
const (
	StandInTeam       = "TBELAY00000"
	StandInUser       = "UBELAY00000"
	StandInChannel    = "CBELAY00000"
	StandInApp        = "ABELAY00000"
	StandInToken      = "belay-stand-in-verification-token"
	StandInEnterprise = "EBELAY00000"
	// StandInBotUser is the user that the app itself is, StandInBot its bot.
	StandInBotUser = "UBELAYBOT00"
	StandInBot     = "BBELAY00000"
	// StandInDirect is the direct message between the user and the app.
	StandInDirect = "DBELAY00000"
	StandInView   = "VBELAY00000"
	StandInFile   = "FBELAY00000"
	// StandInGuest, StandInOther and StandInMember are the users of PersonaGuest,
	// PersonaSharedChannel and PersonaEnterprise, StandInOtherTeam the workspace of
	// the second.
	StandInGuest     = "UBELAYGUEST"
	StandInOther     = "UBELAYOTHER"
	StandInOtherTeam = "TBELAYOTHER"
	StandInMember    = "WBELAY00000"
)

const (
	// domain is the subdomain of the stand-in workspace, and the name of the channel.
	domain         = "belay-probe"
	userName       = "belay"
	enterpriseName = "Belay Probe Org"
	// triggerID has Slack's form and was never issued.
	triggerID = "0000000000000.0000000000.be1a0000000000000000000000000000"
	// commandURL leads nowhere, and says so.
	commandURL = "https://hooks.slack.com/commands/TBELAY00000/0000000000/this-is-belay-no-reply-here"
	// workflowToken stands for the token of a custom step.
	workflowToken = "xwfp-belay-stand-in-workflow-token"
)

// filled returns the scene with its empty members set, but those whose emptiness
// means something.
func (s Scene) filled() Scene {
	s.Token = Secret(or(string(s.Token), StandInToken))
	s.AppID = or(s.AppID, StandInApp)
	s.TeamID = or(s.TeamID, StandInTeam)
	s.Persona = Persona(or(string(s.Persona), string(PersonaWorkspace)))
	s.UserID = or(s.UserID, s.Persona.user())
	s.ChannelID = or(s.ChannelID, StandInChannel)
	s.ChannelName = or(s.ChannelName, s.channelName())
	s.CallbackID = or(s.CallbackID, "belay_probe")
	s.ActionID = or(s.ActionID, "belay_probe")
	s.BlockID = or(s.BlockID, "belay")
	s.Element = or(s.Element, "button")
	s.EventType = or(s.EventType, "belay_probe")
	s.Execution = or(s.Execution, "FxBELAY00000")
	s.Challenge = or(s.Challenge, "belay-challenge-3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P")
	s.TriggerID = or(s.TriggerID, triggerID)
	if s.Time.IsZero() {
		s.Time = time.Now()
	}
	return s
}

func (p Persona) user() string {
	switch p {
	case PersonaEnterprise:
		return StandInMember
	case PersonaGuest:
		return StandInGuest
	case PersonaSharedChannel:
		return StandInOther
	}
	return StandInUser
}

// channelName is what Slack calls the channel in commands and actions: it does not
// tell the names of private ones.
func (s Scene) channelName() string {
	switch {
	case strings.HasPrefix(s.ChannelID, "D"):
		return "directmessage"
	case s.Private:
		return "privategroup"
	}
	return domain
}

// channelType is the word of events for the sort of channel.
func (s Scene) channelType() string {
	switch {
	case strings.HasPrefix(s.ChannelID, "D"):
		return "im"
	case s.Private:
		return "group"
	}
	return "channel"
}

// ts is the id of what happens, a second with six decimals.
func (s Scene) ts() string { return stamp(s.Time, s.Sequence) }

func stamp(t time.Time, micro int) string {
	b := append(strconv.AppendInt(make([]byte, 0, 24), t.Unix(), 10), '.')
	return string(appendPadded(b, micro, 6))
}

// appendPadded writes the number with at least so many digits.
func appendPadded(b []byte, n, digits int) []byte {
	number := strconv.Itoa(n)
	for range digits - len(number) {
		b = append(b, '0')
	}
	return append(b, number...)
}

// home is the workspace of an interaction. It is null when the app is installed on
// an organization.
func (s Scene) home() any {
	if s.Persona == PersonaEnterprise {
		return nil
	}
	return Object{{"id", s.TeamID}, {"domain", or(s.Domain, domain)}}
}

// organization is the members that say whether the app is installed on a workspace
// or on an organization.
func (s Scene) organization() []Member {
	return []Member{{"is_enterprise_install", s.Persona == PersonaEnterprise}, {"enterprise", s.enterprise()}}
}

func (s Scene) enterprise() any {
	if s.Persona == PersonaEnterprise {
		return Object{{"id", StandInEnterprise}, {"name", enterpriseName}}
	}
	return nil
}

// userTeam is the workspace of the user.
func (s Scene) userTeam() string {
	if s.Persona == PersonaSharedChannel {
		return StandInOtherTeam
	}
	return s.TeamID
}

// userName is the user's handle.
func (s Scene) userName() string {
	if s.UserName != "" {
		return s.UserName
	}
	switch s.Persona {
	case PersonaGuest:
		return "belay-guest"
	case PersonaSharedChannel:
		return "belay-other"
	}
	return userName
}

func (s Scene) channel() Object { return Object{{"id", s.ChannelID}, {"name", s.ChannelName}} }

// responseURL is the given one, or one of that sort that leads nowhere.
func (s Scene) responseURL(sort string) string {
	return or(s.ResponseURL, "https://hooks.slack.com/"+sort+"/"+s.TeamID+"/0000000000/this-is-belay-no-reply-here")
}
