package simulator

import (
	"encoding/json"
	"net/http"

	"belay/simulator/webapi"
)

// discover answers where Sign in with Slack is done. The issuer is Slack's own, as in the
// identities; all else leads here.
//
// https://openid.net/specs/openid-connect-discovery-1_0.html
func (s *Server) discover(w http.ResponseWriter, r *http.Request) {
	base := "http://" + or(r.Host, s.address)
	if r.TLS != nil {
		base = "https://" + or(r.Host, s.address)
	}
	writeDocument(w, struct {
		Issuer                string   `json:"issuer"`
		AuthorizationEndpoint string   `json:"authorization_endpoint"`
		TokenEndpoint         string   `json:"token_endpoint"`
		UserinfoEndpoint      string   `json:"userinfo_endpoint"`
		JWKSURI               string   `json:"jwks_uri"`
		Scopes                []string `json:"scopes_supported"`
		ResponseTypes         []string `json:"response_types_supported"`
		ResponseModes         []string `json:"response_modes_supported"`
		GrantTypes            []string `json:"grant_types_supported"`
		SubjectTypes          []string `json:"subject_types_supported"`
		Algorithms            []string `json:"id_token_signing_alg_values_supported"`
		Claims                []string `json:"claims_supported"`
		ClaimsParameter       bool     `json:"claims_parameter_supported"`
		RequestParameter      bool     `json:"request_parameter_supported"`
		RequestURIParameter   bool     `json:"request_uri_parameter_supported"`
		AuthMethods           []string `json:"token_endpoint_auth_methods_supported"`
	}{
		Issuer: s.workspace.Issuer(), AuthorizationEndpoint: base + string(webapi.FlowIdentity),
		TokenEndpoint: base + "/api/openid.connect.token", UserinfoEndpoint: base + "/api/openid.connect.userInfo",
		JWKSURI: base + "/openid/connect/keys", Scopes: []string{"openid", "profile", "email"}, ResponseTypes: []string{"code"},
		ResponseModes: []string{"form_post"}, GrantTypes: []string{"authorization_code"}, SubjectTypes: []string{"public"},
		Algorithms: []string{"RS256"}, Claims: []string{"sub", "auth_time", "iss"}, RequestURIParameter: true,
		AuthMethods: []string{"client_secret_post", "client_secret_basic"},
	})
}

// signingKeys answers the keys of identities.
func (s *Server) signingKeys(w http.ResponseWriter, _ *http.Request) {
	writeDocument(w, struct {
		Keys []webapi.JSONWebKey `json:"keys"`
	}{s.workspace.SigningKeys()})
}

// writeDocument answers JSON that is no answer of the Web API.
func writeDocument(w http.ResponseWriter, document any) {
	body, err := json.Marshal(document)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(body)
}
