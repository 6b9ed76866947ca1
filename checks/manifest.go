package checks

import (
	"context"

	"belay/checks/problem"
	"belay/simulator/manifest"
)

// manifestChecks ask what is wrong with an app's manifest. They need no network, so
// they are not among All: ReadManifest runs them.
var manifestChecks = []Check{
	lint("manifest.valid", "the manifest is one that Slack takes", manifest.Invalid),
	lint("manifest.transport", "the app's URLs are called", manifest.SocketMode),
	lint("manifest.urls", "whatever needs a URL has one", manifest.URLMissing),
	lint("manifest.hosts", "all URLs lead to the same tunnel", manifest.URLStale),
	lint("manifest.scopes", "every subscription has its scope", manifest.ScopeMissing),
	lint("manifest.messages", "people can write to the app", manifest.MessagesTab),
	lint("manifest.redirects", "every redirect URL is https", manifest.RedirectURL),
}

// lint is a check without Run: what it finds, the linter says.
func lint(id, title, problem string) Check {
	return Check{
		ID: id, Title: title, Problems: []string{problem},
		Run: func(context.Context, *Session) Result { return skip("needs --manifest") },
	}
}

// ManifestChecks are those that ReadManifest runs.
func ManifestChecks() []Check { return manifestChecks }

// ReadManifest says what is wrong with a manifest, all at once, with the place in
// the file.
func ReadManifest(file string, m *manifest.Manifest) Section {
	findings := manifest.Lint(m)
	var results []Result
	for _, c := range manifestChecks {
		results = append(results, c.judge(file, findings)...)
	}
	section := Section{
		Name: file, Target: TargetInfo{Kind: "manifest"}, Counts: count(results),
		NotAsked: []string{}, Results: results,
	}
	section.Verdict = (&Session{}).verdict(section)
	if section.Verdict.Status == Pass {
		section.Verdict.Summary = "Slack takes this manifest, as far as can be told from here."
	}
	return section
}

// judge gives one result for each finding of the check's, and a passing one for
// none. Remarks share one.
func (c Check) judge(file string, findings []manifest.Finding) []Result {
	passed := c.as(pass("nothing found"))
	var results []Result
	for _, f := range findings {
		if f.Problem != c.Problems[0] {
			continue
		}
		if f.Level == manifest.Remark {
			passed = passed.remark(f.Problem, "%s", f.Text)
			continue
		}
		r := c.as(found(f.Problem, "%s", f.Text).at(problem.Level(f.Level)))
		r.Place = &Place{File: file, Line: f.Line, Column: f.Column}
		results = append(results, r)
	}
	if len(results) == 0 {
		return []Result{passed}
	}
	results[0].Remarks = append(results[0].Remarks, passed.Remarks...)
	return results
}

// as makes a result one of the check.
func (c Check) as(r Result) Result {
	r.Check, r.Title = c.ID, c.Title
	if r.Remarks == nil {
		r.Remarks = []Remark{}
	}
	return r
}
