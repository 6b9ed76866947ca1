// Package payload is what Slack sends to an app: it builds, signs, tampers with
// and encodes requests byte for byte as Slack does, and delivers them once with
// every stage timed.
//
//	d := payload.Delivery{
//		Kind:   payload.Command,
//		Fields: payload.Command.Fields(payload.Scene{Command: "/deploy", Text: "prod"}),
//		URL:    u,
//		Secret: "8f742231b10e8888abcd99yyyzzz85a5",
//		Time:   time.Now(),
//	}
//	answer := (&payload.Client{}).Send(ctx, d)
//
// A kind of payload is one file, named by Slack's own type word; FindKind finds it
// by that word. Events are in tables, a file for each family of them.
package payload

// An Encoding is how a kind's fields become a request.
type Encoding int

const (
	// Form is application/x-www-form-urlencoded, one pair a field.
	Form Encoding = iota
	// JSON is application/json.
	JSON
	// FormPayload is a form with the single field payload, which holds JSON.
	FormPayload
	// Query is a GET request whose fields are added to the query of its URL.
	Query
)

// ContentType is the header value that Slack sends: without a charset parameter,
// which Bolt for JavaScript would not recognise. A GET request has none.
func (e Encoding) ContentType() string {
	switch e {
	case JSON:
		return "application/json"
	case Query:
		return ""
	}
	return "application/x-www-form-urlencoded"
}

// acceptAnswer is the Accept header of what Slack shows the answer of.
const acceptAnswer = "application/json,*/*"

// A Kind is one sort of request that Slack sends, such as a slash command.
type Kind struct {
	// Name is Slack's own type word.
	Name string
	// Title is what a person calls it.
	Title    string
	Encoding Encoding
	// Accept is the request header of that name.
	Accept string
	// Agent is the User-Agent of those that Slack's servers do not send themselves.
	Agent string
	// Unsigned kinds carry no signature headers.
	Unsigned bool
	// Fields are the kind's fields in Slack's order, for a scene.
	Fields func(Scene) Object
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}
