package checks

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"belay/simulator/payload"
)

// Redirect is what a URL is for that browsers are sent to, such as OAuth's. It is no
// kind that can be diagnosed, and none of Kinds.
const Redirect Kind = "redirect"

// A Delivered is one delivery, and what came of it.
type Delivered struct {
	Delivery payload.Delivery
	// Answer is that of the last hop.
	Answer payload.Answer
	// RetryNum and RetryReason are what the app was told: 0 and "" at first.
	RetryNum    int
	RetryReason string

	hops    []payload.Answer
	hopsEnd hopsEnd
}

// Deliver sends once, to the delivery's URL, over the road that the target knows,
// and follows redirects within the app's own site. It waits for the answer as long
// as the target's Patience says, and never returns an error: what went wrong is part
// of the answer.
func Deliver(ctx context.Context, t Target, d payload.Delivery) Delivered {
	s := newSession(targetOf(t, d), Watch{})
	wait := s.Target.Patience
	client := &payload.Client{
		Resolve: s.Target.Resolver.Resolve, Dial: s.Target.Dial, Wait: wait, Clock: s.Target.Clock,
	}
	a := client.Send(ctx, d)
	sent := Delivered{Delivery: d, Answer: a}
	if !isRedirect(a) || kindOf(d) == Redirect {
		return sent
	}
	s.recall(a)
	i := &interview{s: s, url: s.URL, notAsked: map[string]string{}, intruder: none}
	sent.Answer = i.follow(ctx, d, a, wait)
	sent.hops, sent.hopsEnd = i.hops, i.hopsEnd
	return sent
}

// targetOf is the target as one delivery meets it.
func targetOf(t Target, d payload.Delivery) Target {
	t.URL, t.Kind = d.URL.String(), kindOf(d)
	name := deliveryName(d)
	t.Command, t.Action, t.Event = "", "", ""
	switch t.Kind {
	case Command, Redirect:
		t.Command = name
	case Events:
		t.Event = name
	default:
		t.Action = name
	}
	t.TeamID = firstText(fieldsOf(d), "team_id", "team.id", "user.team_id")
	t.UserID = firstText(fieldsOf(d), "user_id", "user.id", "event.user")
	return t.withDefaults()
}

// kindOf is what a URL is for that gets such a payload.
func kindOf(d payload.Delivery) Kind {
	switch d.Kind.Name {
	case payload.Command.Name, payload.SSLCheck.Name:
		return Command
	case payload.BlockSuggestion.Name, payload.DialogSuggestion.Name, payload.InteractiveMessageSuggestion.Name:
		return Options
	case payload.OAuthRedirect.Name:
		return Redirect
	}
	if d.Kind.Encoding == payload.JSON {
		return Events
	}
	return Action
}

// deliveryName is what a person calls the delivery: the command, what was acted upon, or
// the event.
func deliveryName(d payload.Delivery) string {
	fields := fieldsOf(d)
	paths := []string{"command"}
	switch kindOf(d) {
	case Action, Options:
		paths = []string{"actions.0.action_id", "action_id", "callback_id", "view.callback_id", "actions.0.name", "name"}
	case Events:
		paths = []string{"event.type"}
	}
	if name := cutAt(firstText(fields, paths...), 80); name != "" {
		return name
	}
	return d.Kind.Name
}

// fieldsOf are a delivery's fields, read from its body where that is all there is.
func fieldsOf(d payload.Delivery) payload.Object {
	if d.Body == nil {
		return d.Fields
	}
	body := d.Body
	if d.Kind.Encoding == payload.Form || d.Kind.Encoding == payload.FormPayload {
		form, _ := url.ParseQuery(string(body))
		if !form.Has("payload") {
			var fields payload.Object
			for _, name := range slices.Sorted(maps.Keys(form)) {
				fields = append(fields, payload.Member{Name: name, Value: form.Get(name)})
			}
			return fields
		}
		body = []byte(form.Get("payload"))
	}
	fields, _ := payload.ParseObject("body", body)
	return fields
}

// firstText is the first text that stands at one of the paths.
func firstText(o payload.Object, paths ...string) string {
	for _, path := range paths {
		if text := textAt(o, strings.Split(path, ".")); text != "" {
			return text
		}
	}
	return ""
}

func textAt(value any, path []string) string {
	for _, name := range path {
		switch of := value.(type) {
		case payload.Object:
			value = of.Value(name)
		case payload.List:
			if name != "0" || len(of) == 0 {
				return ""
			}
			value = of[0]
		default:
			return ""
		}
	}
	text, _ := value.(string)
	return text
}

