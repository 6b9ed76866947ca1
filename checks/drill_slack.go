package checks

import (
	"context"
	"time"
)

// A Slack is what a drill does to the Slack that an app is connected to, and sees there.
// Its funcs are filled in by whoever has such a Slack; those that may be nil say so. A
// team of "" is the first.
type Slack struct {
	// Mark is where the record ends at present.
	Mark func(ctx context.Context) (uint64, error)
	// Watch returns what was recorded after a mark, until it is enough, or so long has
	// passed; nil is never enough. What was recorded before it was called is always
	// there.
	Watch func(ctx context.Context, after uint64, d time.Duration, enough func([]SlackEntry) bool) ([]SlackEntry, error)
	// Teams are the ids of the workspaces that there are.
	Teams func(ctx context.Context) ([]string, error)
	// Sockets are the connections of Socket Mode that are open.
	Sockets func(ctx context.Context) (int, error)
	// Command lets somebody of a team run a command, as in "/deploy prod".
	Command func(ctx context.Context, team, line string) (SlackReply, error)
	// Foreign does the same as somebody of a team that never installed the app.
	Foreign func(ctx context.Context, line string) (SlackReply, error)
	// Say lets somebody of a team write a message that mentions the app. The app learns
	// of it by the events that it is subscribed to.
	Say func(ctx context.Context, team, text string) error
	// Mention sends one and the same event app_mention, for the nth time.
	Mention func(ctx context.Context, team, text string, retry int) (SlackReply, error)
	// Install lets somebody of a team install the app, as a person does with a browser.
	// The variant is "", or a way in which it does not go as it should. It is nil where
	// nobody knows where the app is installed.
	Install func(ctx context.Context, team, variant string) (SlackInstall, error)
	// Uninstall removes the app from a team.
	Uninstall func(ctx context.Context, team string) error
	// ExpireTokens ends the life of the tokens that rotate, and returns how many.
	ExpireTokens func(ctx context.Context, team string) (int, error)
	// Reset takes Slack back to where it began.
	Reset func(ctx context.Context) error
	// Turn turns Slack's clock, back where it is negative.
	Turn func(ctx context.Context, by time.Duration) error
	// Inject lets Slack misbehave, as in "ratelimited=1s,count=1", until that is undone.
	Inject func(ctx context.Context, faults ...string) (undo func(context.Context) error, err error)
	// Disturb does something to the connections of Socket Mode, such as
	// refresh_requested or cut.
	Disturb func(ctx context.Context, how string) error
	// ChangeClientSecret changes the client secret, and starts the app anew with the new
	// one. It is nil where nobody here started the app.
	ChangeClientSecret func(ctx context.Context) error
	// Impostor starts the app anew against a Slack whose certificate is for another
	// name, has it provoked, and then starts it as before. It is nil where nobody here
	// started the app.
	Impostor func(ctx context.Context, provoke func(context.Context)) (SlackImpostor, error)
}

// A SlackEntry is one thing that Slack saw. One of its members is set besides the ID.
type SlackEntry struct {
	ID       uint64
	Call     *SlackCall
	Delivery *SlackDelivery
	Finding  *SlackFinding
	// Opened and Closed are connections of Socket Mode.
	Opened, Closed int
}

// A SlackCall is a request of the app's.
type SlackCall struct {
	// Method is that of the Web API, or "" for a hook.
	Method string
	// Error is what the Web API answered, or "".
	Error string
	// Team is whose token it was, or "".
	Team   string
	Path   string
	Status int
	// Fault is how Slack misbehaved, or "".
	Fault string
	// Asked and Answered are the bodies, without what is secret.
	Asked, Answered string
	// Grant is the grant_type of an exchange.
	Grant string
}

// A SlackDelivery is one try to deliver something to the app.
type SlackDelivery struct {
	Kind string
	// Status is what the app answered, or 0 over Socket Mode and where nothing came.
	Status int
	// Failure is "" when the app acknowledged; Detail says why it did not.
	Failure, Detail string
}

// A SlackFinding is a problem that Slack saw by itself.
type SlackFinding struct{ Problem, Text string }

// A SlackReply is what the app said to what was sent.
type SlackReply struct {
	Acknowledged bool
	// Status is that of the last answer, or 0 over Socket Mode and where none came.
	Status int
	Text   string
	// Failure and Detail say why it was not acknowledged.
	Failure, Detail string
	// Socket is set for what went over Socket Mode.
	Socket bool
}

// A SlackInstall is what became of an install.
type SlackInstall struct {
	// Exchanged is set when the app tried to exchange the code, and Installed when it
	// did.
	Exchanged, Installed bool
	Status               int
	// Error says where the way ended.
	Error string
}

// A SlackImpostor is what a Slack with a wrong certificate saw.
type SlackImpostor struct {
	// Connections are handshakes that the app began, and Requests what it sent after
	// one.
	Connections, Requests int
}
