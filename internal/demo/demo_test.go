package demo_test

import (
	"context"
	"net"
	"net/url"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gleak"

	"belay/internal/demo"
	"belay/simulator/payload"
)

var _ = Describe("Start", func() {
	It("says which fault it does not know", func() {
		_, err := demo.Start(demo.Options{Fault: "gremlins"})
		Expect(err).To(MatchError(demo.ErrUnknownFault))
		Expect(err).To(MatchError(ContainSubstring(`"gremlins"`)))
	})

	DescribeTable("listens on the address given", func(fault string) {
		app := start(demo.Options{Fault: fault})
		again := app.Address
		app.Close()
		Expect(start(demo.Options{Fault: fault, Address: again}).Address).To(Equal(again))
	},
		Entry("healthy", ""),
		Entry("refusing", "refused"),
	)

	It("refuses an address that others can reach", func() {
		_, err := demo.Start(demo.Options{Address: "0.0.0.0:0"})
		Expect(err).To(MatchError(ContainSubstring("is not a loopback address")))
	})

	It("says that the address is taken", func() {
		app := start(demo.Options{})
		for _, fault := range []string{"", "refused"} {
			_, err := demo.Start(demo.Options{Fault: fault, Address: app.Address})
			Expect(err).To(MatchError(ContainSubstring("address already in use")))
		}
	})

	It("leads to the app from the public name of its URLs", func() {
		app := start(demo.Options{})
		for _, address := range []string{app.Commands, app.Events} {
			u, err := url.Parse(address)
			Expect(err).NotTo(HaveOccurred())
			Expect(u.Hostname()).To(Equal("deploy-bot.belay.example"))
			Expect(net.JoinHostPort(app.Resolve[u.Host].String(), u.Port())).To(Equal(app.Address))
		}
		Expect(app.DNS).To(BeEmpty())
	})
})

var _ = Describe("Close", func() {
	leavesNothing := func(fault string) {
		before := gleak.Goroutines()
		app, err := demo.Start(demo.Options{Fault: fault, Deadline: deadline})
		Expect(err).NotTo(HaveOccurred())
		_ = unknown(app, payload.Forged)
		app.Close()
		app.Close()
		Expect(dial(app.Address)).To(MatchError(ContainSubstring("connection refused")))
		for hostPort, address := range app.Resolve {
			_, port, err := net.SplitHostPort(hostPort)
			Expect(err).NotTo(HaveOccurred())
			Expect(dial(net.JoinHostPort(address.String(), port))).NotTo(Succeed())
		}
		if app.DNS != "" {
			conn, err := net.ListenPacket("udp", app.DNS)
			Expect(err).NotTo(HaveOccurred())
			Expect(conn.Close()).To(Succeed())
		}
		Eventually(gleak.Goroutines).ShouldNot(gleak.HaveLeaked(before))
	}
	entries := []TableEntry{Entry("healthy", "")}
	for _, f := range demo.Faults() {
		entries = append(entries, Entry(f.Name, f.Name))
	}
	DescribeTable("leaves nothing running", leavesNothing, entries)

	DescribeTable("ends requests that wait", func(fault, handler string) {
		app := start(demo.Options{Fault: fault})
		d := delivery(app, payload.Command, payload.Scene{Command: app.Command})
		asked := make(chan payload.Answer, 1)
		go func() { asked <- client(app).Send(context.Background(), d) }()
		Eventually(gleak.Goroutines).Should(ContainElement(
			HaveField("Backtrace", ContainSubstring("belay/internal/demo."+handler))))
		app.Close()
		var answer payload.Answer
		Eventually(asked).Should(Receive(&answer))
		Expect(answer.Answered()).To(BeFalse())
		Expect(answer.GaveUp).To(BeFalse())
	},
		Entry("for the work", "slow", "slow"),
		Entry("for ever", "never", "never"),
		Entry("for the boot", "cold-start", "coldStart"),
	)
})
