package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"belay/checks"
	"belay/simulator"
	"belay/simulator/webapi"
)

// A drilling Slack is one that is reached by its control API, be it that of belay serve
// or one that was started for the drill.
type drillSlack struct {
	client simulator.ControlClient
	// installURL is the app's install page, or "", and channel where things happen.
	installURL, channel string
	// place is a channel of each team, once it is known.
	place map[string]string
	bot   string
}

// slack is what the checks ask of it.
func (d *drillSlack) slack() *checks.Slack {
	s := &checks.Slack{
		Mark: d.client.LastEntry, Watch: d.watch, Teams: d.teams, Sockets: d.sockets,
		Command: d.command, Foreign: d.foreign, Say: d.say, Mention: d.mention,
		Uninstall: d.uninstall, ExpireTokens: d.expire, Reset: d.reset,
		Inject: d.inject, Disturb: d.disturb, Turn: d.turn,
	}
	if d.installURL != "" {
		s.Install = d.install
	}
	return s
}

// watch follows the record. When the time is over, it reads on as far as the record went
// then, so that a slow machine sees no less than a fast one.
func (d *drillSlack) watch(ctx context.Context, after uint64, quiet time.Duration, enough func([]checks.SlackEntry) bool) ([]checks.SlackEntry, error) {
	var all []checks.SlackEntry
	end := after
	follow := func(ctx context.Context, until func(id uint64) bool) error {
		return d.client.Follow(ctx, end, func(e simulator.ControlEntry) bool {
			end = e.ID
			if entry, known := entryOf(e); known {
				all = append(all, entry)
			}
			return until(e.ID) || enough != nil && enough(all)
		})
	}
	silence, cancel := context.WithTimeout(ctx, quiet)
	defer cancel()
	if quiet > 0 {
		err := follow(silence, func(uint64) bool { return false })
		if err == nil || silence.Err() == nil || ctx.Err() != nil {
			return all, err
		}
	}
	last, err := d.client.LastEntry(ctx)
	if err != nil || end >= last {
		return all, err
	}
	return all, follow(ctx, func(id uint64) bool { return id >= last })
}

// entryOf is an entry as the checks know it.
func entryOf(e simulator.ControlEntry) (checks.SlackEntry, bool) {
	entry := checks.SlackEntry{ID: e.ID}
	switch {
	case e.Call != nil:
		grant, _ := e.Call.Args["grant_type"].(string)
		entry.Call = &checks.SlackCall{
			Method: e.Call.Method, Error: e.Call.Error, Team: e.Call.Team, Path: e.Call.Path, Status: e.Call.Status,
			Fault: e.Call.Fault, Asked: e.Call.Body, Answered: e.Call.Answer, Grant: grant,
		}
	case e.Delivery != nil:
		entry.Delivery = &checks.SlackDelivery{Kind: e.Delivery.Kind, Status: e.Delivery.Status, Failure: string(e.Delivery.Failure), Detail: e.Delivery.Detail}
	case e.Finding != nil:
		entry.Finding = &checks.SlackFinding{Problem: e.Finding.Problem, Text: e.Finding.Text}
	case e.Socket != nil && e.Socket.Open:
		entry.Opened = e.Socket.ID
	case e.Socket != nil:
		entry.Closed = e.Socket.ID
	default:
		return entry, false
	}
	return entry, true
}

// look reads what there is: the teams, where to talk in each, and the app's bot.
func (d *drillSlack) look(ctx context.Context) (webapi.Snapshot, error) {
	var all webapi.Snapshot
	if err := d.client.Ask(ctx, "snapshot", nil, &all); err != nil {
		return all, err
	}
	d.place = map[string]string{}
	for _, t := range all.Teams {
		i := slices.IndexFunc(t.Channels, func(c webapi.ChannelSnapshot) bool {
			if d.channel != "" {
				return c.ID == d.channel || c.Name == strings.TrimPrefix(d.channel, "#")
			}
			return c.Type == "channel" && !c.Archived
		})
		if i >= 0 {
			d.place[t.ID] = t.Channels[i].ID
		}
	}
	if len(all.Apps) > 0 {
		d.bot = all.Apps[0].BotUserID
	}
	return all, nil
}

func (d *drillSlack) teams(ctx context.Context) ([]string, error) {
	all, err := d.look(ctx)
	var ids []string
	for _, t := range all.Teams {
		ids = append(ids, t.ID)
	}
	return ids, err
}

// in is a channel of a team, "" being the first.
func (d *drillSlack) in(ctx context.Context, team string) (string, error) {
	all, err := d.look(ctx)
	if err != nil {
		return "", err
	}
	if team == "" && len(all.Teams) > 0 {
		team = all.Teams[0].ID
	}
	if d.place[team] == "" {
		return "", fmt.Errorf("the team %s has no channel %s", team, d.channel)
	}
	return d.place[team], nil
}

func (d *drillSlack) sockets(ctx context.Context) (int, error) {
	var open simulator.SocketsAnswer
	err := d.client.Ask(ctx, "sockets", nil, &open)
	return len(open.Open), err
}

func (d *drillSlack) command(ctx context.Context, team, line string) (checks.SlackReply, error) {
	channel, err := d.in(ctx, team)
	if err != nil {
		return checks.SlackReply{}, err
	}
	return d.acted(ctx, "act/command", simulator.ActRequest{Team: team, Channel: channel, Text: line})
}

