package checks

import (
	"context"
	"strings"
)

// socketReconnect ends the connections of Socket Mode.
var socketReconnect = Check{
	ID: "socket.reconnect", Title: "the app connects again when Slack ends its connection",
	Records: []string{"socket.no-reconnect"},
	Run:     drills(askReconnect),
}

func askReconnect(ctx context.Context, d *drill) (Result, error) {
	open, err := d.slack.Sockets(ctx)
	if err != nil {
		return Result{}, err
	}
	if open == 0 {
		return skip("the app has no connection of Socket Mode open"), nil
	}
	ways := []string{"refresh_requested", "cut"}
	for _, how := range ways {
		mark, err := d.slack.Mark(ctx)
		if err == nil {
			err = d.slack.Disturb(ctx, how)
		}
		if err != nil {
			return Result{}, err
		}
		opened := func(all []SlackEntry) bool {
			for _, e := range all {
				if e.Opened > 0 {
					return true
				}
			}
			return false
		}
		entries, err := d.slack.Watch(ctx, mark, d.options.Patience, func(all []SlackEntry) bool {
			return opened(all) || len(findings(all, "socket.no-reconnect")) > 0
		})
		switch {
		case err != nil:
			return Result{}, err
		case opened(entries):
		case len(findings(entries, "socket.no-reconnect")) > 0:
			return noted(findings(entries, "socket.no-reconnect")[0]), nil
		default:
			return found("socket.no-reconnect", "%s, and no new connection came within %s", disturbed(how), d.options.Patience), nil
		}
	}
	return pass("a new connection came after %s", strings.Join(ways, ", and after a ")), nil
}

func disturbed(how string) string {
	if how == "cut" {
		return "the connection was closed"
	}
	return "Slack sent disconnect (" + how + ")"
}
