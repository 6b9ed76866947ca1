package webapi

import "slices"

// pinsMethods are those of the family pins.
var pinsMethods = map[string]serve{"pins.add": pinsAdd, "pins.remove": pinsRemove, "pins.list": pinsList}

// maxPins is how many a conversation takes.
const maxPins = 100

// A Pin is a message that is kept at the top of its conversation.
type Pin struct {
	TS        string
	Created   int64
	CreatedBy string
}

// pinned is an item of pins.list and of the events about pins.
type pinned struct {
	item
	Created   int64  `json:"created"`
	CreatedBy string `json:"created_by"`
}

// pinEvent is the event that something was pinned, or is not any more.
//
// https://docs.slack.dev/reference/events/pin_added
type pinEvent struct {
	Type      string `json:"type"`
	User      string `json:"user"`
	ChannelID string `json:"channel_id"`
	Item      pinned `json:"item"`
	ItemUser  string `json:"item_user"`
	PinCount  int    `json:"pin_count"`
	HasPins   bool   `json:"has_pins"`
	EventTS   string `json:"event_ts"`
}

// pinsAdd pins a message.
//
// https://docs.slack.dev/reference/methods/pins.add
func pinsAdd(r *Request) (any, error) {
	c, m, err := r.pinnable()
	switch {
	case err != nil:
		return nil, err
	case c.pin(m.TS) >= 0:
		return nil, refuse("already_pinned")
	case len(c.pins) >= maxPins:
		return nil, refuse("too_many_pins")
	}
	p := Pin{m.TS, r.w.now().Unix(), r.token.UserID}
	c.pins = append(c.pins, p)
	m.PinnedTo = append(m.PinnedTo, c.ID)
	r.pinned("pin_added", c, m, p)
	return nil, nil
}

// pinsRemove takes a pin back.
//
// https://docs.slack.dev/reference/methods/pins.remove
func pinsRemove(r *Request) (any, error) {
	c, m, err := r.pinnable()
	if err != nil {
		return nil, err
	}
	at := c.pin(m.TS)
	if at < 0 {
		return nil, refuse("no_pin")
	}
	p := c.pins[at]
	c.pins = slices.Delete(c.pins, at, at+1)
	m.PinnedTo = slices.DeleteFunc(m.PinnedTo, func(id string) bool { return id == c.ID })
	r.pinned("pin_removed", c, m, p)
	return nil, nil
}

// pinnable is the message that the arguments name.
func (r *Request) pinnable() (*Channel, *Message, error) {
	c, err := r.channel("channel")
	switch {
	case err != nil:
		return nil, nil, err
	case !r.has("timestamp"):
		return nil, nil, refuse("no_item_specified")
	case !wellFormedTS(r.text("timestamp")):
		return nil, nil, refuse("bad_timestamp")
	case !c.has(r.token.UserID) && r.method.Fact.HasError("not_in_channel"):
		return nil, nil, refuse("not_in_channel")
	}
	m := c.message(r.text("timestamp"))
	if m == nil {
		return nil, nil, refuse("message_not_found")
	}
	return c, m, nil
}

func (r *Request) pinned(event string, c *Channel, m *Message, p Pin) {
	team, user, count := r.team(), r.token.UserID, len(c.pins)
	r.w.happen(Happening{
		TeamID: team.ID, Type: event, ChannelID: c.ID, UserID: user, Members: c.Members,
		Event: func() any {
			return pinEvent{event, user, c.ID, pinned{item{"message", c.ID, m, team.permalink(c, m)}, p.Created, p.CreatedBy}, m.User, count, count > 0, r.w.newTS()}
		},
	})
}

// pin is the place of a pin, or -1.
func (c *Channel) pin(ts string) int {
	return slices.IndexFunc(c.pins, func(p Pin) bool { return p.TS == ts })
}

// pinsList says what is pinned, newest first. What was dropped since is left out.
//
// https://docs.slack.dev/reference/methods/pins.list
func pinsList(r *Request) (any, error) {
	c, err := r.channel("channel")
	if err != nil {
		return nil, err
	}
	answer := struct {
		Items []pinned `json:"items"`
	}{[]pinned{}}
	for _, p := range slices.Backward(c.pins) {
		if m := c.message(p.TS); m != nil {
			answer.Items = append(answer.Items, pinned{item{"message", c.ID, m, r.team().permalink(c, m)}, p.Created, p.CreatedBy})
		}
	}
	return answer, nil
}
