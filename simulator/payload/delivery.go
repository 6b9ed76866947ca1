package payload

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// UserAgent is the one of Slack's servers.
const UserAgent = "Slackbot 1.0 (+https://api.slack.com/robots)"

// A Delivery is one payload on its way to an app.
type Delivery struct {
	Kind   Kind
	Fields Object
	// Body, when not nil, is sent in place of the encoded fields.
	Body   []byte
	URL    *url.URL
	Secret Secret
	// Time is when Slack signs it.
	Time   time.Time
	Tamper []Tamper
	// Header is added after Slack's own, replacing those of the same name.
	Header []HeaderField
	// Get sends no body and no signature, as a browser's look does.
	Get bool
}

// A HeaderField is one line of a request's head, in the order and case of the
// wire.
type HeaderField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// A Request is the bytes of a delivery before they are written.
type Request struct {
	Method string
	// Target is the request target of RFC 9112 section 3.2, in origin form.
	Target string
	Host   string
	Header []HeaderField
	Body   []byte
}

// Request builds, signs and then spoils the request.
func (d Delivery) Request() Request {
	if len(d.Tamper) == 0 {
		return d.withHeader(d.signed())
	}
	return d.spoilt()
}

// spoilt is apart because what a tamper is shown has to be allocated.
func (d Delivery) spoilt() Request {
	for _, t := range d.Tamper {
		if t.Draft != nil {
			t.Draft(&d)
		}
	}
	r := d.signed()
	for _, t := range d.Tamper {
		if t.Wire != nil {
			t.Wire(&r)
		}
	}
	return d.withHeader(r)
}

func (d *Delivery) signed() Request {
	r := Request{Method: "POST", Target: d.target(), Host: d.URL.Host, Body: d.Body}
	if d.isGet() {
		r.Method = "GET"
	} else if r.Body == nil {
		r.Body = Encode(d.Kind.Encoding, d.Fields)
	}
	r.Header = d.header(r.Body)
	return r
}

// withHeader adds the headers that the user wants.
func (d *Delivery) withHeader(r Request) Request {
	for _, h := range d.Header {
		if strings.EqualFold(h.Name, "Host") {
			r.Host = h.Value
			continue
		}
		r.dropHeader(h.Name)
		r.Header = append(r.Header, h)
	}
	return r
}

func (d *Delivery) isGet() bool { return d.Get || d.Kind.Encoding == Query }

// target is the path and the query of the URL, to which an encoded query is added.
func (d *Delivery) target() string {
	target := d.URL.RequestURI()
	if d.Kind.Encoding != Query {
		return target
	}
	mark := "?"
	if strings.Contains(target, "?") {
		mark = "&"
	}
	return target + mark + string(Encode(Query, d.Fields))
}

// header is in the order that a capture of Slack's requests shows.
func (d *Delivery) header(body []byte) []HeaderField {
	header := append(make([]HeaderField, 0, 8),
		HeaderField{"User-Agent", or(d.Kind.Agent, UserAgent)},
		HeaderField{"Accept", or(d.Kind.Accept, "*/*")},
		HeaderField{"Accept-Encoding", "gzip,deflate"})
	if d.isGet() {
		return header
	}
	header = append(header, HeaderField{"Content-Type", d.Kind.Encoding.ContentType()})
	if d.Kind.Unsigned {
		return header
	}
	var room [128]byte
	line := strconv.AppendInt(room[:0], d.Time.Unix(), 10)
	digits := len(line)
	// Both values are parts of one text.
	both := string(appendSignature(line, d.Secret, line[:digits], body))
	return append(header, HeaderField{SignatureHeader, both[digits:]}, HeaderField{TimestampHeader, both[:digits]})
}

// Bytes is the request as it goes over the wire.
func (r Request) Bytes() []byte {
	var b bytes.Buffer
	b.Grow(512 + len(r.Target) + len(r.Body))
	b.WriteString(r.Method + " " + r.Target + " HTTP/1.1\r\n")
	b.WriteString("Host: " + r.Host + "\r\n")
	if r.Method != "GET" {
		b.WriteString("Content-Length: " + strconv.Itoa(len(r.Body)) + "\r\n")
	}
	for _, h := range r.Header {
		b.WriteString(h.Name + ": " + h.Value + "\r\n")
	}
	b.WriteString("\r\n")
	b.Write(r.Body)
	return b.Bytes()
}

// HeaderValue is the value of the first field of that name, or "".
func (r Request) HeaderValue(name string) string {
	for _, h := range r.Header {
		if strings.EqualFold(h.Name, name) {
			return h.Value
		}
	}
	return ""
}

func (r *Request) changeHeader(name string, change func(string) string) {
	for i := range r.Header {
		if r.Header[i].Name == name {
			r.Header[i].Value = change(r.Header[i].Value)
		}
	}
}

func (r *Request) dropHeader(name string) {
	kept := r.Header[:0:0]
	for _, h := range r.Header {
		if !strings.EqualFold(h.Name, name) {
			kept = append(kept, h)
		}
	}
	r.Header = kept
}
