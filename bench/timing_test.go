package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

var _ = Describe("Runs in turn", func() {
	It("alternate, after one of each that does not count", func() {
		log := filepath.Join(GinkgoT().TempDir(), "log")
		says := func(word string) program {
			return program{path: "/bin/sh", args: []string{"-c", "echo " + word + " >> " + log}}
		}
		m, err := inTurn(context.Background(), 2, says("a"), says("b"))
		Expect(err).NotTo(HaveOccurred())
		Expect(m.belay).To(HaveLen(2))
		Expect(m.against).To(HaveLen(2))
		order, err := os.ReadFile(log)
		Expect(err).NotTo(HaveOccurred())
		Expect(strings.Fields(string(order))).To(Equal([]string{"a", "b", "a", "b", "a", "b"}))
	})

	It("end with the first program that fails, and with its words", func() {
		broken := program{path: "/bin/sh", args: []string{"-c", "echo no such luck; exit 3"}}
		_, err := inTurn(context.Background(), 2, broken, broken)
		Expect(err).To(MatchError(ContainSubstring("no such luck")))
	})
})

var _ = Describe("Runs in the process", func() {
	It("alternate, each the mean of many", func() {
		var order []string
		says := func(word string) func() error { return always(func() { order = append(order, word) }) }
		m, err := inProcess(context.Background(), 1, 2, says("a"), says("b"))
		Expect(err).NotTo(HaveOccurred())
		Expect(m.belay).To(HaveLen(1))
		Expect(m.against).To(HaveLen(1))
		Expect(order).To(Equal([]string{"a", "a", "b", "b", "a", "a", "b", "b"}))
	})

	It("end with the first that fails", func() {
		_, err := inProcess(context.Background(), 1, 2, func() error { return errMissed }, always(func() {}))
		Expect(err).To(MatchError(errMissed))
	})
})

var _ = DescribeTable("The median",
	func(values []float64, middle float64) { Expect(median(values)).To(Equal(middle)) },
	Entry("is the value in the middle", []float64{3, 1, 2}, 2.0),
	Entry("is between the two in the middle", []float64{4, 1, 2, 9}, 3.0),
	Entry("is nothing of nothing", nil, 0.0),
)
