// Package webapi is what Slack answers: workspaces with their people, channels and
// messages, and the methods of the Web API that read and change them.
//
//	slack := webapi.New(webapi.Options{})
//	reply := slack.Answer(webapi.Incoming{
//		Name: "chat.postMessage", Verb: "POST", Authorization: "Bearer xoxb-any",
//		ContentType: "application/json", Body: []byte(`{"channel":"C0BELAY0GEN","text":"hi"}`),
//	})
//	fmt.Println(string(reply.Body)) // {"ok":true,"channel":"C0BELAY0GEN","ts":"…
//
// A method is modelled, or answered from its documented facts: its arguments, scopes
// and token are checked all the same, and the reply says that nothing stands behind.
package webapi

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"strconv"
	"sync"
	"time"

	"belay/simulator/clock"
)

// Options are how a Workspace is set up. The zero value is a workspace with one app,
// two people and two channels, which takes every well-formed token.
type Options struct {
	// Clock is Slack's; nil is the machine's.
	Clock *clock.Clock
	// Seed is what there is at first; nil is DefaultSeed.
	Seed *Seed
	// Profile is how Slack behaves where its documentation leaves that open; nil is
	// SlackProfile.
	Profile *Profile
	// FilesURL is where files are uploaded and read; "" is files.slack.com.
	FilesURL string
	// Messages is how many messages are kept in all; zero means 5,000. The oldest
	// are dropped, and counted.
	Messages int
	// Happens is told of everything that an app may learn by an event, with the
	// workspace locked: it must not call back, nor wait. Nil tells nobody.
	Happens func(Happening)
	// Webhook makes an incoming webhook of an app for a channel, with the workspace
	// locked as above, and returns its URL. Nil gives apps none.
	Webhook func(app, team, channel string) string
	// Find is told of problems of the catalogue that a call shows, as Happens is.
	Find func(problem, text string)
}

// A Workspace is all that the fake Slack knows: teams with their users, channels and
// messages, the apps that are installed there, and their tokens. It is safe for
// concurrent use.
type Workspace struct {
	options Options
	clock   *clock.Clock
	profile Profile
	// entropy is what made secrets are made of, and signingKey signs identities.
	entropy    string
	signingKey func() *rsa.PrivateKey

	mu sync.Mutex
	// methods are those that were called.
	methods map[string]*Method
	// request is the call that is being answered, which is one at a time, and room where
	// its answer is encoded.
	request Request
	room    bytes.Buffer
	state
}

// state is what a reset takes back.
type state struct {
	seed        Seed
	enterprise  *Enterprise
	teams       []*Team
	apps        []*App
	tokens      map[string]*Token
	limits      limits
	triggers    triggers
	views       views
	dialogs     map[viewer]*Dialog
	files       []*File
	functions   map[string]*Function
	threads     map[string]*Thread
	permissions map[string]*permission
	installs    []*install
	refreshes   map[string]*refresh
	codes       codes
	// lastTS is the newest message's time in microseconds, and ids counts the ids
	// that were made.
	lastTS int64
	ids    uint64
	// kept are the messages in the order in which they came, for dropping the
	// oldest.
	kept      []keptMessage
	dropped   int
	scheduled []*scheduled
}

// New returns a workspace. A seed that contradicts itself is an error of Check; New
// takes what it can of it.
func New(o Options) *Workspace {
	w := &Workspace{
		options: o, clock: o.Clock, methods: map[string]*Method{}, request: Request{args: map[string]argument{}},
		entropy: rand.Text(), signingKey: sync.OnceValue(newSigningKey),
	}
	if w.options.Messages <= 0 {
		w.options.Messages = 5000
	}
	if o.Profile != nil {
		w.profile = *o.Profile
	} else {
		w.profile = SlackProfile()
	}
	w.Reset()
	return w
}

// Reset takes everything back to the seed.
func (w *Workspace) Reset() {
	seed := DefaultSeed()
	if w.options.Seed != nil {
		seed = *w.options.Seed
	}
	w.Sow(seed)
}

// Sow replaces everything by a seed.
func (w *Workspace) Sow(seed Seed) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.unschedule()
	w.state = state{seed: seed, tokens: map[string]*Token{}, triggers: triggers{}, refreshes: map[string]*refresh{}, codes: codes{}}
	w.grow(seed)
}

// now is Slack's time.
func (w *Workspace) now() time.Time { return w.clock.Now() }

// newTS is the id of a message: its time, made unique.
func (w *Workspace) newTS() string {
	micros := max(w.now().UnixMicro(), w.lastTS+1)
	w.lastTS = micros
	return formatTS(micros)
}

// formatTS writes a time in microseconds as Slack writes times: seconds, a dot, and six
// digits.
func formatTS(micros int64) string {
	var b [32]byte
	text := strconv.AppendInt(b[:0], micros/1e6, 10)
	text = strconv.AppendInt(text, 1e6+micros%1e6, 10)
	text[len(text)-7] = '.'
	return string(text)
}

// newID makes an id of that prefix, recognisable as belay's.
func (w *Workspace) newID(prefix string) string {
	w.ids++
	return fmt.Sprintf("%s0BELAY%05d", prefix, w.ids)
}

// find tells of a problem.
func (w *Workspace) find(problem, format string, args ...any) {
	if w.options.Find != nil {
		w.options.Find(problem, fmt.Sprintf(format, args...))
	}
}

// A Happening is something that an app may learn by an event of the Events API.
type Happening struct {
	TeamID string
	// Type is that of the event, such as message or reaction_added. Subscription is
	// what an app subscribes to for it, such as message.channels; it is the type
	// where both are the same.
	Type, Subscription string
	// ChannelID is where, and UserID who did it, or "".
	ChannelID, UserID string
	// AppID is the app that the happening is for alone, or "" for all.
	AppID string
	// App is the app that is told: of what is for all, each is told by itself.
	App App
	// Barred says why the app may not learn of it, such as that it is not installed;
	// "" is that it may.
	Barred string
	// Members are the users of apps that may see it by their membership; nil lets
	// all see it.
	Members []string
	At      time.Time
	// Event is the inner event, encoded when it is called. It is called at once or
	// never, because the workspace goes on.
	Event func() any
}

// happen tells of something.
func (w *Workspace) happen(h Happening) {
	if w.options.Happens == nil {
		return
	}
	h.Subscription = cmp.Or(h.Subscription, h.Type)
	h.At = w.now()
	for _, a := range w.apps {
		if h.AppID == "" || h.AppID == a.ID {
			h.App, h.Barred = *a, ""
			w.grantedIn(&h, a)
			w.options.Happens(h)
		}
	}
}