// tokenOf is the verification token that a delivery carries, whoever wrote it.
func tokenOf(d payload.Delivery) payload.Secret {
	text := fieldsOf(d).Text("token")
	if text == payload.StandInToken {
		return ""
	}
	return payload.Secret(text)
}

// recall fills in what an answer already tells of the road, so that no check has to
// walk it again. A handshake that failed is left to the checks, which learn more of
// it by another.
func (s *Session) recall(a payload.Answer) {
	s.resolution = &a.Resolution
	if a.Resolution.Err != nil || !a.Address.IsValid() {
		return
	}
	d := dialled{address: a.Address, took: a.Stages.Connect}
	if a.Reached == payload.PhaseConnect {
		d.err = a.Err
	}
	s.dials = []dialled{d}
	timedOut := a.Reached == payload.PhaseTLS && a.GaveUp
	if a.TLS != nil || timedOut {
		h := payload.Handshake{State: a.TLS, ClientCertificateAsked: a.ClientCertificateAsked, Took: a.Stages.TLS}
		if timedOut {
			h.Err = a.Err
		}
		s.handshake = &h
	}
}

// transcript is the interview that consists of one delivery.
func (s *Session) transcript(d Delivered) *interview {
	i := &interview{
		s: s, url: s.URL, notAsked: map[string]string{}, intruder: none, alone: true,
		hops: d.hops, hopsEnd: d.hopsEnd, requests: 1 + len(d.hops),
	}
	if d.hopsEnd.target != nil {
		i.url = d.hopsEnd.target
	}
	questions := []string{qNamed}
	if d.Delivery.Kind.Name == payload.URLVerification.Name {
		questions = append(questions, qChallenge)
	}
	if !s.Target.Kind.interactive() {
		questions = append(questions, qProbe)
	}
	for _, question := range questions {
		i.asked = append(i.asked, asked{question, d.Answer})
	}
	r, _ := s.meaning(d.Answer)
	if _, steps := stepsIn[r.Means]; steps {
		i.intruder = 0
	}
	if !neverSent(d.Answer) && i.classOf(d.Answer) != classRefused {
		i.handlers = 1
	}
	return i
}

// deliveryChecks are those that one delivery answers, without another request.
func deliveryChecks(d payload.Delivery) []Check {
	road := []Check{
		urlValid, urlScheme, urlHost, dnsResolve, dnsPublic, dnsIPv4, tcpConnect, tlsHandshake,
		certChain, certOrder, certValidity, certHostname, certUsage, certKey, certSignature,
		certConstraints, certForm, certLifetime,
		httpAnswer, httpDirect,
	}
	switch {
	case kindOf(d) == Redirect:
		return append(road, httpRoute, httpStatus)
	case d.Kind.Name == payload.SSLCheck.Name:
		return append(road, httpRedirect, httpRoute, ackDeadline)
	case d.Kind.Name == payload.URLVerification.Name:
		return append(road, httpRedirect, httpRoute, httpStatus, ackDeadline, eventsChallenge)
	}
	return append(road, httpRedirect, httpRoute, httpStatus, urlKind, ackDeadline, ackHandler, replyForm, replyMessage, replyView, replyMenu)
}

// JudgeDeliveries says what became of the deliveries of one payload: what Slack would
// make of it, what its user sees, and why. With several, they are repetitions of one
// another, and what is wrong with one of them is told once. Nothing is sent but what
// tells apart why a handshake failed.
func JudgeDeliveries(ctx context.Context, t Target, name string, all ...Delivered) Section {
	var judged []judgedDelivery
	for _, d := range all {
		judged = append(judged, judgeDelivery(ctx, t, d))
	}
	return sumDeliveries(name, judged)
}

// JudgeRetries says what became of one event that Slack sent until it was
// acknowledged or Slack gave up, by its last attempt. Held back says why it was not
// sent again, if somebody kept Slack from it.
func JudgeRetries(ctx context.Context, t Target, name, heldBack string, attempts ...Delivered) Section {
	if len(attempts) == 0 {
		return sumDeliveries(name, nil)
	}
	var judged []judgedDelivery
	for _, d := range attempts {
		judged = append(judged, judgeDelivery(ctx, t, d))
	}
	return sumRetries(name, heldBack, judged)
}
