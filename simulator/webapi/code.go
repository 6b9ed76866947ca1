package webapi

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"time"
)

// An authCode is what a person's browser brings to the app, for it to exchange for tokens.
type authCode struct {
	asked
	value string
	team  *Team
	user  *User
	// org is set when the whole organization installs.
	org     bool
	channel *Channel
	made    time.Time
	// tried counts the calls that brought it, and used is set by the one that
	// exchanged it.
	tried int
	used  bool
}

// codes are those that were made.
type codes struct {
	byValue map[string]*authCode
	inOrder []string
}

// maxCodes bounds the codes that are remembered, used and expired ones too.
const maxCodes = 10_000

// keep gives a code its value.
func (c *codes) keep(one *authCode) {
	if c.byValue == nil {
		c.byValue = map[string]*authCode{}
	}
	var random [32]byte
	_, _ = rand.Read(random[:])
	one.value = fmt.Sprintf("0000000000.%010d.%s", len(c.inOrder)+1, hex.EncodeToString(random[:]))
	c.byValue[one.value] = one
	c.inOrder = append(c.inOrder, one.value)
	if len(c.byValue) > maxCodes {
		delete(c.byValue, c.inOrder[0])
		c.inOrder = c.inOrder[1:]
	}
}

// Exchanged is how often apps tried to exchange a code, and whether it was done.
func (w *Workspace) Exchanged(code string) (tries int, done bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if c := w.codes.byValue[code]; c != nil {
		return c.tried, c.used
	}
	return 0, false
}

// spend takes a code of the app's for its tokens. A code that is refused for what stands
// beside it can be tried again.
//
// https://docs.slack.dev/reference/methods/oauth.v2.access
func (r *Request) spend(c *authCode, app *App, usedCode string, flow Flow) error {
	switch {
	case c == nil || c.app != app:
		return refuse("invalid_code")
	case c.used:
		return refuse(usedCode)
	case r.w.now().Sub(c.made) >= r.w.profile.OAuth.CodeLife:
		return refuse("invalid_code")
	case c.Flow != flow:
		return refuse("oauth_authorization_url_mismatch")
	case !c.returnsTo(r.text("redirect_uri")):
		return refuse("bad_redirect_uri")
	}
	if err := r.prove(c); err != nil {
		return err
	}
	c.used = true
	return nil
}

// returnsTo reports whether the redirect URI of the exchange is that of the beginning. One
// that was not sent then may be left out, or be any of the app's.
func (c *authCode) returnsTo(uri string) bool {
	if c.RedirectURI == "" {
		return uri == "" || c.app.leadsTo(uri)
	}
	return uri == c.RedirectURI
}

// prove checks the PKCE code verifier.
//
// https://www.rfc-editor.org/rfc/rfc7636#section-4.6
func (r *Request) prove(c *authCode) error {
	verifier := r.text("code_verifier")
	switch {
	case c.CodeChallenge == "" && verifier == "":
		return nil
	case !c.app.PKCE && c.Flow != FlowIdentity:
		return refuse("pkce_not_allowed")
	}
	made := verifier
	if c.CodeChallengeMethod == "S256" {
		sum := sha256.Sum256([]byte(verifier))
		made = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	if verifier == "" || subtle.ConstantTimeCompare([]byte(made), []byte(c.CodeChallenge)) == 0 {
		if c.Flow == FlowIdentity {
			return refuse("invalid_grant")
		}
		return refuse("invalid_code_verifier")
	}
	return nil
}

// codeOf is the code that a call brings, or nil.
func (r *Request) codeOf() *authCode {
	c := r.w.codes.byValue[r.text("code")]
	if c != nil {
		c.tried++
	}
	return c
}
