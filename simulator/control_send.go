package simulator

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"belay/simulator/payload"
)

// toSocket is a SendRequest's To that means Socket Mode.
const toSocket = "socket"

// A SendRequest is what POST send of the control API takes: one payload, of which
// everything but the kind has a stand-in.
type SendRequest struct {
	// Kind is a word of payload.FindKind, such as command, or event app_mention.
	Kind string `json:"kind"`
	// To is a URL, or socket for Socket Mode; "" is the server's target for the
	// kind, or Socket Mode where it has none.
	To string `json:"to,omitempty"`
	// Secret signs, and Token is the verification token; "" is the server's.
	Secret payload.Secret `json:"secret,omitempty"`
	Token  payload.Secret `json:"token,omitempty"`
	// Fields are the payload's, in place of those that are made of the rest.
	Fields json.RawMessage `json:"fields,omitempty"`
	// Set and Unset change the fields by their paths, as those of payload.Object do.
	Set   map[string]json.RawMessage `json:"set,omitempty"`
	Unset []string                   `json:"unset,omitempty"`
	// Tamper are words of payload.ParseTamper, such as stale=6m.
	Tamper []string `json:"tamper,omitempty"`
	// RetryNum sends an event once, as what Slack sends again for the nth time, for the
	// RetryReason; "" is http_timeout.
	RetryNum    int    `json:"retry_num,omitempty"`
	RetryReason Reason `json:"retry_reason,omitempty"`

	// The rest are those of a payload.Scene.
	Persona     string            `json:"persona,omitempty"`
	App         string            `json:"app,omitempty"`
	Team        string            `json:"team,omitempty"`
	User        string            `json:"user,omitempty"`
	Channel     string            `json:"channel,omitempty"`
	ChannelName string            `json:"channel_name,omitempty"`
	Private     bool              `json:"private,omitempty"`
	ThreadTS    string            `json:"thread_ts,omitempty"`
	Command     string            `json:"command,omitempty"`
	Text        string            `json:"text,omitempty"`
	Escape      bool              `json:"escape,omitempty"`
	CallbackID  string            `json:"callback_id,omitempty"`
	ActionID    string            `json:"action_id,omitempty"`
	BlockID     string            `json:"block_id,omitempty"`
	Element     string            `json:"element,omitempty"`
	Value       string            `json:"value,omitempty"`
	Message     json.RawMessage   `json:"message,omitempty"`
	View        json.RawMessage   `json:"view,omitempty"`
	Inputs      map[string]string `json:"inputs,omitempty"`
	Function    string            `json:"function,omitempty"`
	Challenge   string            `json:"challenge,omitempty"`
	Code        string            `json:"code,omitempty"`
	State       string            `json:"state,omitempty"`
	Error       string            `json:"error,omitempty"`
	ResponseURL string            `json:"response_url,omitempty"`
	TriggerID   string            `json:"trigger_id,omitempty"`
}

// A SendOutcome is what POST send of the control API answers: an Outcome as JSON.
type SendOutcome struct {
	Acknowledged bool `json:"acknowledged"`
	// Attempts are in order, without their numbers in the record.
	Attempts []ControlAttempt `json:"attempts"`
	Shows    string           `json:"shows"`
	// Refused says why Slack does not do what the app replied to somebody's act.
	Refused  string   `json:"refused,omitempty"`
	Withheld Withheld `json:"withheld"`
	// Error says why the delivery was broken off, if it was.
	Error string `json:"error,omitempty"`
}

// sendControl delivers, and answers when that is over. Whoever hangs up breaks the
// delivery off.
func sendControl(ctx context.Context, s *Server, in SendRequest) (any, error) {
	d, err := s.delivery(in)
	if err != nil {
		return nil, err
	}
	if in.RetryNum == 0 && slices.ContainsFunc(d.Tamper, func(t payload.Tamper) bool { return t.LostFirst }) {
		in.RetryNum = 1
	}
	o, err := s.deliverAsked(ctx, d, in)
	if err == nil && slices.ContainsFunc(d.Tamper, func(t payload.Tamper) bool { return t.Duplicate }) {
		var again Outcome
		again, err = s.deliverAsked(ctx, d.Duplicate(), in)
		o.Acknowledged = o.Acknowledged && again.Acknowledged
		o.Attempts = append(o.Attempts, again.Attempts...)
		o.Err = errors.Join(o.Err, again.Err)
	}
	return outcomeOf(o), err
}

