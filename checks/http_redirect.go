package checks

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"belay/checks/problem"
)

// httpRedirect asks whether the URL is the last one, and not a signpost.
var httpRedirect = Check{
	ID: "http.redirect", Title: "the URL does not redirect", Needs: []string{"http.answer"},
	Problems: []string{"http.redirect", "http.redirect-loop"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		if len(i.hops) == 0 {
			return pass("no redirect")
		}
		result := i.judgeHops()
		for _, hop := range i.hops {
			result = result.with(s, asked{qHops, hop})
		}
		return result
	},
}

func (i *interview) judgeHops() Result {
	path, lost := i.describeHops()
	end := i.hopsEnd
	switch {
	case end.loop:
		return found("http.redirect-loop", "%s", path)
	case end.foreign != "":
		return found("http.redirect", "%s, which is not followed: another site or a login", path).at(problem.Fail)
	}
	path += fmt.Sprintf("; there the same request gets %s", i.s.inShort(end.answer))
	otherScheme := end.target.Scheme != i.s.URL.Scheme
	switch {
	case otherScheme:
		return found("http.redirect", "%s: another scheme", path).at(problem.Fail)
	case i.s.Target.Kind.Surface() == Events && len(i.hops) <= 2:
		return found("http.redirect", "%s; Slack follows up to two for events, and the rest was asked there", path).at(problem.Warn)
	case lost:
		return found("http.redirect", "%s; the POST and its body are lost on the way", path).at(problem.Fail)
	}
	return found("http.redirect", "%s; method and body survive, and the rest was asked there", path).at(problem.Warn)
}

// describeHops draws the way, and says whether a POST would survive it (RFC 9110
// section 15.4).
func (i *interview) describeHops() (string, bool) {
	lost := false
	var steps []string
	for _, hop := range i.hops {
		keeps := hop.Status == http.StatusTemporaryRedirect || hop.Status == http.StatusPermanentRedirect
		lost = lost || !keeps
		steps = append(steps, fmt.Sprintf("%d to %s", hop.Status, cutAt(hop.Header.Get("Location"), 100)))
	}
	return strings.Join(steps, ", then "), lost
}
