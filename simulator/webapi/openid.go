package webapi

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
)

// openidMethods are those of Sign in with Slack.
//
// https://docs.slack.dev/authentication/sign-in-with-slack
var openidMethods = map[string]serve{
	"openid.connect.token":    openidToken,
	"openid.connect.userInfo": openidUserInfo,
}

// A person is what an identity says of whom it is.
type person struct {
	Sub               string `json:"sub"`
	UserID            string `json:"https://slack.com/user_id"`
	TeamID            string `json:"https://slack.com/team_id"`
	Email             string `json:"email,omitempty"`
	EmailVerified     bool   `json:"email_verified,omitempty"`
	DateEmailVerified int64  `json:"date_email_verified,omitempty"`
	*profiled
	TeamName         string `json:"https://slack.com/team_name"`
	TeamDomain       string `json:"https://slack.com/team_domain"`
	UserImage24      string `json:"https://slack.com/user_image_24"`
	UserImage32      string `json:"https://slack.com/user_image_32"`
	UserImage48      string `json:"https://slack.com/user_image_48"`
	UserImage72      string `json:"https://slack.com/user_image_72"`
	UserImage192     string `json:"https://slack.com/user_image_192"`
	UserImage512     string `json:"https://slack.com/user_image_512"`
	TeamImage34      string `json:"https://slack.com/team_image_34"`
	TeamImage44      string `json:"https://slack.com/team_image_44"`
	TeamImage68      string `json:"https://slack.com/team_image_68"`
	TeamImage88      string `json:"https://slack.com/team_image_88"`
	TeamImage102     string `json:"https://slack.com/team_image_102"`
	TeamImage132     string `json:"https://slack.com/team_image_132"`
	TeamImage230     string `json:"https://slack.com/team_image_230"`
	TeamImageDefault bool   `json:"https://slack.com/team_image_default"`
}

// profiled is what the scope profile adds.
type profiled struct {
	Name       string `json:"name"`
	Picture    string `json:"picture"`
	GivenName  string `json:"given_name"`
	FamilyName string `json:"family_name"`
	Locale     string `json:"locale"`
}

// personOf is what the scopes let an app know of a user.
func personOf(t *Team, u *User, scopes []string) person {
	may := func(scope string) bool { return scopes == nil || slices.Contains(scopes, scope) }
	p := person{
		Sub: u.ID, UserID: u.ID, TeamID: t.ID, TeamName: t.Name, TeamDomain: t.Domain,
		UserImage24: avatar(24), UserImage32: avatar(32), UserImage48: avatar(48), UserImage72: avatar(72),
		UserImage192: avatar(192), UserImage512: avatar(512), TeamImage34: avatar(34), TeamImage44: avatar(44),
		TeamImage68: avatar(68), TeamImage88: avatar(88), TeamImage102: avatar(102), TeamImage132: avatar(132),
		TeamImage230: avatar(230), TeamImageDefault: true,
	}
	if may("email") {
		p.Email, p.EmailVerified, p.DateEmailVerified = u.Profile.Email, true, u.Updated
	}
	if may("profile") {
		p.profiled = &profiled{
			Name: u.RealName, Picture: avatar(512), Locale: u.Locale,
			GivenName: u.Profile.FirstName, FamilyName: u.Profile.LastName,
		}
	}
	return p
}

// openidUserInfo says who signed in.
//
// https://docs.slack.dev/reference/methods/openid.connect.userInfo
func openidUserInfo(r *Request) (any, error) {
	t := r.w.team(r.token.TeamID)
	u := t.user(r.token.UserID)
	if u == nil {
		return nil, refuse("user_not_found")
	}
	return personOf(t, u, r.token.Scopes), nil
}

// rfcErrors are the names of RFC 6749 for Slack's own.
//
// https://www.rfc-editor.org/rfc/rfc6749#section-5.2
var rfcErrors = map[string]string{
	"invalid_client_id": "invalid_client", "bad_client_secret": "invalid_client", "invalid_code": "invalid_grant",
	"bad_redirect_uri": "invalid_grant", "invalid_refresh_token": "invalid_grant", "invalid_grant_type": "unsupported_grant_type",
}

// openidToken exchanges a code of Sign in with Slack for an identity.
//
// https://docs.slack.dev/reference/methods/openid.connect.token
func openidToken(r *Request) (any, error) {
	answer, err := r.signIn()
	if refused, _ := err.(*Error); refused != nil && r.w.profile.OAuth.RFCErrors && rfcErrors[refused.Code] != "" {
		return nil, refuse(rfcErrors[refused.Code])
	}
	return answer, err
}

