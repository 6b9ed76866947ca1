package playground_test

import (
	"context"
	"errors"
	"io"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/tui/playground"
)

// received is the next payload of a kind that the app got; others before it are passed
// over.
func (a *app) received(kind string) map[string]any {
	GinkgoHelper()
	for {
		var said map[string]any
		Eventually(a.got).Should(Receive(&said), kind)
		if said["kind"] == kind {
			return said
		}
	}
}

var _ = Describe("whoever plays", func() {
	var (
		slack *simulator.Server
		bot   *app
		o     playground.Options
	)
	BeforeEach(func() {
		var targets simulator.Targets
		bot, targets = listening(map[string]string{})
		slack = started(targets)
		o = playground.Options{Slack: slack, Targets: targets}
	})

	It("writes messages, with names of people and channels", func() {
		m := at(120, 40, o, "i", "hello @bob, see #ops", "enter")
		Expect(screen(m)).To(ContainSubstring("hello @bob, see #ops"))
		c, err := slack.Workspace().FindChannel("", "general")
		Expect(err).NotTo(HaveOccurred())
		said, _ := slack.Workspace().Last(c.TeamID, c.ID)
		ops, _ := slack.Workspace().FindChannel("", "ops")
		Expect(said.Text).To(Equal("hello <@" + user(slack, "bob") + ">, see <#" + ops.ID + ">"))
		Expect(m.Acts()).To(HaveExactElements(HaveField("Verb", "message")))
	})

	It("mentions the app, which is an act of its own", func() {
		m := at(120, 40, o, "@", "what is new?", "enter")
		Expect(m.Acts()).To(HaveExactElements(And(HaveField("Verb", "mention"), HaveField("Text", "what is new?"), HaveField("User", "anna"), HaveField("Channel", "general"))))
		Expect(bot.received("event")["event"]).To(HaveKeyWithValue("type", BeElementOf("app_mention", "message")))
	})

	It("runs commands, and reads the reply", func() {
		bot.answers["command"] = `{"text":"Deploying *main*"}`
		m := at(120, 40, o, "/", "deploy main", "enter")
		Expect(bot.received("command")).To(And(HaveKeyWithValue("command", "/deploy"), HaveKeyWithValue("text", "main")))
		Expect(screen(m)).To(And(ContainSubstring("Deploying *main*"), ContainSubstring("only you see this")))
		Expect(m.Acts()).To(HaveExactElements(And(HaveField("Verb", "command"), HaveField("Text", "/deploy main"), HaveField("Acknowledged", true), HaveField("Status", 200))))
	})

	It("is told why Slack does not show a reply", func() {
		bot.answers["command"] = `{"text":`
		m := at(120, 40, o, "/", "deploy", "enter")
		Expect(screen(m)).To(ContainSubstring("the reply is no JSON object"))
	})

	It("is told what Slackbot says of a command that fails", func() {
		targets := simulator.Targets{}
		_, gone := listening(nil)
		closed := *gone.Commands
		closed.Host = "127.0.0.1:1"
		targets.Commands = &closed
		m := at(120, 40, playground.Options{Slack: started(targets)}, "/", "deploy", "enter")
		Expect(screen(m)).To(And(ContainSubstring(`Slackbot`), ContainSubstring(`/deploy failed with the error`), ContainSubstring("the app did not acknowledge: connection_failed")))
	})

	It("is told when nobody listens", func() {
		m := at(120, 40, playground.Options{Slack: started(simulator.Targets{})}, "/", "deploy", "enter")
		Expect(screen(m)).To(ContainSubstring("the app did not get it: it has no URL for it (belay serve --app URL)"))
	})

	It("presses buttons, and chooses from menus", func() {
		posts(slack, "general", "Deploy?", blocks)
		m := at(120, 40, o, "right", "enter")
		Expect(bot.received("block_actions")["actions"]).To(ContainElement(And(HaveKeyWithValue("action_id", "approve"), HaveKeyWithValue("value", "1"))))
		m = pressed(m, "left", "enter", "toni", "enter")
		Expect(bot.received("block_actions")["actions"]).To(ContainElement(HaveKeyWithValue("selected_option", HaveKeyWithValue("value", "night"))))
		Expect(screen(m)).To(ContainSubstring("[ Tonight ▾ ]"))
		Expect(m.Acts()).To(HaveExactElements(
			And(HaveField("Verb", "press"), HaveField("Element", "Approve"), HaveField("Channel", "general")),
			And(HaveField("Verb", "select"), HaveField("Element", "window"), HaveField("Value", "night")),
		))
	})

	It("is asked first where the app wants that", func() {
		posts(slack, "general", "Deploy?", blocks)
		m := at(120, 40, o, "right", "right", "enter")
		Expect(screen(m)).To(And(ContainSubstring("Reject it?"), ContainSubstring("Anna will be sad.")))
		Expect(pressed(m, "n").Acts()).To(BeEmpty())
		Expect(pressed(m, "y").Acts()).To(HaveLen(1))
		Expect(bot.received("block_actions")["actions"]).To(ContainElement(HaveKeyWithValue("action_id", "reject")))
	})

	It("fills in a modal, and sees what is wrong at its block", func() {
		opens(slack, "anna", modal)
		m := at(120, 40, o, "G", "enter")
		Expect(strings.Count(screen(m), "Please complete this required field.")).To(Equal(2))
		Expect(bot.got).NotTo(Receive(HaveKeyWithValue("kind", "view_submission")))

		bot.answers["block_suggestion"] = `{"options":[{"text":{"type":"plain_text","text":"Payments"},"value":"pay"}]}`
		bot.answers["view_submission"] = `{"response_action":"errors","errors":{"what":"Say a little more."}}`
		m = pressed(m, "g", "enter", "It is down", "enter", "down", "down", "enter", "down", "enter", "pa", "enter")
		Expect(bot.received("block_suggestion")).To(HaveKeyWithValue("value", "pa"))
		m = pressed(m, "enter", "down", "enter", "2026-11-24", "enter", "down", "enter", "bob", " ", "backspace", "backspace", "backspace", "enter")
		Expect(screen(m)).To(And(ContainSubstring("[ It is down____"), ContainSubstring("◉ Very"), ContainSubstring("[ Payments ▾ ]"), ContainSubstring("[ 2026-11-24 ▾ ]")))
		Expect(screen(m)).NotTo(ContainSubstring("Please complete"))

		m = pressed(m, "G", "enter")
		said := bot.received("view_submission")["view"].(map[string]any)["state"].(map[string]any)["values"]
		Expect(said).To(And(
			HaveKeyWithValue("what", HaveKeyWithValue("summary", HaveKeyWithValue("value", "It is down"))),
			HaveKeyWithValue("how", HaveKeyWithValue("grade", HaveKeyWithValue("selected_option", HaveKeyWithValue("value", "high")))),
			HaveKeyWithValue("who", HaveKeyWithValue("service", HaveKeyWithValue("selected_option", HaveKeyWithValue("value", "pay")))),
			HaveKeyWithValue("day", HaveKeyWithValue("since", HaveKeyWithValue("selected_date", "2026-11-24"))),
		))
		Expect(screen(m)).To(MatchRegexp(`(?s)It is down.*Say a little more\..*How bad`))

		delete(bot.answers, "view_submission")
		m = pressed(m, "enter", ", all of it", "enter", "G", "enter")
		Expect(screen(m)).NotTo(ContainSubstring("Incident"))
		last := m.Acts()[len(m.Acts())-1]
		Expect(last.Verb).To(Equal("submit"))
		Expect(last.Values).To(And(HaveKeyWithValue("grade", "high"), HaveKeyWithValue("summary", "It is down, all of it")))
	})

	It("closes a modal", func() {
		opens(slack, "anna", modal)
		m := at(120, 40, o)
		Expect(screen(m)).To(ContainSubstring("Incident"))
		m = pressed(m, "esc")
		Expect(screen(m)).NotTo(ContainSubstring("Incident"))
		Expect(m.Acts()).To(HaveExactElements(HaveField("Verb", "close")))
	})

	It("opens the home tab, and leaves it", func() {
		m := at(120, 40, o, "H")
		Eventually(bot.got).Should(Receive(HaveKeyWithValue("event", HaveKeyWithValue("type", "app_home_opened"))))
		Expect(screen(m)).To(ContainSubstring("the app has published no home tab to you yet"))
		Expect(screen(pressed(m, "esc"))).To(ContainSubstring("#general"))
	})

	It("acts as somebody else, who sees what they may", func() {
		m := at(120, 40, o)
		Expect(screen(m)).NotTo(ContainSubstring("#secret"))
		m = pressed(m, "u", "bob", "enter")
		Expect(screen(m)).To(And(ContainSubstring("as bob"), ContainSubstring("#secret (private)")))
		m = pressed(m, "i", "hi", "enter")
		Expect(m.Acts()).To(HaveExactElements(HaveField("User", "bob")))
	})

	It("sees what is unread", func() {
		m := at(120, 40, o)
		u, err := slack.User("", "bob")
		Expect(err).NotTo(HaveOccurred())
		_, err = u.Say("ops", "are you there?", "")
		Expect(err).NotTo(HaveOccurred())
		m = updated(m, m.Loaded())
		Expect(screen(m)).To(ContainSubstring("#ops 1 new"))
		m = pressed(m, "c", "ops", "enter")
		Expect(screen(m)).To(And(ContainSubstring("are you there?"), Not(ContainSubstring("1 new"))))
	})

	It("answers in a thread, and reacts", func() {
		m := at(120, 40, o, "c", "ops", "enter", "t", "it is", "enter", "esc", "up", "+", "eyes", "enter")
		Expect(screen(m)).To(And(ContainSubstring("1 in the thread"), ContainSubstring("in a thread"), ContainSubstring(":eyes: 1")))
	})

	It("uses shortcuts", func() {
		m := at(120, 40, o, "s", "new_incident", "enter")
		Expect(bot.received("shortcut")).To(HaveKeyWithValue("callback_id", "new_incident"))
		m = pressed(m, "c", "ops", "enter", "S", "note", "enter")
		Expect(bot.received("message_action")).To(HaveKeyWithValue("callback_id", "note"))
		Expect(m.Acts()).To(HaveExactElements(HaveField("Verb", "shortcut"), HaveField("Verb", "message_shortcut")))
	})

	It("sends a delivery again, and tampers with it", func() {
		m := at(120, 40, o, "/", "deploy main", "enter")
		first := bot.received("command")
		m = m.Heard(slack, 0)
		m = pressed(m, "esc", "tab", "g", "r")
		Expect(screen(m)).To(ContainSubstring("the app took it again"))
		second := bot.received("command")
		Expect(second["text"]).To(Equal("main"))
		Expect(second["trigger_id"]).NotTo(Equal(first["trigger_id"]))
		m = pressed(m, "g", "x", "unsigned", "enter")
		Expect(screen(m)).To(ContainSubstring("the app refused a request with no signature headers: HTTP 401"))
		m = pressed(m, "g", "x", "wrong-sec", "enter")
		Expect(screen(m)).To(ContainSubstring("the app took a request with a wrong secret"))
	})

	It("sends an event again as a retry, once, also when it is refused", func() {
		m := at(120, 40, o, "@", "hi", "enter")
		bot.received("event")
		Eventually(func() int { return len(slack.Attempts()) }).Should(Equal(2))
		m = m.Heard(slack, 0)
		m = pressed(m, "esc", "tab", "g", "r")
		Eventually(bot.got).Should(Receive(And(HaveKeyWithValue("kind", "event"), HaveKeyWithValue("retry", "1"))))
		m = pressed(m, "g", "x", "unsigned", "enter")
		Expect(screen(m)).To(ContainSubstring("the app refused a request with no signature headers"))
	})

	It("lets Slack misbehave, and behave again", func() {
		m := at(120, 40, o, "F", "server_error", "enter", ",method=chat.*", "enter")
		Expect(slack.Faults()).To(HaveExactElements(HaveField("Fault.Methods", HaveExactElements("chat.*"))))
		Expect(screen(m)).To(ContainSubstring("! 1 faults"))
		Expect(screen(pressed(m, "F", "latency", "enter", "nonsense"))).To(ContainSubstring("nonsense"))
		Expect(screen(pressed(m, "F", "latency", "enter", "x", "enter"))).To(ContainSubstring("want a duration"))
		m = pressed(m, "C")
		Expect(slack.Faults()).To(BeEmpty())
		Expect(m.Acts()).To(HaveExactElements(And(HaveField("Verb", "fault"), HaveField("Text", "server_error=503,method=chat.*")), HaveField("Verb", "clear")))
	})

	It("advances Slack's clock", func() {
		m := at(120, 40, o, "A", "31m", "enter")
		Expect(slack.Clock().Now()).To(Equal(noon.Add(31 * 60e9)))
		m = pressed(m, "A", "another", "enter", "90s", "enter")
		Expect(screen(m)).To(ContainSubstring("12:32:30"))
		Expect(m.Acts()).To(HaveExactElements(HaveField("Text", "31m0s"), HaveField("Text", "1m30s")))
	})

	It("revokes the tokens, when it is sure", func() {
		revoked := 0
		o.Revoke = func() error { revoked++; return nil }
		m := at(120, 40, o, "R", "n")
		Expect(revoked).To(BeZero())
		m = pressed(m, "R", "y")
		Expect(revoked).To(Equal(1))
		Expect(screen(m)).To(ContainSubstring("the app's tokens are revoked"))
	})

	It("writes what was done", func() {
		var file string
		var acts []playground.Act
		o.Write = func(name string, all []playground.Act) error {
			file, acts = name, all
			return nil
		}
		m := at(120, 40, o, "w")
		Expect(screen(m)).To(ContainSubstring("nothing was done yet"))
		m = pressed(m, "/", "deploy", "enter", "esc")
		m = updated(m, playground.Entries(traffic()...))
		m = pressed(m, "w", "ctrl+u", "mine.yaml", "enter")
		Expect(file).To(Equal("mine.yaml"))
		Expect(acts).To(HaveExactElements(HaveField("Calls", HaveExactElements("chat.postMessage", "views.open"))))
		Expect(screen(m)).To(ContainSubstring("1 steps are in mine.yaml"))
		o.Write = func(string, []playground.Act) error { return errors.New("the disk is full") }
		Expect(screen(at(120, 40, o, "/", "deploy", "enter", "esc", "w", "enter"))).To(ContainSubstring("the disk is full"))
	})
})

