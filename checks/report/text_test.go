package report_test

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/checks/report"
)

func textOf(r checks.Report, o report.TextOptions) string {
	GinkgoHelper()
	var b strings.Builder
	Expect(report.Text(&b, r, o)).To(Succeed())
	return b.String()
}

// looks are the ways in which a text report is shown.
var looks = map[string]report.TextOptions{
	"":           {},
	"narrow":     {Width: 60},
	"color":      {Color: true},
	"ascii":      {ASCII: true},
	"accessible": {ASCII: true, Accessible: true},
}

// goldens are the looks that are kept of each meeting, beside the plain one.
var goldens = map[string][]string{
	"healthy": {"color", "accessible"}, "chain-incomplete": {"narrow", "color", "ascii", "accessible"},
	"late": {"narrow", "color", "ascii", "accessible"}, "localhost": {"narrow", "accessible"},
	"inconclusive": {"ascii"}, "several": {"narrow", "color", "ascii", "accessible"}, "expired": {"ascii"},
	"manifest": {"narrow", "accessible"}, "delivered": {"narrow", "accessible"}, "delivery-late": {"ascii"},
}

var _ = Describe("the text report", func() {
	for name, r := range meetings() {
		for _, look := range append([]string{""}, goldens[name]...) {
			file := strings.TrimSuffix(name+"-"+look, "-") + ".txt"
			It("looks as in "+file, func() {
				Expect(checkstest.Golden(filepath.Join("testdata", "text", file), textOf(r, looks[look]))).To(Succeed())
			})
		}
	}

	It("has no golden file that nothing writes", func() {
		files, err := os.ReadDir(filepath.Join("testdata", "text"))
		Expect(err).NotTo(HaveOccurred())
		n := len(meetings())
		for _, more := range goldens {
			n += len(more)
		}
		Expect(files).To(HaveLen(n))
	})

	It("has no line that is wider than the terminal", func() {
		for name, r := range meetings() {
			for width := 40; width <= 200; width++ {
				if width <= 110 || width%5 == 0 {
					fits(name, r, report.TextOptions{Width: width})
				}
				if width%5 == 0 {
					fits(name, r, report.TextOptions{Width: width, ASCII: true})
					fits(name, r, report.TextOptions{Width: width, ASCII: true, Accessible: true})
				}
			}
		}
	})

	It("says the same with colours as without", func() {
		for _, r := range meetings() {
			Expect(uncolored(textOf(r, report.TextOptions{Color: true}))).To(Equal(textOf(r, report.TextOptions{})))
		}
	})

	It("has no space at the end of a line", func() {
		for _, r := range meetings() {
			for line := range strings.Lines(textOf(r, report.TextOptions{})) {
				Expect(line).NotTo(MatchRegexp(`[ \t]\n$`))
			}
		}
	})

	It("holds nothing that a terminal would obey, wherever it came from", func() {
		for _, r := range meetings() {
			for _, look := range []string{"", "narrow", "ascii", "accessible"} {
				text := textOf(r, looks[look])
				Expect(utf8.ValidString(text)).To(BeTrue())
				Expect(strings.ContainsFunc(text, disobedient)).To(BeFalse(), "%q", text)
			}
		}
	})

	It("is ASCII where that is wanted", func() {
		for _, name := range slices.Sorted(maps.Keys(meetings())) {
			if name == "hostile" {
				continue
			}
			text := textOf(meetings()[name], looks["ascii"])
			Expect(strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII })).To(Equal(-1), text)
		}
	})

	It("names the exit status that warnings have with --fail-on warn", func() {
		Expect(textOf(coldStart(), report.TextOptions{})).To(ContainSubstring("exit status 0"))
		Expect(textOf(coldStart(), report.TextOptions{FailOnWarn: true})).To(ContainSubstring("exit status 1"))
	})

	It("says nothing of a run without a target", func() {
		Expect(textOf(reportOf(), report.TextOptions{})).To(BeEmpty())
	})

	It("returns the error of who takes it", func() {
		Expect(report.Text(broken{}, healthy(), report.TextOptions{})).To(MatchError(io.ErrShortWrite))
		Expect(report.JSON(broken{}, healthy())).To(MatchError(io.ErrShortWrite))
	})
})

// fits fails for a line that is too wide.
func fits(name string, r checks.Report, o report.TextOptions) {
	GinkgoHelper()
	for line := range strings.Lines(textOf(r, o)) {
		if report.ColumnsOf(strings.TrimSuffix(line, "\n")) > o.Width {
			Fail(fmt.Sprintf("%s is wider than %d:\n%s", name, o.Width, line))
		}
	}
}

// disobedient characters change what a terminal shows.
func disobedient(r rune) bool {
	return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// uncolored takes the colours out again.
func uncolored(text string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "\x1b[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, text, _ = strings.Cut(after, "m")
	}
}

// broken takes nothing.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

var _ = Describe("the text report of several deliveries", func() {
	It("is written where a report that is read back lacks what was exchanged", func() {
		for _, evidence := range []*checks.Evidence{nil, {}} {
			r := deliveries()
			r.Sections[0].Results[0].Evidence = evidence
			Expect(textOf(r, report.TextOptions{})).To(ContainSubstring("monday.json"))
		}
	})
})
