package checks

import (
	"context"
	"strings"
)

// httpRoute asks whether anything is served at the path, and to POST.
var httpRoute = Check{
	ID: "http.route", Title: "the path is served, and to POST", Needs: []string{"http.answer", "http.direct"},
	Problems: []string{"http.not-found", "http.method-not-allowed"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		a, ok := i.standsFor()
		if !ok {
			return skip("nothing was answered")
		}
		if reason := soundsLost(i); reason != "" {
			return pass("%s", s.inShort(a.answer))
		}
		return i.judgeRoute(a)
	},
}

func (i *interview) judgeRoute(a asked) Result {
	r, _ := i.s.meaning(a.answer)
	get, looked := i.answer(qGet)
	switch {
	case r.Means == MeansMethod || a.answer.Status == 405:
		allow := a.answer.Header.Get("Allow")
		if allow != "" {
			allow = ", which allows " + cutAt(allow, 60)
		}
		return found("http.method-not-allowed", "%s%s", i.s.inShort(a.answer), allow).with(i.s, a)
	case i.noRoute() && looked && get.OK():
		return found("http.method-not-allowed", "POST gets %s, GET gets %s", i.s.inShort(a.answer), i.s.inShort(get)).with(i.s, a, asked{qGet, get})
	case i.noRoute():
		return i.notFound(a, r)
	}
	return pass("%s, and a path that does not exist is answered otherwise", i.s.inShort(a.answer))
}

func (i *interview) notFound(a asked, r Recognition) Result {
	saw := i.s.inShort(a.answer)
	if r.Means == MeansNoRoute {
		saw += ", says " + probably(r)
	} else if sibling, ok := i.answer(qSibling); ok && sibling.Status == a.answer.Status {
		saw += ", as for a path made up"
	}
	if path, answer := i.nearbyAnswer(); path != "" {
		saw += "; " + path + " does answer: " + i.s.inShort(answer)
	}
	return found("http.not-found", "%s: %s", i.path(), saw).with(i.s, a)
}

func (i *interview) path() string {
	return cutAt(strings.TrimSuffix(i.url.EscapedPath(), "\x00"), 80)
}