var _ = It("completes commands, people and channels", func() {
	o := playground.Options{Slack: started(simulator.Targets{}), Commands: []string{"/deploy", "/incident"}}
	for typed, want := range map[string]string{"/de": "/deploy", "hi @bo": "hi @bob", "see #op": "see #ops"} {
		Expect(screen(at(120, 40, o, "i", typed, "tab"))).To(ContainSubstring("› " + want + " ▏"))
	}
})

var _ = It("recalls what was sent", func() {
	m := at(120, 40, playground.Options{Slack: started(simulator.Targets{})}, "i", "one", "enter", "two", "enter", "up", "up")
	Expect(screen(m)).To(ContainSubstring("› one▏"))
	Expect(screen(pressed(m, "down"))).To(ContainSubstring("› two▏"))
})

var _ = DescribeTable("edits a line", func(want string, keys ...string) {
	m := at(120, 40, playground.Options{Slack: started(simulator.Targets{})}, append([]string{"i", "one two"}, keys...)...)
	Expect(screen(m)).To(ContainSubstring("│› " + want + " "))
},
	Entry("back", "one tw▏", "backspace"),
	Entry("in its middle", "one twX▏o", "left", "X"),
	Entry("from its start", "Z▏one two", "ctrl+a", "Z"),
	Entry("by words", "one ▏", "ctrl+w"),
	Entry("up to the caret", "▏", "ctrl+u"),
	Entry("from the caret", "one tw▏", "left", "ctrl+k"),
	Entry("onto another line", "one two⏎three▏", "ctrl+j", "three"),
	Entry("forward", "▏ne two", "home", "delete"),
)

