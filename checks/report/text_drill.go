package report

import "belay/checks"

// drill tells what an app did when its tokens, its workspaces and Slack itself changed.
func (t *textReport) drill() {
	t.verdict()
	lead, others := t.split()
	if lead != nil {
		t.lead(*lead)
	}
	t.others(others)
	shown := false
	for _, r := range t.s.Results {
		if r.Status == checks.Pass {
			t.noted("pass", r.Title, "["+r.Check+"]")
			t.row("", r.Saw)
			shown = true
		}
	}
	if shown {
		t.gap()
	}
	t.remarks()
	t.skipped()
}

// skipped are the questions that were not asked. Those that share a reason share the line
// that tells it.
func (t *textReport) skipped() {
	var all []checks.Result
	for _, r := range t.s.Results {
		if r.Status == checks.Skip {
			all = append(all, r)
		}
	}
	for n, r := range all {
		t.noted("not asked", r.Title, "["+r.Check+"]")
		if n+1 == len(all) || all[n+1].Reason != r.Reason {
			t.row("", r.Reason)
		}
	}
}
