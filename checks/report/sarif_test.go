package report_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/problem"
	"belay/checks/report"
)

// A sarifRun is a run as a reader of SARIF that wants no more takes it in. That the
// whole conforms to the schema, the end-to-end specs hold.
type sarifRun struct {
	Tool struct {
		Driver struct {
			Name, Version string
			Rules         []struct {
				ID                   string
				ShortDescription     struct{ Text string }
				FullDescription      struct{ Text string }
				Help                 struct{ Text, Markdown string }
				HelpURI              string
				DefaultConfiguration struct{ Level string }
			}
		}
	}
	Invocations []struct {
		ExecutionSuccessful        bool
		StartTimeUtc, EndTimeUtc   string
		ToolExecutionNotifications []struct{ Message struct{ Text string } }
	}
	AutomationDetails struct{ ID string }
	Results           []struct {
		RuleID    string
		RuleIndex int
		Level     string
		Message   struct{ Text string }
		Locations []struct {
			PhysicalLocation struct {
				ArtifactLocation struct{ URI string }
				Region           *struct{ StartLine, StartColumn int }
			}
			LogicalLocations []struct{ FullyQualifiedName string }
		}
		PartialFingerprints map[string]string
	}
}

func sarifOf(r checks.Report) sarifRun {
	GinkgoHelper()
	var log struct {
		Schema  string `json:"$schema"`
		Version string
		Runs    []sarifRun
	}
	Expect(json.Unmarshal([]byte(written(report.SARIF, r)), &log)).To(Succeed())
	Expect(log.Version).To(Equal("2.1.0"))
	Expect(log.Runs).To(HaveLen(1))
	return log.Runs[0]
}

