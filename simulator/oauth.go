package simulator

import (
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"belay/simulator/webapi"
)

// crumbCookie is what a browser shows that the form which it posts is one of ours: the
// form holds the same, and no other page can read it.
const crumbCookie = "belay-crumb"

// maxConsent bounds the form of a decision.
const maxConsent = 64 << 10

// authorize is the page on which a person lets an app in, or not.
//
// https://docs.slack.dev/authentication/installing-with-oauth
func (s *Server) authorize(flow webapi.Flow) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Cache-Control", "no-store")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("X-Frame-Options", "DENY")
		head.Set("X-Content-Type-Options", "nosniff")
		// Nothing is said about forms: browsers would hold the way back to the app to it.
		head.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
		switch r.Method {
		case http.MethodGet, http.MethodHead:
			s.showConsent(w, r, authorizeRequest(flow, r.URL.Query()))
		case http.MethodPost:
			s.decide(w, r, flow)
		default:
			head.Set("Allow", "GET, POST")
			http.Error(w, "this is a page to look at", http.StatusMethodNotAllowed)
		}
	}
}

// authorizeFields are the parameters with which an app sends a person here, in the order
// in which the form has them.
var authorizeFields = []string{
	"client_id", "scope", "user_scope", "redirect_uri", "state", "team", "nonce", "response_type", "code_challenge", "code_challenge_method",
}

func authorizeRequest(flow webapi.Flow, v url.Values) webapi.AuthorizeRequest {
	return webapi.AuthorizeRequest{
		Flow: flow, ClientID: v.Get("client_id"), ResponseType: v.Get("response_type"), Scope: v.Get("scope"), UserScope: v.Get("user_scope"),
		RedirectURI: v.Get("redirect_uri"), State: v.Get("state"), Team: v.Get("team"), Nonce: v.Get("nonce"),
		CodeChallenge: v.Get("code_challenge"), CodeChallengeMethod: v.Get("code_challenge_method"),
	}
}

func (s *Server) showConsent(w http.ResponseWriter, r *http.Request, asked webapi.AuthorizeRequest) {
	consent, err := s.workspace.Ask(asked)
	if err != nil {
		showOAuthError(w, http.StatusBadRequest, err)
		return
	}
	crumb := ""
	if c, err := r.Cookie(crumbCookie); err == nil && len(c.Value) >= 26 {
		// Another page of the same browser may be open.
		crumb = c.Value
	} else {
		crumb = rand.Text()
		http.SetCookie(w, &http.Cookie{Name: crumbCookie, Value: crumb, Path: "/", HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteLaxMode})
	}
	showPage(w, http.StatusOK, consentPage(consent, r.URL.Query(), string(asked.Flow), crumb))
}

var errForeignForm = errors.New("the form is none that this browser was shown: it has no cookie of it")

// decide takes the person's decision, and leads back to the app.
func (s *Server) decide(w http.ResponseWriter, r *http.Request, flow webapi.Flow) {
	r.Body = http.MaxBytesReader(w, r.Body, maxConsent)
	if err := r.ParseForm(); err != nil {
		showOAuthError(w, http.StatusBadRequest, errors.New("the form cannot be read"))
		return
	}
	form := r.PostForm
	cookie, err := r.Cookie(crumbCookie)
	if err != nil || cookie.Value == "" || subtle.ConstantTimeCompare([]byte(cookie.Value), []byte(form.Get("crumb"))) != 1 {
		showOAuthError(w, http.StatusForbidden, errForeignForm)
		return
	}
	asked := authorizeRequest(flow, form)
	to := ""
	if form.Get("decision") == "allow" {
		to, err = s.workspace.Approve(asked, s.approval(asked, form))
	} else {
		to, err = s.workspace.Refuse(asked)
	}
	if err != nil {
		showOAuthError(w, http.StatusBadRequest, err)
		return
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusFound)
}

// approval is what the form says: what is optional and not ticked is declined.
func (s *Server) approval(asked webapi.AuthorizeRequest, form url.Values) webapi.Approval {
	by := webapi.Approval{Org: form.Get("org") != ""}
	by.TeamID, by.UserID, _ = strings.Cut(form.Get("who"), "/")
	_, by.ChannelID, _ = strings.Cut(form.Get("channel"), "/")
	consent, err := s.workspace.Ask(asked)
	if err != nil {
		return by
	}
	for _, scope := range consent.Scopes {
		if scope.Optional && !slices.Contains(form["granted"], scope.Name) {
			by.Declined = append(by.Declined, scope.Name)
		}
	}
	return by
}