// deliverAsked delivers, or sends an event once as what comes again.
func (s *Server) deliverAsked(ctx context.Context, d payload.Delivery, in SendRequest) (Outcome, error) {
	if in.RetryNum == 0 && in.RetryReason == "" {
		return s.Deliver(ctx, d), nil
	}
	if !isEvent(d) || in.RetryNum < 1 || in.RetryNum > len(s.options.Profile.Retries) {
		return Outcome{}, badRequest("invalid_field", "retry_num: want 1 to %d, for an event, which alone Slack sends again", len(s.options.Profile.Retries))
	}
	a := s.try(ctx, d, in.RetryNum, Reason(or(string(in.RetryReason), string(HTTPTimeout))))
	return Outcome{Acknowledged: a.Failure == "", Attempts: []Attempt{a}}, nil
}

// outcomeOf is an outcome as JSON.
func outcomeOf(o Outcome) SendOutcome {
	out := SendOutcome{Acknowledged: o.Acknowledged, Shows: o.Shows, Refused: o.Refused, Withheld: o.Withheld, Attempts: []ControlAttempt{}}
	for _, a := range o.Attempts {
		out.Attempts = append(out.Attempts, controlAttempt(a.trimmed()))
	}
	if o.Err != nil {
		out.Error = o.Err.Error()
	}
	return out
}

// delivery is what a request asks to be sent.
func (s *Server) delivery(in SendRequest) (payload.Delivery, error) {
	var d payload.Delivery
	if in.Kind == "" {
		return d, badRequest("invalid_kind", "want a kind, such as command or event app_mention")
	}
	kind, err := payload.FindKind(in.Kind)
	if err != nil {
		return d, badRequest("invalid_kind", "%v", err)
	}
	d = payload.Delivery{Kind: kind, Secret: payload.Secret(or(string(in.Secret), string(s.options.Targets.Secret)))}
	if d.URL, err = s.target(in.To, kind); err != nil {
		return d, err
	}
	fields, err := s.fields(kind, in)
	if err != nil {
		return d, err
	}
	if d.Fields, err = in.change(fields); err != nil {
		return d, err
	}
	if d.Tamper, err = tampers(in.Tamper); err != nil {
		return d, err
	}
	return d, s.deliverable(d)
}

// fields are the given ones, or those of the kind.
func (s *Server) fields(kind payload.Kind, in SendRequest) (payload.Object, error) {
	given, err := objectOf("fields", in.Fields)
	if err != nil || given != nil {
		return given, err
	}
	scene, err := s.scene(in)
	if err != nil {
		return nil, err
	}
	return kind.Fields(scene), nil
}

// target is where a delivery goes, or nil for Socket Mode.
func (s *Server) target(to string, kind payload.Kind) (*url.URL, error) {
	switch to {
	case "":
		if u := s.options.Targets.of(kind); u != nil {
			return u, nil
		}
	case toSocket:
	default:
		u, err := url.Parse(to)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return nil, badRequest("invalid_target", "to: want a URL that begins with http:// or https://, or %s", toSocket)
		}
		return u, nil
	}
	if kind.Encoding == payload.Query || kind.Name == payload.SSLCheck.Name || kind.Name == payload.URLVerification.Name {
		return nil, badRequest("no_target", "%s goes to a URL: say which, as to", kind.Name)
	}
	if len(s.Sockets()) == 0 {
		return nil, refusal(http.StatusConflict, "no_target", "%s has nowhere to go: no URL is given, and the app has no Socket Mode connection open", kind.Name)
	}
	return nil, nil
}

