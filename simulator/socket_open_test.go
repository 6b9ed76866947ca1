package simulator_test

import (
	"context"
	"net/http"
	"strings"

	"github.com/coder/websocket"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
)

var _ = Describe("apps.connections.open", func() {
	DescribeTable("takes an app-level token in the header only",
		func(method, query, contentType, body, token, answer, problem string) {
			s := start(simulator.Options{AppToken: "xapp-1-A1-1-abc"})
			Expect(ask(method, s.API()+"apps.connections.open"+query, contentType, body, token)).To(MatchJSON(`{"ok":false,"error":"` + answer + `"}`))
			Expect(s.Calls()[0].Error).To(Equal(answer))
			Expect(strings.Join(problems(s), " ")).To(Equal(problem))
		},
		Entry("not by GET", "GET", "", "", "", "Bearer xapp-1-A1-1-abc", "insecure_request", ""),
		Entry("not without a token", "POST", "", form, "", "", "not_authed", ""),
		Entry("not as a form field", "POST", "", form, "token=xapp-1-A1-1-abc", "", "invalid_auth", "api.token-place"),
		Entry("not in JSON", "POST", "", "application/json", `{"token":"xapp-1-A1-1-abc"}`, "", "not_authed", "api.token-place"),
		Entry("not in the query", "POST", "?token=xapp-1-A1-1-abc", form, "", "", "not_authed", "api.token-place"),
		Entry("not after another word", "POST", "", form, "", "bearer xapp-1-A1-1-abc", "not_authed", ""),
		Entry("not a bot's token", "POST", "", form, "", "Bearer xoxb-1", "not_allowed_token_type", "api.wrong-token-kind"),
		Entry("not a user's token", "POST", "", form, "", "Bearer xoxp-1", "not_allowed_token_type", "api.wrong-token-kind"),
		Entry("not another app's token", "POST", "", form, "", "Bearer xapp-1-A2-1-abc", "invalid_auth", ""),
		Entry("not rubbish", "POST", "", form, "", "Bearer hunter2", "invalid_auth", ""),
	)

	It("gives an address that can be used once", func() {
		s := start(simulator.Options{AppID: "A1"})
		address := ticket(s)
		Expect(address).To(MatchRegexp(`^ws://127\.0\.0\.1:\d+/link/\?ticket=[A-Z0-9]{26}&app_id=A1$`))
		open(address)
		_, w, err := websocket.Dial(context.Background(), address, nil)
		Expect(err).To(HaveOccurred())
		Expect(w.StatusCode).To(Equal(404))
		answer := string(s.Calls()[0].Answer)
		Expect(answer).To(ContainSubstring("ticket=[redacted]"))
	})

	It("answers an error while Socket Mode is switched off", func() {
		s := start(simulator.Options{})
		open := func() string { return ask("POST", s.API()+"apps.connections.open", form, "", "Bearer xapp-1-A1-1-abc") }
		first, second := connect(s), connect(s)
		counted(s, 2)
		s.Sockets()[0].Disconnect(simulator.LinkDisabled)
		Eventually(first.ended).Should(Receive())
		Expect(open()).To(MatchJSON(`{"ok":false,"error":"forbidden_team"}`))
		Expect(ask("POST", s.API()+"apps.connections.open", form, "", "Bearer hunter2")).To(ContainSubstring("invalid_auth"), "a wrong token is told first")

		s.SwitchSocketMode(true)
		Expect(open()).To(ContainSubstring(`"ok":true`))
		s.SwitchSocketMode(false)
		Eventually(second.ended).Should(Receive())
		Expect(open()).To(ContainSubstring("forbidden_team"))
		Expect(problems(s)).To(BeEmpty())
	})

	It("keeps no more than a thousand tickets", func() {
		s := start(simulator.Options{})
		first, second := ticket(s), ticket(s)
		for range 999 {
			ticket(s)
		}
		_, _, err := websocket.Dial(context.Background(), first, nil)
		Expect(err).To(HaveOccurred())
		open(second)
	})

	It("wants a WebSocket at its address, with a key", func() {
		s := start(simulator.Options{})
		address := strings.Replace(ticket(s), "ws:", "http:", 1)
		w, err := http.Get(address)
		Expect(err).NotTo(HaveOccurred())
		Expect(w.Body.Close()).To(Succeed())
		Expect(w.StatusCode).To(Equal(http.StatusUpgradeRequired))

		r, _ := http.NewRequest("GET", address, nil)
		r.Header.Set("Upgrade", "websocket")
		w, err = http.DefaultClient.Do(r)
		Expect(err).NotTo(HaveOccurred())
		Expect(w.Body.Close()).To(Succeed())
		Expect(w.StatusCode).To(Equal(400))
	})
})
