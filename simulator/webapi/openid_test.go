package webapi_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/webapi"
)

var _ = Describe("Sign in with Slack", func() {
	flow := func(r *webapi.AuthorizeRequest) {
		r.Flow, r.ResponseType, r.Scope, r.Nonce = webapi.FlowIdentity, "code", "openid profile email", "n1"
	}
	call := func(s *slack, more args) map[string]any {
		return s.as("", "openid.connect.token", s.credentials("helper", more))
	}
	signIn := func(s *slack, change ...func(*webapi.AuthorizeRequest)) map[string]any {
		ask := s.asking(append([]func(*webapi.AuthorizeRequest){flow}, change...)...)
		return call(s, args{"code": s.approved(ask, webapi.Approval{UserID: ann}), "redirect_uri": back})
	}
	claims := func(answer map[string]any) map[string]any {
		parts := strings.Split(answer["id_token"].(string), ".")
		Expect(parts).To(HaveLen(3))
		body, err := base64.RawURLEncoding.DecodeString(parts[1])
		Expect(err).NotTo(HaveOccurred())
		var all map[string]any
		Expect(json.Unmarshal(body, &all)).To(Succeed())
		return all
	}

	It("says who it is", func() {
		s := open(oauthApps())
		answer := signIn(s)
		Expect(answer).To(And(succeed(), HaveKeyWithValue("access_token", HavePrefix("xoxp-")), HaveKeyWithValue("token_type", "Bearer"), Not(HaveKey("refresh_token"))))
		now := float64(noon.Unix())
		c, err := s.Credentials("helper")
		Expect(err).NotTo(HaveOccurred())
		Expect(claims(answer)).To(And(
			HaveKeyWithValue("iss", "https://slack.com"), HaveKeyWithValue("aud", c.ClientID), HaveKeyWithValue("sub", ann), HaveKeyWithValue("nonce", "n1"),
			HaveKeyWithValue("iat", now), HaveKeyWithValue("exp", now+300), HaveKeyWithValue("auth_time", now), HaveKey("at_hash"),
			HaveKeyWithValue("email", "ann@example.com"), HaveKeyWithValue("email_verified", true), HaveKeyWithValue("name", "Ann A."),
			HaveKeyWithValue("https://slack.com/user_id", ann), HaveKeyWithValue("https://slack.com/team_id", "TOFFICE"),
		))
		Expect(s.as(token(answer), "openid.connect.userInfo", nil)).To(And(succeed(), HaveKeyWithValue("sub", ann), HaveKeyWithValue("https://slack.com/team_domain", "office")))
		Expect(s.as(token(answer), "users.list", nil)).To(failWith("missing_scope"))
		Expect(s.as(botToken, "openid.connect.userInfo", nil)).To(HaveKey("error"))
	})

	It("says no more than was asked for", func() {
		answer := signIn(open(oauthApps()), scopes("openid"))
		Expect(claims(answer)).To(And(Not(HaveKey("email")), Not(HaveKey("name"))))
	})

	It("is no installation", func() {
		s := open(oauthApps())
		Expect(signIn(s)).To(succeed())
		s.Happened = nil
		_, err := s.Post(webapi.Draft{TeamID: "TOFFICE", ChannelID: town, UserID: bob, Body: webapi.Body{Text: "hi"}})
		Expect(err).NotTo(HaveOccurred())
		Expect(s.Happened[0].Barred).To(Equal("the app is not installed"))
	})

	It("rotates with the app's tokens", func() {
		s := open(oauthApps(rotating))
		answer := signIn(s)
		Expect(answer).To(HaveKeyWithValue("expires_in", 43200.0))
		s.Clock.Advance(time.Hour)
		again := call(s, args{"grant_type": "refresh_token", "refresh_token": answer["refresh_token"]})
		Expect(claims(again)).To(HaveKeyWithValue("iat", float64(noon.Add(time.Hour).Unix())))
	})

	It("checks PKCE without a setting of the app's", func() {
		s := open(oauthApps())
		ask := s.asking(flow, challenge("verifier"))
		more := args{"code": s.approved(ask, webapi.Approval{}), "redirect_uri": back, "code_verifier": "wrong"}
		Expect(call(s, more)).To(failWith("invalid_grant"))
		more["code_verifier"] = "verifier"
		Expect(call(s, more)).To(succeed())
	})

	DescribeTable("refuses, in Slack's words or in those of RFC 6749",
		func(slacks, rfc string, change func(s *slack, a args)) {
			for code, is := range map[string]bool{slacks: false, rfc: true} {
				s := open(oauthApps(), profiled(func(p *webapi.Profile) { p.OAuth.RFCErrors = is }))
				a := s.credentials("helper", args{"code": s.approved(s.asking(flow), webapi.Approval{}), "redirect_uri": back})
				change(s, a)
				Expect(s.as("", "openid.connect.token", a)).To(failWith(code))
			}
		},
		Entry("an unknown client", "invalid_client_id", "invalid_client", func(_ *slack, a args) { a["client_id"] = "1.2" }),
		Entry("a wrong secret", "bad_client_secret", "invalid_client", func(_ *slack, a args) { a["client_secret"] = "x" }),
		Entry("an unknown code", "invalid_code", "invalid_grant", func(_ *slack, a args) { a["code"] = "x" }),
		Entry("a used code", "invalid_code", "invalid_grant", func(s *slack, a args) { Expect(s.as("", "openid.connect.token", a)).To(succeed()) }),
		Entry("another redirect_uri", "bad_redirect_uri", "invalid_grant", func(_ *slack, a args) { delete(a, "redirect_uri") }),
		Entry("an unknown grant", "invalid_grant_type", "unsupported_grant_type", func(_ *slack, a args) { a["grant_type"] = "x" }),
		Entry("an unknown refresh token", "invalid_refresh_token", "invalid_grant", func(_ *slack, a args) { a["grant_type"] = "refresh_token" }),
		Entry("the code of an install", "oauth_authorization_url_mismatch", "oauth_authorization_url_mismatch", func(s *slack, a args) { a["code"] = s.approved(s.asking(), webapi.Approval{}) }),
	)
})
