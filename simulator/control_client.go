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

func (c ControlClient) post(ctx context.Context, path string, body []byte, into any) error {
	base, err := c.base()
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, base+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
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
	text, err := io.ReadAll(io.LimitReader(w.Body, maxControlAnswer))
	if err != nil {
		return fmt.Errorf("reading the answer: %w", err)
	}
	if w.StatusCode == http.StatusOK {
		if err := json.Unmarshal(text, into); err != nil {
			return fmt.Errorf("reading the answer: %w", err)
		}
		return nil
	}
	return refusedBy(w.StatusCode, text)
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
