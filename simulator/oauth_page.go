package simulator

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"

	"belay/simulator/webapi"
)

// oauthWords say what the errors of Slack's page mean.
var oauthWords = map[string]string{
	"invalid_client_id": "No app has this client_id.",
	"bad_redirect_uri": "The redirect_uri is none of the app's redirect URLs and below none of them, or none that Slack takes: " +
		"https (http on loopback alone), without a fragment.",
	"invalid_scope":                        "No scopes are asked for, or one that there is not, or some that do not go together.",
	"invalid_team":                         "There is no such workspace.",
	"invalid_team_for_non_distributed_app": "The app is not distributed: only the workspace that it belongs to can install it.",
	"user_not_found":                       "There is no such user.",
	"unsupported_response_type":            "Sign in with Slack takes response_type=code.",
	"missing_code_challenge":               "An app with a URI scheme of its own must send a code_challenge.",
	"invalid_code_challenge_method":        "The code_challenge_method is S256 or plain.",
}

// showOAuthError is the page of an install that cannot be. Which status Slack's has is not
// known.
func showOAuthError(w http.ResponseWriter, status int, err error) {
	words := oauthWords[err.Error()]
	showPage(w, status, fmt.Sprintf("<h1>Something went wrong when authorizing this app.</h1>\n<p><code>%s</code></p>\n<p>%s</p>\n",
		html.EscapeString(err.Error()), html.EscapeString(words)))
}

// showPage writes a page that is plain HTML.
func showPage(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>belay: not Slack</title>
<style>body{font:16px/1.5 sans-serif;max-width:40em;margin:2em auto;padding:0 1em}fieldset{margin:1em 0}</style>
</head>
<body>
`+body+"<p><small>This is belay, a fake Slack for tests. Nothing here reaches Slack.</small></p>\n</body>\n</html>\n")
}

// consentPage is the form on which a person decides.
func consentPage(c webapi.Consent, query url.Values, action, crumb string) string {
	var b strings.Builder
	name := html.EscapeString(c.AppName)
	fmt.Fprintf(&b, "<h1>%s asks for access</h1>\n<form method=\"post\" action=\"%s\">\n", name, html.EscapeString(action))
	hidden(&b, "crumb", crumb)
	for _, field := range authorizeFields {
		if query.Has(field) {
			hidden(&b, field, query.Get(field))
		}
	}
	b.WriteString("<fieldset><legend>Who</legend>\n<select name=\"who\">\n")
	for _, t := range c.Teams {
		fmt.Fprintf(&b, "<optgroup label=\"%s\">\n", html.EscapeString(t.Name))
		for _, u := range t.People {
			option(&b, t.ID+"/"+u.ID, u.RealName+" (@"+u.Name+")")
		}
		b.WriteString("</optgroup>\n")
	}
	b.WriteString("</select>\n")
	if c.Org != "" {
		fmt.Fprintf(&b, "<p><label><input type=\"checkbox\" name=\"org\" value=\"1\"> for all of %s</label></p>\n", html.EscapeString(c.Org))
	}
	b.WriteString("</fieldset>\n")
	if c.Webhook {
		b.WriteString("<fieldset><legend>Where it posts</legend>\n<select name=\"channel\">\n")
		for _, t := range c.Teams {
			for _, ch := range t.Channels {
				option(&b, t.ID+"/"+ch.ID, "#"+ch.Name+" of "+t.Name)
			}
		}
		b.WriteString("</select>\n</fieldset>\n")
	}
	b.WriteString("<fieldset><legend>What it may do</legend>\n<ul>\n")
	for _, scope := range c.Scopes {
		whose := "as its bot"
		if scope.User {
			whose = "as you"
		}
		label := html.EscapeString(scope.Name)
		if scope.Optional {
			fmt.Fprintf(&b, "<li><label><input type=\"checkbox\" name=\"granted\" value=\"%s\" checked> <code>%s</code> %s, if you like</label></li>\n", label, label, whose)
		} else {
			fmt.Fprintf(&b, "<li><code>%s</code> %s</li>\n", label, whose)
		}
	}
	b.WriteString("</ul>\n</fieldset>\n")
	b.WriteString("<p><button name=\"decision\" value=\"allow\">Allow</button>\n<button name=\"decision\" value=\"cancel\">Cancel</button></p>\n</form>\n")
	return b.String()
}

func hidden(b *strings.Builder, name, value string) {
	fmt.Fprintf(b, "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n", html.EscapeString(name), html.EscapeString(value))
}

func option(b *strings.Builder, value, text string) {
	fmt.Fprintf(b, "<option value=\"%s\">%s</option>\n", html.EscapeString(value), html.EscapeString(text))
}
