package simulator_test

import (
	"context"
	"errors"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
)

var _ = Describe("following the record", func() {
	It("tells past and coming entries until the server closes", func() {
		s := start(simulator.Options{})
		ask("POST", s.API()+"auth.test", form, "", "")
		told := make(chan simulator.Entry, 10)
		ended := make(chan error, 1)
		go func() {
			ended <- s.Follow(context.Background(), 0, func(e simulator.Entry) error { told <- e; return nil })
		}()
		ask("POST", s.API()+"views.open", form, "", "")
		var first, second simulator.Entry
		Eventually(told).Should(Receive(&first))
		Eventually(told).Should(Receive(&second))
		Expect([]string{first.Call.API, second.Call.API}).To(Equal([]string{"auth.test", "views.open"}))
		Expect(s.LastEntry()).To(Equal(second.ID))
		Expect(s.Close()).To(Succeed())
		Eventually(ended).Should(Receive(BeNil()))
	})

	It("ends with the context, and with the first error", func() {
		s := start(simulator.Options{})
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		Expect(s.Follow(ctx, 0, nil)).To(MatchError(context.Canceled))
		ask("POST", s.API()+"auth.test", form, "", "")
		enough := errors.New("enough")
		Expect(s.Follow(context.Background(), 0, func(simulator.Entry) error { return enough })).To(MatchError(enough))
	})
})
