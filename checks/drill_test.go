package checks_test

import (
	"context"
	"errors"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
)

// A scripted Slack answers what a spec says, one after the other.
type scripted struct {
	// replies are to what is sent, and seen what comes of it.
	replies []checks.SlackReply
	seen    [][]checks.SlackEntry
	install []checks.SlackInstall
	sockets int
	teams   []string
	// stored is the word that was stored last; it stands for WORD in what is seen.
	stored   string
	impostor checks.SlackImpostor
	// undone counts the faults that were taken back.
	injected, undone int
}

func next[T any](queue *[]T) (one T) {
	if len(*queue) > 0 {
		one, *queue = (*queue)[0], (*queue)[1:]
	}
	return one
}

func (s *scripted) slack() *checks.Slack {
	reply := func(context.Context, string) (checks.SlackReply, error) { return next(&s.replies), nil }
	return &checks.Slack{
		Mark: func(context.Context) (uint64, error) { return 0, nil },
		Watch: func(context.Context, uint64, time.Duration, func([]checks.SlackEntry) bool) ([]checks.SlackEntry, error) {
			entries := next(&s.seen)
			for _, e := range entries {
				if e.Call != nil {
					e.Call.Asked = strings.ReplaceAll(e.Call.Asked, "WORD", s.stored)
				}
			}
			return entries, nil
		},
		Teams:   func(context.Context) ([]string, error) { return s.teams, nil },
		Sockets: func(context.Context) (int, error) { return s.sockets, nil },
		Command: func(ctx context.Context, team, line string) (checks.SlackReply, error) {
			if word, is := strings.CutPrefix(line, "/store "); is {
				s.stored = word
				return acked(""), nil
			}
			return reply(ctx, line)
		},
		Foreign: reply,
		Say:     func(context.Context, string, string) error { return nil },
		Mention: func(ctx context.Context, _, _ string, _ int) (checks.SlackReply, error) { return reply(ctx, "") },
		Install: func(context.Context, string, string) (checks.SlackInstall, error) {
			if len(s.install) > 0 {
				return next(&s.install), nil
			}
			return checks.SlackInstall{Exchanged: true, Installed: true, Status: 200}, nil
		},
		Uninstall:    func(context.Context, string) error { return nil },
		ExpireTokens: func(context.Context, string) (int, error) { return 1, nil },
		Reset:        func(context.Context) error { return nil },
		Turn:         func(context.Context, time.Duration) error { return nil },
		Inject: func(context.Context, ...string) (func(context.Context) error, error) {
			s.injected++
			return func(context.Context) error { s.undone++; return nil }, nil
		},
		Disturb:            func(context.Context, string) error { return nil },
		ChangeClientSecret: func(context.Context) error { return nil },
		Impostor: func(ctx context.Context, provoke func(context.Context)) (checks.SlackImpostor, error) {
			provoke(ctx)
			return s.impostor, nil
		},
	}
}

func acked(text string) checks.SlackReply {
	return checks.SlackReply{Acknowledged: true, Status: 200, Text: text}
}

func failed(status int) checks.SlackReply {
	return checks.SlackReply{Status: status, Failure: "http_error", Detail: "it failed"}
}

func unexplained(reply checks.SlackReply) checks.SlackReply {
	reply.Detail, reply.Failure = "", ""
	return reply
}

// called is a call of the first team's token, and what Slack said to it.
func called(method, said string) checks.SlackEntry {
	return checks.SlackEntry{Call: &checks.SlackCall{Method: method, Error: said, Team: "T1", Path: "/api/" + method, Status: 200, Asked: "text=WORD"}}
}

func byTeam(team string, e checks.SlackEntry) checks.SlackEntry {
	call := *e.Call
	call.Team, call.Asked = team, "text=nothing"
	return checks.SlackEntry{Call: &call}
}

func limited(method string) checks.SlackEntry {
	e := called(method, "ratelimited")
	e.Call.Status = 429
	return e
}

