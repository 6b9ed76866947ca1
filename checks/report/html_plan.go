package report

import (
	"fmt"

	"belay/checks"
)

// An htmlPlan says what of a report a page has room for: what failed before what
// warned, and that before the rest.
type htmlPlan struct {
	rows     map[*checks.Result]bool
	evidence map[*checks.Result]bool
	open     map[*checks.Result]bool
	// withoutEvidence counts the results whose evidence has no room.
	withoutEvidence int
}

func planHTML(r checks.Report) *htmlPlan {
	p := &htmlPlan{rows: map[*checks.Result]bool{}, evidence: map[*checks.Result]bool{}, open: map[*checks.Result]bool{}}
	rows, evidence := maxHTMLRows, maxHTMLEvidence
	for _, wanted := range []int{0, 1, 2} {
		for i := range r.Sections {
			section := &r.Sections[i]
			for n := range section.Results {
				result := &section.Results[n]
				if rankHTML(result.Status) != wanted {
					continue
				}
				if rowSize(result) > rows {
					continue
				}
				rows -= rowSize(result)
				p.rows[result] = true
				if wanted < 2 && len(p.open) < maxHTMLOpen {
					p.open[result] = true
				}
				if result.Evidence == nil {
					continue
				}
				if evidenceSize(result.Evidence) > evidence {
					p.withoutEvidence++
					continue
				}
				evidence -= evidenceSize(result.Evidence)
				p.evidence[result] = true
			}
		}
	}
	return p
}

func rankHTML(status checks.Status) int {
	switch status {
	case checks.Fail:
		return 0
	case checks.Warn:
		return 1
	}
	return 2
}

// rowSize is about how many bytes a result takes without its evidence, with the markup
// around it.
func rowSize(r *checks.Result) int {
	n := 300 + min(len(r.Saw), 1000) + min(len(r.Reason), 1000) + len(r.Title)
	for _, remark := range r.Remarks {
		n += 20 + min(len(remark.Text), 1000)
	}
	if p := r.Problem; p != nil {
		n += 400 + min(len(p.Why), 2000) + min(len(p.Fix), 2000) + min(len(p.Title)+len(p.Doc), 1000)
	}
	return n
}

// evidenceSize is about how many bytes the evidence takes.
func evidenceSize(e *checks.Evidence) int {
	n := 0
	headers := func(r checks.Request) {
		n += 3*min(len(r.Body), maxHTMLBody) + len(r.URL)
		for _, h := range r.Header {
			n += 40 + len(h.Name) + len(h.Value)
		}
	}
	for _, x := range e.Exchanges {
		n += 2500
		headers(x.Request)
		if x.Response != nil {
			headers(checks.Request{Header: x.Response.Header, Body: x.Response.Body})
		}
	}
	for _, c := range e.Chain {
		n += 300 + len(c.Subject) + len(c.Issuer)
	}
	for _, s := range e.SignatureSteps {
		n += 100 + min(len(s.Value), maxHTMLBody)
	}
	return n + 200*(len(e.Connections)+1)
}

// note says what has no room.
func (p *htmlPlan) note() string {
	if p.withoutEvidence == 0 {
		return ""
	}
	return fmt.Sprintf("The evidence of %s was left out to keep the page small; -o json has all of it.", plural(p.withoutEvidence, "result"))
}
