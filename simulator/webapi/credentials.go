package webapi

import (
	"cmp"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
)

// Credentials are what an app proves with that it is itself.
//
// https://docs.slack.dev/authentication/installing-with-oauth
type Credentials struct {
	AppID    string `json:"app_id"`
	ClientID string `json:"client_id"`
	// ClientSecret is the newest one.
	ClientSecret  Secret `json:"client_secret"`
	SigningSecret Secret `json:"signing_secret"`
}

// clientSecret is one that an app has, or had.
type clientSecret struct {
	value string
	// until is when a replaced one ends; zero is the present one.
	until time.Time
}

// maxSecrets bounds the client secrets that are remembered as an app's.
const maxSecrets = 10

// Credentials are those of an app, which is named by its id or name; "" is the first.
func (w *Workspace) Credentials(app string) (Credentials, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a, err := w.appOf(app)
	if err != nil {
		return Credentials{}, err
	}
	return Credentials{a.ID, a.ClientID, Secret(a.secrets[len(a.secrets)-1].value), Secret(a.signingSecret)}, nil
}

// ChangeClientSecret gives an app another client secret, as its owner does in the app's
// settings, and returns it. The old one is taken for 24 hours more; who uses it
// afterwards is named as client-secret.stale.
//
// https://docs.slack.dev/authentication/installing-with-oauth
func (w *Workspace) ChangeClientSecret(app string) (Secret, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	a, err := w.appOf(app)
	if err != nil {
		return "", fmt.Errorf("changing the client secret: %w", err)
	}
	a.secrets[len(a.secrets)-1].until = w.now().Add(w.profile.OAuth.ClientSecretLife)
	a.secretsMade++
	value := w.madeSecret("client secret", a.ID, fmt.Sprint(a.secretsMade))
	a.secrets = append(a.secrets, clientSecret{value: value})
	if len(a.secrets) > maxSecrets {
		a.secrets = a.secrets[1:]
	}
	return Secret(value), nil
}

// appOf is an app that is named by its id, name or client id; "" is the first.
func (w *Workspace) appOf(name string) (*App, error) {
	var names []string
	for _, a := range w.apps {
		if name == "" || name == a.ID || name == a.Name || name == a.ClientID {
			return a, nil
		}
		names = append(names, a.Name)
	}
	return nil, fmt.Errorf("there is no app %q; there is %s", clip(name, 80), some(names))
}

// clientApp is the app of that client id, or nil.
func (w *Workspace) clientApp(id string) *App {
	for _, a := range w.apps {
		if id != "" && id == a.ClientID {
			return a
		}
	}
	return nil
}

// client is the app that calls, by its id and secret: from the Authorization header, as
// Slack advises, or from the arguments. Where public allows it, the secret may be left
// out; a wrong one is refused all the same.
func (r *Request) client(public func(*App) bool) (*App, error) {
	id, secret := r.text("client_id"), r.text("client_secret")
	if inID, inSecret, ok := basic(r.in.Authorization); ok {
		id, secret = cmp.Or(inID, id), cmp.Or(inSecret, secret)
	}
	app := r.w.clientApp(id)
	switch {
	case app == nil:
		return nil, refuse("invalid_client_id")
	case secret == "" && public != nil && public(app):
		return app, nil
	case !r.w.knows(app, secret):
		return nil, refuse("bad_client_secret")
	}
	return app, nil
}

// knows reports whether the secret is the app's.
func (w *Workspace) knows(a *App, secret string) bool {
	for _, s := range a.secrets {
		if subtle.ConstantTimeCompare([]byte(s.value), []byte(secret)) == 0 {
			continue
		}
		if s.until.IsZero() || w.now().Before(s.until) {
			return true
		}
		w.find("client-secret.stale", "the app %s still uses a client secret that was replaced; Slack took it until %s",
			clip(a.Name, 80), s.until.UTC().Format(time.RFC3339))
	}
	return false
}

// basic are the user and the password of an Authorization header, each encoded as in a
// form.
//
// https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
func basic(header string) (id, secret string, ok bool) {
	scheme, encoded, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Basic") {
		return "", "", false
	}
	plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
	id, secret, ok = strings.Cut(string(plain), ":")
	return unescape(id), unescape(secret), ok && err == nil
}
