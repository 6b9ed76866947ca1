package payload_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"

	"belay/simulator/payload"
)

// differences compares what was sent with what a decoder made of it and encoded
// again: the members that both have. A null is what its zero value is.
func differences(way string, sent, decoded any) []string {
	switch s := sent.(type) {
	case map[string]any:
		d, ok := decoded.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("%s: sent an object, decoded %v", way, decoded)}
		}
		var all []string
		for name := range s {
			if value, modelled := d[name]; modelled {
				all = append(all, differences(way+"."+name, s[name], value)...)
			}
		}
		slices.Sort(all)
		return all
	case []any:
		d, _ := decoded.([]any)
		if len(d) != len(s) {
			return []string{fmt.Sprintf("%s: sent %d elements, decoded %d", way, len(s), len(d))}
		}
		var all []string
		for i := range s {
			all = append(all, differences(fmt.Sprintf("%s.%d", way, i), s[i], d[i])...)
		}
		return all
	case nil:
		if !isZero(decoded) {
			return []string{fmt.Sprintf("%s: sent null, decoded %v", way, decoded)}
		}
		return nil
	}
	if same(sent, decoded) || isZero(sent) && isZero(decoded) {
		return nil
	}
	return []string{fmt.Sprintf("%s: sent %v, decoded %v", way, sent, decoded)}
}

func same(a, b any) bool {
	x, okX := a.(json.Number)
	y, okY := b.(json.Number)
	if okX && okY {
		p, _, _ := big.ParseFloat(x.String(), 10, 200, big.ToNearestEven)
		q, _, _ := big.ParseFloat(y.String(), 10, 200, big.ToNearestEven)
		return p.Cmp(q) == 0
	}
	return reflect.DeepEqual(a, b)
}

func isZero(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		for _, value := range v {
			if !isZero(value) {
				return false
			}
		}
		return true
	case []any:
		return len(v) == 0
	case json.Number:
		return v.String() == "0"
	}
	return v == nil || v == "" || v == false
}

func asMap(text []byte) map[string]any {
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	var m map[string]any
	ExpectWithOffset(1, decoder.Decode(&m)).To(Succeed())
	return m
}

func encoded(value any) map[string]any {
	text, err := json.Marshal(value)
	ExpectWithOffset(1, err).NotTo(HaveOccurred())
	return asMap(text)
}

// scenes are those in which every kind is decoded.
func scenes() []payload.Scene {
	var all []payload.Scene
	for _, p := range payload.Personas() {
		all = append(all, payload.Scene{Persona: p, Text: `hard "text" / ü🦜 & + %`, Sequence: 7})
	}
	view := parsed(someView)
	for _, e := range payload.Elements() {
		all = append(all, payload.Scene{Element: e}, payload.Scene{Element: e, View: view, ActionID: "chosen"})
	}
	return append(all,
		payload.Scene{ChannelID: "DBELAY00000"}, payload.Scene{Private: true, ThreadTS: "1531420000.000000"},
		payload.Scene{Function: "step"})
}

var _ = Describe("slack-go decodes", func() {
	It("and a member that it gets wrong would be found", func() {
		sent := asMap([]byte(`{"a":{"b":[1,null,{"c":"x"}]},"unknown":1}`))
		Expect(differences("", sent, asMap([]byte(`{"a":{"b":[1.0,"",{"c":"x","d":2}]}}`)))).To(BeEmpty())
		for _, wrong := range []string{`{"a":{"b":[1,null,{"c":"y"}]}}`, `{"a":{"b":[2,null,{"c":"x"}]}}`, `{"a":{"b":[1,0.5,{"c":"x"}]}}`, `{"a":{"b":[]}}`, `{"a":1}`} {
			Expect(differences("", sent, asMap([]byte(wrong)))).To(HaveLen(1), wrong)
		}
	})

	It("every slash command", func() {
		for _, scene := range scenes() {
			r := delivery(payload.Command, scene).Request()
			request := httptest.NewRequest("POST", "/", strings.NewReader(string(r.Body)))
			request.Header.Set("Content-Type", r.HeaderValue("Content-Type"))
			command, err := slack.SlashCommandParse(request)
			Expect(err).NotTo(HaveOccurred())
			got := encoded(command)
			form, err := url.ParseQuery(string(r.Body))
			Expect(err).NotTo(HaveOccurred())
			for name := range form {
				Expect(fmt.Sprint(got[name])).To(Equal(form.Get(name)), name)
			}
		}
	})

	for _, kind := range payload.Kinds() {
		if kind.Encoding != payload.FormPayload {
			continue
		}
		It("every "+kind.Name, func() {
			for _, scene := range scenes() {
				form, err := url.ParseQuery(string(delivery(kind, scene).Request().Body))
				Expect(err).NotTo(HaveOccurred())
				var callback slack.InteractionCallback
				Expect(json.Unmarshal([]byte(form.Get("payload")), &callback)).To(Succeed())
				Expect(differences(kind.Name, asMap([]byte(form.Get("payload"))), encoded(callback))).To(BeEmpty())
			}
		})
	}

	for _, of := range slices.Concat(payload.EventTypes(), payload.MessageSubtypes()) {
		kind := of.Kind()
		It("the "+kind.Name, func() {
			for _, scene := range scenes() {
				decodeEvent(of, delivery(kind, scene).Request().Body)
			}
		})
	}
})

// decodeEvent decodes the envelope and, where slack-go knows it, the event in it.
func decodeEvent(of payload.EventType, body []byte) {
	sent := asMap(body)
	event, err := slackevents.ParseEvent(body, slackevents.OptionNoVerifyToken())
	if err != nil {
		ExpectWithOffset(1, err).To(MatchError(ContainSubstring("inner Event does not exist")))
		ExpectWithOffset(1, unknownToSlackGo).To(ContainElement(of.Name))
		return
	}
	ExpectWithOffset(1, differences(of.Name, sent, encoded(event.Data))).To(BeEmpty())
	if event.InnerEvent.Data != nil {
		ExpectWithOffset(1, differences("event", sent["event"], encoded(event.InnerEvent.Data))).To(BeEmpty())
	}
}

// unknownToSlackGo are the events that slack-go does not model.
var unknownToSlackGo = []string{
	"channel_posting_permissions", "entity_comments_requested",
	"workflow_deleted", "workflow_published", "workflow_step_deleted", "workflow_step_execute", "workflow_unpublished",
}
