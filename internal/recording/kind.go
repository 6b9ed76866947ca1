package recording

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"belay/simulator/payload"
)

// An identity is what a recording is.
type identity struct {
	// kind is what Slack calls it, and how Slack encodes it.
	kind payload.Kind
	// encoding is how the recording has it.
	encoding payload.Encoding
	// fields are those that were recorded.
	fields payload.Object
	// others are the fields of the form beside payload.
	others []string
}

// identify tells which kind of request it is, or why it is none of Slack's.
func (r Recording) identify() (identity, error) {
	if r.Method == "GET" {
		return r.identifyRedirect()
	}
	if r.Method != "POST" {
		return identity{}, fmt.Errorf("it is %.20q, and Slack sends POST", r.Method)
	}
	if len(r.Body) == 0 {
		return identity{}, errors.New("it has no body")
	}
	if object, ok := bodyObject(r.Body); ok {
		kind, err := kindOfJSON(object)
		return identity{kind: kind, encoding: payload.JSON, fields: object}, err
	}
	if first := r.Body[0]; first == '{' || first == '[' {
		_, err := payload.ParseObject("the body", r.Body)
		return identity{}, err
	}
	return identifyForm(r.Body)
}

// identifyRedirect knows the GET with which a browser comes back from an install.
func (r Recording) identifyRedirect() (identity, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return identity{}, errors.New("its URL cannot be read")
	}
	all, err := pairs([]byte(u.RawQuery))
	if err != nil {
		return identity{}, err
	}
	fields := payload.Object{}
	for _, p := range all {
		if p.name != "" {
			fields = append(fields, payload.Member{Name: p.name, Value: p.value([]byte(u.RawQuery))})
		}
	}
	if !fields.Has("code") && !fields.Has("error") || !fields.Has("state") {
		return identity{}, errors.New("the only GET that Slack causes is the redirect of an install, with code and state")
	}
	return identity{kind: payload.OAuthRedirect, encoding: payload.Query, fields: fields}, nil
}

func identifyForm(body []byte) (identity, error) {
	all, err := pairs(body)
	if err != nil {
		return identity{}, err
	}
	fields, inner, others := payload.Object{}, "", []string{}
	for _, p := range all {
		switch p.name {
		case "":
			continue
		case payloadField:
			inner = p.value(body)
		default:
			others = append(others, p.name)
		}
		fields = append(fields, payload.Member{Name: p.name, Value: p.value(body)})
	}
	switch {
	case fields.Has(payloadField):
		object, err := payload.ParseObject("payload", []byte(inner))
		if err != nil {
			return identity{}, err
		}
		kind, err := kindOfJSON(object)
		return identity{kind: kind, encoding: payload.FormPayload, fields: object, others: others}, err
	case fields.Has("command"):
		return identity{kind: payload.Command, encoding: payload.Form, fields: fields}, nil
	case fields.Has("ssl_check"):
		return identity{kind: payload.SSLCheck, encoding: payload.Form, fields: fields}, nil
	}
	return identity{}, errors.New("it is a form without command, payload or ssl_check")
}

// kindOfJSON goes by the type, which is Slack's own word.
func kindOfJSON(object payload.Object) (payload.Kind, error) {
	word, _ := object.Value("type").(string)
	switch word {
	case "":
		if object.Has("command") {
			return payload.Command, nil
		}
		if object.Has("envelope_id") {
			return payload.Kind{}, errors.New("it is an envelope of Socket Mode, which is not sent over HTTP")
		}
		return payload.Kind{}, errors.New("its JSON has no type")
	case "event_callback":
		return eventKind(object), nil
	case payload.InteractiveMessage.Name:
		if !object.Has("actions") {
			return payload.InteractiveMessageSuggestion, nil
		}
	}
	for _, kind := range payload.Kinds() {
		// An event's type is event_callback, and oauth_redirect has no type.
		if kind.Name == word && (kind.Encoding == payload.FormPayload || kind.Encoding == payload.JSON) && word != payload.Event.Name {
			return kind, nil
		}
	}
	if of, err := payload.FindEventType(word); err == nil {
		return payload.Kind{}, fmt.Errorf("it is the event %s without its event_callback", of.Name)
	}
	return payload.Kind{}, fmt.Errorf("its type is %.60q, which Slack does not send", word)
}

// eventKind is the kind of the event within, or that of any event.
func eventKind(object payload.Object) payload.Kind {
	event, _ := object.Value("event").(payload.Object)
	name := event.Text("type")
	if strings.Contains(name, "/") {
		return payload.Event
	}
	if of, err := payload.FindEventType(name); err == nil {
		return of.Kind()
	}
	return payload.Event
}
