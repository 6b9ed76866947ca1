package checks

import (
	"net/http"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"belay/simulator/payload"
)

// Evidence is what a result rests on. It holds no secret, and bodies are cut at
// MaxEvidenceBody.
type Evidence struct {
	Exchanges   []Exchange    `json:"exchanges,omitempty"`
	Resolution  *Resolution   `json:"resolution,omitempty"`
	Connections []Connection  `json:"connections,omitempty"`
	TLS         *TLS          `json:"tls,omitempty"`
	Chain       []Certificate `json:"chain,omitempty"`
	Samples     *Samples      `json:"samples,omitempty"`
	// SignatureSteps show how the signature of a request comes about.
	SignatureSteps []SignatureStep `json:"signature_steps,omitempty"`
	Fingerprint    *Fingerprint    `json:"fingerprint,omitempty"`
	// Story is that of a scenario's step.
	Story *Story `json:"story,omitempty"`
}

// MaxEvidenceBody is where a stored body is cut, in bytes.
const MaxEvidenceBody = 64 << 10

// A Direction says who asked whom.
type Direction string

const (
	// ToApp is what was sent to the app, as Slack would send it.
	ToApp Direction = ""
	// ToSlack is what the app asked of Slack.
	ToSlack Direction = "to-slack"
)

// An Exchange is one request and what came back.
type Exchange struct {
	// Question is why it was sent, such as "forged"; of what the app asked of Slack, the
	// method, such as "chat.postMessage".
	Question string `json:"question"`
	// Direction is ToApp for most.
	Direction Direction `json:"direction,omitempty"`
	SentAt    time.Time `json:"sent_at"`
	Request   Request   `json:"request"`
	// Response is nil when no head came.
	Response *Response `json:"response,omitempty"`
	Stages   StagesMS  `json:"stages_ms"`
	TotalMS  Millis    `json:"total_ms"`
	// Reached is the stage at which it ended: done for a complete answer.
	Reached string `json:"reached"`
	Error   string `json:"error,omitempty"`
	// GaveUp is set when the answer was not waited for any longer.
	GaveUp bool `json:"gave_up,omitempty"`
}

// A Request is what belay sent, or what the app asked.
type Request struct {
	Method string                `json:"method"`
	URL    string                `json:"url"`
	Header []payload.HeaderField `json:"header"`
	Body   string                `json:"body"`
}

// A Response is what the app, or the fake Slack, answered.
type Response struct {
	Proto  string                `json:"proto"`
	Status int                   `json:"status"`
	Header []payload.HeaderField `json:"header"`
	Body   string                `json:"body"`
	// BodyBytes is the decoded length before anything was cut.
	BodyBytes int `json:"body_bytes"`
	// Cut is set when Body is not the whole of it.
	Cut bool `json:"cut,omitempty"`
}

// StagesMS are the stages of an exchange.
type StagesMS struct {
	DNS       Millis `json:"dns"`
	Connect   Millis `json:"connect"`
	TLS       Millis `json:"tls"`
	Write     Millis `json:"write"`
	FirstByte Millis `json:"first_byte"`
	Body      Millis `json:"body"`
}

// A Resolution is where a name led.
type Resolution struct {
	Host      string   `json:"host"`
	Addresses []string `json:"addresses"`
	CNAMEs    []string `json:"cnames,omitempty"`
	TTL       int      `json:"ttl_s,omitempty"`
	Source    string   `json:"source"`
	Server    string   `json:"server,omitempty"`
	RCode     string   `json:"rcode,omitempty"`
	Took      Millis   `json:"took_ms"`
}

// A Connection is one try to connect to an address.
type Connection struct {
	Address string `json:"address"`
	Took    Millis `json:"took_ms"`
	Error   string `json:"error,omitempty"`
}

// TLS is what the handshake agreed on.
type TLS struct {
	Version    string `json:"version"`
	Cipher     string `json:"cipher"`
	ServerName string `json:"server_name,omitempty"`
	Took       Millis `json:"took_ms"`
}

