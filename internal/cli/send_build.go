package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"belay/simulator/payload"
)

// building are the flags of whatever builds a payload.
type building struct {
	fieldsSet, fieldsUnset []string
	raw                    string
	persona                string
	tamper                 []string
	element                string
	action, block, value   string
	callbackID             string
	team, user             string
	channel, thread        string
	view, message          string
	inputs                 []string

	token payload.Secret
}

func (f *building) register(c *cobra.Command) {
	flags := c.Flags()
	flags.StringArrayVar(&f.fieldsSet, "set", nil, "set any field, as `FIELD=VALUE`, such as event.user=U123; event.+mine=1 adds one that Slack does not send")
	flags.StringArrayVar(&f.fieldsUnset, "unset", nil, "leave this `FIELD` out")
	flags.StringVar(&f.raw, "raw", "", "take the fields from this JSON or form `FILE`; - is standard input")
	flags.StringVar(&f.persona, "persona", "", "whose Slack it comes from, as `NAME`: "+strings.Join(personaNames(), ", "))
	flags.StringArrayVar(&f.tamper, "tamper", nil, "spoil the request, as `NAME[=VALUE]`: "+strings.Join(tamperNames(), ", "))
	flags.StringVar(&f.element, "element", "", "the `TYPE` of the element that is used, such as button (belay send block_actions --list)")
	flags.StringVar(&f.action, "action", "", "the action_id of the element, as `ID`")
	flags.StringVar(&f.block, "block", "", "the block_id of its block, as `ID`")
	flags.StringVar(&f.value, "value", "", "what is pressed, chosen or typed")
	flags.StringVar(&f.callbackID, "callback-id", "", "the callback_id of a shortcut, view or dialog, as `ID`")
	flags.StringVar(&f.team, "team", "", "from this team `ID`")
	flags.StringVar(&f.user, "user", "", "from this user `ID`")
	flags.StringVar(&f.channel, "channel", "", "in the channel of this `ID`; D… is a direct message")
	flags.StringVar(&f.thread, "thread", "", "in the thread of this `TS`")
	flags.StringVar(&f.view, "view", "", "in the view that the app opened, as the JSON `FILE` that it passed to views.open")
	flags.StringVar(&f.message, "message", "", "at the message that the app posted, as the JSON `FILE` that it passed to chat.postMessage")
	flags.StringArrayVar(&f.inputs, "input", nil, "what is typed or chosen in the view, as `ACTION_ID=VALUE`")
}

func personaNames() []string {
	var names []string
	for _, p := range payload.Personas() {
		names = append(names, string(p))
	}
	return names
}

func tamperNames() []string {
	var names []string
	for _, t := range payload.Tampers() {
		name := t.Name
		if t.Value != "" {
			name += "[=" + t.Value + "]"
		}
		names = append(names, name)
	}
	return names
}

