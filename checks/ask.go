package checks

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"belay/simulator/payload"
)

// staleAge is how old the old request is: an app that follows Slack's five minutes
// refuses it even with a clock that is a little off.
const staleAge = 600 * time.Second

// hardText does not survive being parsed and written again.
const hardText = `a+b c%20d&e=f ~*!'() "q" \ / ümlaut 🦜`

// easyText does.
const easyText = "probe"

// scene is what the user said about who asks.
func (s *Session) scene() payload.Scene {
	scene := payload.Scene{
		Token: s.Target.Token, TeamID: s.Target.TeamID, UserID: s.Target.UserID,
		Time: s.Target.Clock.Now(),
	}
	if scene.TeamID == "" {
		scene.TeamID = payload.StandInTeam
	}
	if scene.UserID == "" {
		scene.UserID = payload.StandInUser
	}
	return scene
}

// secret signs: the user's, or a random one, with which a request is well formed
// and forged.
func (i *interview) secret() payload.Secret {
	if i.s.Target.Secret != "" {
		return i.s.Target.Secret
	}
	random := make([]byte, 16)
	_, _ = rand.Read(random)
	return payload.Secret(hex.EncodeToString(random))
}

func (i *interview) delivery(kind payload.Kind, scene payload.Scene) payload.Delivery {
	return payload.Delivery{
		Kind: kind, Fields: kind.Fields(scene), Secret: i.secret(), Time: i.s.Target.Clock.Now(),
	}
}

// probe is the kind's own request, about nothing that exists; for actions, about
// what was named, if anything was.
func (i *interview) probe(text string) payload.Delivery {
	scene := i.s.scene()
	i.sequence++
	scene.Sequence = i.sequence
	scene.Text = text
	if i.s.Target.Kind.interactive() {
		scene = i.s.Target.naming(scene)
	}
	return i.delivery(i.s.Target.Kind.probe(), scene)
}

func (i *interview) challenge() payload.Delivery {
	return i.delivery(payload.URLVerification, i.s.scene())
}

// askChallenge asks as often as there are samples. The first decides whether the
// others make sense, and waits on to tell late from never.
func askChallenge(ctx context.Context, i *interview) {
	first := i.send(ctx, qChallenge, i.challenge(), i.patience())
	i.extra--
	if isRedirect(first) {
		return
	}
	lateInARow := 0
	for range i.s.Target.Samples - 1 {
		if i.stopped != "" || i.outOfTime(ctx) != "" {
			return
		}
		a := i.send(ctx, qChallenge, i.challenge(), i.grace())
		i.extra--
		if lateInARow++; a.Complete() {
			lateInARow = 0
		}
		if lateInARow == 2 {
			return
		}
	}
}

func askOnce(name string, kind payload.Kind) func(context.Context, *interview) {
	return func(ctx context.Context, i *interview) {
		i.send(ctx, name, i.delivery(kind, i.s.scene()), i.grace())
	}
}

func askProbe(name string) func(context.Context, *interview) {
	return func(ctx context.Context, i *interview) {
		i.send(ctx, name, i.probe(hardText), i.grace())
	}
}

// askSpoilt sends the probe with one thing wrong. Where nothing else is timed, the
// refusal is, and waited for.
func askSpoilt(name string, tamper payload.Tamper) func(context.Context, *interview) {
	return func(ctx context.Context, i *interview) {
		d := i.probe(hardText)
		d.Tamper = []payload.Tamper{tamper}
		wait := i.grace()
		if i.s.Target.Kind.interactive() && len(i.asked) == 0 {
			wait = i.patience()
		}
		a := i.send(ctx, name, d, wait)
		if i.s.probes() == ProbesAll && a.Answered() {
			i.look(ctx, name, name)
		}
	}
}

// askNamed runs what the user named, with a body that is easy to encode, as often
// as the user wants.
func askNamed(ctx context.Context, i *interview) {
	scene := i.s.Target.naming(i.s.scene())
	wait := i.patience()
	for range i.s.Target.NamedSamples {
		if i.stopped != "" || i.outOfTime(ctx) != "" {
			return
		}
		i.sequence++
		scene.Sequence = i.sequence
		a := i.send(ctx, qNamed, i.delivery(i.s.Target.Kind.probe(), scene), wait)
		i.extra--
		if i.classOf(a) != classRefused {
			i.handlers++
		}
		if a.Answered() {
			i.look(ctx, qNamed, qNamed)
		}
		if r, ok := i.s.meaning(a); ok && r.Means == MeansNoListener {
			return
		}
		wait = i.grace()
	}
}

func askForgedChallenge(ctx context.Context, i *interview) {
	d := i.challenge()
	d.Tamper = []payload.Tamper{payload.Forged}
	i.send(ctx, qForgedChallenge, d, i.grace())
}

// askRewritten signs a url_verification that says the same in other bytes, which an
// app that hashes what it parsed refuses.
func askRewritten(ctx context.Context, i *interview) {
	d := i.challenge()
	plain := string(payload.Encode(payload.JSON, d.Fields))
	rewritten := strings.NewReplacer(`{"`, `{ "`, `,"`, ` , "`, `"url_verification"`, `"\u0075rl_verification"`).Replace(plain)
	d.Body = []byte(rewritten)
	i.send(ctx, qRewritten, d, i.grace())
}

