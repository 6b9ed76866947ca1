package simulator

import (
	"context"
	"errors"
	"fmt"
	"html"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"belay/simulator/payload"
	"belay/simulator/webapi"
)

// browser is a person's. It keeps cookies, and goes to the app and to Slack alone.
type browser struct {
	server *Server
	jar    http.CookieJar
	// own are the hosts of the app.
	own  []*url.URL
	hops []InstallHop
	// set are the names of the cookies that the app set.
	set []string
	// visitor is another browser that goes to the callback in place of this one.
	visitor *browser
}

// arrival is where a walk ended.
type arrival struct {
	at     *url.URL
	Status int
	Body   []byte
}

// maxHops bounds the redirects of one walk.
const maxHops = 10

// browsing is how a browser asks; what it posts is a form.
var browsing = payload.Kind{
	Name: "browser", Encoding: payload.Form, Unsigned: true, Accept: payload.OAuthRedirect.Accept, Agent: payload.OAuthRedirect.Agent,
}

func (s *Server) newBrowser(o InstallOptions) *browser {
	jar, _ := cookiejar.New(nil) // It fails never.
	b := &browser{server: s, jar: jar, own: []*url.URL{o.URL}}
	for _, host := range o.Hosts {
		b.own = append(b.own, &url.URL{Scheme: "https", Host: host})
	}
	return b
}

func (b *browser) visiting() *browser {
	if b.visitor != nil {
		return b.visitor
	}
	return b
}

// asCookies is a URL as the cookie jar sees it: browsers trust loopback with cookies that
// are Secure.
func asCookies(u *url.URL) *url.URL {
	if !isLoopback(u.Hostname()) {
		return u
	}
	trusted := *u
	trusted.Scheme = "https"
	return &trusted
}

// isSlack reports whether a URL is Slack's: this server, or a page that Slack has under
// its own name.
func (b *browser) isSlack(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	_, port, _ := net.SplitHostPort(b.server.address)
	return u.Port() == port && b.server.isOwnHost(host) || host == "slack.com" || strings.HasSuffix(host, ".slack.com")
}

// here is a URL of Slack's as this server has it.
func (b *browser) here(u *url.URL) *url.URL {
	base, err := url.Parse(b.server.URL())
	if err != nil {
		return u
	}
	base.Path, base.RawQuery = u.Path, u.RawQuery
	return base
}

// isOwn reports whether a URL is the app's.
func (b *browser) isOwn(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && slices.ContainsFunc(b.own, func(own *url.URL) bool { return sameHost(own, u) })
}

// visit makes one request, and remembers the cookies.
func (b *browser) visit(ctx context.Context, u *url.URL, form url.Values) payload.Answer {
	d := payload.Delivery{Kind: browsing, URL: u, Get: form == nil}
	hop := InstallHop{Method: http.MethodGet, URL: withoutCode(u)}
	if form != nil {
		d.Body, hop.Method = []byte(form.Encode()), http.MethodPost
	}
	var cookies []string
	for _, c := range b.jar.Cookies(asCookies(u)) {
		cookies, hop.Sent = append(cookies, c.Name+"="+c.Value), append(hop.Sent, c.Name)
	}
	if len(cookies) > 0 {
		d.Header = append(d.Header, payload.HeaderField{Name: "Cookie", Value: strings.Join(cookies, "; ")})
	}
	var a payload.Answer
	if b.isSlack(u) {
		a = (&payload.Client{Wait: maxWait}).Send(ctx, d)
	} else {
		a = b.server.send(ctx, d)
	}
	hop.Status, hop.Err = a.Status, a.Err
	answer := http.Response{Header: a.Header}
	for _, c := range answer.Cookies() {
		if !b.isSlack(u) && c.MaxAge >= 0 && (c.Expires.IsZero() || c.Expires.Year() > 1970) && !slices.Contains(b.set, c.Name) {
			b.set = append(b.set, c.Name)
		}
		c.Value = ""
		hop.Set = append(hop.Set, c.String())
	}
	b.jar.SetCookies(asCookies(u), (&http.Response{Header: a.Header}).Cookies())
	if to := landing(a, u); to != nil {
		hop.Location = withoutCode(to)
	}
	b.hops = append(b.hops, hop)
	return a
}

// withoutCode is a URL for people to read.
func withoutCode(u *url.URL) string {
	query := u.Query()
	if !query.Has("code") && !query.Has("client_secret") {
		return u.Redacted()
	}
	for _, name := range []string{"code", "client_secret"} {
		if query.Has(name) {
			query.Set(name, "[redacted]")
		}
	}
	shown := *u
	shown.RawQuery = query.Encode()
	return shown.Redacted()
}

