package clock_test

import (
	"context"
	"fmt"
	"sync"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/clock"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

var _ = Describe("a clock", func() {
	It("tells the machine's time when it is nil or new", func() {
		var none *clock.Clock
		Expect(none.Now()).To(BeTemporally("~", time.Now(), time.Second))
		Expect((&clock.Clock{}).Now()).To(BeTemporally("~", time.Now(), time.Second))
	})

	It("stands where it was set, and is turned forward and back", func() {
		c := clock.At(noon)
		Expect(c.Now()).To(Equal(noon))
		c.Advance(6 * time.Minute)
		Expect(c.Now()).To(Equal(noon.Add(6 * time.Minute)))
		c.Advance(-7 * time.Minute)
		Expect(c.Now()).To(Equal(noon.Add(-time.Minute)))
	})

	It("is turned while it runs", func() {
		c := &clock.Clock{}
		c.Advance(time.Hour)
		Expect(c.Now()).To(BeTemporally("~", time.Now().Add(time.Hour), time.Second))
	})

	It("runs fast from where it was set", func() {
		c := clock.At(noon)
		c.Speed = 1e6
		Expect(c.Now()).To(BeTemporally("~", noon, time.Hour))
		Eventually(c.Now).Should(BeTemporally(">", noon.Add(time.Hour)))
	})

	It("changes its speed without a jump, and its timers with it", func() {
		c := clock.At(noon)
		c.Advance(time.Minute)
		day := c.After(24 * time.Hour)
		c.SetSpeed(1e6)
		Expect(c.Stretch(time.Millisecond)).To(Equal(1000 * time.Second))
		Expect(c.Now()).To(BeTemporally(">=", noon.Add(time.Minute)))
		Eventually(day).Should(Receive())
		c.SetSpeed(0)
		Expect(c.Stretch(time.Second)).To(Equal(time.Second))
		stands := c.Now()
		Expect(stands).To(BeTemporally(">=", noon.Add(24*time.Hour+time.Minute)))
		Expect(c.Now()).To(Equal(stands))

		running := &clock.Clock{}
		running.Advance(time.Hour)
		running.SetSpeed(2)
		Expect(running.Now()).To(BeTemporally("~", time.Now().Add(time.Hour), time.Minute))
		var none *clock.Clock
		none.SetSpeed(60)
		Expect(none.Stretch(time.Second)).To(Equal(time.Second))
	})

	It("tells how long the machine's time lasts on it", func() {
		fast := clock.At(noon)
		fast.Speed = 60
		Expect(fast.Stretch(3 * time.Second)).To(Equal(3 * time.Minute))
		Expect(clock.At(noon).Stretch(3 * time.Second)).To(Equal(3 * time.Second))
		var none *clock.Clock
		Expect(none.Stretch(3 * time.Second)).To(Equal(3 * time.Second))
		Expect(none.Elapsed(time.Now())).To(BeNumerically("~", 0, time.Second))
	})

	It("tells how much time an app took", func() {
		c := clock.At(noon)
		c.Advance(3 * time.Second)
		Expect(c.Elapsed(noon)).To(Equal(3 * time.Second))
		fast := &clock.Clock{Speed: 1e6}
		began := fast.Now()
		Expect(fast.Elapsed(began)).To(BeNumerically("<", time.Minute))
	})
})

var _ = Describe("timers", func() {
	It("fire in their order, each at its own time", func() {
		c := clock.At(noon)
		var order []string
		for i, after := range []time.Duration{5 * time.Minute, time.Minute, 9 * time.Minute, time.Minute} {
			c.AfterFunc(after, func() { order = append(order, fmt.Sprintf("%d at %s", i, c.Now().Sub(noon))) })
		}
		c.Advance(6 * time.Minute)
		Expect(order).To(Equal([]string{"1 at 1m0s", "3 at 1m0s", "0 at 5m0s"}))
		Expect(c.Now()).To(Equal(noon.Add(6 * time.Minute)))
		Expect(c.Waiting()).To(Equal(1))
	})

	It("fire within the same turn when they are set by one another", func() {
		c := clock.At(noon)
		var seen []time.Duration
		var again func()
		again = func() {
			seen = append(seen, c.Now().Sub(noon))
			c.AfterFunc(10*time.Second, again)
		}
		c.AfterFunc(10*time.Second, again)
		c.Advance(35 * time.Second)
		Expect(seen).To(Equal([]time.Duration{10 * time.Second, 20 * time.Second, 30 * time.Second}))
	})

	It("do not fire once they are stopped", func() {
		c := clock.At(noon)
		t := c.NewTimer(time.Minute)
		Expect(t.Stop()).To(BeTrue())
		Expect(t.Stop()).To(BeFalse())
		c.Advance(time.Hour)
		Expect(t.C).NotTo(Receive())
	})

	It("fire at once when nothing is left to wait for", func() {
		Expect(clock.At(noon).After(0)).To(Receive(Equal(noon)))
		called := make(chan bool, 1)
		clock.At(noon).AfterFunc(-time.Second, func() { called <- true })
		Eventually(called).Should(Receive())
	})

	It("wait on when the clock is turned back", func() {
		c := clock.At(noon)
		t := c.NewTimer(time.Minute)
		c.Advance(-time.Hour)
		c.Advance(time.Hour)
		Expect(t.C).NotTo(Receive())
		c.Advance(time.Minute)
		Expect(t.C).To(Receive())
	})

	DescribeTable("fire on a clock that runs", func(c *clock.Clock, d time.Duration) {
		slow, fast := c.After(d), c.After(time.Nanosecond)
		Eventually(fast).Should(Receive())
		Eventually(slow).Should(Receive())
		Expect(c.Waiting()).To(BeZero())
	},
		Entry("as the machine's does", &clock.Clock{}, 2*time.Millisecond),
		Entry("a million times as fast", &clock.Clock{Speed: 1e6}, time.Hour),
		Entry("being nil", nil, 2*time.Millisecond),
	)

	It("fire at once when a running clock is turned", func() {
		c := &clock.Clock{}
		hour := c.After(time.Hour)
		c.Advance(time.Hour)
		Expect(hour).To(Receive())
	})

	It("are used from many goroutines while others turn the clock", func() {
		for _, c := range []*clock.Clock{clock.At(noon), {}, {Speed: 1e6}} {
			var all sync.WaitGroup
			for range 50 {
				all.Go(func() {
					fires, stopped := c.NewTimer(time.Minute), c.NewTimer(time.Minute)
					stopped.Stop()
					c.Advance(time.Minute)
					<-fires.C
				})
			}
			all.Wait()
			Expect(c.Waiting()).To(BeZero())
		}
	})
})

var _ = Describe("a context with a timeout", func() {
	It("ends when its time has passed on the clock, and so do those derived from it", func() {
		c := clock.At(noon)
		ctx, cancel := c.WithTimeout(context.Background(), 3*time.Second)
		defer cancel()
		derived, stop := context.WithTimeout(ctx, time.Hour)
		defer stop()
		c.Advance(2999 * time.Millisecond)
		Expect(ctx.Err()).NotTo(HaveOccurred())
		c.Advance(time.Millisecond)
		Expect(ctx.Err()).To(MatchError(context.DeadlineExceeded))
		Eventually(derived.Done()).Should(BeClosed())
		Expect(derived.Err()).To(MatchError(context.DeadlineExceeded))
	})

	It("ends with its parent, which is another end", func() {
		c := clock.At(noon)
		parent, end := context.WithCancel(context.Background())
		ctx, cancel := c.WithTimeout(parent, 3*time.Second)
		defer cancel()
		end()
		Eventually(ctx.Done()).Should(BeClosed())
		c.Advance(time.Minute)
		Expect(ctx.Err()).To(MatchError(context.Canceled))
	})

	It("leaves no timer behind", func() {
		c := clock.At(noon)
		_, cancel := c.WithTimeout(context.Background(), 3*time.Second)
		cancel()
		Expect(c.Waiting()).To(BeZero())
	})
})