// scene is what a request says about who does what where.
func (s *Server) scene(in SendRequest) (payload.Scene, error) {
	scene := payload.Scene{
		Token: payload.Secret(or(string(in.Token), string(s.options.Targets.Token))), AppID: or(in.App, s.options.AppID), TeamID: or(in.Team, s.options.TeamID), UserID: in.User,
		ChannelID: in.Channel, ChannelName: in.ChannelName, Private: in.Private, ThreadTS: in.ThreadTS,
		Command: in.Command, Text: in.Text, Escape: in.Escape,
		CallbackID: in.CallbackID, ActionID: in.ActionID, BlockID: in.BlockID, Element: in.Element, Value: in.Value,
		Inputs: in.Inputs, Function: in.Function,
		Challenge: in.Challenge, Code: in.Code, State: in.State, Error: in.Error,
		ResponseURL: in.ResponseURL, TriggerID: in.TriggerID,
		Sequence: int(s.sent.Add(1)), Time: s.options.Clock.Now(),
	}
	if in.Command != "" && !strings.HasPrefix(in.Command, "/") {
		return scene, badRequest("invalid_field", "command: a slash command starts with /")
	}
	var err error
	if in.Persona != "" {
		if scene.Persona, err = payload.ParsePersona(in.Persona); err != nil {
			return scene, badRequest("invalid_field", "%v", err)
		}
	}
	if in.Element != "" && !slices.Contains(payload.Elements(), in.Element) {
		return scene, badRequest("invalid_field", "%v", payload.Unknown("element", in.Element, payload.Elements()))
	}
	if scene.Message, err = objectOf("message", in.Message); err != nil {
		return scene, err
	}
	scene.View, err = objectOf("view", in.View)
	return scene, err
}

// objectOf reads an object with its members in order; without a text it is nil.
func objectOf(name string, text json.RawMessage) (payload.Object, error) {
	if len(text) == 0 || string(text) == "null" {
		return nil, nil
	}
	o, err := payload.ParseObject(name, text)
	if err != nil {
		return nil, badRequest("invalid_field", "%v", err)
	}
	return o, nil
}

// change sets and unsets fields, in the order of their paths.
func (in SendRequest) change(fields payload.Object) (payload.Object, error) {
	var err error
	for _, path := range slices.Sorted(maps.Keys(in.Set)) {
		if fields, err = fields.Set(path, string(in.Set[path])); err != nil {
			return nil, badRequest("invalid_field", "set %s: %v", path, err)
		}
	}
	for _, path := range in.Unset {
		if fields, err = fields.Unset(path); err != nil {
			return nil, badRequest("invalid_field", "unset %s: %v", path, err)
		}
	}
	return fields, nil
}

func tampers(words []string) ([]payload.Tamper, error) {
	var all []payload.Tamper
	for _, word := range words {
		t, err := payload.ParseTamper(word)
		if err != nil {
			return nil, badRequest("invalid_tamper", "%v", err)
		}
		all = append(all, t)
	}
	return all, nil
}

// deliverable refuses what would not be what was asked for.
func (s *Server) deliverable(d payload.Delivery) error {
	if d.URL == nil {
		if len(d.Tamper) > 0 {
			return badRequest("invalid_tamper", "tampers spoil a request over HTTP, and this goes over Socket Mode")
		}
		return nil
	}
	if idle := d.WithoutEffect(); len(idle) > 0 {
		return badRequest("invalid_tamper", "the tamper %s has no effect on %s", idle[0].Name, d.Kind.Name)
	}
	signed := !d.Kind.Unsigned && d.Kind.Encoding != payload.Query
	if signed && d.Secret == "" && !slices.ContainsFunc(d.Tamper, needsNoSecret) {
		return badRequest("no_secret", "there is no signing secret: give it as secret, or to belay serve as --signing-secret")
	}
	return nil
}

// needsNoSecret reports a tamper after which the secret makes no difference.
func needsNoSecret(t payload.Tamper) bool {
	return t.Name == payload.Unsigned.Name || t.Name == payload.NoSignature.Name || t.Name == payload.EmptySecret.Name || t.Name == "wrong-secret"
}
