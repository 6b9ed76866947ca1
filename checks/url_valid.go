package checks

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"
)

// urlValid asks whether the URL is one that can be called at all.
var urlValid = Check{
	ID: "url.valid", Title: "the URL is complete and well formed",
	Problems: []string{"url.invalid"},
	Run: func(_ context.Context, s *Session) Result {
		if wrong := wrongURL(s.Target.URL, s.URL); wrong != "" {
			return found("url.invalid", "%s", wrong)
		}
		return pass("%s", s.address())
	},
}

// wrongURL says what is wrong with a URL, or "".
func wrongURL(text string, u *url.URL) string {
	switch {
	case strings.TrimSpace(text) == "":
		return "it is empty"
	case strings.ContainsAny(text, " \t\r\n"):
		return "it contains white space"
	case u == nil:
		if strings.Contains(text, "@") {
			return "it cannot be read; if it holds a user name or password, Slack does not send them"
		}
		_, err := url.Parse(text)
		var parse *url.Error
		if errors.As(err, &parse) {
			return parse.Err.Error()
		}
		return "it cannot be read"
	case u.Scheme == "" || !strings.Contains(text, "://"):
		return "it has no scheme: a request URL starts with https://"
	case u.Scheme != "http" && u.Scheme != "https":
		return "its scheme is " + u.Scheme + ", not https"
	case u.Hostname() == "":
		return "it has no host"
	case u.User != nil:
		return "it holds a user name or password, which Slack does not send"
	case u.Fragment != "" || strings.HasSuffix(text, "#"):
		return "it ends in a fragment (#), which no client sends"
	}
	if port := u.Port(); port != "" || strings.HasSuffix(u.Host, ":") {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return "its port " + strconv.Quote(port) + " is not between 1 and 65535"
		}
	}
	if len(u.Hostname()) > 253 || strings.Contains(u.Hostname(), "..") {
		return "its host is not a host name"
	}
	return ""
}