var _ = Describe("the SARIF report", func() {
	It("has what failed and what warned, the worst first, and nothing else", func() {
		run := sarifOf(sample())
		Expect(run.Results).To(HaveLen(2))
		Expect(run.Results[0].RuleID).To(Equal("ack.timeout"))
		Expect(run.Results[0].Level).To(Equal("error"))
		Expect(run.Results[0].Message.Text).To(ContainSubstring("Fix: Answer first."))
		Expect(run.Results[1].Level).To(Equal("warning"))
		Expect(sarifOf(healthy()).Results).To(Equal(sarifOf(healthy()).Results[:0]))
	})

	It("has the catalogue's page as the rule of each", func() {
		run := sarifOf(sample())
		Expect(run.Tool.Driver.Rules).To(HaveLen(2))
		p, _ := problem.Find("ack.timeout")
		rule := run.Tool.Driver.Rules[0]
		Expect(rule.ID).To(Equal(p.ID))
		Expect(rule.ShortDescription.Text).To(Equal(p.Title))
		Expect(rule.FullDescription.Text).To(Equal(p.Why))
		Expect(rule.HelpURI).To(Equal(p.Doc))
		Expect(rule.Help.Text).To(Equal(p.Fix))
		Expect(rule.Help.Markdown).To(ContainSubstring("Bolt for JavaScript"))
		Expect(rule.DefaultConfiguration.Level).To(Equal("error"))
	})

	It("has a rule of its own for a failure that has no page", func() {
		r := sample()
		r.Sections[0].Results[1].Problem = nil
		run := sarifOf(r)
		Expect(run.Results).To(HaveLen(2))
		for _, result := range run.Results {
			Expect(run.Tool.Driver.Rules[result.RuleIndex].ID).To(Equal(result.RuleID))
		}
		Expect(run.Results[0].RuleID).To(Equal("ack.deadline"))
	})

	It("leads to the place in the file, as a reference that holds whatever is in the name", func() {
		l := sarifOf(sample()).Results[0].Locations[0]
		Expect(l.PhysicalLocation.ArtifactLocation.URI).To(Equal("manifest,%20v2.json"))
		Expect(l.PhysicalLocation.Region.StartLine).To(Equal(12))
		Expect(l.PhysicalLocation.Region.StartColumn).To(Equal(3))
		Expect(l.LogicalLocations[0].FullyQualifiedName).To(Equal("https://bot.example.com/slack/commands"))
	})

	DescribeTable("names files as URIs", func(file, uri string) {
		r := sample()
		r.Sections[0].Results[1].Place.File = file
		Expect(sarifOf(r).Results[0].Locations[0].PhysicalLocation.ArtifactLocation.URI).To(Equal(uri))
	},
		Entry("in a folder", "belay/deploy.yaml", "belay/deploy.yaml"),
		Entry("in a folder of Windows", `belay\deploy.yaml`, "belay/deploy.yaml"),
		Entry("with an absolute name", "/app/a b.yaml", "file:///app/a%20b.yaml"),
		Entry("with an absolute name of Windows", `C:\app\a.yaml`, "file:///C:/app/a.yaml"),
		Entry("with a colon", "a:b.yaml", "./a:b.yaml"),
		Entry("with what a terminal would obey", "a\x1b#?.yaml", "a%1B%23%3F.yaml"),
	)

	It("has a file for each, since GitHub refuses a log with one that has none", func() {
		l := sarifOf(late()).Results[0].Locations[0]
		Expect(l.PhysicalLocation.ArtifactLocation.URI).To(Equal("bot.example.com/slack/commands"))
		Expect(l.PhysicalLocation.Region).To(BeNil())
		Expect(l.LogicalLocations[0].FullyQualifiedName).To(Equal(commands))
		for _, result := range sarifOf(ofManifest()).Results {
			Expect(result.Locations[0].PhysicalLocation.ArtifactLocation.URI).To(Equal("manifest.json"))
		}
		for name, r := range meetings() {
			for _, result := range sarifOf(r).Results {
				uri, err := url.Parse(result.Locations[0].PhysicalLocation.ArtifactLocation.URI)
				Expect(err).NotTo(HaveOccurred(), name)
				Expect(uri.Path).NotTo(BeEmpty(), name)
			}
		}
	})

	It("knows a result again in the next run, and tells two apart", func() {
		first, second := sarifOf(many(2, failure())), sarifOf(many(2, failure()))
		Expect(first.Results[0].PartialFingerprints).To(HaveLen(1))
		Expect(first.Results[0].PartialFingerprints).To(Equal(second.Results[0].PartialFingerprints))
		Expect(first.Results[0].PartialFingerprints).NotTo(Equal(first.Results[1].PartialFingerprints))
	})

	It("makes no link of an app's words", func() {
		Expect(sarifOf(sample()).Results[0].Message.Text).NotTo(MatchRegexp(`\]\(`))
	})

	It("says when the run was, and that it was interrupted", func() {
		run := sarifOf(sample())
		Expect(run.Invocations[0].ExecutionSuccessful).To(BeTrue())
		Expect(run.Invocations[0].StartTimeUtc).To(Equal("2026-11-23T18:00:00Z"))
		Expect(run.Invocations[0].EndTimeUtc).To(Equal("2026-11-23T18:00:04Z"))
		Expect(run.AutomationDetails.ID).To(Equal("belay/check/"))
		cut := sarifOf(interrupted()).Invocations[0]
		Expect(cut.ExecutionSuccessful).To(BeFalse())
		Expect(cut.ToolExecutionNotifications[0].Message.Text).To(ContainSubstring("Interrupted"))
	})

	It("leaves out a time that nobody can have measured", func() {
		r := sample()
		r.StartedAt, r.Duration = time.Time{}, checks.Millis(-time.Second)
		Expect(written(report.SARIF, r)).NotTo(Or(ContainSubstring("startTimeUtc"), ContainSubstring("endTimeUtc")))
	})

	It("has lists, not null, where nothing was found", func() {
		text := written(report.SARIF, checks.Report{})
		Expect(text).NotTo(ContainSubstring("null"))
		Expect(strings.Count(text, "[]")).To(Equal(2))
	})
})
