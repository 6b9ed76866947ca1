package checks_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/checks/problem"
	"belay/simulator/payload"
)

// What is secret in the specs, and must not be in any report.
const (
	secret = payload.Secret("8f742231b10e8888abcd99yyyzzz85a5")
	token  = payload.Secret("verification-token-xyzz0WbapA4vBCDEF")
)

// healthy is an app that is right in everything.
func healthy() checkstest.Bot { return checkstest.Bot{Secret: secret} }

// local is a target on loopback, as with --local. Its deadline is Slack's: nothing
// waits for it where an app answers.
func local(app *checkstest.App) checks.Target {
	return checks.Target{URL: app.URL, Secret: secret, Local: true, Deadline: 3 * time.Second, Pace: -1}
}

// hasty is a local target whose deadline may be waited for.
func hasty(app *checkstest.App) checks.Target {
	t := local(app)
	t.Deadline, t.Timeout, t.Samples = 120*time.Millisecond, 5*time.Second, 3
	return t
}

// safely is a target that is asked what no app was seen to suffer from.
func safely(t checks.Target) checks.Target {
	t.Probes = checks.ProbesSafe
	return t
}

// with changes a target.
func with(t checks.Target, change func(t *checks.Target)) checks.Target {
	change(&t)
	return t
}

// of is the target as one of that kind.
func ofKind(kind checks.Kind, t checks.Target) checks.Target {
	t.Kind = kind
	return t
}

// named is the target of that kind with what a Bot knows named.
func named(kind checks.Kind, t checks.Target) checks.Target {
	t.Kind = kind
	switch kind.Surface() {
	case checks.Command:
		t.Command = checkstest.KnownCommand
	case checks.Events:
		t.Event = checkstest.KnownEvent
	default:
		t.Action = checkstest.KnownAction
	}
	return t
}

// unsigned is the target without a signing secret.
func unsigned(t checks.Target) checks.Target {
	t.Secret = ""
	return t
}

// start serves an app.
func start(h checkstest.Handler) *checkstest.App { return checkstest.StartApp(GinkgoT(), h) }

// A diagnosis is the report on one target.
type diagnosis struct{ checks.Report }

// diagnose runs all checks, and holds what is true of every report.
func diagnose(t checks.Target) diagnosis {
	GinkgoHelper()
	return diagnoseWith(context.Background(), checks.Watch{}, t)
}

func diagnoseWith(ctx context.Context, w checks.Watch, t checks.Target) diagnosis {
	GinkgoHelper()
	d := diagnosis{checks.Run(ctx, w, t)}
	for _, r := range d.section().Results {
		expectOwned(r)
	}
	written, err := json.Marshal(d.Report)
	Expect(err).NotTo(HaveOccurred())
	for _, hidden := range []payload.Secret{t.Secret, t.Token} {
		if hidden != "" {
			Expect(string(written)).NotTo(ContainSubstring(string(hidden)))
		}
	}
	samples := max(t.Samples, 5) + max(t.NamedSamples, 1)
	Expect(d.section().Sent.Requests).To(BeNumerically("<=", 25+samples), "requests")
	return d
}

// diagnoseApp diagnoses an app of Bot's, which says what it was asked.
func diagnoseApp(h checkstest.Handler, change func(app *checkstest.App) checks.Target) diagnosis {
	GinkgoHelper()
	app := start(h)
	d := diagnose(change(app))
	Expect(d.section().Sent.Requests).To(Equal(len(app.Calls())), "the report counts the requests")
	return d
}

// expectOwned holds that a check finds only its own problems, at their levels.
func expectOwned(r checks.Result) {
	GinkgoHelper()
	i := slices.IndexFunc(checks.All(), func(c checks.Check) bool { return c.ID == r.Check })
	Expect(i).To(BeNumerically(">=", 0), r.Check)
	own := checks.All()[i].Problems
	if r.Problem != nil {
		p, _ := problem.Find(r.Problem.ID)
		Expect(own).To(ContainElement(r.Problem.ID), r.Check)
		Expect(p.May(problem.Level(r.Status))).To(BeTrue(), "%s: %s", p.ID, r.Status)
	}
	for _, remark := range r.Remarks {
		if remark.Problem != "" {
			p, _ := problem.Find(remark.Problem)
			Expect(own).To(ContainElement(remark.Problem), r.Check)
			Expect(p.May(problem.Remark)).To(BeTrue(), p.ID)
		}
	}
	Expect(r.Status == checks.Skip || r.Status == checks.Inconclusive).To(Equal(r.Reason != ""), "%s says why: %q", r.Check, r.Reason)
}