// askReencoded looks for the bytes over which an app computes its signature when it
// is not the body as sent.
func askReencoded(ctx context.Context, i *interview) {
	for _, try := range i.reencodings() {
		if i.stopped != "" || i.outOfTime(ctx) != "" || i.full() {
			return
		}
		a := i.send(ctx, qReencoded+": "+try.name, try.delivery, i.grace())
		if i.acceptedAfterAll(a) {
			return
		}
	}
}

// reencoding is a body that survives being parsed and written again, or a signature
// over what comes of it.
type reencoding struct {
	name     string
	delivery payload.Delivery
}

func (i *interview) reencodings() []reencoding {
	easy := i.probe(easyText)
	tries := []reencoding{{"a body that is the same when written again", easy}}
	hard := i.probe(hardText)
	switch i.s.Target.Kind.probe().Encoding {
	case payload.Form:
		sorted := easy
		sorted.Fields = slices.Clone(easy.Fields)
		slices.SortFunc(sorted.Fields, func(a, b payload.Member) int { return strings.Compare(a.Name, b.Name) })
		tries = append(tries, reencoding{"the fields in alphabetical order", sorted})
		hard.Tamper = []payload.Tamper{payload.SignedOver(payload.Stringify(hard.Fields))}
		tries = append(tries, reencoding{"a signature over JSON.stringify of the parsed form", hard})
	case payload.FormPayload:
		// The body that is the same when written again was the control.
		inner := payload.Object{{Name: "payload", Value: string(payload.Encode(payload.JSON, easy.Fields))}}
		easy.Tamper = []payload.Tamper{payload.SignedOver(payload.Stringify(inner))}
		return []reencoding{{"a signature over JSON.stringify of the parsed form", easy}}
	case payload.JSON:
		hard.Tamper = []payload.Tamper{payload.SignedOver(payload.Stringify(hard.Fields))}
		tries = append(tries, reencoding{"a signature over JSON.stringify of the parsed body", hard})
		easy.Body = dumped(payload.Stringify(easy.Fields))
		tries = append(tries, reencoding{"a body as Python's json.dumps writes it", easy})
	}
	return tries
}

// dumped is JSON without white space as Python's json.dumps writes it: with a space
// after each comma and colon.
func dumped(compact []byte) []byte {
	var b []byte
	quoted := false
	for n, c := range compact {
		b = append(b, c)
		switch {
		case c == '"' && (n == 0 || compact[n-1] != '\\'):
			quoted = !quoted
		case !quoted && (c == ',' || c == ':'):
			b = append(b, ' ')
		}
	}
	return b
}

// askSecrets signs with what often stands in a deployment in place of the secret.
func askSecrets(ctx context.Context, i *interview) {
	for _, try := range i.spellings() {
		if i.stopped != "" || i.outOfTime(ctx) != "" || i.nearlyFull() {
			return
		}
		d := i.probe(hardText)
		d.Tamper = []payload.Tamper{payload.SignedWith(try.secret, try.name)}
		if i.acceptedAfterAll(i.send(ctx, qSecrets+": "+try.name, d, i.grace())) {
			return
		}
	}
}

type spelling struct {
	name   string
	secret payload.Secret
}

func (i *interview) spellings() []spelling {
	given := string(i.s.Target.Secret)
	half := given[:len(given)/2]
	tries := []spelling{
		{"without the white space around it", payload.Secret(strings.TrimSpace(given))},
		{"without the quotes around it", payload.Secret(strings.Trim(strings.TrimSpace(given), `"'`))},
		{"with a line break at its end", payload.Secret(given + "\n")},
		{"in double quotes", payload.Secret(`"` + given + `"`)},
		{"pasted twice", payload.Secret(given + given)},
	}
	if half+half == given {
		tries = append(tries, spelling{"pasted once (yours is doubled)", payload.Secret(half)})
	}
	for name, secret := range i.s.Target.OtherSecrets {
		tries = append(tries, spelling{"the value of " + name, secret})
	}
	return slices.DeleteFunc(tries, func(t spelling) bool { return string(t.secret) == given })
}

func askWrongToken(ctx context.Context, i *interview) {
	d := i.probe(hardText)
	scene := i.s.scene()
	scene.Token, scene.Text, scene.Sequence = "belay-wrong-verification-token", hardText, i.sequence
	if i.s.Target.Kind.interactive() {
		scene = i.s.Target.naming(scene)
	}
	d.Fields = i.s.Target.Kind.probe().Fields(scene)
	i.send(ctx, qWrongToken, d, i.grace())
}

// askBypass adds ssl_check to an unsigned request: some apps skip the verification
// for it and serve the rest.
func askBypass(ctx context.Context, i *interview) {
	for _, value := range []string{"1", "0"} {
		if i.stopped != "" || i.outOfTime(ctx) != "" || i.full() {
			return
		}
		d := i.probe(hardText)
		body := payload.Encode(d.Kind.Encoding, d.Fields)
		if d.Kind.Encoding == payload.JSON {
			body = payload.Encode(payload.FormPayload, d.Fields)
			d.Kind.Encoding = payload.FormPayload
		}
		d.Body = append([]byte("ssl_check="+value+"&"), body...)
		d.Tamper = []payload.Tamper{payload.Unsigned}
		a := i.send(ctx, qBypass+": ssl_check="+value, d, i.grace())
		if a.Answered() {
			i.look(ctx, qBypass, qBypass)
		}
	}
}
