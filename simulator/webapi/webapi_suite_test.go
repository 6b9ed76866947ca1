package webapi_test

import (
	"encoding/json"
	"net/url"
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/clock"
	"belay/simulator/webapi"
)

func TestWebAPI(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "Web API")
}

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

const (
	botToken  = "xoxb-belay-bot"
	userToken = "xoxp-belay-user"
	appToken  = "xapp-belay-app"
)

// A slack is a workspace that remembers what happened in it.
type slack struct {
	*webapi.Workspace
	Clock    *clock.Clock
	Happened []webapi.Happening
	Events   []map[string]any
	Found    []string
}

// open starts a workspace with a clock that stands at noon.
func open(change ...func(*webapi.Options)) *slack {
	s := &slack{Clock: clock.At(noon)}
	o := webapi.Options{
		Clock: s.Clock,
		Happens: func(h webapi.Happening) {
			s.Happened = append(s.Happened, h)
			s.Events = append(s.Events, plain(h.Event()))
		},
		Find: func(problem, text string) { s.Found = append(s.Found, problem) },
	}
	for _, c := range change {
		c(&o)
	}
	s.Workspace = webapi.New(o)
	return s
}

// profiled is an option: Slack's profile with a change.
func profiled(change func(*webapi.Profile)) func(*webapi.Options) {
	return func(o *webapi.Options) {
		p := webapi.SlackProfile()
		change(&p)
		o.Profile = &p
	}
}

// seeded is an option: what there is at first.
func seeded(seed webapi.Seed) func(*webapi.Options) {
	return func(o *webapi.Options) { o.Seed = &seed }
}

// args are the arguments of a call.
type args map[string]any

// call calls a method as the bot, with a form.
func (s *slack) call(method string, a args) map[string]any { return s.as(botToken, method, a) }

// as calls a method with a token. What is no text is sent as JSON within the form.
func (s *slack) as(token, method string, a args) map[string]any {
	form := url.Values{}
	for name, value := range a {
		if text, ok := value.(string); ok {
			form.Set(name, text)
			continue
		}
		encoded, err := json.Marshal(value)
		Expect(err).NotTo(HaveOccurred())
		form.Set(name, string(encoded))
	}
	return decode(s.Answer(webapi.Incoming{
		Name: method, Verb: "POST", Authorization: "Bearer " + token,
		ContentType: "application/x-www-form-urlencoded", Body: []byte(form.Encode()),
	}))
}

// post calls a method as the bot, with JSON.
func (s *slack) post(method string, a args) map[string]any {
	body, err := json.Marshal(a)
	Expect(err).NotTo(HaveOccurred())
	return decode(s.Answer(webapi.Incoming{
		Name: method, Verb: "POST", Authorization: "Bearer " + botToken,
		ContentType: "application/json; charset=utf-8", Body: body,
	}))
}

func decode(r webapi.Reply) map[string]any {
	var answer map[string]any
	Expect(json.Unmarshal(r.Body, &answer)).To(Succeed(), string(r.Body))
	return answer
}

// plain is a value as its reader sees it.
func plain(value any) map[string]any {
	encoded, err := json.Marshal(value)
	Expect(err).NotTo(HaveOccurred())
	var object map[string]any
	Expect(json.Unmarshal(encoded, &object)).To(Succeed())
	return object
}

// succeed matches an answer that is ok.
func succeed() OmegaMatcher { return HaveKeyWithValue("ok", true) }

// failWith matches an answer that refuses.
func failWith(code string) OmegaMatcher {
	return And(HaveKeyWithValue("ok", false), HaveKeyWithValue("error", code))
}
