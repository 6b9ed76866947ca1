package report_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"go.yaml.in/yaml/v4"

	"belay/checks"
	"belay/checks/report"
)

// A point is a test point of a TAP stream.
type point struct {
	ok          bool
	description string
	// directive is skip, todo or "", and reason what follows it.
	directive, reason string
	diagnostics       map[string]any
}

// A stream is what a TAP reader makes of a report.
type stream struct {
	planned int
	points  []point
	bailed  string
}

var (
	tapPlan      = regexp.MustCompile(`^1\.\.(\d+)(?: # (.+))?$`)
	tapPoint     = regexp.MustCompile(`^(not )?ok (\d+) - (.*)$`)
	tapDirective = regexp.MustCompile(`(?i)^(skip|todo)\S*(?:\s+(.*))?$`)
)

// readTAP reads a stream as strictly as the specification has it, and takes nothing
// that it leaves undefined: no line that is not one of the protocol's.
func readTAP(text string) (stream, error) {
	s := stream{planned: -1}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if lines[0] != "TAP version 14" {
		return s, fmt.Errorf("line 1 is %q", lines[0])
	}
	for n := 1; n < len(lines); n++ {
		line := lines[n]
		var err error
		switch {
		case s.bailed != "":
			err = fmt.Errorf("after Bail out!")
		case strings.HasPrefix(line, "# ") && !strings.HasPrefix(line, "# Subtest"):
		case strings.HasPrefix(line, "Bail out!"):
			s.bailed = line
		case tapPlan.MatchString(line) && s.planned < 0:
			s.planned, err = strconv.Atoi(tapPlan.FindStringSubmatch(line)[1])
		case tapPoint.MatchString(line):
			err = s.point(tapPoint.FindStringSubmatch(line))
		case line == "  ---" && len(s.points) > 0 && s.points[len(s.points)-1].diagnostics == nil:
			var block []string
			for n++; n < len(lines) && lines[n] != "  ..."; n++ {
				block = append(block, strings.TrimPrefix(lines[n], "  "))
			}
			err = yaml.Unmarshal([]byte(strings.Join(block, "\n")), &s.points[len(s.points)-1].diagnostics)
		default:
			err = fmt.Errorf("it is no line of TAP")
		}
		if err != nil {
			return s, fmt.Errorf("line %d, %q: %w", n+1, line, err)
		}
	}
	if len(s.points) != s.planned {
		return s, fmt.Errorf("%d points were planned, there are %d", s.planned, len(s.points))
	}
	return s, nil
}

func (s *stream) point(match []string) error {
	if n, _ := strconv.Atoi(match[2]); n != len(s.points)+1 {
		return fmt.Errorf("the point is not the next")
	}
	p := point{ok: match[1] == ""}
	// An unescaped # begins a directive, and \\ and \# are the only escapes.
	var b strings.Builder
	rest := match[3]
	for len(rest) > 0 {
		switch {
		case strings.HasPrefix(rest, `\\`), strings.HasPrefix(rest, `\#`):
			b.WriteByte(rest[1])
			rest = rest[2:]
			continue
		case rest[0] == '\\':
			return fmt.Errorf("a backslash escapes nothing")
		case rest[0] == '#':
			directive := tapDirective.FindStringSubmatch(strings.TrimSpace(rest[1:]))
			if directive == nil {
				return fmt.Errorf("a # begins no directive")
			}
			p.directive, p.reason = strings.ToLower(directive[1]), directive[2]
			rest = ""
			continue
		}
		b.WriteByte(rest[0])
		rest = rest[1:]
	}
	p.description = strings.TrimSpace(b.String())
	s.points = append(s.points, p)
	return nil
}

func tapOf(r checks.Report) stream {
	GinkgoHelper()
	s, err := readTAP(written(report.TAP, r))
	Expect(err).NotTo(HaveOccurred())
	return s
}

var _ = Describe("the TAP report", func() {
	It("has a point for each result: a failure is not ok, what was not told is skipped", func() {
		s := tapOf(sample())
		Expect(s.points).To(HaveLen(5))
		for n, want := range []struct {
			ok        bool
			directive string
		}{{true, ""}, {false, ""}, {true, ""}, {true, "skip"}, {true, "skip"}} {
			Expect(s.points[n].ok).To(Equal(want.ok), "%d", n)
			Expect(s.points[n].directive).To(Equal(want.directive), "%d", n)
		}
		Expect(s.points[0].description).To(Equal("tcp.connect: something listens at the address"))
		Expect(s.points[3].reason).To(Equal("inconclusive: the answers do not tell"))
	})

	It("says in its YAML what was found, where, and the fix", func() {
		d := tapOf(sample()).points[1].diagnostics
		Expect(d).To(HaveKeyWithValue("status", "fail"))
		Expect(d).To(HaveKeyWithValue("problem", "ack.timeout"))
		Expect(d).To(HaveKeyWithValue("fix", "Answer first."))
		Expect(d).To(HaveKeyWithValue("slack_shows", "operation_timeout (confirmed)"))
		Expect(d).To(HaveKeyWithValue("at", HaveKeyWithValue("line", 12)))
		Expect(d).To(HaveKeyWithValue("duration_ms", 4100))
		Expect(tapOf(sample()).points[2].diagnostics).To(HaveKeyWithValue("status", "warn"))
	})

	It("does not take an app's words for a directive, a point or a subtest", func() {
		r := sample()
		s := &r.Sections[0]
		s.Name = "Subtest: x\nok 1"
		for n := range s.Results {
			s.Results[n].Title = `gone \ # TODO later` + "\nok 7"
			s.Results[n].Reason = "x # TODO y\n  ---\n  ..."
			s.Results[n].Saw = "  ...\nnot ok 9\n"
		}
		points := tapOf(r).points
		Expect(points[0].description).To(Equal(`tcp.connect: gone \ # TODO later ok 7`))
		Expect(points[0].directive).To(BeEmpty())
		Expect(points[4].directive).To(Equal("skip"))
	})

	It("names the section of each point where there are several", func() {
		for _, p := range tapOf(several()).points {
			Expect(p.description).To(HaveSuffix(")"))
		}
	})

	It("bails out of a run that was interrupted", func() {
		Expect(tapOf(interrupted()).bailed).To(HavePrefix("Bail out! Interrupted"))
	})

	It("is one that holds nothing where nothing was asked", func() {
		Expect(tapOf(checks.Report{}).planned).To(BeZero())
	})

	It("can be read whatever is in the report", func() {
		for name, r := range meetings() {
			_, err := readTAP(written(report.TAP, r))
			Expect(err).NotTo(HaveOccurred(), name)
		}
	})
})
