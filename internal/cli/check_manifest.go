package cli

import (
	"context"
	"crypto/x509"
	"net/url"
	"strings"
	"time"

	"belay/checks"
	"belay/simulator/manifest"
)

// manifestTargets are the URLs of a manifest, each once, with what there is to say of
// those that are not asked.
type manifestTargets struct {
	targets []checks.Target
	// others are the sections of names that share a URL, and of redirects, by the
	// section after which they stand.
	others map[string][]checks.Section
}

// diagnoseManifest lints the manifest and diagnoses every URL in it, with the right
// kind. A command runs only where a flag names it.
func (f *checking) diagnoseManifest(ctx context.Context, world IO, roots *x509.CertPool) error {
	m, err := manifest.Load(f.manifest)
	if err != nil {
		return exitError{code: exitUsage, text: err.Error()}
	}
	known := checks.ReadManifest(f.manifest, m)
	urls := manifest.URLs(m)
	if err := f.namedIn(urls); err != nil {
		return err
	}
	all := f.manifestTargets(world, urls, roots)
	watch := checks.Watch{First: []checks.Section{known}, AtOnce: atOnce}
	return f.diagnose(ctx, world, watch, all.merge, all.targets...)
}

// atOnce is how many URLs of a manifest are asked at the same time. Most of the time
// passes in waiting for an app.
const atOnce = 4

// politePace is the time between two requests to a target that is not local.
const politePace = 200 * time.Millisecond

// namedIn refuses a name that the manifest does not have.
func (f *checking) namedIn(urls []manifest.URL) error {
	if f.command == "" {
		return nil
	}
	var names []string
	for _, u := range urls {
		if u.Name == f.command {
			return nil
		}
		if u.Name != "" {
			names = append(names, u.Name)
		}
	}
	return usageError("--command %s is not in the manifest, which has %s", f.command, strings.Join(names, ", "))
}

func (f *checking) manifestTargets(world IO, urls []manifest.URL, roots *x509.CertPool) manifestTargets {
	all := manifestTargets{others: map[string][]checks.Section{}}
	first := map[string]string{}
	apps := map[string]bool{}
	for _, u := range urls {
		if u.Surface == manifest.Redirect {
			s := unasked(u)
			s.Verdict.Status, s.Note = checks.Pass, "for browsers, not called"
			all.others[""] = append(all.others[""], s)
			continue
		}
		key := string(u.Surface) + " " + u.URL
		if same, ok := first[key]; ok && u.Name != f.command {
			s := unasked(u)
			s.SameAs = same
			all.others[same] = append(all.others[same], s)
			continue
		}
		t := f.target(world, u.URL, roots)
		t.Kind, t.Label = checks.Kind(u.Surface), u.Label()
		f.nameIn(&t, u)
		if _, ok := first[key]; !ok {
			first[key] = t.Label + " " + u.URL
		}
		f.spare(&t, apps)
		all.targets = append(all.targets, t)
	}
	if !f.local && len(all.targets) > 1 {
		for n := range all.targets {
			// Together they keep to five requests a second.
			all.targets[n].Pace = politePace * atOnce
		}
	}
	return all
}

// unasked is the section of a URL that is not asked by itself.
func unasked(u manifest.URL) checks.Section {
	return checks.Section{
		Name: u.Label() + " " + u.URL, Target: checks.TargetInfo{URL: u.URL, Kind: string(u.Surface)},
		NotAsked: []string{}, Results: []checks.Result{},
	}
}

// spare asks an app what may end its process, and for its time, at the first URL of
// each kind; at the others it is asked what no app was seen to suffer from, unless
// the flags say otherwise.
func (f *checking) spare(t *checks.Target, apps map[string]bool) {
	u, err := url.Parse(t.URL)
	if err != nil {
		return
	}
	app := u.Scheme + " " + u.Host + " " + string(t.Kind)
	if apps[app] && f.probes == "" {
		t.Probes = checks.ProbesSafe
	}
	if apps[app] && !f.samplesSet {
		t.Samples = 2
	}
	apps[app] = true
}

// nameIn keeps of the named command, action and event what belongs to the URL.
func (f *checking) nameIn(t *checks.Target, u manifest.URL) {
	t.Command, t.Action, t.Event = "", "", ""
	switch {
	case u.Surface == manifest.Slash && u.Name == f.command:
		t.Command = f.command
	case u.Surface == manifest.Action || u.Surface == manifest.Options:
		t.Action = f.action
	case u.Surface == manifest.Event:
		t.Event = f.event
	}
}

// merge puts the sections that share another's results behind it, and redirects at
// the end.
func (m manifestTargets) merge(r checks.Report) checks.Report {
	var sections []checks.Section
	for _, s := range r.Sections {
		sections = append(sections, s)
		for _, other := range m.others[s.Name] {
			other.Verdict = s.Verdict
			sections = append(sections, other)
		}
	}
	r.Sections = append(sections, m.others[""]...)
	return r
}
