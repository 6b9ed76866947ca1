package webapi_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/facts"
	"belay/simulator/webapi"
)

var _ = Describe("The answers of chat", func() {
	It("have the keys that are documented", func() {
		s := talk()
		general := args{"channel": webapi.GeneralChannel}
		with := func(more args) args {
			a := maps.Clone(general)
			maps.Copy(a, more)
			return a
		}
		thread := args{"thread_ts": s.person, "recipient_team_id": webapi.DefaultTeam, "recipient_user_id": webapi.DefaultUser, "markdown_text": "x"}
		stream := s.post("chat.startStream", with(thread))["ts"]
		scheduled := func() args {
			return with(args{"text": "x", "post_at": noon.Add(time.Hour).Unix()})
		}
		id := s.post("chat.scheduleMessage", scheduled())["scheduled_message_id"]
		calls := []struct {
			method string
			args   args
		}{
			{"chat.postMessage", with(args{"text": "x"})},
			{"chat.postEphemeral", with(args{"text": "x", "user": webapi.DefaultUser})},
			{"chat.meMessage", with(args{"text": "x"})},
			{"chat.update", with(args{"text": "x", "ts": s.bot})},
			{"chat.getPermalink", with(args{"message_ts": s.bot})},
			{"chat.scheduleMessage", scheduled()},
			{"chat.scheduledMessages.list", args{"limit": "1"}},
			{"chat.deleteScheduledMessage", with(args{"scheduled_message_id": id})},
			{"chat.startStream", with(thread)},
			{"chat.appendStream", with(args{"ts": stream, "markdown_text": "x"})},
			{"chat.stopStream", with(args{"ts": stream})},
			{"chat.unfurl", with(args{"ts": s.bot, "unfurls": "{}"})},
			{"chat.delete", with(args{"ts": s.bot})},
		}
		var asked []string
		for _, c := range calls {
			asked = append(asked, c.method)
			fact, found := facts.FindMethod(c.method)
			Expect(found).To(BeTrue(), c.method)
			answer := s.call(c.method, c.args)
			Expect(answer).To(succeed(), c.method)
			for _, key := range fact.Answers {
				Expect(answer).To(HaveKey(key), c.method)
			}
		}
		var modelled []string
		for _, m := range webapi.Methods() {
			if m.Modelled() && len(m.Name) > 5 && m.Name[:5] == "chat." {
				modelled = append(modelled, m.Name)
			}
		}
		slices.Sort(asked)
		Expect(asked).To(Equal(modelled))
	})

	It("hold every field of a message, as encoding/json encodes it", func() {
		text := "a <b> \"c\" 漢 \\ \n"
		sort := reflect.TypeFor[webapi.Message]()
		for i := range sort.NumField() {
			field := sort.Field(i)
			if !field.IsExported() {
				continue
			}
			m := webapi.Message{Type: "message", Text: text}
			switch value := reflect.ValueOf(&m).Elem().Field(i); value.Kind() {
			case reflect.String:
				value.SetString(text)
			case reflect.Int:
				value.SetInt(1)
			case reflect.Bool:
				value.SetBool(true)
			case reflect.Pointer:
				value.Set(reflect.New(field.Type.Elem()))
			case reflect.Slice:
				if field.Type == reflect.TypeFor[json.RawMessage]() {
					value.SetBytes([]byte(`["x"]`))
				} else {
					value.Set(reflect.MakeSlice(field.Type, 1, 1))
				}
			default:
				Fail("no value for " + field.Name)
			}
			var want bytes.Buffer
			encoder := json.NewEncoder(&want)
			encoder.SetEscapeHTML(false)
			Expect(encoder.Encode(m)).To(Succeed())
			Expect(webapi.EncodeMessage(&m)).To(Equal(bytes.TrimSpace(want.Bytes())), field.Name)
		}
	})
})