func flagNames(c *cobra.Command) []string {
	var names []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

// A built payload is what the user described.
type built struct {
	kind    payload.Kind
	scene   payload.Scene
	tampers []payload.Tamper
	// raw are the fields that were read from a file, or nil.
	raw        payload.Object
	set, unset []string
}

// parse reads the arguments and flags, and says everything that is wrong with them.
func (f *building) parse(world IO, args []string, given map[string]bool) (*built, error) {
	var wrong mistakes
	b := &built{set: f.fieldsSet, unset: f.fieldsUnset}
	rest, err := b.find(args)
	wrong.note(err)
	if err == nil {
		wrong.note(b.arguments(rest, f.raw != ""))
	}
	for _, text := range f.tamper {
		t, err := payload.ParseTamper(text)
		if err != nil {
			err = fmt.Errorf("--tamper: %w", err)
		}
		wrong.note(err)
		b.tampers = append(b.tampers, t)
	}
	wrong.note(f.dress(b, world))
	if f.raw != "" {
		for _, name := range sceneFlags {
			wrong.when(given[name], "--%s and --raw do not go together: the file has all the fields, and --set changes them", name)
		}
	}
	if len(wrong) == 0 && f.raw != "" {
		b.raw, err = readFields(world, f.raw, b.kind)
		wrong.note(err)
		if err == nil && f.token != "" && b.raw.Has("token") {
			b.raw = b.raw.With("token", f.token)
		}
	}
	if len(wrong) == 0 && b.raw == nil {
		f.unused(b, given, &wrong)
	}
	return b, wrong.err()
}

// sceneFlags say who does what where, which the fields of a file say already.
var sceneFlags = strings.Fields("persona element action block value callback-id team user channel thread view message input")

// find takes the kind off the arguments.
func (b *built) find(args []string) ([]string, error) {
	words := 1
	if args[0] == payload.Event.Name {
		if len(args) == 1 {
			return nil, fmt.Errorf("event needs its type, as in: belay send event app_mention (belay send event --list shows them)")
		}
		words = 2
	}
	var err error
	b.kind, err = payload.FindKind(strings.Join(args[:words], " "))
	return args[words:], err
}

// arguments takes what is behind the kind: a command's words.
func (b *built) arguments(rest []string, raw bool) error {
	if b.kind.Name != payload.Command.Name || raw {
		if len(rest) > 0 {
			return fmt.Errorf("%s takes nothing behind it, and got %q", b.kind.Name, rest[0])
		}
		return nil
	}
	text := strings.TrimSpace(strings.Join(rest, " "))
	if text == "" {
		return fmt.Errorf(`command needs the command, as in: belay send command "/deploy prod"`)
	}
	if !strings.HasPrefix(text, "/") {
		return fmt.Errorf("a slash command starts with /, and %q does not", rest[0])
	}
	name, after, _ := strings.Cut(text, " ")
	b.scene.Command, b.scene.Text = name, strings.TrimSpace(after)
	return nil
}

// dress fills in the scene.
func (f *building) dress(b *built, world IO) error {
	var wrong mistakes
	s := &b.scene
	s.Token, s.TeamID, s.UserID, s.ChannelID, s.ThreadTS = f.token, f.team, f.user, f.channel, f.thread
	s.CallbackID, s.ActionID, s.BlockID, s.Element, s.Value = f.callbackID, f.action, f.block, f.element, f.value
	if f.persona != "" {
		var err error
		s.Persona, err = payload.ParsePersona(f.persona)
		wrong.note(err)
	}
	if f.element != "" {
		wrong.note(payload.CheckElement(f.element))
	}
	var err error
	s.View, err = readObject(world, "--view", f.view)
	wrong.note(err)
	s.Message, err = readObject(world, "--message", f.message)
	wrong.note(err)
	for _, text := range f.inputs {
		name, value, ok := strings.Cut(text, "=")
		wrong.when(!ok || name == "", "--input %s: want ACTION_ID=VALUE", text)
		if s.Inputs == nil {
			s.Inputs = map[string]string{}
		}
		s.Inputs[name] = value
	}
	return wrong.err()
}

// unused refuses what would change nothing about this kind of payload, so that nobody
// believes that it did.
func (f *building) unused(b *built, given map[string]bool, wrong *mistakes) {
	at := time.Unix(1, 0)
	encode := func(change func(*payload.Scene)) []byte {
		scene := b.scene
		scene.Time = at
		change(&scene)
		return payload.Encode(b.kind.Encoding, b.kind.Fields(scene))
	}
	for _, of := range []struct {
		flag       string
		one, other func(*payload.Scene)
	}{
		{"persona", func(s *payload.Scene) { s.Persona = payload.PersonaGuest }, func(s *payload.Scene) { s.Persona = payload.PersonaEnterprise }},
		{"element", func(s *payload.Scene) { s.Element = "users_select" }, func(s *payload.Scene) { s.Element = "datepicker" }},
		{"action", func(s *payload.Scene) { s.ActionID = "a" }, func(s *payload.Scene) { s.ActionID = "b" }},
		{"block", func(s *payload.Scene) { s.BlockID = "a" }, func(s *payload.Scene) { s.BlockID = "b" }},
		{"value", func(s *payload.Scene) { s.Value = "1" }, func(s *payload.Scene) { s.Value = "2" }},
		{"callback-id", func(s *payload.Scene) { s.CallbackID = "a" }, func(s *payload.Scene) { s.CallbackID = "b" }},
		{"team", func(s *payload.Scene) { s.TeamID = "T1" }, func(s *payload.Scene) { s.TeamID = "T2" }},
		{"user", func(s *payload.Scene) { s.UserID = "U1" }, func(s *payload.Scene) { s.UserID = "U2" }},
		{"channel", func(s *payload.Scene) { s.ChannelID = "C1" }, func(s *payload.Scene) { s.ChannelID = "C2" }},
		{"thread", func(s *payload.Scene) { s.ThreadTS = "1.1" }, func(s *payload.Scene) { s.ThreadTS = "2.2" }},
		{"view", func(*payload.Scene) {}, func(s *payload.Scene) { s.View = nil }},
		{"message", func(*payload.Scene) {}, func(s *payload.Scene) { s.Message = nil }},
	} {
		wrong.when(given[of.flag] && bytes.Equal(encode(of.one), encode(of.other)), "--%s says nothing about %s", of.flag, b.kind.Name)
	}
	for name := range b.scene.Inputs {
		one := encode(func(s *payload.Scene) { s.Inputs = map[string]string{name: "1"} })
		other := encode(func(s *payload.Scene) { s.Inputs = map[string]string{name: "2"} })
		wrong.when(bytes.Equal(one, other), "--input %s: there is no such action_id in the view of %s%s", name, b.kind.Name, wantView(b.scene.View))
	}
}

func wantView(view payload.Object) string {
	if view == nil {
		return " (--view FILE says what is in it)"
	}
	return ""
}

// fields are those of the nth payload, at that time.
func (b *built) fields(n int, at time.Time) (payload.Object, error) {
	fields := b.raw
	if fields == nil {
		scene := b.scene
		scene.Sequence, scene.Time = n, at
		fields = b.kind.Fields(scene)
	}
	var err error
	for _, text := range b.set {
		path, value, ok := strings.Cut(text, "=")
		if !ok {
			return nil, fmt.Errorf("--set %s: want FIELD=VALUE", text)
		}
		if fields, err = fields.Set(path, value); err != nil {
			return nil, fmt.Errorf("--set %s: %w", path, err)
		}
	}
	for _, path := range b.unset {
		if fields, err = fields.Unset(path); err != nil {
			return nil, fmt.Errorf("--unset %s: %w", path, err)
		}
	}
	return fields, nil
}

// check refuses tampers that would change nothing, or that need somebody to retry.
func (b *built) check(d payload.Delivery, retries bool) error {
	var wrong mistakes
	for _, t := range d.WithoutEffect() {
		wrong.when(true, "--tamper %s changes nothing: %s has nothing of what it would spoil", t.Name, b.kind.Name)
	}
	event := isEvent(d)
	for _, t := range b.tampers {
		wrong.when(t.LostFirst && !event, "--tamper %s goes with events, which alone Slack sends again", t.Name)
		wrong.when((t.LostFirst || t.Duplicate) && retries, "--tamper %s and --retries do not go together", t.Name)
	}
	wrong.when(retries && !event, "--retries goes with events, which alone Slack sends again")
	return wrong.err()
}

// isEvent reports what the Events API sends, and sends again.
func isEvent(d payload.Delivery) bool {
	kind := d.Fields.Text("type")
	return d.Kind.Encoding == payload.JSON && (kind == "event_callback" || kind == payload.AppRateLimited.Name)
}

// lost is the first retry of an event whose first attempt was lost, where that is
// asked for.
func (b *built) lost(d payload.Delivery) payload.Delivery {
	if slices.ContainsFunc(b.tampers, func(t payload.Tamper) bool { return t.LostFirst }) {
		d.Header = append(d.Header[:len(d.Header):len(d.Header)],
			payload.HeaderField{Name: "X-Slack-Retry-Num", Value: "1"},
			payload.HeaderField{Name: "X-Slack-Retry-Reason", Value: "http_timeout"})
	}
	return d
}

func (b *built) twice() bool {
	return slices.ContainsFunc(b.tampers, func(t payload.Tamper) bool { return t.Duplicate })
}

// name is what the payload is called.
func (b *built) name(fields payload.Object) string {
	name := b.kind.Name
	if b.kind.Name == payload.Command.Name {
		name = strings.TrimSpace(fields.Text("command") + " " + fields.Text("text"))
	}
	if b.scene.ActionID != "" {
		name += " " + b.scene.ActionID
	} else if b.scene.CallbackID != "" {
		name += " " + b.scene.CallbackID
	}
	var spoilt []string
	for _, t := range b.tampers {
		spoilt = append(spoilt, t.Title)
	}
	if len(spoilt) > 0 {
		name += " with " + strings.Join(spoilt, " and ")
	}
	return name
}

// readObject reads the JSON file of a flag.
func readObject(world IO, flag, file string) (payload.Object, error) {
	if file == "" {
		return nil, nil
	}
	name, data, err := readInput(world, file)
	if err == nil {
		var o payload.Object
		if o, err = payload.ParseObject(name, data); err == nil {
			return o, nil
		}
	}
	return nil, fmt.Errorf("%s: %w", flag, err)
}

// readInput reads a file, or standard input for a dash.
func readInput(world IO, file string) (name string, data []byte, err error) {
	return readUpTo(world, file, maxBody)
}

// readUpTo reads a file, or standard input for a dash, of at most so many bytes.
func readUpTo(world IO, file string, most int64) (name string, data []byte, err error) {
	if file == "-" {
		name = "standard input"
		if world.Stdin == nil {
			return name, nil, fmt.Errorf("%s is closed", name)
		}
		data, err = io.ReadAll(io.LimitReader(world.Stdin, most+1))
	} else {
		name = file
		var f *os.File
		if f, err = os.Open(file); err != nil {
			return name, nil, err
		}
		defer f.Close()
		data, err = io.ReadAll(io.LimitReader(f, most+1))
	}
	if err == nil && int64(len(data)) > most {
		err = fmt.Errorf("%s is larger than %d MiB", name, most>>20)
	}
	return name, data, err
}
