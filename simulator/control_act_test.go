package simulator_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/webapi"
)

var _ = Describe("people who act by the control API", func() {
	var s *simulator.Server
	var kinds []string
	BeforeEach(func() {
		kinds = nil
		var options simulator.Options
		bot(&options, func(w http.ResponseWriter, kind string, fields map[string]any) {
			if kind == "event" {
				return
			}
			kinds = append(kinds, kind)
			if kind == "command" {
				w.Header().Set("Content-Type", "application/json")
				_, _ = io.WriteString(w, `{"response_type":"in_channel","text":"Deploy?","blocks":`+approval+`}`)
			}
		})
		s = controlled(options)
	})
	act := func(what, body string) simulator.SendOutcome {
		var o simulator.SendOutcome
		Expect(json.Unmarshal([]byte(control(s, "POST", "act/"+what, body)), &o)).To(Succeed())
		return o
	}

	It("run commands, press, choose and use shortcuts", func() {
		Expect(act("command", `{"channel":"general","text":"/deploy prod"}`).Acknowledged).To(BeTrue())
		Expect(act("press", `{"channel":"general","element":"Approve"}`).Acknowledged).To(BeTrue())
		Expect(act("select", `{"channel":"general","element":"where","value":"Staging"}`).Acknowledged).To(BeTrue())
		Expect(act("shortcut", `{"callback_id":"bug"}`).Acknowledged).To(BeTrue())
		Expect(act("shortcut", `{"channel":"general","callback_id":"bug"}`).Acknowledged).To(BeTrue())
		Expect(act("home", `{"user":"belay"}`).Acknowledged).To(BeTrue())
		Expect(kinds).To(Equal([]string{"command", "block_actions", "block_actions", "shortcut", "message_action"}))
		var snapshot webapi.Snapshot
		Expect(json.Unmarshal([]byte(control(s, "GET", "snapshot", "")), &snapshot)).To(Succeed())
		Expect(snapshot.Teams[0].Channels[0].Messages).To(ConsistOf(HaveField("Text", "Deploy?")))
	})

	It("post messages", func() {
		var answer simulator.MessageAnswer
		Expect(json.Unmarshal([]byte(control(s, "POST", "act/message", `{"channel":"general","text":"hello"}`)), &answer)).To(Succeed())
		Expect(answer.Message).To(And(HaveField("Text", "hello"), HaveField("User", webapi.DefaultUser)))
	})

	DescribeTable("are told what is not there",
		func(what, body, code, words string) {
			_, answer := answered(controlRequest(s, "POST", "act/"+what, body))
			Expect(answer).To(And(ContainSubstring(`"code":"`+code+`"`), ContainSubstring(words)))
		},
		Entry("a user", "command", `{"user":"nobody","channel":"general","text":"/x"}`, "invalid_field", "nobody"),
		Entry("a channel", "command", `{"channel":"nowhere","text":"/x"}`, "cannot_act", "nowhere"),
		Entry("a slash", "command", `{"channel":"general","text":"x"}`, "cannot_act", "begins with /"),
		Entry("a modal", "submit", `{}`, "cannot_act", "no modal open"),
		Entry("a member", "press", `{"elemnt":"x"}`, "unknown_field", "element"),
	)

	It("reach nobody where nothing listens", func() {
		_, answer := answered(controlRequest(controlled(simulator.Options{}), "POST", "act/home", ""))
		Expect(answer).To(ContainSubstring(`"code":"no_target"`))
	})

	It("live in a workspace that is seeded and reset", func() {
		control(s, "POST", "seed", `{"teams":[{"name":"Acme","users":[{"name":"ann"}],"channels":[{"name":"ops"}]}],"apps":[{"name":"robot","tokens":[{"token":"xoxb-known"}]}]}`)
		Expect(control(s, "GET", "snapshot", "")).To(And(ContainSubstring(`"ops"`), Not(ContainSubstring("xoxb-known"))))
		_, answer := answered(controlRequest(s, "POST", "seed", `{"teams":[{"name":"A","channels":[{"name":"x","members":["zoe"]}]}]}`))
		Expect(answer).To(And(ContainSubstring("invalid_seed"), ContainSubstring("zoe")))
		control(s, "POST", "reset", "")
		Expect(control(s, "GET", "snapshot", "")).To(And(ContainSubstring("belay-probe"), Not(ContainSubstring(`"ops"`))))
		Expect(strings.Contains(control(s, "GET", "calls", ""), "act/")).To(BeFalse())
	})
})