func exchanged(grant, said, answer string) checks.SlackEntry {
	return checks.SlackEntry{Call: &checks.SlackCall{Method: "oauth.v2.access", Error: said, Path: "/api/oauth.v2.access", Status: 200, Grant: grant, Answered: answer}}
}

func noticed(problem string) checks.SlackEntry {
	return checks.SlackEntry{Finding: &checks.SlackFinding{Problem: problem, Text: "seen"}}
}

func told(failure string) checks.SlackEntry {
	return checks.SlackEntry{Delivery: &checks.SlackDelivery{Kind: "event", Failure: failure}}
}

// refused is an event that the app answered by 401.
var refused = checks.SlackEntry{Delivery: &checks.SlackDelivery{Kind: "event", Status: 401, Failure: "http_error", Detail: "401"}}

// opened is a new connection of Socket Mode.
var opened = checks.SlackEntry{Opened: 2}

type (
	acks    = []checks.SlackReply
	entries = []checks.SlackEntry
	watched = [][]checks.SlackEntry
)

// posts is the usual: a message by chat.postMessage.
func posts() entries { return entries{called("chat.postMessage", "")} }

// drilled is the one result of a drill with one check.
func drilled(s *scripted, check string, change ...func(*checks.Target)) checks.Result {
	GinkgoHelper()
	if s.teams == nil {
		s.teams = []string{"T1", "T2"}
	}
	t := checks.Target{URL: "http://127.0.0.1:3000", Slack: s.slack(), Drill: checks.DrillOptions{Command: "/notes", Store: "/store WORD", Only: []string{check}}}
	for _, c := range change {
		c(&t)
	}
	r := checks.Drill(context.Background(), checks.Watch{Command: "drill"}, t)
	Expect(r.Sections).To(HaveLen(1))
	Expect(r.Sections[0].Results).To(HaveLen(1))
	Expect(s.undone).To(Equal(s.injected), "faults are taken back")
	return r.Sections[0].Results[0]
}