var _ = DescribeTable("quits", func(quits bool, keys ...string) {
	m := at(120, 40, playground.Options{Slack: started(simulator.Targets{})}, keys[:len(keys)-1]...)
	_, cmd := m.Update(keyMsg(keys[len(keys)-1]))
	Expect(cmd != nil).To(Equal(quits))
},
	Entry("by q", true, "q"),
	Entry("by Ctrl-C", true, "ctrl+c"),
	Entry("by Ctrl-C while something is written", true, "i", "hello", "ctrl+c"),
	Entry("but not by q in what is written", false, "i", "q"),
	Entry("but asks first while something is written", false, "i", "hello", "esc", "q"),
	Entry("and then by y", true, "i", "hello", "esc", "q", "y"),
	Entry("but not by q in the help", false, "?", "q"),
)

var _ = It("has one meaning for each key, and a line of help", func() {
	seen, ids := map[string]bool{}, map[string]bool{}
	for _, k := range playground.Keymap() {
		Expect(k.Keys).NotTo(BeEmpty())
		Expect(ids).NotTo(HaveKey(k.ID))
		ids[k.ID] = true
		for _, key := range k.Keys {
			Expect(seen).NotTo(HaveKey(key), k.ID)
			seen[key] = true
		}
		Expect(k.Does == "").To(Equal(k.Shown == ""), k.ID)
	}
})

