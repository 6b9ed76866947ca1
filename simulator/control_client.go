package simulator

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"belay/simulator/payload"
)

// A ControlClient asks the control API of a fake Slack that runs elsewhere, such as
// that of belay serve. It is safe for concurrent use.
type ControlClient struct {
	// URL is the control of the ready line, or the server's address alone.
	URL   string
	Token payload.Secret
	// HTTP is the client that asks; nil is one that uses no proxy.
	HTTP *http.Client
}

// Send has a payload sent, and returns what came of it. An error of the control API is
// a ControlError.
func (c ControlClient) Send(ctx context.Context, in SendRequest) (out SendOutcome, err error) {
	// Secrets do not print themselves, and have to here.
	body, err := json.Marshal(struct {
		SendRequest
		Secret string `json:"secret,omitempty"`
		Token  string `json:"token,omitempty"`
	}{in, string(in.Secret), string(in.Token)})
	if err == nil {
		err = c.post(ctx, "send", body, &out)
	}
	if err != nil {
		return out, fmt.Errorf("sending through %s: %w", c.URL, err)
	}
	return out, nil
}

// maxControlAnswer bounds what is read of an answer.
const maxControlAnswer = 64 << 20

func (c ControlClient) post(ctx context.Context, route string, question []byte, into any) error {
	return c.do(ctx, http.MethodPost, route, question, decoded(into))
}

// decoded reads an answer's JSON.
func decoded(into any) func(io.Reader) error {
	return func(body io.Reader) error {
		if err := json.NewDecoder(io.LimitReader(body, maxControlAnswer)).Decode(into); err != nil {
			return fmt.Errorf("reading the answer: %w", err)
		}
		return nil
	}
}

// do asks a route, and has the answer read.
func (c ControlClient) do(ctx context.Context, method, route string, question []byte, read func(io.Reader) error) error {
	base, err := c.base()
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, method, base+route, bytes.NewReader(question))
	if err != nil {
		return err
	}
	if question != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	r.Header.Set("Authorization", "Bearer "+string(c.Token))
	client := c.HTTP
	if client == nil {
		transport := &http.Transport{}
		defer transport.CloseIdleConnections()
		client = &http.Client{Transport: transport}
	}
	w, err := client.Do(r)
	if err != nil {
		return err
	}
	defer w.Body.Close()
	if w.StatusCode == http.StatusOK {
		return read(w.Body)
	}
	return refusedBy(w)
}

// refusedBy is the error of an answer that is none.
func refusedBy(w *http.Response) error {
	text, err := io.ReadAll(io.LimitReader(w.Body, maxControlBody))
	if err != nil {
		return fmt.Errorf("reading the answer: %w", err)
	}
	var refused struct{ Error ControlError }
	if json.Unmarshal(text, &refused) != nil || refused.Error.Code == "" {
		return fmt.Errorf("this is no control API: it answers HTTP %d", w.StatusCode)
	}
	return refused.Error
}

// base is the URL with the path of the control API.
func (c ControlClient) base() (string, error) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return "", fmt.Errorf("want a URL that begins with http:// or https://")
	}
	if strings.Trim(u.Path, "/") == "" {
		u.Path = controlBase
	}
	return u.Scheme + "://" + u.Host + strings.TrimSuffix(u.Path, "/") + "/", nil
}