func (d diagnosis) section() checks.Section { return d.Sections[0] }

// of is what a check found.
func (d diagnosis) of(check string) checks.Result {
	GinkgoHelper()
	for _, r := range d.section().Results {
		if r.Check == check {
			return r
		}
	}
	Fail("no check " + check)
	return checks.Result{}
}

// told are the rows that are more than a pass or a skip, in short.
func (d diagnosis) told() []string {
	var told []string
	for _, r := range d.section().Results {
		if r.Status == checks.Pass || r.Status == checks.Skip {
			continue
		}
		id := r.Check
		if r.Problem != nil {
			id = r.Problem.ID
		}
		told = append(told, fmt.Sprintf("%s %s", r.Status, id))
	}
	return told
}

// remarks are all remarks, with their problems.
func (d diagnosis) remarks() []string {
	var all []string
	for _, r := range d.section().Results {
		for _, remark := range r.Remarks {
			all = append(all, strings.TrimSpace(remark.Problem+" "+remark.Text))
		}
	}
	return all
}

// String is every row, for failing specs.
func (d diagnosis) String() string {
	var b strings.Builder
	for _, r := range d.section().Results {
		fmt.Fprintf(&b, "\n%-13s %-26s %s %s", r.Status, r.Check, r.Saw, r.Reason)
		for _, remark := range r.Remarks {
			fmt.Fprintf(&b, "\n%42s %s", "remark", remark.Text)
		}
	}
	return b.String()
}

// beClean matches a diagnosis in which nothing was found.
func beClean() types.GomegaMatcher {
	return SatisfyAll(
		WithTransform(diagnosis.told, BeEmpty()),
		WithTransform(func(d diagnosis) checks.Verdict { return d.Verdict },
			SatisfyAll(HaveField("Status", checks.Pass), HaveField("Cause", ""))),
	)
}

// tell matches a diagnosis with exactly these rows, such as "fail ack.timeout".
func tell(rows ...string) types.GomegaMatcher {
	return WithTransform(diagnosis.told, ConsistOf(rows))
}

// fail matches a diagnosis that fails for that cause.
func failFor(cause string) types.GomegaMatcher {
	return WithTransform(func(d diagnosis) checks.Verdict { return d.Verdict },
		SatisfyAll(HaveField("Status", checks.Fail), HaveField("Cause", cause)))
}

// skips matches a result that was not asked for that reason.
func skips(reason string) types.GomegaMatcher {
	return SatisfyAll(HaveField("Status", checks.Skip), HaveField("Reason", ContainSubstring(reason)))
}

// isInconclusive matches a result that does not tell, and says why.
func isInconclusive(reason string) types.GomegaMatcher {
	return SatisfyAll(HaveField("Status", checks.Inconclusive), HaveField("Reason", ContainSubstring(reason)))
}

// passesRemarking matches a passing result with a remark.
func passesRemarking(id, text string) types.GomegaMatcher {
	return SatisfyAll(HaveField("Status", checks.Pass), HaveField("Problem", BeNil()),
		HaveField("Remarks", ContainElement(SatisfyAll(HaveField("Problem", id), HaveField("Text", ContainSubstring(text))))))
}

// portOf is the port of an address.
func portOf(a netip.AddrPort) string { return fmt.Sprint(a.Port()) }

// bomb is a few kilobytes of gzip that would be 20 MB.
func bomb() string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	zeros := bytes.Repeat([]byte("0"), 1<<20)
	for range 20 {
		_, _ = w.Write(zeros)
	}
	_ = w.Close()
	return b.String()
}

// zipped is the text in gzip.
func zipped(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.String()
}
