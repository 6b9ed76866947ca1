package main

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

var _ = Describe("A figure", func() {
	It("is the ratio of two medians, held to its target", func() {
		f := figure{name: "f", against: "another", atMost: 2}
		m := measurement{belay: []float64{9, 100, 10}, against: []float64{5, 4, 0.1}}
		Expect(f.judge(m).Value).To(Equal(2.5))
		Expect(f.judge(m).OK).To(BeFalse())
		f.atMost = 2.5
		Expect(f.judge(m).OK).To(BeTrue())
	})

	It("is an amount where there is nothing to compare with", func() {
		f := figure{name: "f", atMost: 16}
		Expect(f.judge(measurement{belay: []float64{12}}).Value).To(Equal(12.0))
	})

	It("has a name of its own, a target and words", func() {
		seen := map[string]bool{}
		for _, f := range figures() {
			Expect(seen).NotTo(HaveKey(f.name))
			seen[f.name] = true
			Expect(f.belay).NotTo(BeEmpty(), f.name)
			Expect(f.unit).NotTo(BeEmpty(), f.name)
			Expect(f.atMost).To(BeNumerically(">", 0), f.name)
		}
	})
})
