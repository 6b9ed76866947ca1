package webapi

import (
	"errors"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// lawful says why a URL is none that Slack leads an install back to. Only a public client
// may have a URI scheme of its own.
//
// https://docs.slack.dev/authentication/installing-with-oauth
func lawful(text string, public bool) error {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme == "":
		return errors.New("is no absolute URL")
	case strings.Contains(text, "#"):
		return errors.New("has a fragment, which OAuth does not allow")
	case isDesktop(u):
		if !public || u.Scheme == "javascript" || u.Scheme == "data" || u.Scheme == "file" {
			return errors.New("has a scheme that only apps with PKCE may use")
		}
		return nil
	case u.Host == "" || u.User != nil:
		return errors.New("names no host, or a user")
	case u.Scheme == "http" && !onLoopback(u):
		return errors.New("does not begin with https://")
	case slices.Contains(strings.Split(u.Path, "/"), ".."):
		return errors.New("leads upwards")
	}
	return nil
}

// isDesktop reports a URI scheme of an app's own, such as myapp://auth.
func isDesktop(u *url.URL) bool { return u.Scheme != "https" && u.Scheme != "http" }

func onLoopback(u *url.URL) bool {
	address, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && address.IsLoopback()
}

// leadsTo reports whether an install of the app may lead back to a URL: it is one that
// is configured, or below one.
func (a *App) leadsTo(text string) bool {
	if lawful(text, a.PKCE) != nil {
		return false
	}
	if a.RedirectURLs == nil {
		return true
	}
	u, _ := url.Parse(text)
	return slices.ContainsFunc(a.RedirectURLs, func(configured string) bool {
		c, err := url.Parse(configured)
		return err == nil && (text == configured || below(u, c))
	})
}

// below reports whether one URL is another, or beneath its path. The scheme, the host and
// the port have to be the same.
func below(u, configured *url.URL) bool {
	if u.Scheme != configured.Scheme || !strings.EqualFold(u.Host, configured.Host) || configured.RawQuery != "" {
		return false
	}
	base := strings.TrimSuffix(configured.EscapedPath(), "/")
	return u.EscapedPath() == base || strings.HasPrefix(u.EscapedPath(), base+"/")
}

// withQuery adds parameters to a URL, whose own stay.
func withQuery(text string, more url.Values) string {
	u, err := url.Parse(text)
	if err != nil {
		return text
	}
	query := u.Query()
	for name, values := range more {
		query[name] = values
	}
	u.RawQuery = query.Encode()
	return u.String()
}
