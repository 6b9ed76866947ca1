package checks

import "context"

// eventsOwn lets an app hear itself.
var eventsOwn = Check{
	ID: "events.own", Title: "the app does not answer its own messages",
	Records: []string{"events.loop"},
	Run:     drills(askOwn),
}

// longestTalk is how many messages in a row, each after an event of the one before, are
// a conversation of the app with itself.
const longestTalk = 4

func askOwn(ctx context.Context, d *drill) (Result, error) {
	team, err := d.home(ctx)
	if err != nil {
		return Result{}, err
	}
	mark, err := d.slack.Mark(ctx)
	if err != nil {
		return Result{}, err
	}
	if err := d.slack.Say(ctx, team, orText(d.options.Say, "hello")); err != nil {
		return Result{}, err
	}
	talk, heard, entries := 0, 0, []SlackEntry(nil)
	for {
		entries, err = d.slack.Watch(ctx, mark, d.options.QuietFor, func(all []SlackEntry) bool { return talkIn(all) > talk || len(deliveries(all, "event")) > heard })
		if err != nil {
			return Result{}, err
		}
		now, events := talkIn(entries), len(deliveries(entries, "event"))
		if now >= longestTalk {
			talk = now
			break
		}
		if now == talk && events == heard {
			break
		}
		talk, heard = now, events
	}
	switch {
	case talk >= longestTalk:
		r := found("events.loop", "one message of a user's was followed by %d of the app's, each after the event of the one before (%s)", talk, methods(work(callsIn(entries))))
		return r, d.silence(ctx)
	case len(work(callsIn(entries))) == 0:
		return skip("the app answers no message, so there is none of its own to answer: --say names one that it answers"), nil
	}
	return pass("it answered a message by %s, and its own not within %s", methods(work(callsIn(entries))), d.options.QuietFor), nil
}

// talkIn is how long the longest row of posts is, each of which follows the event of the
// one before.
func talkIn(entries []SlackEntry) int {
	talk, heard := 0, false
	for _, e := range entries {
		switch {
		case e.Delivery != nil && len(deliveries([]SlackEntry{e}, "event")) > 0:
			heard = true
		case e.Call != nil && e.Call.Method == "chat.postMessage" && e.Call.Error == "":
			if talk == 0 || heard {
				talk++
			}
			heard = false
		}
	}
	return talk
}

// silence ends a conversation: what is not posted has no event.
func (d *drill) silence(ctx context.Context) error {
	undo, err := d.slack.Inject(ctx, "slack_error=fatal_error,method=chat.*")
	if err != nil {
		return err
	}
	mark, err := d.slack.Mark(ctx)
	if err == nil {
		_, err = d.slack.Watch(ctx, mark, d.options.QuietFor, nil)
	}
	if undone := undo(ctx); err == nil {
		err = undone
	}
	return err
}
