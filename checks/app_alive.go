package checks

import "context"

// appAlive asks whether the app survives being asked.
var appAlive = Check{
	ID: "app.alive", Title: "the app survives every request", Needs: []string{"tcp.connect"},
	Problems: []string{"app.died"},
	Run: func(ctx context.Context, s *Session) Result {
		if s.interview == nil {
			return skip("%s", s.done["http.answer"].Reason)
		}
		i := s.talk(ctx)
		if i.diedAfter == "" {
			return pass("it listens after %s", plural(len(i.asked), "request", "requests"))
		}
		saw := "nothing listened any more after the " + i.diedAfter + " request"
		if i.cameBack {
			saw += "; it came back"
		}
		result := found("app.died", "%s", saw)
		if a, ok := i.answer(i.diedAfter); ok {
			result = result.with(s, asked{i.diedAfter, a})
		}
		return result
	},
}
