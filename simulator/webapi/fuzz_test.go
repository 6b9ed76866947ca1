package webapi_test

import (
	"encoding/json"
	"net/url"
	"path"
	"strings"
	"testing"

	"belay/simulator/webapi"
)

// FuzzAnswer answers whatever an app may send: always with JSON that says whether it is
// ok.
func FuzzAnswer(f *testing.F) {
	const form, object = "application/x-www-form-urlencoded", "application/json; charset=utf-8"
	for _, seed := range [][4]string{
		{"chat.postMessage", object, "", `{"channel":"C0BELAY0GEN","text":"hi","blocks":[{"type":"divider"}],"attachments":[{"text":"x"}]}`},
		{"chat.postMessage", form, "", `channel=general&text=*a*+_b_+~c~+%60d%60+%3Ahm%3A+%3C%40U1%7Cx%3E&thread_ts=1.1`},
		{"chat.postMessage", object, "", `{"channel":"general","markdown_text":"x","metadata":{"event_type":"x","event_payload":{}}}`},
		{"chat.update", object, "", `{"channel":"C0BELAY0GEN","ts":"1795478788.000001","text":"x\ud800","blocks":"[]"}`},
		{"chat.unfurl", object, "", `{"channel":"C0BELAY0GEN","ts":"1.1","unfurls":{"https://x":{"blocks":[]}}}`},
		{"chat.startStream", object, "", `{"channel":"general","thread_ts":"1.1","chunks":[{"type":"task_update","id":"1","title":"x"}]}`},
		{"chat.scheduleMessage", form, "", `channel=general&post_at=9999999999999999999&text=x`},
		{"chat.scheduledMessages.list", form, "limit=-1", `cursor=bmV4dDox`},
		{"api.test", "multipart/form-data; boundary=x", "a=b", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n"},
		{"views.open", object, "", `{"trigger_id":"x","view":{}}`},
		{"oauth.v2.access", form, "", `client_id=0000000000.0000000001&code=x&grant_type=refresh_token&refresh_token=xoxe-1-x`},
		{"tooling.tokens.rotate", form, "", `refresh_token=xoxe-1-x`},
		{"auth.revoke", form, "", ``},
		{"\x00", "", "%zz", "\xff"},
	} {
		f.Add(seed[0], seed[1], seed[2], []byte(seed[3]))
	}
	f.Fuzz(func(t *testing.T, name, contentType, query string, body []byte) {
		w := webapi.New(webapi.Options{Messages: 10, Happens: func(h webapi.Happening) {
			if _, err := json.Marshal(h.Event()); err != nil {
				t.Fatalf("the event %s cannot be encoded: %v", h.Type, err)
			}
		}})
		in := webapi.Incoming{Name: name, Verb: "POST", Query: query, ContentType: contentType, Authorization: "Bearer " + botToken, Body: body}
		for range 2 {
			reply := w.Answer(in)
			var answer struct {
				OK    *bool   `json:"ok"`
				Error *string `json:"error"`
			}
			if err := json.Unmarshal(reply.Body, &answer); err != nil || answer.OK == nil || *answer.OK != (reply.Error == "") || !*answer.OK && answer.Error == nil {
				t.Fatalf("%s answered %q: %v", name, reply.Body, err)
			}
		}
	})
}

// FuzzArguments reads JSON bodies as encoding/json reads them.
func FuzzArguments(f *testing.F) {
	for _, seed := range []string{
		`{"a":"b","c":[1,{"d":"}"}],"e":1e3,"f":null,"g":"\u0041\ud83d\ude00","":true}`,
		` { "a" : "\\\"" , "a" : {} } `, `{}`, `[]`, `{"a":1}x`, `{"a\n":1}`, "\f{}", "{\"\xff\":\"\xff\"}",
	} {
		f.Add([]byte(seed))
	}
	w := webapi.New(webapi.Options{})
	f.Fuzz(func(t *testing.T, body []byte) {
		reply := w.Answer(webapi.Incoming{Name: "api.test", Verb: "POST", ContentType: "application/json; charset=utf-8", Body: body})
		var want map[string]json.RawMessage
		if err := json.Unmarshal(body, &want); err != nil || want == nil {
			if len(body) > 0 && reply.Error != "invalid_json" && reply.Error != "json_not_object" {
				t.Fatalf("%q was taken: %s", body, reply.Body)
			}
			return
		}
		var got struct {
			Args map[string]string `json:"args"`
		}
		if err := json.Unmarshal(reply.Body, &got); err != nil || len(want) > 150 {
			return
		}
		for name, raw := range want {
			text := string(raw)
			if text[0] == '"' {
				_ = json.Unmarshal(raw, &text)
			}
			if name == "token" || text == "null" && raw[0] == 'n' {
				continue
			}
			if got.Args[name] != strings.ToValidUTF8(text, "\uFFFD") {
				t.Fatalf("%q is %q, want %q", name, got.Args[name], text)
			}
		}
	})
}

// FuzzRedirect looks for a redirect URI that leads elsewhere than the app's URL does.
func FuzzRedirect(f *testing.F) {
	seed := webapi.DefaultSeed()
	seed.Apps[0].RedirectURLs = []string{"https://app.example.com/slack"}
	w := webapi.New(webapi.Options{Seed: &seed})
	c, err := w.Credentials("")
	if err != nil {
		f.Fatal(err)
	}
	for _, uri := range []string{
		"https://app.example.com/slack/x", "https://app.example.com/slack/../x", "https://app.example.com/slack/%2e%2e/x", "https://app.example.com@evil/slack",
		"https://app.example.com\\@evil/slack", "//app.example.com/slack", "https:app.example.com/slack", "https://app.example.com/slack\r\nX: y", "myapp://slack",
	} {
		f.Add(uri)
	}
	f.Fuzz(func(t *testing.T, uri string) {
		to, err := w.Refuse(webapi.AuthorizeRequest{Flow: webapi.FlowV2, ClientID: c.ClientID, Scope: "chat:write", RedirectURI: uri, State: "s"})
		if err != nil {
			return
		}
		u, err := url.Parse(to)
		if err != nil || u.Scheme != "https" || !strings.EqualFold(u.Host, "app.example.com") || u.User != nil || strings.ContainsAny(to, "\r\n\\#") {
			t.Fatalf("%q leads to %q", uri, to)
		}
		if clean := path.Clean("/" + u.Path); clean != "/slack" && !strings.HasPrefix(clean, "/slack/") {
			t.Fatalf("%q leads to %q", uri, to)
		}
	})
}
