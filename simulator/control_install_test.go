package simulator_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/webapi"
)

var _ = Describe("an app's installation by the control API", func() {
	var s *simulator.Server
	var told chan string
	open := func(change ...func(*webapi.SeedApp)) {
		told = make(chan string, 10)
		options := simulator.Options{Seed: uninstalled(append(change, func(a *webapi.SeedApp) { a.BotScopes = []string{"chat:write"} })...)}
		bot(&options, func(_ http.ResponseWriter, _ string, fields map[string]any) {
			if event, ok := fields["event"].(map[string]any); ok {
				told <- fmt.Sprint(event["type"])
			}
		})
		s = controlled(options)
	}
	do := func(what, body string) (answer simulator.AppAnswer) {
		GinkgoHelper()
		Expect(json.Unmarshal([]byte(control(s, "POST", "act/"+what, body)), &answer)).To(Succeed())
		return answer
	}
	installed := func() (answer simulator.InstallAnswer) {
		GinkgoHelper()
		Expect(json.Unmarshal([]byte(control(s, "POST", "act/install", "{}")), &answer)).To(Succeed())
		Expect(answer.Installed).To(BeTrue())
		return answer
	}
	test := func(token string) string {
		GinkgoHelper()
		w, err := http.PostForm(s.API()+"auth.test", url.Values{"token": {token}})
		Expect(err).NotTo(HaveOccurred())
		defer w.Body.Close()
		answer, err := io.ReadAll(w.Body)
		Expect(err).NotTo(HaveOccurred())
		return string(answer)
	}

	It("goes as by a button, and is undone by a member", func() {
		open()
		token := installed().BotToken
		Expect(test(token)).To(ContainSubstring(`"ok":true`))
		Expect(do("uninstall", "{}").Installations).To(BeEmpty())
		Expect(test(token)).To(ContainSubstring("account_inactive"))
		Expect([]string{<-told, <-told}).To(ConsistOf("tokens_revoked", "app_uninstalled"))
	})

	DescribeTable("loses its tokens",
		func(body string) {
			open()
			token := installed().BotToken
			if body == "TOKEN" {
				body = encoded(map[string]string{"token": token})
			}
			Expect(do("revoke", body).Installations).To(BeEmpty())
			Expect(test(token)).To(ContainSubstring("account_inactive"))
		},
		Entry("by their value", "TOKEN"),
		Entry("all of them", `{"all":true}`),
		Entry("those of its bot", `{"team":"Belay Probe"}`),
	)

	It("has tokens that expire", func() {
		open(func(a *webapi.SeedApp) { a.TokenRotation = true })
		token := installed().BotToken
		Expect(do("rotate", "").Expired).To(Equal(1))
		Expect(test(token)).To(ContainSubstring("token_expired"))
	})

	It("gets another client secret", func() {
		open()
		secret := do("secret", "").ClientSecret
		_, newest := clientOf(s)
		Expect(secret).To(And(Equal(newest), HaveLen(32)))
	})

	It("begins at a URL, also as an attacker lets it", func() {
		a := install(func(a *installer) { a.trusts = true })
		s = a.slack
		var answer simulator.InstallAnswer
		Expect(json.Unmarshal([]byte(control(s, "POST", "act/install", encoded(map[string]string{"url": a.url.String()}))), &answer)).To(Succeed())
		Expect(answer).To(And(HaveField("Installed", true), HaveField("Page", "installed"), HaveField("Hops", HaveLen(5)), HaveField("BotToken", "")))
		control(s, "POST", "act/install", encoded(map[string]string{"url": a.url.String(), "variant": "no-state"}))
		Expect(control(s, "GET", "findings", "")).To(ContainSubstring("oauth.state"))
	})

	DescribeTable("says what cannot be",
		func(what, body, code, words string) {
			open()
			_, answer := answered(controlRequest(s, "POST", "act/"+what, body))
			Expect(answer).To(And(ContainSubstring(`"code":"`+code+`"`), ContainSubstring(words)))
		},
		Entry("a URL", "install", `{"url":"slack/install"}`, "invalid_field", "no http or https URL"),
		Entry("a variant", "install", `{"url":"http://127.0.0.1:9","variant":"refuse"}`, "invalid_field", "refused"),
		Entry("a variant of the button", "install", `{"variant":"refused"}`, "invalid_field", "begins at a url"),
		Entry("an app", "install", `{"app":"nobody"}`, "cannot_act", "nobody"),
		Entry("no install", "uninstall", `{}`, "cannot_act", "not installed"),
		Entry("no token", "revoke", `{"token":"xoxb-unknown-1"}`, "cannot_act", "nobody issued it"),
		Entry("all and one", "revoke", `{"token":"xoxb-unknown-1","all":true}`, "invalid_field", "every token"),
		Entry("no rotation", "rotate", `{}`, "cannot_act", "not installed"),
		Entry("a team", "uninstall", `{"team":"nowhere"}`, "cannot_act", "nowhere"),
	)

	It("does not rotate what stays", func() {
		open()
		installed()
		_, answer := answered(controlRequest(s, "POST", "act/rotate", ""))
		Expect(answer).To(ContainSubstring("token_rotation: true"))
	})
})
