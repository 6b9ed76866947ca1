package checks

import (
	"net/url"
	"strings"
)

// appSigns are what any app may say, whatever it is written with. They come last,
// so that nobody is named by them who is known by better ones.
func appSigns() []Sign {
	return []Sign{
		{"the page that installs the app", Guard, MeansOAuthPage, true, onRedirect(func(target *url.URL, _ bool) bool {
			return installs(target.Hostname() + target.Path)
		})},
		{"the page that installs the app", Guard, MeansOAuthPage, true, every(onStatus(200), either(
			onPage("slack.com/oauth/v2/authorize"), onPage("slack.com/oauth/authorize"), onPage("slack.com/openid/connect/authorize")))},
		{"the app", Framework, MeansNotInstalled, false, every(onStatus(200, 400, 401, 403, 404), onBodyLike(mayApologise, notInstalled))},
		// The status says it all.
		{"a rate limiter", Guard, MeansRateLimited, true, onStatus(429)},
	}
}

// installs tells the addresses at Slack where an installation begins.
func installs(address string) bool {
	for _, path := range []string{"slack.com/oauth/v2/authorize", "slack.com/oauth/authorize", "slack.com/openid/connect/authorize"} {
		if strings.TrimPrefix(address, "www.") == path {
			return true
		}
	}
	return false
}

// notInstalled are the words of an apology to a team that belongs to nobody. They
// must name the app or the installation, since a command's own answer may say of
// anything that it is not installed.
const notInstalled = `(?i)\b(this|our|the slack) (app|bot|integration) ((is not|isn.t) (yet )?|(has not|hasn.t) been )installed\s*([.!,;:"\\]|$)` +
	`|\b(not|n.t) (yet )?(been )?installed (in|on|to|for) (this|your|the) (slack )?(workspace|team|organi[sz]ation)\b` +
	`|\bno (slack )?installation (was )?found\b`