// landing is where an answer leads a browser, or nil.
func landing(a payload.Answer, from *url.URL) *url.URL {
	if a.Err != nil || a.Status < 300 || a.Status > 399 || a.Header.Get("Location") == "" {
		return nil
	}
	to, err := from.Parse(a.Header.Get("Location"))
	if err != nil {
		return nil
	}
	return to
}

// walk visits a URL and follows where it leads, as far as that is the app's.
func (b *browser) walk(ctx context.Context, u *url.URL) (arrival, error) {
	for range maxHops {
		if b.isSlack(u) {
			return arrival{at: u}, nil
		}
		a := b.visit(ctx, u, nil)
		if a.Err != nil {
			return arrival{at: u, Status: a.Status}, fmt.Errorf("%s did not answer: %w", withoutCode(u), a.Err)
		}
		to := landing(a, u)
		if to == nil || b.isSlack(to) && !isAuthorizePage(to) || !b.isSlack(to) && !b.isOwn(to) {
			// What an app leads to at last is often somebody else's, or Slack's client.
			return arrival{u, a.Status, a.Body}, nil
		}
		u = to
	}
	return arrival{at: u}, fmt.Errorf("%s redirects more than %d times", withoutCode(u), maxHops)
}

func isAuthorizePage(u *url.URL) bool { return slices.Contains(webapi.Flows(), webapi.Flow(u.Path)) }

// links are what a page leads to.
var links = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:href|action)\s*=\s*(?:"([^"]*)"|'([^']*)')`)
})

// toSlack goes to the app's install path, and from there to Slack's page.
func (b *browser) toSlack(ctx context.Context, u *url.URL) (*url.URL, error) {
	at, err := b.walk(ctx, u)
	if err != nil {
		return nil, err
	}
	if b.isSlack(at.at) && isAuthorizePage(at.at) {
		return at.at, nil
	}
	if at.Status != http.StatusOK {
		return nil, fmt.Errorf("%s answered %d; the app's install path leads to Slack, or has a link there", withoutCode(at.at), at.Status)
	}
	for _, found := range links().FindAllSubmatch(at.Body, -1) {
		link, err := at.at.Parse(html.UnescapeString(string(found[1]) + string(found[2])))
		if err == nil && b.isSlack(link) && isAuthorizePage(link) {
			return link, nil
		}
	}
	return nil, fmt.Errorf("%s has no link to Slack's page, such as %s%s?client_id=…", withoutCode(at.at), b.server.URL(), webapi.FlowV2)
}

// inputs are the hidden fields of Slack's form.
var inputs = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
})

// decide fills in Slack's page, and returns where the browser is led to: back to the app.
func (b *browser) decide(ctx context.Context, page *url.URL, o InstallOptions) (*url.URL, error) {
	consent, err := b.server.workspace.Ask(authorizeRequest(webapi.Flow(page.Path), page.Query()))
	if err != nil {
		b.visit(ctx, b.here(page), nil)
		return nil, fmt.Errorf("the page of Slack says %w: %s", err, oauthWords[err.Error()])
	}
	who, err := b.server.who(consent, o)
	if err != nil {
		return nil, err
	}
	shown := b.visit(ctx, b.here(page), nil)
	if shown.Err != nil {
		return nil, fmt.Errorf("the page of Slack did not come: %w", shown.Err)
	}
	form := url.Values{"decision": {"allow"}, "who": {who}, "channel": {"/" + o.Channel}}
	if o.Variant == InstallRefused {
		form.Set("decision", "cancel")
	}
	if o.Org {
		form.Set("org", "1")
	}
	for _, scope := range consent.Scopes {
		if scope.Optional && !slices.Contains(o.Decline, scope.Name) {
			form.Add("granted", scope.Name)
		}
	}
	for _, field := range inputs().FindAllSubmatch(shown.Body, -1) {
		form.Set(html.UnescapeString(string(field[1])), html.UnescapeString(string(field[2])))
	}
	action := b.here(page)
	action.RawQuery = ""
	back := landing(b.visit(ctx, action, form), action)
	if back == nil {
		return nil, errors.New("the page of Slack did not lead back to the app")
	}
	if !b.isOwn(back) {
		return nil, fmt.Errorf("the install leads back to %s, where belay does not follow unless it is named as the app's own", back.Host)
	}
	return back, nil
}

// lost are the cookies of the app's that it does not get back at a URL.
func (b *browser) lost(back *url.URL) []string {
	var lost []string
	held := b.jar.Cookies(asCookies(back))
	for _, name := range b.set {
		if !slices.ContainsFunc(held, func(c *http.Cookie) bool { return c.Name == name }) {
			lost = append(lost, name)
		}
	}
	return lost
}
