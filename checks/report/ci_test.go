package report_test

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/report"
)

// A suites is a JUnit report as a CI system reads it.
type suites struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
	Suites   []struct {
		Name      string `xml:"name,attr"`
		Tests     int    `xml:"tests,attr"`
		Failures  int    `xml:"failures,attr"`
		Errors    int    `xml:"errors,attr"`
		Skipped   int    `xml:"skipped,attr"`
		Timestamp string `xml:"timestamp,attr"`
		Cases     []struct {
			ClassName string    `xml:"classname,attr"`
			Name      string    `xml:"name,attr"`
			Time      string    `xml:"time,attr"`
			File      string    `xml:"file,attr"`
			Line      int       `xml:"line,attr"`
			Failure   *struct{} `xml:"failure"`
			Error     *struct{} `xml:"error"`
			Output    string    `xml:"system-out"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

func junitOf(r checks.Report) suites {
	GinkgoHelper()
	var s suites
	Expect(xml.Unmarshal([]byte(written(report.JUnit, r)), &s)).To(Succeed())
	return s
}

// many is a report with one section of that many copies of a result.
func many(n int, result checks.Result) checks.Report {
	r := sample()
	s := &r.Sections[0]
	s.Results = slices.Repeat([]checks.Result{result}, n)
	s.Counts, r.Counts = checks.Counts{Fail: n}, checks.Counts{Fail: n}
	return r
}

func failure() checks.Result { return sample().Sections[0].Results[1] }

var _ = Describe("the JUnit report", func() {
	It("has no two tests of one name, of which GitLab would count the first alone", func() {
		r := many(3, failure())
		r.Sections = append(r.Sections, r.Sections[0], r.Sections[0])
		// One is named as the second of two would be.
		r.Sections[1].Name += " (2)"
		seen := map[string]bool{}
		for _, suite := range junitOf(r).Suites {
			for _, c := range suite.Cases {
				Expect(c.ClassName).To(Equal(suite.Name))
				Expect(seen).NotTo(HaveKey(c.ClassName + "/" + c.Name))
				seen[c.ClassName+"/"+c.Name] = true
			}
		}
		Expect(seen).To(HaveLen(9))
	})

	It("counts what it holds, also where the report was cut off before its counts", func() {
		r := sample()
		r.Counts, r.Sections[0].Counts = checks.Counts{}, checks.Counts{}
		s := junitOf(r)
		Expect([]int{s.Tests, s.Failures, s.Errors, s.Skipped}).To(Equal([]int{5, 1, 0, 2}))
		Expect([]int{s.Suites[0].Tests, s.Suites[0].Failures, s.Suites[0].Skipped}).To(Equal([]int{5, 1, 2}))
	})

	It("gives times in seconds and in UTC, and the place in the file", func() {
		r := sample()
		r.StartedAt = r.StartedAt.In(time.FixedZone("elsewhere", 3600))
		s := junitOf(r).Suites[0]
		Expect(s.Timestamp).To(Equal("2026-11-23T18:00:00"))
		Expect(s.Cases[1].Time).To(Equal("4.100"))
		Expect(s.Cases[1].File).To(Equal("manifest, v2.json"))
		Expect(s.Cases[1].Line).To(Equal(12))
	})

	It("has an error, which is no failure, where the run was interrupted", func() {
		s := junitOf(interrupted())
		Expect(s.Failures).To(BeZero())
		Expect(s.Errors).To(Equal(1))
		last := s.Suites[len(s.Suites)-1]
		Expect(last.Cases).To(HaveLen(1))
		Expect(last.Cases[0].Error).NotTo(BeNil())
	})

	It("does not let an app have Jenkins attach a file", func() {
		r := sample()
		results := r.Sections[0].Results
		for n := range results {
			results[n].Saw = "[[ATTACHMENT|/etc/passwd]]"
			results[n].Remarks = []checks.Remark{{Text: "[[[ATTACHMENT|/etc/passwd]]"}}
		}
		text := written(report.JUnit, r)
		for _, output := range strings.SplitAfter(text, "<system-out>")[1:] {
			Expect(output[:strings.Index(output, "</system-out>")]).NotTo(ContainSubstring("[[ATTACHMENT"))
		}
	})

	It("is smaller than what GitLab reads, however large the report", func() {
		result := failure()
		result.Saw = strings.Repeat("<&>\"", 1000)
		result.Problem.Why, result.Problem.Fix = result.Saw, result.Saw
		text := written(report.JUnit, many(2000, result))
		Expect(len(text)).To(BeNumerically("<", 30e6))
		Expect(text).To(ContainSubstring("left out"))
	})
})

var _ = Describe("GitHub annotations", func() {
	lines := func(text, prefix string) []string {
		return slices.DeleteFunc(strings.Split(text, "\n"), func(line string) bool { return !strings.HasPrefix(line, prefix) })
	}

	It("keep to what is shown of a step: ten errors and ten warnings, the last of which counts the rest", func() {
		r := many(25, failure())
		warning := sample().Sections[0].Results[2]
		r.Sections[0].Results = append(r.Sections[0].Results, slices.Repeat([]checks.Result{warning}, 11)...)
		// What the counts say is no matter: the report may be cut off.
		r.Counts = checks.Counts{}
		text := written(report.GitHub, r)
		Expect(lines(text, "::error ")).To(HaveLen(10))
		Expect(lines(text, "::error ")[9]).To(ContainSubstring("and 16 more"))
		Expect(lines(text, "::warning ")).To(HaveLen(10))
		Expect(lines(text, "::warning ")[9]).To(ContainSubstring("and 2 more"))
	})

	It("show all ten of ten", func() {
		text := written(report.GitHub, many(10, failure()))
		Expect(lines(text, "::error ")).To(HaveLen(10))
		Expect(text).NotTo(ContainSubstring("more: see"))
	})

	It("begin with what explains each section's verdict", func() {
		r := many(25, failure())
		r.Sections[0].Verdict.Cause = "other.problem"
		second := late().Sections[0]
		second.Name = "the second"
		r.Sections = append(r.Sections, second)
		Expect(lines(written(report.GitHub, r), "::error ")[0]).To(ContainSubstring("the second"))
	})

	It("start no workflow command with an app's words", func() {
		r := sample()
		r.Sections[0].Name = "::add-mask::x"
		r.Sections[0].Verdict.Summary = "##[error]x ::error::x"
		text := written(report.GitHub, r)
		Expect(text).NotTo(ContainSubstring("##["))
		Expect(lines(text, "::add-mask")).To(BeEmpty())
	})
})

var _ = Describe("the Markdown report", func() {
	It("is not cut where it fits", func() {
		text := written(report.Markdown, sample())
		Expect(text).To(ContainSubstring("All 5 questions"))
		Expect(text).NotTo(ContainSubstring("was cut"))
	})

	It("leaves the room of a job summary, and says that it was cut", func() {
		text := written(report.Markdown, many(10_000, failure()))
		Expect(len(text)).To(And(BeNumerically("<=", 900_000), BeNumerically(">", 800_000)))
		Expect(text).To(HaveSuffix("longer than a job summary may be.\n"))
		Expect(strings.Count(text, "<details>")).To(Equal(strings.Count(text, "</details>")))
	})

	It("shows the sections that are most wrong where there is no room for all", func() {
		r := healthy()
		for n := range 4000 {
			s := healthy().Sections[0]
			s.Name = fmt.Sprintf("https://bot.example.com/%d", n)
			r.Sections = append(r.Sections, s)
		}
		last := late().Sections[0]
		r.Sections = append(r.Sections, last)
		text := written(report.Markdown, r)
		Expect(len(text)).To(BeNumerically("<=", 900_000))
		Expect(text).To(HavePrefix("### ✗ " + last.Verdict.Summary))
	})

	It("has no end of code in a name", func() {
		r := sample()
		r.Sections[0].Name = "a `b` @here"
		Expect(written(report.Markdown, r)).To(ContainSubstring("`a 'b' @here`"))
	})
})
