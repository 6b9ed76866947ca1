package simulator_test

import (
	"context"
	"io"
	"log"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"belay/simulator"
	"belay/simulator/payload"
)

// run starts slack-go's client against the fake Slack until the spec ends.
func run(s *simulator.Server) *socketmode.Client {
	GinkgoHelper()
	quiet := log.New(io.Discard, "", 0)
	api := slack.New("xoxb-1-abc", slack.OptionAppLevelToken("xapp-1-A1-1-abc"), slack.OptionAPIURL(s.API()), slack.OptionLog(quiet))
	client := socketmode.New(api, socketmode.OptionLog(quiet))
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- client.RunContext(ctx) }()
	DeferCleanup(func() {
		cancel()
		Eventually(ended).Should(Receive())
	})
	return client
}

// until is the next of the client's events of that type.
func until(client *socketmode.Client, kind socketmode.EventType) socketmode.Event {
	GinkgoHelper()
	var e socketmode.Event
	Eventually(client.Events).Should(Receive(&e, HaveField("Type", kind)))
	return e
}

var _ = Describe("slack-go", func() {
	It("knows who it is", func() {
		s := start(simulator.Options{TeamID: "T1", UserID: "U1"})
		who, err := slack.New("xoxb-1-abc", slack.OptionAPIURL(s.API())).AuthTest()
		Expect(err).NotTo(HaveOccurred())
		Expect([]string{who.TeamID, who.UserID, who.BotID}).To(Equal([]string{"T1", "U1", "BBELAY00000"}))
	})

	It("is not told that it is the user who acts, whom Bolt would then ignore", func() {
		who, err := slack.New("xoxb-1-abc", slack.OptionAPIURL(start(simulator.Options{}).API())).AuthTest()
		Expect(err).NotTo(HaveOccurred())
		Expect([]string{who.UserID, who.BotID}).To(Equal([]string{payload.StandInBotUser, payload.StandInBot}))
	})

	It("connects, gets every type of envelope, and acknowledges", func() {
		s := start(simulator.Options{AppID: "A1"})
		client := run(s)
		Expect(until(client, socketmode.EventTypeHello).Request.ConnectionInfo.AppID).To(Equal("A1"))

		for kind, d := range map[socketmode.EventType]payload.Delivery{
			socketmode.EventTypeSlashCommand: command(nil),
			socketmode.EventTypeInteractive:  action(nil),
			socketmode.EventTypeEventsAPI:    event(nil),
		} {
			outcome := deliver(s, d)
			e := until(client, kind)
			Expect(client.Ack(*e.Request, map[string]string{"text": "done"})).To(Succeed())
			o := come(outcome)
			Expect(o.Acknowledged).To(BeTrue())
			Expect(o.Last().Ack.Payload).To(MatchJSON(`{"text":"done"}`))
			switch data := e.Data.(type) {
			case slack.SlashCommand:
				Expect(data.Command + " " + data.Text).To(Equal("/deploy prod"))
			case slack.InteractionCallback:
				Expect(data.ActionCallback.BlockActions[0].ActionID).To(Equal("approve"))
			case slackevents.EventsAPIEvent:
				Expect(data.InnerEvent.Type).To(Equal("app_mention"))
			}
		}
		Expect(s.Findings()).To(BeEmpty())
		Expect(s.Calls()[1].Header.Get("Origin")).To(Equal("https://api.slack.com"))
	})

	DescribeTable("survives",
		func(end func(*simulator.Socket)) {
			s := start(simulator.Options{})
			client := run(s)
			until(client, socketmode.EventTypeHello)
			counted(s, 1)
			end(s.Sockets()[0])
			until(client, socketmode.EventTypeHello)
			Eventually(func() []int {
				var ids []int
				for _, c := range s.Sockets() {
					ids = append(ids, c.ID())
				}
				return ids
			}).Should(Equal([]int{2}))
			outcome := deliver(s, event(nil))
			Expect(client.Ack(*until(client, socketmode.EventTypeEventsAPI).Request)).To(Succeed())
			Expect(come(outcome).Acknowledged).To(BeTrue())
			Expect(s.Findings()).To(BeEmpty())
		},
		Entry("refresh_requested", func(c *simulator.Socket) { c.Disconnect(simulator.RefreshRequested) }),
		Entry("a warning", func(c *simulator.Socket) { c.Disconnect(simulator.Warning) }),
		Entry("a broken connection", (*simulator.Socket).Cut),
	)

	It("stops where its token is no app-level one", func() {
		s := start(simulator.Options{})
		quiet := socketmode.OptionLog(log.New(io.Discard, "", 0))
		api := slack.New("xoxb-1-abc", slack.OptionAppLevelToken("hunter2"), slack.OptionAPIURL(s.API()))
		Expect(socketmode.New(api, quiet).Run()).To(MatchError("invalid_auth"))
	})
})
