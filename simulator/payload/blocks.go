package payload

import "strconv"

// A placed element is one that stands in a block.
type placed struct {
	block   Object
	element Object
	// answered is set in a block that asks for an answer: only its input has to be
	// filled.
	answered bool
}

// place finds the elements of blocks, in order.
func place(blocks List) []placed {
	var all []placed
	for _, b := range blocks {
		block, _ := b.(Object)
		within := block.list("elements")
		for _, name := range []string{"accessory", "element"} {
			if e := block.object(name); e != nil {
				within = List{e}
			}
		}
		for _, e := range within {
			if one, ok := e.(Object); ok && one.Text("action_id") != "" {
				all = append(all, placed{block, one, block.Text("type") == "input"})
			}
		}
	}
	return all
}

// named gives ids to the blocks and elements that have none, as Slack does. The
// app's own object stays as it is.
func named(blocks List) List {
	all := make(List, len(blocks))
	for i, b := range blocks {
		block, ok := b.(Object)
		if !ok {
			all[i] = b
			continue
		}
		number := strconv.Itoa(i + 1)
		if block.Text("block_id") == "" {
			block = withID(block, "block_id", "belay"+number)
		}
		for _, name := range []string{"accessory", "element"} {
			if e := block.object(name); e != nil {
				block = block.With(name, identified(e, "belay"+number))
			}
		}
		if block.Text("type") == "actions" || block.Text("type") == "context_actions" {
			block = block.With("elements", identifiedAll(block.list("elements"), "belay"+number))
		}
		all[i] = block
	}
	return all
}

func identifiedAll(elements List, prefix string) List {
	all := make(List, len(elements))
	for i, e := range elements {
		all[i] = e
		if one, ok := e.(Object); ok {
			all[i] = identified(one, prefix+"."+strconv.Itoa(i+1))
		}
	}
	return all
}

func identified(e Object, id string) Object {
	if e.Text("type") == "image" || e.Text("action_id") != "" {
		return e
	}
	return withID(e, "action_id", id)
}

// withID puts the id behind the type, where Slack has it.
func withID(o Object, name, id string) Object {
	if o.Has(name) {
		return o.With(name, id)
	}
	var all Object
	for _, m := range o {
		all = append(all, m)
		if m.Name == "type" {
			all = append(all, Member{name, id})
		}
	}
	if !all.Has(name) {
		all = append(all, Member{name, id})
	}
	return all
}

// sampleBlock is a block with the scene's element in it.
func (s Scene) sampleBlock() Object {
	kind := elementOf(s.Element)
	e := join(Object{{"type", kind.name}, {"action_id", s.ActionID}}, kind.sample)
	head := Object{{"type", kind.block}, {"block_id", s.BlockID}}
	switch kind.block {
	case "section":
		return join(head, Object{
			{"text", Object{{"type", "mrkdwn"}, {"text", "belay"}, {"verbatim", false}}}, {"accessory", e},
		})
	case "input":
		return join(head, Object{
			{"label", plainText("Belay")}, {"optional", false}, {"dispatch_action", true}, {"element", e},
		})
	}
	return join(head, Object{{"elements", List{e}}})
}

// acted is the element that is acted upon: of the given blocks the one with the
// scene's action_id, or a sample.
func (s Scene) acted(blocks List) (Scene, Object) {
	for _, p := range place(blocks) {
		if p.element.Text("action_id") == s.ActionID {
			s.Element, s.BlockID = p.element.Text("type"), p.block.Text("block_id")
			return s, p.element
		}
	}
	return s, place(List{s.sampleBlock()})[0].element
}

// action is one of the actions of block_actions.
//
// https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
func (s Scene) action(e Object) Object {
	kind := elementOf(s.Element)
	sort := Member{"type", kind.name}
	ids := Object{{"action_id", s.ActionID}, {"block_id", s.BlockID}}
	value := append(s.echoed(e, "icon", "text"), s.pressed(kind, e)...)
	at := Member{"action_ts", s.ts()}
	if kind.typeLast {
		return append(join(ids, value), sort, at)
	}
	echo := s.echoed(e, "initial_option", "initial_options", "initial_user", "initial_users",
		"initial_conversation", "initial_conversations", "initial_channel", "initial_channels",
		"initial_date", "initial_time", "initial_date_time", "placeholder", "confirm")
	return append(join([]Member{sort}, ids, value, echo), at)
}

// pressed is the value of an action. A button has only what the app gave it.
func (s Scene) pressed(kind element, e Object) []Member {
	switch kind.name {
	case "button", "icon_button":
		if s.Value != "" {
			e = e.With("value", s.Value)
		}
		return s.echoed(e, "value", "url", "style", "confirm")
	case "feedback_buttons":
		button := e.object("positive_button")
		if s.Value == e.object("negative_button").Text("value") {
			button = e.object("negative_button")
		}
		return s.echoed(button.With("value", or(s.Value, button.Text("value"))), "text", "value")
	}
	return []Member{{kind.member, kind.value(e, s.Value, true)}}
}

// echoed is those of the names that the object has, in that order.
func (s Scene) echoed(o Object, names ...string) []Member {
	var all []Member
	for _, name := range names {
		if o.Has(name) {
			all = append(all, Member{name, o.Value(name)})
		}
	}
	return all
}
