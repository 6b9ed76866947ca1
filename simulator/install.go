package simulator

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"belay/simulator/payload"
	"belay/simulator/webapi"
)

// InstallOptions are how a person installs an app.
type InstallOptions struct {
	// URL is where the person begins: the app's install path, or Slack's own page with
	// the parameters that the app would give it.
	URL *url.URL
	// Team and User are who installs, by id or name; "" is the first that may.
	Team, User string
	// Org installs for the whole organization.
	Org bool
	// Decline are the optional scopes that are not granted.
	Decline []string
	// Channel is the id of where an incoming webhook posts; "" is the first.
	Channel string
	// Hosts are the app's own besides the URL's, where its redirect URL is.
	Hosts []string
	// Variant is how the install goes on; "" goes as it should.
	Variant InstallVariant
}

// An InstallVariant is a way in which an install does not go as it should, to see what
// the app makes of it.
type InstallVariant string

// The variants.
const (
	// InstallRefused is a person who declines.
	InstallRefused InstallVariant = "refused"
	// InstallReplayed loads the callback a second time. A server error then is
	// oauth.code-reuse.
	InstallReplayed InstallVariant = "replayed"
	// InstallNoState leaves the state out of the callback, and InstallOtherState puts
	// one there that the app did not make. An app that takes the code of such a callback
	// has oauth.state.
	InstallNoState    InstallVariant = "no-state"
	InstallOtherState InstallVariant = "other-state"
	// InstallForeignState lures another browser to the callback, with the state of the
	// first: what an attacker does. An app that takes the code has oauth.state.
	InstallForeignState InstallVariant = "foreign-state"
)

// InstallVariants are all of them.
func InstallVariants() []InstallVariant {
	return []InstallVariant{InstallRefused, InstallReplayed, InstallNoState, InstallOtherState, InstallForeignState}
}

// known reports one of them, or none.
func (v InstallVariant) known() bool { return v == "" || slices.Contains(InstallVariants(), v) }

func unknownVariant(v InstallVariant) error {
	var names []string
	for _, known := range InstallVariants() {
		names = append(names, string(known))
	}
	return payload.Unknown("variant", string(v), names)
}

// An InstallReport is what became of an install.
type InstallReport struct {
	// Hops are the requests of the person's browser, in order.
	Hops []InstallHop
	// Status is what the app answered to the callback at last, and Body that page; zero
	// when it did not answer.
	Status int
	Body   []byte
	// Exchanged is set when the app tried to exchange the code, and Installed when it
	// did.
	Exchanged, Installed bool
	// Lost are the cookies that the app set before and did not get back at its callback,
	// by their names.
	Lost []string
}

// An InstallHop is one request of the browser. Its URLs hold no code.
type InstallHop struct {
	Method string
	URL    string
	// Status is zero where no answer came, and Err says why.
	Status int
	Err    error
	// Location is where the answer led, or "".
	Location string
	// Sent are the names of the cookies that went along, and Set the cookies that were
	// set, with their attributes and without their values.
	Sent, Set []string
}

// Install installs an app as a person does with a browser: from the app's own page to
// Slack's, where it is approved, and back. It asks the app's host alone, and Slack's,
// which is this server, by whatever name the app calls it. An error says where the way
// ended; what was seen until then is in the report.
func (s *Server) Install(ctx context.Context, o InstallOptions) (InstallReport, error) {
	if o.URL == nil {
		return InstallReport{}, errors.New("installing: the URL of the app's install path is missing")
	}
	if !o.Variant.known() {
		return InstallReport{}, fmt.Errorf("installing: %w", unknownVariant(o.Variant))
	}
	b := s.newBrowser(o)
	report, err := s.install(ctx, o, b)
	report.Hops = b.hops
	if err != nil {
		return report, fmt.Errorf("installing: %w", err)
	}
	return report, nil
}

func (s *Server) install(ctx context.Context, o InstallOptions, b *browser) (InstallReport, error) {
	var report InstallReport
	page, err := b.toSlack(ctx, o.URL)
	if err != nil {
		return report, err
	}
	back, err := b.decide(ctx, page, o)
	if err != nil {
		return report, err
	}
	code := back.Query().Get("code")
	if o.Variant == InstallForeignState {
		// The victim's browser began an install of its own.
		victim := s.newBrowser(o)
		if _, err := victim.toSlack(ctx, o.URL); err != nil {
			return report, err
		}
		victim.hops = append(b.hops, victim.hops...)
		defer func() { b.hops = victim.hops }()
		b.visitor = victim
	}
	report.Lost = b.visiting().lost(back)
	last, err := b.visiting().walk(ctx, o.Variant.callback(back))
	if err == nil && o.Variant == InstallReplayed {
		last, err = s.replay(ctx, b, back, last)
	}
	report.Status, report.Body = last.Status, last.Body
	tries, done := s.workspace.Exchanged(code)
	report.Exchanged, report.Installed = tries > 0, done
	s.judgeState(o.Variant, back, report.Exchanged)
	return report, err
}

// callback is what the browser visits in place of the URL to which Slack leads it.
func (v InstallVariant) callback(back *url.URL) *url.URL {
	query, to := back.Query(), *back
	switch v {
	case InstallNoState:
		query.Del("state")
	case InstallOtherState:
		query.Set("state", rand.Text())
	default:
		return back
	}
	to.RawQuery = query.Encode()
	return &to
}

// judgeState names an app that takes a code without the state that it began with.
func (s *Server) judgeState(v InstallVariant, back *url.URL, exchanged bool) {
	how := map[InstallVariant]string{
		InstallNoState: "without a state", InstallOtherState: "with a state that it did not make",
		InstallForeignState: "with the state of another browser",
	}[v]
	if how != "" && exchanged {
		s.find("oauth.state", "%s took a code that came %s", back.Path, how)
	}
}

// replay loads the callback again, once it went well, and names an app that crashes.
func (s *Server) replay(ctx context.Context, b *browser, back *url.URL, first arrival) (arrival, error) {
	if first.Status >= http.StatusInternalServerError {
		return first, fmt.Errorf("%s answered %d the first time, so nothing is learned from a second", back.Path, first.Status)
	}
	again, err := b.walk(ctx, back)
	switch {
	case again.Status >= http.StatusInternalServerError:
		s.find("oauth.code-reuse", "%s answered %d to a code that it had used before", back.Path, again.Status)
	case err != nil && again.Status == 0 && ctx.Err() == nil:
		s.find("oauth.code-reuse", "%s did not answer to a code that it had used before: %v", back.Path, err)
	}
	return again, err
}

// who is the person of the options, for the form.
func (s *Server) who(c webapi.Consent, o InstallOptions) (string, error) {
	if o.Team == "" && o.User == "" {
		return "", nil
	}
	team := o.Team
	if team == "" && len(c.Teams) > 0 {
		team = c.Teams[0].ID
	}
	u, err := s.User(team, o.User)
	if err != nil {
		return "", err
	}
	return u.TeamID + "/" + u.ID, nil
}
