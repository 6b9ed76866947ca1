package report_test

import (
	"encoding/json"
	"strings"
	"unicode"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/checkstest"
	"belay/checks/report"
)

func jsonOf(r checks.Report) string {
	GinkgoHelper()
	return written(report.JSON, r)
}

var _ = Describe("the JSON report", func() {
	It("looks as it should", func() {
		Expect(checkstest.Golden("testdata/report.json", jsonOf(chainIncomplete()))).To(Succeed())
	})

	It("is equal after it was read back", func() {
		for name, r := range meetings() {
			text := jsonOf(r)
			var back checks.Report
			Expect(json.Unmarshal([]byte(text), &back)).To(Succeed())
			Expect(jsonOf(back)).To(MatchJSON(text), name)
		}
	})

	It("escapes what a terminal would obey, and means the same", func() {
		text := jsonOf(hostileReport())
		Expect(strings.ContainsFunc(text, func(r rune) bool {
			return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf)
		})).To(BeFalse(), "%q", text)
		var back checks.Report
		Expect(json.Unmarshal([]byte(text), &back)).To(Succeed())
		Expect(back.Sections[0].Name).To(Equal(string([]rune(evil))))
	})

	It("keeps a duration to the microsecond", func() {
		for _, d := range []checks.Millis{0, ms(0.001), ms(1.001), ms(4003.999), ms(29.0000004)} {
			text, err := json.Marshal(d)
			Expect(err).NotTo(HaveOccurred())
			var back checks.Millis
			Expect(json.Unmarshal(text, &back)).To(Succeed())
			again, err := json.Marshal(back)
			Expect(err).NotTo(HaveOccurred())
			Expect(again).To(Equal(text))
		}
	})
})
