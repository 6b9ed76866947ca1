package checks

import (
	"context"
	"crypto/x509"
	"net"
	"time"

	"belay/simulator/clock"
	"belay/simulator/payload"
)

// The sets of probes.
const (
	// ProbesSafe is what no app was seen to suffer from.
	ProbesSafe = "safe"
	// ProbesAll adds unsigned and malformed requests.
	ProbesAll = "all"
)

// A Target is the app under diagnosis. The zero value of every field but URL means
// something sensible.
type Target struct {
	// URL is as the user gave it; one that cannot be parsed is a diagnosis.
	URL  string
	Kind Kind
	// Label is what a manifest calls the URL, such as /deploy; it stands before the
	// URL in the report.
	Label string
	// Secret is the signing secret. Without it only forged requests can be sent.
	Secret payload.Secret
	// Token is the deprecated verification token.
	Token payload.Secret
	// OtherSecrets are tried, by name, when Secret is refused.
	OtherSecrets map[string]payload.Secret
	// Command, Action and Event name a real one; its handler will run. Action is an
	// action_id or a callback_id, as the kind has it.
	Command, Action, Event string
	// View is the view that is submitted, closed or acted in, as the app opened it; nil
	// is a stand-in with a single input, or for actions a message.
	View           payload.Object
	TeamID, UserID string
	// Samples is how often the control is asked; zero means 5. NamedSamples is the
	// same for what is named; zero means once.
	Samples, NamedSamples int
	// Probes is safe, all, or "" for what suits the address that is dialled.
	Probes string
	// Local says that the target is on this machine or network: Slack's rules about
	// public addresses, https and public CAs are not applied.
	Local bool
	// Distributed holds the app to the rules of publicly distributed apps.
	Distributed bool
	// AIA fetches the intermediate that a server leaves out, from where its
	// certificate says that it is. Revocation asks the authority over OCSP, or by its
	// list, whether the certificate is revoked. Both are plain http, to others than
	// the target.
	AIA, Revocation bool
	Header          []payload.HeaderField

	// Resolver asks DNS; nil is the machine's.
	Resolver *payload.Resolver
	// Public is a public resolver to compare with; nil for none.
	Public *payload.Resolver
	// Dial opens connections; nil is a plain dialer.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Roots are the certificate authorities that Slack is held to trust.
	Roots *x509.CertPool
	// MachineRoots are those that this machine trusts; nil for none.
	MachineRoots func() (*x509.CertPool, error)
	// Proxy names the environment's proxy variable that is set, "" for none.
	Proxy string

	// Slack is the one that the app is connected to, for Drill, and Drill how it is
	// drilled.
	Slack *Slack
	Drill DrillOptions

	// Clock is Slack's; nil is the machine's.
	Clock *clock.Clock
	// Deadline is Slack's 3 s for an acknowledgement.
	Deadline time.Duration
	// Patience is how long the first late answer is waited for; zero means ten
	// thirds of the deadline, which is 10 s of 3.
	Patience time.Duration
	// Timeout bounds the whole diagnosis; zero means 20 s.
	Timeout time.Duration
	// Pace is the shortest time between two requests to a target that is not
	// local; zero means 200 ms, negative none.
	Pace time.Duration
}

// Name is what the target's section of a report is called.
func (t Target) Name() string { return newSession(t.withDefaults(), Watch{}).name() }

// withDefaults fills in what the zero values mean.
func (t Target) withDefaults() Target {
	if t.Kind == "" {
		t.Kind = Command
	}
	t.Samples = orInt(t.Samples, 5)
	t.NamedSamples = orInt(t.NamedSamples, 1)
	t.Deadline = orDuration(t.Deadline, 3*time.Second)
	t.Patience = orDuration(t.Patience, t.Deadline*10/3)
	t.Timeout = orDuration(t.Timeout, 20*time.Second)
	t.Pace = orDuration(t.Pace, 200*time.Millisecond)
	if t.Resolver == nil {
		t.Resolver = &payload.Resolver{}
	}
	return t
}

// named is the real command, action or event that the user named, or "".
func (t Target) named() string {
	switch t.Kind.Surface() {
	case Action, Options:
		return t.Action
	case Events:
		return t.Event
	}
	return t.Command
}

func orInt(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}

func orDuration(d, otherwise time.Duration) time.Duration {
	if d == 0 {
		return otherwise
	}
	return d
}