func (r *Request) signIn() (any, error) {
	type answer struct {
		AccessToken  string `json:"access_token"`
		TokenType    string `json:"token_type"`
		IDToken      string `json:"id_token"`
		ExpiresIn    int    `json:"expires_in,omitempty"`
		RefreshToken string `json:"refresh_token,omitempty"`
	}
	var g *grant
	var team *Team
	var nonce string
	rotates := false
	switch r.text("grant_type") {
	case "", "authorization_code":
		c := r.codeOf()
		app, err := r.client(c.public)
		if err != nil {
			return nil, err
		}
		if err := r.spend(c, app, "invalid_code", FlowIdentity); err != nil {
			return nil, err
		}
		g = c.grant(r.w, r.w.installFor(app, c.team, false))
		team, nonce, rotates = c.team, c.Nonce, c.rotates()
	case "refresh_token":
		app, err := r.client(nil)
		if err != nil {
			return nil, err
		}
		if g, err = r.w.refreshed(app, r.text("refresh_token")); err != nil {
			return nil, err
		}
		team, rotates = g.in.teams(r.w)[0], true
	default:
		return nil, refuse("invalid_grant_type")
	}
	a := answer{TokenType: "Bearer"}
	a.AccessToken, a.RefreshToken = r.w.issueTo(g, rotates)
	if rotates {
		a.ExpiresIn = r.w.seconds()
	}
	var err error
	a.IDToken, err = r.w.identify(g, team, a.AccessToken, nonce)
	return a, err
}

// identityLife is how long an id_token is good.
const identityLife = 300

// identify makes an id_token.
func (w *Workspace) identify(g *grant, t *Team, access, nonce string) (string, error) {
	now := w.now().Unix()
	hash := sha256.Sum256([]byte(access))
	claims := struct {
		Issuer   string `json:"iss"`
		Audience string `json:"aud"`
		Expires  int64  `json:"exp"`
		Issued   int64  `json:"iat"`
		AuthTime int64  `json:"auth_time"`
		Nonce    string `json:"nonce"`
		// AtHash is of the half of the access token's hash.
		//
		// https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken
		AtHash string `json:"at_hash"`
		person
	}{
		w.profile.OAuth.Issuer, g.in.app.ClientID, now + identityLife, now, now, nonce,
		base64.RawURLEncoding.EncodeToString(hash[:len(hash)/2]), personOf(t, t.user(g.user), g.scopes),
	}
	body, err := json.Marshal(claims)
	if err != nil {
		return "", fmt.Errorf("encoding an identity: %w", err)
	}
	head := fmt.Sprintf(`{"alg":"RS256","kid":%q,"typ":"JWT"}`, w.keyID())
	signed := base64.RawURLEncoding.EncodeToString([]byte(head)) + "." + base64.RawURLEncoding.EncodeToString(body)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, w.signingKey(), crypto.SHA256, sum[:])
	if err != nil {
		return "", fmt.Errorf("signing an identity: %w", err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}

// newSigningKey makes the key that signs identities, when the first is asked for.
func newSigningKey() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		// The system has no randomness, without which nothing here is safe.
		panic("webapi: " + err.Error())
	}
	return key
}

// keyID names the signing key by its hash.
func (w *Workspace) keyID() string {
	sum := sha256.Sum256(w.signingKey().N.Bytes())
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// A JSONWebKey is a public key as identities are verified with.
//
// https://www.rfc-editor.org/rfc/rfc7517
type JSONWebKey struct {
	KeyType   string `json:"kty"`
	Use       string `json:"use"`
	Algorithm string `json:"alg"`
	ID        string `json:"kid"`
	Modulus   string `json:"n"`
	Exponent  string `json:"e"`
}

// SigningKeys are the public keys of identities.
func (w *Workspace) SigningKeys() []JSONWebKey {
	public := w.signingKey().PublicKey
	encode := base64.RawURLEncoding.EncodeToString
	return []JSONWebKey{{"RSA", "sig", "RS256", w.keyID(), encode(public.N.Bytes()), encode(big.NewInt(int64(public.E)).Bytes())}}
}

// Issuer is what identities say of who issued them.
func (w *Workspace) Issuer() string { return w.profile.OAuth.Issuer }
