package cli

import (
	"context"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"belay/simulator/payload"
)

// sendFlags are the flags of send.
type sendFlags struct {
	sending
	output
	to string
}

func newSend(world IO) *cobra.Command {
	f := &sendFlags{}
	c := &cobra.Command{
		Use:   "send KIND",
		Short: "Sends one payload as Slack does, and shows the answer",
		RunE:  func(c *cobra.Command, args []string) error { return f.run(c.Context(), world, args) },
	}
	c.Flags().StringVar(&f.to, "to", "", "the `URL` to send to")
	f.sending.register(c)
	f.output.register(c)
	return c
}

func (f *sendFlags) run(ctx context.Context, world IO, args []string) error {
	roots, err := slackRoots(f.caFile)
	var wrong mistakes
	wrong.note(f.sending.parse(world.Env))
	wrong.note(f.output.parse(world))
	wrong.note(err)
	u, err := url.Parse(f.to)
	wrong.note(err)
	kind, err := payload.FindKind(strings.Join(args, " "))
	wrong.note(err)
	if err := wrong.err(); err != nil {
		return err
	}
	s := newSender(&f.sending, &f.output, world, roots)
	d := s.delivery(payload.Delivery{Kind: kind, Fields: kind.Fields(payload.Scene{Command: "/deploy"}), URL: u})
	plan := []planned{{Delivery: d, Name: kind.Name}}
	s.announce(world, plan)
	r, err := s.run(ctx, world, "send", plan)
	if err != nil {
		return err
	}
	return s.finish(world, r)
}
