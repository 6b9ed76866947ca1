package cli

import (
	"context"
	"errors"

	"belay/simulator"
	"belay/simulator/manifest"
	"belay/tui/playground"
)

// play opens the playground, and leaves what there is to say behind it.
func (f *serving) play(ctx context.Context, world IO, slack *simulator.Server, o simulator.Options, log *serveLog) error {
	theme := f.theme
	if theme == "" {
		own, err := readConfig(world.Env)
		if err != nil {
			return err
		}
		theme = own.theme
	}
	err := playground.Run(ctx, playground.Options{
		Slack: slack, Targets: o.Targets, AppID: o.AppID, Commands: f.commands(), Write: writeScenario,
		Revoke: func() error { return slack.Workspace().RevokeAll("") },
		In:     world.Stdin, Out: world.Stdout,
		Color: f.look.text.Color, Colors: colors(world.Env), Theme: theme, ASCII: f.look.text.ASCII,
	})
	_ = slack.Close()
	log.summary(slack)
	switch {
	case errors.Is(err, playground.ErrBroke):
		return exitError{code: exitBroken, text: err.Error() + ". Please report this; it is belay's fault, not your app's."}
	case errors.Is(err, playground.ErrInterrupted), ctx.Err() != nil:
		return exitError{code: exitInterrupted}
	case err != nil:
		return exitError{code: exitCannotRun, text: err.Error()}
	}
	return nil
}

// commands are the slash commands of the app's manifest.
func (f *serving) commands() []string {
	if f.manifest == "" {
		return nil
	}
	m, err := manifest.Load(f.manifest)
	if err != nil {
		return nil
	}
	var all []string
	for _, c := range m.Features.Commands {
		all = append(all, c.Name)
	}
	return all
}