// A Certificate is one of a chain, as sent or as found missing.
type Certificate struct {
	// State is sent, missing or known (a root that was found).
	State     string    `json:"state"`
	Subject   string    `json:"subject"`
	Issuer    string    `json:"issuer"`
	Names     []string  `json:"names,omitempty"`
	NotBefore time.Time `json:"not_before,omitzero"`
	NotAfter  time.Time `json:"not_after,omitzero"`
	Key       string    `json:"key,omitempty"`
	Signature string    `json:"signature,omitempty"`
	Serial    string    `json:"serial,omitempty"`
	SHA256    string    `json:"sha256,omitempty"`
	// From is where a missing certificate is to be had.
	From string `json:"from,omitempty"`
}

// Samples are the times of a question that was asked several times.
type Samples struct {
	Question string   `json:"question"`
	Times    []Millis `json:"times_ms"`
	First    Millis   `json:"first_ms"`
	P50      Millis   `json:"p50_ms"`
	P95      Millis   `json:"p95_ms"`
	Worst    Millis   `json:"worst_ms"`
	// Deadline is the one they are held to.
	Deadline Millis `json:"deadline_ms"`
}

// A SignatureStep is one line of how a signature comes about.
type SignatureStep struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// A Fingerprint is who answered, with the signs.
type Fingerprint struct {
	Framework      string   `json:"framework,omitempty"`
	Intermediaries []string `json:"intermediaries,omitempty"`
	// Sure is set when the framework's sign was verified.
	Sure  bool     `json:"sure"`
	Signs []string `json:"signs"`
}

// exchangeOf stores an answer as evidence, without what is secret in it.
func (s *Session) exchangeOf(question string, a payload.Answer) Exchange {
	x := Exchange{
		Question: question, SentAt: a.Started.UTC(), GaveUp: a.GaveUp,
		Request: Request{
			Method: a.Request.Method, URL: s.URL.Scheme + "://" + a.Request.Host + a.Request.Target,
			Header: a.Request.Header, Body: string(a.Request.Body),
		},
		Stages: StagesMS{
			Millis(a.Stages.DNS), Millis(a.Stages.Connect), Millis(a.Stages.TLS),
			Millis(a.Stages.Write), Millis(a.Stages.FirstByte), Millis(a.Stages.Body),
		},
		TotalMS: Millis(a.Took()), Reached: string(a.Reached),
	}
	if a.Err != nil {
		x.Error = a.Err.Error()
	}
	if a.Answered() {
		head, whole := s.hideHead(a.Body, MaxEvidenceBody)
		body, cut := cutText([]byte(head), MaxEvidenceBody)
		x.Response = &Response{
			Proto: a.Proto, Status: a.Status, Header: s.headerFields(a.Header),
			Body: body, BodyBytes: len(a.Body), Cut: cut || !whole || a.TooLarge,
		}
	}
	s.redact(&x)
	return x
}

// headerFields are sorted by name and bounded: an app may send any number.
func (s *Session) headerFields(header http.Header) []payload.HeaderField {
	const most = 100
	fields := []payload.HeaderField{}
	for name, values := range header {
		for _, value := range values {
			value, _ := cutText([]byte(s.hide(value)), 4096)
			fields = append(fields, payload.HeaderField{Name: name, Value: value})
		}
	}
	sort.SliceStable(fields, func(i, j int) bool { return fields[i].Name < fields[j].Name })
	return fields[:min(len(fields), most)]
}

// cutText is valid UTF-8 of at most that many bytes.
func cutText(b []byte, most int) (string, bool) {
	cut := len(b) > most
	if cut {
		b = b[:most]
		for len(b) > 0 && !utf8.RuneStart(b[len(b)-1]) {
			b = b[:len(b)-1]
		}
	}
	return strings.ToValidUTF8(string(b), "�"), cut
}