var _ = It("filters the traffic", func() {
	m := shown(120, 40, playground.Options{}, "f")
	Expect(screen(m)).To(And(ContainSubstring("only problems: 3 of 8"), Not(ContainSubstring("chat.postMessage"))))
	m = updated(m, playground.Entries(traffic()[4:6]...))
	Expect(screen(m)).To(ContainSubstring("only problems: 5 of 10"))
	m = pressed(m, "f", "/", "views", "enter")
	Expect(screen(m)).To(And(ContainSubstring("/views: 2 of 10"), Not(ContainSubstring("block_actions"))))
	Expect(screen(pressed(m, "esc"))).To(ContainSubstring("of 10"))
})

var _ = It("says how long the app has been waited for", func() {
	m := at(120, 40, playground.Options{Slack: started(simulator.Targets{})})
	next, _ := m.Update(playground.Tick(noon))
	next, _ = next.(playground.Model).Update(keyMsg("i"))
	next, _ = next.(playground.Model).Update(keyMsg("/deploy"))
	next, _ = next.(playground.Model).Update(keyMsg("enter"))
	next, _ = next.(playground.Model).Update(playground.Tick(noon.Add(1200e6)))
	Expect(screen(next.(playground.Model))).To(ContainSubstring("⟳ /deploy 1.2 s of 3 s"))
})

