package cli_test

import (
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks/checkstest"
	"belay/simulator/fault"
)

const faultsHead = `# How the fake Slack misbehaves

Generated from the code that does it.

` + "`belay serve --fault SORT[=VALUE][,method=NAME][,probability=P][,count=N][,after=N]`" + `, and
` + "`add`" + ` of the control API's ` + "`POST faults`" + `, take a fault of this table. ` + "`method`" + ` is a method of the
Web API, a family such as ` + "`chat.*`" + `, or ` + "`hooks`, `files` or `socket`" + ` (several are separated by
` + "`|`" + `); ` + "`probability`" + ` is from 0 to 1; ` + "`after`" + ` requests are let through first, and it happens
` + "`count`" + ` times at most. With one ` + "`--fault-seed`" + `, the same calls of a method are hit.

`

var _ = Describe("docs/faults.md", func() {
	It("says which faults there are", func() {
		var b strings.Builder
		b.WriteString(faultsHead)
		var rows [][]string
		for _, s := range fault.Sorts() {
			name := s.Name
			if s.Value != "" {
				name += "=" + s.Value
			}
			where := s.Only
			if where == "" {
				where = "everywhere"
			}
			rows = append(rows, []string{coded(name), "Slack " + s.Title, s.Default, where})
		}
		coverageTable(&b, "fault | what happens | default | where", rows)
		for _, p := range []struct {
			name   string
			faults []fault.Fault
		}{{"hostile", fault.Hostile()}, {"outage", fault.Outage()}} {
			b.WriteString("\n`--" + p.name + "` is:\n\n")
			for _, f := range p.faults {
				b.WriteString("- `" + f.String() + "`\n")
			}
		}
		Expect(checkstest.Golden("../../docs/faults.md", b.String())).To(Succeed())
	})
})
