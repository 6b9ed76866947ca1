package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

var _ = Describe("The report of the figures", func() {
	missed := []outcome{{Name: "slow", Belay: "it", Against: "that", Unit: "ms", Value: 9, AtMost: 8, BelayMedian: 9, AgainstMedian: 1}}

	It("says what was missed, which is no error", func() {
		var out bytes.Buffer
		Expect(report(&out, options{}, missed)).To(Succeed())
		Expect(out.String()).To(MatchRegexp(`slow +9\.00× +≤ 8× +MISSED +9\.0 ms +1\.0 ms +it / that`))
	})

	It("fails for it under -gate, once everything is written", func() {
		var out bytes.Buffer
		file := filepath.Join(GinkgoT().TempDir(), "bench.json")
		Expect(report(&out, options{gate: true, json: file}, missed)).To(MatchError(errMissed))
		text, err := os.ReadFile(file)
		Expect(err).NotTo(HaveOccurred())
		var r record
		Expect(json.Unmarshal(text, &r)).To(Succeed())
		Expect(r.Figures).To(Equal(missed))
	})
})