var _ = It("leaves a model that was handed out as it was", func() {
	m := shown(120, 40, playground.Options{})
	before := screen(m)
	pressed(m, "f", "tab", "i", "hello", "enter", "u", "bob", "enter", "P", "?")
	Expect(screen(m)).To(Equal(before))
	Expect(playground.New(context.Background(), playground.Options{Slack: started(simulator.Targets{})}).Init()).NotTo(BeNil())
})

var _ = It("goes with its server", func() {
	slack := started(simulator.Targets{})
	var out strings.Builder
	in, typed := io.Pipe()
	DeferCleanup(typed.Close)
	ended := make(chan error, 1)
	go func() {
		ended <- playground.Run(context.Background(), playground.Options{Slack: slack, In: in, Out: &out})
	}()
	Expect(slack.Close()).To(Succeed())
	Eventually(ended, "5s").Should(Receive(Succeed()))
	Expect(out.String()).To(HaveSuffix("\x1b[?2004l\x1b[?25h\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1049l\x1b[?25h"))
})

var _ = It("goes with its terminal", func() {
	var out strings.Builder
	Expect(playground.Run(context.Background(), playground.Options{Slack: started(simulator.Targets{}), In: strings.NewReader(""), Out: &out})).To(Succeed())
})

var _ = It("gives the terminal back when it breaks", func() {
	slack := started(simulator.Targets{})
	var out strings.Builder
	in, typed := io.Pipe()
	DeferCleanup(typed.Close)
	ended := make(chan error, 1)
	go func() {
		ended <- playground.Run(context.Background(), playground.Options{Slack: slack, In: in, Out: &out, Revoke: func() error { panic("in the revocation") }})
	}()
	for _, key := range []string{"R", "y"} {
		_, err := io.WriteString(typed, key)
		Expect(err).NotTo(HaveOccurred())
	}
	Eventually(ended, "5s").Should(Receive(MatchError(playground.ErrBroke)))
	Expect(out.String()).To(ContainSubstring("\x1b[?1049l"))
})

var _ tea.Model = playground.Model{}