var _ = Describe("A drill", func() {
	const install = `"expires_in":43200`
	expired := func() entries { return entries{called("chat.postMessage", "token_expired")} }
	dead := func(n int) (all entries) {
		for range n {
			all = append(all, called("chat.postMessage", "account_inactive"))
		}
		return all
	}
	// usual, installed anew with tokens that expire.
	rotating := func(then ...entries) watched {
		return append(watched{posts(), {exchanged("", "", install)}}, then...)
	}

	DescribeTable("judges by what an app does",
		func(check, want string, s *scripted) {
			r := drilled(s, check)
			found := string(r.Status)
			if r.Problem != nil {
				found += " " + r.Problem.ID
			}
			Expect(found).To(Equal(want), r.Saw+r.Reason)
			Expect(r.Saw + r.Reason).NotTo(BeEmpty())
		},
		Entry(nil, "oauth.install", "pass", &scripted{}),
		Entry(nil, "oauth.install", "fail oauth.state", &scripted{seen: watched{{noticed("oauth.state")}}}),
		Entry(nil, "oauth.install", "warn oauth.code-reuse", &scripted{seen: watched{nil, nil, nil, {noticed("oauth.code-reuse")}}}),
		Entry(nil, "oauth.install", "fail oauth.state", &scripted{seen: watched{nil, nil, {noticed("oauth.state")}, {noticed("oauth.code-reuse")}}}),
		Entry("not installed", "oauth.install", "inconclusive", &scripted{install: []checks.SlackInstall{{Error: "it did not answer"}}}),

		Entry(nil, "events.retry", "pass", &scripted{replies: acks{acked(""), acked("")}, seen: watched{posts()}}),
		Entry(nil, "events.retry", "warn events.duplicate-work", &scripted{replies: acks{acked(""), acked("")}, seen: watched{posts(), posts()}}),
		Entry(nil, "events.retry", "fail events.duplicate-work", &scripted{replies: acks{failed(500), acked("")}, seen: watched{posts(), posts()}}),
		Entry("reads alone", "events.retry", "skip", &scripted{replies: acks{acked("")}, seen: watched{{called("users.info", "")}}}),

		Entry(nil, "events.own", "pass", &scripted{seen: watched{posts(), posts()}}),
		Entry(nil, "events.own", "fail events.loop", &scripted{seen: watched{{
			called("chat.postMessage", ""), told(""), called("chat.postMessage", ""), told(""), called("chat.postMessage", ""), told(""), called("chat.postMessage", ""),
		}}}),
		Entry("says much at once", "events.own", "pass", &scripted{seen: watched{
			{called("chat.postMessage", ""), called("chat.postMessage", ""), called("chat.postMessage", ""), called("chat.postMessage", "")},
			{called("chat.postMessage", ""), called("chat.postMessage", ""), called("chat.postMessage", ""), called("chat.postMessage", "")},
		}}),

		Entry(nil, "socket.reconnect", "skip", &scripted{}),
		Entry(nil, "socket.reconnect", "pass", &scripted{sockets: 1, seen: watched{{opened}, {opened}}}),
		Entry(nil, "socket.reconnect", "fail socket.no-reconnect", &scripted{sockets: 1, seen: watched{{opened}, nil}}),
		Entry(nil, "socket.reconnect", "fail socket.no-reconnect", &scripted{sockets: 1, seen: watched{{noticed("socket.no-reconnect")}}}),

		Entry(nil, "workspace.apart", "pass", &scripted{replies: acks{acked(""), acked("")}, seen: watched{posts(), nil, {byTeam("T2", called("chat.postMessage", ""))}}}),
		Entry("the data", "workspace.apart", "fail workspace.data-leak", &scripted{replies: acks{acked(""), acked("")}, seen: watched{posts(), nil, posts()}}),
		Entry("the token", "workspace.apart", "fail workspace.data-leak", &scripted{replies: acks{acked(""), acked("")}, seen: watched{posts(), nil, {byTeam("T1", called("chat.postMessage", ""))}}}),
		Entry("one team", "workspace.apart", "skip", &scripted{teams: []string{"T1"}, seen: watched{posts()}}),

		Entry(nil, "team.foreign", "pass", &scripted{replies: acks{acked("your notes"), acked("install me")}, seen: watched{posts()}}),
		Entry("refused", "team.foreign", "pass", &scripted{replies: acks{acked("your notes"), failed(401)}, seen: watched{posts()}}),
		Entry(nil, "team.foreign", "warn team.accepts-foreign", &scripted{replies: acks{acked("hello"), acked("hello")}, seen: watched{posts()}}),
		Entry(nil, "team.foreign", "fail team.accepts-foreign", &scripted{replies: acks{acked(""), acked("")}, seen: watched{posts(), posts()}}),
		Entry("no answer", "team.foreign", "inconclusive", &scripted{replies: acks{acked(""), failed(0)}, seen: watched{posts()}}),

		Entry(nil, "api.retry-after", "pass", &scripted{replies: acks{acked(""), acked("")}, seen: watched{posts(), {limited("chat.postMessage"), called("chat.postMessage", "")}}}),
		Entry(nil, "api.retry-after", "fail api.ignores-retry-after", &scripted{replies: acks{acked(""), acked("")}, seen: watched{posts(), {limited("chat.postMessage"), noticed("api.ignores-retry-after")}}}),
		Entry("not called", "api.retry-after", "inconclusive", &scripted{replies: acks{acked(""), acked("")}, seen: watched{posts(), nil}}),

		Entry("reactive", "rotation.refresh", "pass", &scripted{replies: acks{acked(""), acked(""), acked("")}, seen: rotating(append(expired(), exchanged("refresh_token", "", ""), called("chat.postMessage", "")), posts())}),
		Entry("ahead of time", "rotation.refresh", "pass", &scripted{replies: acks{acked(""), acked(""), acked("")}, seen: rotating(entries{exchanged("refresh_token", "", ""), called("chat.postMessage", "")}, posts())}),
		Entry("never", "rotation.refresh", "fail rotation.expired", &scripted{replies: acks{acked(""), acked(""), acked("")}, seen: rotating(expired(), expired())}),
		Entry("twice", "rotation.refresh", "fail rotation.expired", &scripted{replies: acks{acked(""), acked(""), acked("")}, seen: rotating(entries{exchanged("refresh_token", "", ""), exchanged("refresh_token", "", "")}, posts())}),
		Entry("always", "rotation.refresh", "fail rotation.expired", &scripted{replies: acks{acked(""), acked(""), acked("")}, seen: rotating(entries{exchanged("refresh_token", "", "")}, entries{exchanged("refresh_token", "", ""), called("chat.postMessage", "")})}),
		Entry("with one that was used", "rotation.refresh", "fail rotation.expired", &scripted{replies: acks{acked(""), acked(""), acked("")}, seen: rotating(entries{exchanged("refresh_token", "invalid_refresh_token", "")}, posts())}),
		Entry("and goes on with the old", "rotation.refresh", "fail rotation.expired", &scripted{replies: acks{acked(""), acked(""), acked("")}, seen: rotating(append(expired(), exchanged("refresh_token", "", "")), expired())}),
		Entry("off", "rotation.refresh", "skip", &scripted{replies: acks{acked("")}, seen: watched{posts(), {exchanged("", "", "{}")}}}),

		Entry(nil, "uninstall.data", "pass", &scripted{replies: acks{acked(""), acked(""), acked("")}, seen: watched{posts(), nil, posts(), {told("")}, {byTeam("T1", called("chat.postMessage", ""))}}}),
		Entry(nil, "uninstall.data", "warn uninstall.keeps-data", &scripted{replies: acks{acked(""), acked(""), acked("")}, seen: watched{posts(), nil, posts(), {told("")}, posts()}}),
		Entry("not shown", "uninstall.data", "inconclusive", &scripted{replies: acks{acked(""), acked("")}, seen: watched{posts(), nil, nil}}),

		Entry(nil, "revocation.calls", "pass", &scripted{replies: acks{acked(""), acked(""), acked("")}, seen: watched{posts(), {told(""), told("")}}}),
		Entry("learns by the answer", "revocation.calls", "pass", &scripted{replies: acks{acked(""), acked(""), acked("")}, seen: watched{posts(), nil, dead(1), nil}}),
		Entry("refuses then", "revocation.calls", "pass", &scripted{replies: acks{acked(""), failed(401), failed(401)}, seen: watched{posts(), {told("")}}}),
		Entry("goes on", "revocation.calls", "fail revocation.keeps-calling", &scripted{replies: acks{acked(""), acked(""), acked("")}, seen: watched{posts(), {told("")}, dead(1), dead(1)}}),
		Entry("insists", "revocation.calls", "fail revocation.keeps-calling", &scripted{replies: acks{acked(""), acked("")}, seen: watched{posts(), {told("")}, dead(3)}}),
		Entry("unasked", "revocation.calls", "fail revocation.keeps-calling", &scripted{replies: acks{acked("")}, seen: watched{posts(), dead(3)}}),
		Entry("does not hear", "revocation.calls", "fail revocation.keeps-calling", &scripted{replies: acks{acked("")}, seen: watched{posts(), {told("http_error")}}}),
		Entry("refuses the second event", "revocation.calls", "pass", &scripted{replies: acks{acked(""), acked(""), acked("")}, seen: watched{posts(), {told(""), refused}}}),
		Entry("refuses every event", "revocation.calls", "fail revocation.keeps-calling", &scripted{replies: acks{acked("")}, seen: watched{posts(), {refused, refused}}}),
		Entry("breaks", "revocation.calls", "fail revocation.keeps-calling", &scripted{replies: acks{acked(""), failed(500)}, seen: watched{posts(), {told("")}}}),
		Entry("calls nothing", "revocation.calls", "inconclusive", &scripted{replies: acks{acked("")}}),
		Entry("is not well", "revocation.calls", "inconclusive", &scripted{replies: acks{failed(500)}}),

		Entry(nil, "outage.acknowledged", "pass", &scripted{replies: acks{acked(""), acked(""), acked(""), acked("")}, seen: watched{posts()}}),
		Entry(nil, "outage.acknowledged", "warn outage.not-acknowledged", &scripted{replies: acks{acked(""), acked(""), unexplained(failed(500)), acked("")}, seen: watched{posts()}}),
		Entry(nil, "outage.acknowledged", "fail outage.not-acknowledged", &scripted{replies: acks{acked(""), acked(""), failed(500), failed(500)}, seen: watched{posts()}}),

		Entry(nil, "client-secret.change", "pass", &scripted{}),
		Entry(nil, "client-secret.change", "fail client-secret.stale", &scripted{seen: watched{{noticed("client-secret.stale")}}}),
		Entry("of another's", "client-secret.change", "fail client-secret.stale", &scripted{seen: watched{{exchanged("", "bad_client_secret", "")}}}),
		Entry("not installed", "client-secret.change", "inconclusive", &scripted{install: []checks.SlackInstall{{Installed: true}, {Error: "no way"}}}),

		Entry(nil, "tls.client", "pass", &scripted{impostor: checks.SlackImpostor{Connections: 2}}),
		Entry(nil, "tls.client", "fail tls.client-unverified", &scripted{impostor: checks.SlackImpostor{Connections: 2, Requests: 1}}),
		Entry("nobody came", "tls.client", "inconclusive", &scripted{}),
	)

	It("does not blame an app for a token that stands in its settings", func() {
		s := &scripted{replies: acks{acked(""), acked(""), acked("")}, seen: watched{posts(), {told("")}, dead(1), dead(1)}}
		r := drilled(s, "revocation.calls", func(t *checks.Target) { t.Slack.Install = nil })
		Expect(r.Status).To(Equal(checks.Pass))
		Expect(r.Remarks).To(HaveExactElements(HaveField("Text", ContainSubstring("account_inactive"))))
	})

	It("says what each question that it does not ask needs", func() {
		s := &scripted{}
		slack := s.slack()
		slack.Install, slack.ChangeClientSecret, slack.Impostor = nil, nil, nil
		r := checks.Drill(context.Background(), checks.Watch{}, checks.Target{URL: "http://127.0.0.1:3000", Slack: slack})
		for _, result := range r.Sections[0].Results {
			Expect(result.Status).To(Equal(checks.Skip), result.Check)
			Expect(result.Reason).NotTo(BeEmpty(), result.Check)
		}
		Expect(r.Verdict.Status).To(Equal(checks.Inconclusive))
	})

	It("tells what belay's own Slack could not do from what the app did", func() {
		s := &scripted{}
		r := drilled(s, "revocation.calls", func(t *checks.Target) {
			t.Slack.Mark = func(context.Context) (uint64, error) { return 0, errors.New("it went away") }
		})
		Expect(r.Status).To(Equal(checks.Inconclusive))
		Expect(r.Reason).To(ContainSubstring("it went away"))
	})

	It("stops when it is interrupted", func() {
		ctx, cancel := context.WithCancel(context.Background())
		s := &scripted{teams: []string{"T1"}}
		slack := s.slack()
		slack.Mark = func(context.Context) (uint64, error) { cancel(); return 0, ctx.Err() }
		r := checks.Drill(ctx, checks.Watch{}, checks.Target{URL: "http://127.0.0.1:3000", Slack: slack, Drill: checks.DrillOptions{Command: "/notes"}})
		Expect(r.Interrupted).To(BeTrue())
		Expect(r.Sections[0].Results).To(HaveEach(HaveField("Status", checks.Skip)))
	})
})
