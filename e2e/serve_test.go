//go:build e2e

package e2e_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"strconv"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gbytes"
	"github.com/onsi/gomega/gexec"

	"belay/simulator"
	"belay/simulator/webapi"
)

// A serve is a belay serve that runs until the spec ends.
type served struct {
	API, Control, Token string
	CAFile              string `json:"ca_file"`

	session *gexec.Session
}

func serve(args ...string) *served {
	GinkgoHelper()
	command := exec.Command(belay, append([]string{"serve", "--signing-secret", secret}, args...)...)
	command.Env = environment()
	session, err := gexec.Start(command, GinkgoWriter, GinkgoWriter)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(func() { session.Interrupt().Wait(patience) })
	Eventually(session.Out, patience).Should(gbytes.Say(`\n`))
	s := &served{session: session}
	Expect(json.Unmarshal(session.Out.Contents(), s)).To(Succeed())
	return s
}

// ask asks the control API.
func (s *served) ask(method, path string, body, into any) {
	GinkgoHelper()
	encoded, err := json.Marshal(body)
	Expect(err).NotTo(HaveOccurred())
	r, err := http.NewRequest(method, s.Control+path, bytes.NewReader(encoded))
	Expect(err).NotTo(HaveOccurred())
	r.Header.Set("Authorization", "Bearer "+s.Token)
	w, err := http.DefaultClient.Do(r)
	Expect(err).NotTo(HaveOccurred())
	defer w.Body.Close()
	text, err := io.ReadAll(w.Body)
	Expect(err).NotTo(HaveOccurred())
	Expect(w.StatusCode).To(Equal(http.StatusOK), "%s %s: %s", method, path, text)
	Expect(json.Unmarshal(text, into)).To(Succeed())
}

// act has somebody do something, which the app acknowledges.
func (s *served) act(what string, body args) simulator.SendOutcome {
	GinkgoHelper()
	var o simulator.SendOutcome
	s.ask("POST", "act/"+what, body, &o)
	Expect(o.Acknowledged).To(BeTrue(), "%s: %+v", what, o)
	Expect(o.Refused).To(BeEmpty(), what)
	return o
}

// says waits until the app calls a method with that text somewhere.
func (s *served) says(method, text string) {
	GinkgoHelper()
	Eventually(func() []simulator.ControlCall {
		var calls struct {
			Items []simulator.ControlCall
		}
		s.ask("GET", "calls?method="+method, nil, &calls)
		return calls.Items
	}, patience).Should(ContainElement(And(
		HaveField("Error", ""), WithTransform(func(c simulator.ControlCall) string { return fmt.Sprint(c.Args) }, ContainSubstring(text)))))
}

// texts are those of the messages in a channel.
func (s *served) texts(channel string) []string {
	GinkgoHelper()
	var snapshot webapi.Snapshot
	s.ask("GET", "snapshot", nil, &snapshot)
	var all []string
	for _, c := range snapshot.Teams[0].Channels {
		if c.Name == channel {
			for _, m := range c.Messages {
				all = append(all, m.Text)
			}
		}
	}
	return all
}

// freePort is one that nobody listened at a moment ago.
func freePort() string {
	GinkgoHelper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	Expect(err).NotTo(HaveOccurred())
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}

var _ = Describe("a Bolt app that is played through belay serve", func() {
	surfaces := func(start func() *served) {
		It("uses every surface", func() {
			s := start()
			general := args{"channel": "general"}
			with := func(more args) args {
				all := args{}
				for _, from := range []args{general, more} {
					for name, value := range from {
						all[name] = value
					}
				}
				return all
			}

			By("a command, its reply, and its response_url")
			s.act("command", with(args{"text": "/deploy prod"}))
			Expect(s.texts("general")).To(Equal([]string{"Deploying prod"}))
			By("options, a menu and say")
			o := s.act("options", with(args{"element": "city", "value": "ber"}))
			last := o.Attempts[len(o.Attempts)-1]
			reply := last.Body
			if last.Ack != nil {
				reply = string(last.Ack.Payload)
			}
			Expect(reply).To(And(ContainSubstring("Berlin"), ContainSubstring("Bern")))
			s.act("select", with(args{"element": "city", "value": "berlin"}))
			s.says("chat.postMessage", "To berlin")
			By("a button that replaces its message")
			s.act("command", with(args{"text": "/deploy test"}))
			s.act("press", with(args{"element": "Approve"}))
			Eventually(func() []string { return s.texts("general") }, patience).Should(ContainElement("Approved 42"))

			By("a modal: errors, another view, one above it, the end")
			s.act("command", with(args{"text": "/ask"}))
			s.says("views.open", "Ask")
			s.act("submit", args{"values": args{"Why": "no"}})
			s.act("submit", args{"values": args{"Why": "more"}})
			s.act("submit", args{"values": args{"Why": "deeper"}})
			s.act("submit", args{"values": args{"Why": "it is deep"}})
			s.says("chat.postMessage", "Because it is deep")
			s.act("submit", args{"values": args{"Why": "I can"}})
			s.says("chat.postMessage", "Because I can")
			By("a shortcut, and a modal that is closed")
			s.act("shortcut", args{"callback_id": "new_bug"})
			s.says("views.open", "Bug")
			s.act("close", args{})
			s.says("chat.postMessage", "Never mind")
			By("a message and its shortcut")
			var posted simulator.MessageAnswer
			s.ask("POST", "act/message", with(args{"text": "it hurts"}), &posted)
			s.act("shortcut", with(args{"callback_id": "file_bug", "ts": posted.Message.TS}))
			Eventually(func() []string { return s.texts("general") }, patience).Should(ContainElement("Filed: it hurts"))
			By("a mention, and a home tab")
			s.ask("POST", "act/message", with(args{"text": "hi <@" + webapi.DefaultBotUser + ">"}), &posted)
			s.says("chat.postMessage", "Hello <@"+webapi.DefaultUser+">")
			s.act("home", args{})
			s.says("views.publish", "Home")

			var findings struct{ Items []simulator.ControlFinding }
			s.ask("GET", "findings", nil, &findings)
			Expect(findings.Items).To(BeEmpty())
		})
	}
	environ := func(s *served, more ...string) []string {
		return append([]string{"SLACK_API_URL=" + s.API, "SLACK_BOT_TOKEN=" + botToken, "SLACK_APP_TOKEN=" + appToken}, more...)
	}

	Context("over HTTP", func() {
		surfaces(func() *served {
			port := freePort()
			s := serve("--app", "http://127.0.0.1:"+port+"/slack/events")
			run(environ(s, "PORT="+port), "bolt-surfaces")
			return s
		})
	})

	Context("over Socket Mode", func() {
		surfaces(func() *served {
			s := serve()
			run(environ(s), "bolt-surfaces", "socket")
			Eventually(func() string { return string(s.session.Err.Contents()) }, patience).Should(ContainSubstring("apps.connections.open ok"))
			return s
		})
	})
})
