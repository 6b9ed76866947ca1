package checks

import "context"

// teamInstalled says whether the app knows the team that asks.
var teamInstalled = Check{
	ID: "team.installed", Title: "the app knows the team", Needs: []string{"http.answer", "http.direct"},
	Problems: []string{"team.not-installed"},
	Run: func(ctx context.Context, s *Session) Result {
		i := s.talk(ctx)
		question := i.good()
		a, ok := i.answer(question)
		if !ok {
			return skip("%s", i.why(question))
		}
		r, _ := s.meaning(a)
		verified := i.challengeIsVerified() || i.classOf(a) != classAccepted && i.tellsApart()
		if r.Means != MeansNotInstalled && !(a.Status == 401 && verified && !i.refusesValid()) {
			return pass("%s", s.inShort(a))
		}
		return pass("%s", s.inShort(a)).
			remark("team.not-installed", "it verifies, and refuses team %s, which never installed it (%s): name one that did with --team and --user", s.scene().TeamID, s.inShort(a))
	},
}
