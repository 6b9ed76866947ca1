package checks

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"belay/simulator/payload"
)

// hopsEnd is how a chain of redirects ends.
type hopsEnd struct {
	// loop is set when it leads in a circle or is longer than five.
	loop bool
	// foreign is where it leaves the target's site, which belay does not follow.
	foreign string
	// target is the last hop.
	target *url.URL
	answer payload.Answer
}

const maxHops = 5

func isRedirect(a payload.Answer) bool {
	switch a.Status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return a.Header.Get("Location") != ""
	}
	return false
}

// follow sends the same request on, hop by hop, as long as the redirects stay with
// the target's own site. What is asked later is asked at the last hop.
func (i *interview) follow(ctx context.Context, d payload.Delivery, a payload.Answer, wait time.Duration) payload.Answer {
	seen := []string{d.URL.String()}
	for isRedirect(a) {
		i.hops = append(i.hops, a)
		next, err := d.URL.Parse(a.Header.Get("Location"))
		if err != nil || !sameSite(next, d.URL) || looksLikeLogin(next) {
			i.hopsEnd.foreign = cutAt(a.Header.Get("Location"), 120)
			return a
		}
		if slices.Contains(seen, next.String()) || len(seen) > maxHops {
			i.hopsEnd.loop = true
			i.stop(qProbe, "the redirects lead in a circle")
			return a
		}
		seen = append(seen, next.String())
		d.URL = next
		a = i.deliver(ctx, d, wait)
		i.extra++
	}
	i.hopsEnd.target, i.hopsEnd.answer, i.url = d.URL, a, d.URL
	return a
}

// sameSite reports whether one host is the other or a subdomain of it.
func sameSite(a, b *url.URL) bool {
	if a.Scheme != "http" && a.Scheme != "https" {
		return false
	}
	one, other := strings.ToLower(a.Hostname()), strings.ToLower(b.Hostname())
	return one == other || strings.HasSuffix(one, "."+other) || strings.HasSuffix(other, "."+one)
}

func looksLikeLogin(u *url.URL) bool {
	for _, word := range strings.FieldsFunc(strings.ToLower(u.Path), func(r rune) bool { return r == '/' || r == '_' || r == '-' || r == '.' }) {
		switch word {
		case "login", "signin", "sso", "saml", "oauth2":
			return true
		}
	}
	return false
}

// main is the answer that stands for the URL: to the kind's own request, else to a
// forged one, else to url_verification.
func (i *interview) main() (payload.Answer, bool) {
	order := []string{qProbe, qForged, qChallenge}
	if i.s.Target.Kind.interactive() {
		order = []string{qNamed, qForged}
	}
	for _, question := range order {
		if a, ok := i.answer(question); ok {
			return a, true
		}
	}
	return payload.Answer{}, false
}

// soundsLost is when the answer may mean that there is no such route.
func soundsLost(i *interview) string {
	a, ok := i.main()
	if !ok {
		return "nothing was answered"
	}
	if i.classOf(a) == classAccepted {
		return "the path answers"
	}
	if forged, ok := i.answer(qForged); ok && i.differs(a, forged) {
		return "the path tells requests apart"
	}
	r, _ := i.s.meaning(a)
	switch {
	case r.Means == MeansNoRoute, r.Means == MeansMethod, r.Means == MeansOAuthPage:
		return ""
	case a.Status == 404, a.Status == 405, a.Status == 410, a.Status == 421:
		return ""
	}
	return "the path answers"
}

// noRouteHere is when a path that surely does not exist is answered alike.
func noRouteHere(i *interview) string {
	if reason := soundsLost(i); reason != "" {
		return reason
	}
	if !i.noRoute() {
		return "nothing says that the path is wrong"
	}
	return ""
}

// noRoute reports whether nothing is served at the path: the words of a framework
// or gateway, 410, 421, or the answer that a random sibling gets too.
func (i *interview) noRoute() bool {
	a, ok := i.main()
	if !ok || soundsLost(i) != "" {
		return false
	}
	if a.Status == 410 || a.Status == 421 {
		return true
	}
	r, _ := i.s.meaning(a)
	sibling, asked := i.answer(qSibling)
	if r.Means == MeansNoRoute {
		// A view may say a framework's words as well; then a path that is made up is
		// answered otherwise.
		other, _ := i.s.meaning(sibling)
		return !asked || other.Means == MeansNoRoute
	}
	return a.Status == 404 && asked && sibling.Status == 404 && string(sibling.Body) == string(a.Body)
}

// forgedProbe never runs a handler of an app that verifies.
func (i *interview) forgedProbe() payload.Delivery {
	d := i.probe(easyText)
	d.Tamper = []payload.Tamper{payload.Forged}
	return d
}

func askSibling(ctx context.Context, i *interview) {
	random := make([]byte, 6)
	_, _ = rand.Read(random)
	d := i.forgedProbe()
	dir := i.url.Path[:strings.LastIndex(i.url.Path, "/")+1]
	d.URL = i.at(dir + "belay-" + hex.EncodeToString(random))
	i.send(ctx, qSibling, d, i.grace())
}

func askGet(ctx context.Context, i *interview) {
	d := i.forgedProbe()
	d.Get = true
	i.send(ctx, qGet, d, i.grace())
}

// nearbyPaths are those that Slack apps listen on by their frameworks' defaults.
var nearbyPaths = []string{"/slack/events", "/slack/commands", "/slack/interactive", "/slack/actions", "/api/slack/events", "/slack"}

// askNearby looks for the path that does answer. It ends with the first.
func askNearby(ctx context.Context, i *interview) {
	lost, _ := i.main()
	other := strings.TrimSuffix(i.url.Path, "/")
	if other == i.url.Path {
		other += "/"
	}
	for _, path := range append([]string{other}, nearbyPaths...) {
		if path == i.url.Path || path == "" || i.stopped != "" || i.outOfTime(ctx) != "" || i.full() {
			continue
		}
		d := i.forgedProbe()
		d.URL = i.at(path)
		a := i.send(ctx, qNearby+" "+path, d, i.grace())
		if a.Answered() && a.Status != lost.Status && !isRedirect(a) {
			return
		}
	}
}

// nearbyAnswer is the path that answered otherwise, or "".
func (i *interview) nearbyAnswer() (string, payload.Answer) {
	lost, _ := i.main()
	for _, a := range i.asked {
		path, ok := strings.CutPrefix(a.question, qNearby+" ")
		if ok && a.answer.Answered() && a.answer.Status != lost.Status && !isRedirect(a.answer) {
			return path, a.answer
		}
	}
	return "", payload.Answer{}
}

// at is the target's URL with another path.
func (i *interview) at(path string) *url.URL {
	other := *i.url
	other.Path, other.RawPath, other.RawQuery = path, "", ""
	return &other
}

// cutAt cuts a text for a sentence.
func cutAt(text string, most int) string {
	cut, was := cutText([]byte(text), most)
	if was {
		return cut + "…"
	}
	return cut
}