// acted is what the app replied to what was sent.
func (d *drillSlack) acted(ctx context.Context, route string, question any) (checks.SlackReply, error) {
	var out simulator.SendOutcome
	if err := d.client.Ask(ctx, route, question, &out); err != nil {
		return checks.SlackReply{}, err
	}
	reply := checks.SlackReply{Acknowledged: out.Acknowledged, Failure: out.Error, Detail: string(out.Withheld)}
	if len(out.Attempts) == 0 {
		return reply, nil
	}
	last := out.Attempts[len(out.Attempts)-1]
	reply.Status, reply.Text, reply.Failure, reply.Detail = last.Status, last.Body, string(last.Failure), last.Detail
	reply.Socket = last.EnvelopeID != ""
	if last.Ack != nil {
		reply.Text = string(last.Ack.Payload)
	}
	return reply, nil
}

// The team, user and channel that no workspace has.
const foreignTeam, foreignUser, foreignChannel = "T0FOREIGN00", "U0FOREIGN00", "C0FOREIGN00"

func (d *drillSlack) foreign(ctx context.Context, line string) (checks.SlackReply, error) {
	command, text, _ := strings.Cut(line, " ")
	return d.acted(ctx, "send", simulator.SendRequest{
		Kind: "command", Command: command, Text: text, Team: foreignTeam, User: foreignUser, Channel: foreignChannel,
	})
}

func (d *drillSlack) say(ctx context.Context, team, text string) error {
	channel, err := d.in(ctx, team)
	if err != nil {
		return err
	}
	var said simulator.MessageAnswer
	return d.client.Ask(ctx, "act/message", simulator.ActRequest{Team: team, Channel: channel, Text: "<@" + d.bot + "> " + text}, &said)
}

// mentionID is the event that comes again.
const mentionID = "EvBELAYDRILL"

func (d *drillSlack) mention(ctx context.Context, team, text string, retry int) (checks.SlackReply, error) {
	channel, err := d.in(ctx, team)
	if err != nil {
		return checks.SlackReply{}, err
	}
	quoted, err := json.Marshal("<@" + d.bot + "> " + text)
	if err != nil {
		return checks.SlackReply{}, err
	}
	// Slack tries for minutes, and the first of its tries tell enough.
	try, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	reply, err := d.acted(try, "send", simulator.SendRequest{
		Kind: "event app_mention", Team: team, Channel: channel, RetryNum: retry,
		Set: map[string]json.RawMessage{"event_id": json.RawMessage(`"` + mentionID + `"`), "event.text": quoted},
	})
	if err != nil && try.Err() != nil && ctx.Err() == nil {
		return checks.SlackReply{Failure: "http_timeout", Detail: "it was not acknowledged"}, nil
	}
	return reply, err
}

func (d *drillSlack) install(ctx context.Context, team, variant string) (checks.SlackInstall, error) {
	var answer simulator.InstallAnswer
	err := d.client.Ask(ctx, "act/install", simulator.InstallControl{URL: d.installURL, Team: team, Variant: simulator.InstallVariant(variant)}, &answer)
	if err != nil || !answer.Installed {
		return checks.SlackInstall{Exchanged: answer.Exchanged, Status: answer.Status, Error: answer.Error}, err
	}
	return checks.SlackInstall{Exchanged: true, Installed: true, Status: answer.Status}, d.invite(ctx, team)
}

// invite lets the app's bot in where things happen, as people do after they installed it.
func (d *drillSlack) invite(ctx context.Context, team string) error {
	channel, err := d.in(ctx, team)
	if err != nil {
		return err
	}
	var answer struct{}
	return d.client.Ask(ctx, "act/invite", simulator.ActRequest{Team: team, Channel: channel}, &answer)
}

func (d *drillSlack) turn(ctx context.Context, by time.Duration) error {
	var now simulator.ClockAnswer
	return d.client.Ask(ctx, "clock", simulator.ClockRequest{Advance: by.String()}, &now)
}

func (d *drillSlack) uninstall(ctx context.Context, team string) error {
	var answer simulator.AppAnswer
	return d.client.Ask(ctx, "act/uninstall", simulator.AppRequest{Team: team}, &answer)
}

func (d *drillSlack) expire(ctx context.Context, team string) (int, error) {
	var answer simulator.AppAnswer
	err := d.client.Ask(ctx, "act/rotate", simulator.AppRequest{Team: team}, &answer)
	return answer.Expired, err
}

func (d *drillSlack) reset(ctx context.Context) error {
	var answer struct{}
	return d.client.Ask(ctx, "reset", struct{}{}, &answer)
}

func (d *drillSlack) inject(ctx context.Context, faults ...string) (func(context.Context) error, error) {
	var before, after simulator.FaultsAnswer
	if err := d.client.Ask(ctx, "faults", nil, &before); err != nil {
		return nil, err
	}
	if err := d.client.Ask(ctx, "faults", simulator.FaultsRequest{Add: faults}, &after); err != nil {
		return nil, err
	}
	var ids []int
	for _, f := range after.Faults {
		if !slices.ContainsFunc(before.Faults, func(b simulator.ControlFault) bool { return b.ID == f.ID }) {
			ids = append(ids, f.ID)
		}
	}
	return func(ctx context.Context) error {
		// What is broken by an interruption is mended all the same.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		return d.client.Ask(ctx, "faults", simulator.FaultsRequest{Clear: ids}, &after)
	}, nil
}

func (d *drillSlack) disturb(ctx context.Context, how string) error {
	var open simulator.SocketsAnswer
	err := d.client.Ask(ctx, "sockets", simulator.SocketsRequest{Do: how}, &open)
	var refused simulator.ControlError
	if errors.As(err, &refused) && refused.Code == "no_target" {
		// The connection went by itself, which the next question sees.
		return nil
	}
	return err
}
