package checks_test

import (
	"context"
	"encoding/json"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
)

var _ = Describe("Run", func() {
	It("asks every check of every target, in the order of All", func() {
		one, other := local(start(healthy().Serve)), ofKind(checks.Events, local(start(healthy().Serve)))
		report := checks.Run(context.Background(), checks.Watch{Command: "check", Tool: checks.Tool{Name: "belay", Version: "1"}}, one, other)
		Expect(report.SchemaVersion).To(Equal(checks.SchemaVersion))
		Expect(report.Command).To(Equal("check"))
		Expect(report.Tool.Name).To(Equal("belay"))
		Expect(report.Sections).To(HaveLen(2))
		for n, section := range report.Sections {
			Expect(section.Name).To(Equal([]checks.Target{one, other}[n].URL))
			for i, c := range checks.All() {
				Expect(section.Results[i].Check).To(Equal(c.ID))
				Expect(section.Results[i].Title).To(Equal(c.Title))
				Expect(section.Results[i].Remarks).NotTo(BeNil())
			}
		}
		Expect(report.Counts.Pass).To(Equal(report.Sections[0].Counts.Pass + report.Sections[1].Counts.Pass))
	})

	It("tells who watches each result, and what is being asked", func() {
		var results, asking []string
		sections := 0
		d := diagnoseWith(context.Background(), checks.Watch{
			Result:  func(section string, r checks.Result) { results = append(results, r.Check) },
			Section: func(checks.Section) { sections++ },
			Asking:  func(what string) { asking = append(asking, what) },
		}, local(start(healthy().Serve)))
		Expect(results).To(HaveLen(len(d.section().Results)))
		Expect(asking).To(ContainElements("sending url_verification", "forging a signature"))
		Expect(sections).To(Equal(1))
	})

	It("writes a report that can be read back", func() {
		d := diagnose(local(start(carefree().Serve)))
		written, err := json.Marshal(d.Report)
		Expect(err).NotTo(HaveOccurred())
		var read checks.Report
		Expect(json.Unmarshal(written, &read)).To(Succeed())
		Expect(read.Verdict).To(Equal(d.Verdict))
		Expect(read.Sections[0].Counts).To(Equal(d.section().Counts))
		again, err := json.Marshal(read)
		Expect(err).NotTo(HaveOccurred())
		Expect(again).To(MatchJSON(written))
	})

	It("writes durations as milliseconds", func() {
		written, err := json.Marshal(checks.Millis(1234567 * time.Nanosecond))
		Expect(err).NotTo(HaveOccurred())
		Expect(string(written)).To(Equal("1.235"))
	})

	It("says of each row how long it took", func() {
		d := diagnose(safely(ofKind(checks.Action, hasty(start(checkstest.After(20*time.Millisecond, healthy().Serve))))))
		Expect(d.of("http.answer").Took).To(BeNumerically(">=", checks.Millis(20*time.Millisecond)))
		Expect(d.Duration).To(BeNumerically(">", d.of("http.answer").Took))
	})
})
