package checks

import (
	"context"
	"fmt"

	"belay/checks/problem"
)

// httpDirect asks whether the app itself answers, and nobody in its place.
var httpDirect = Check{
	ID: "http.direct", Title: "nobody answers in the app's place", Needs: []string{"http.answer"},
	Problems: []string{
		"http.auth-required", "http.csrf", "http.host-refused", "http.bot-challenge",
		"http.tunnel-offline", "http.rate-limited", "http.bad-gateway",
	},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		result := i.inTheWay()
		result.Evidence = i.fingerprint(result.Evidence)
		return result
	},
}

// stepsIn are the meanings of somebody who stands before an app.
var stepsIn = map[Meaning]string{
	MeansAuth: "http.auth-required", MeansCSRF: "http.csrf", MeansHostRefused: "http.host-refused",
	MeansChallenge: "http.bot-challenge", MeansOffline: "http.tunnel-offline",
	MeansRateLimited: "http.rate-limited", MeansBadGateway: "http.bad-gateway",
}

func (i *interview) inTheWay() Result {
	a, ok := i.standsFor()
	if !ok {
		return pass("nobody")
	}
	if i.isOwnDoing(a) {
		late := i.asked[i.intruder]
		r, _ := i.s.meaning(late.answer)
		return inconclusive("%s stepped in at the %s request (%s), likely because of belay's own requests; the rest was not asked", r.Who, late.question, r.Evidence)
	}
	r, _ := i.s.meaning(a.answer)
	id, steppedIn := stepsIn[r.Means]
	switch {
	case steppedIn:
		return i.steppedIn(id, r, a)
	case i.hopsEnd.foreign != "" && isRedirect(a.answer):
		return pass("nobody but a redirect")
	}
	return pass("%s", i.whoAnswered())
}

// isOwnDoing reports that somebody stepped in only after the first request, which
// belay's requests may have brought about: always for a firewall and a rate limit,
// else where the answer that stands for the URL is another.
func (i *interview) isOwnDoing(standing asked) bool {
	if i.intruder <= 0 {
		return false
	}
	late := i.asked[i.intruder]
	r, _ := i.s.meaning(late.answer)
	return r.Means == MeansChallenge || r.Means == MeansRateLimited || !late.answer.Started.Equal(standing.answer.Started)
}

// standsFor is the answer by which somebody in the way is judged: the first, if
// they ended the interview there, else that to the kind's own request.
func (i *interview) standsFor() (asked, bool) {
	if len(i.asked) == 0 {
		return asked{}, false
	}
	if i.intruder == 0 {
		return i.asked[0], true
	}
	main, ok := i.main()
	for _, a := range i.asked {
		if ok && a.answer.Started.Equal(main.Started) && a.answer.Status == main.Status {
			return a, true
		}
	}
	return i.asked[0], true
}

func (i *interview) steppedIn(id string, r Recognition, a asked) Result {
	result := found(id, "%s answered: %s", probably(r), r.Evidence).with(i.s, a)
	if p, ok := problem.Find(id); ok {
		shows := p.ShowsFor(a.answer.Status, false)
		result.Problem.Shows = showsOf(shows)
	}
	return result
}

func probably(r Recognition) string {
	if r.Sure {
		return r.Who
	}
	return "probably " + r.Who
}

// whoAnswered names the framework and the intermediaries, in a few words.
func (i *interview) whoAnswered() string {
	var framework, before string
	for _, r := range i.s.answerers() {
		switch {
		case r.Role == Framework && framework == "":
			framework = fmt.Sprintf("%s (%s)", probably(r), r.Evidence)
		case r.Role != Framework && before == "":
			before = "by way of " + probably(r)
		}
	}
	switch {
	case framework == "" && before == "":
		return "the app"
	case framework == "":
		return "the app, " + before
	case before == "":
		return framework
	}
	return framework + ", " + before
}

// fingerprint adds who was recognised to the evidence.
func (i *interview) fingerprint(e *Evidence) *Evidence {
	if e == nil {
		e = &Evidence{}
	}
	f := &Fingerprint{Signs: []string{}}
	for _, r := range i.s.answerers() {
		f.Signs = append(f.Signs, probably(r)+": "+i.s.hideCut(r.Evidence))
		if r.Role != Framework {
			f.Intermediaries = append(f.Intermediaries, r.Who)
		} else if f.Framework == "" {
			f.Framework, f.Sure = r.Who, r.Sure
		}
	}
	e.Fingerprint = f
	return e
}
