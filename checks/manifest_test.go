package checks_test

import (
	"path/filepath"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/simulator/manifest"
)

// readManifest judges one of the manifests of the linter's own specs.
func readManifest(name string) checks.Section {
	GinkgoHelper()
	file := filepath.Join("..", "simulator", "manifest", "testdata", name)
	m, err := manifest.Load(file)
	Expect(err).NotTo(HaveOccurred())
	section := checks.ReadManifest(file, m)
	for _, r := range section.Results {
		Expect(r.Title).NotTo(BeEmpty(), r.Check)
		Expect(r.Remarks).NotTo(BeNil(), r.Check)
		if r.Problem != nil {
			Expect(r.Place).To(SatisfyAll(HaveField("File", file), HaveField("Line", BeNumerically(">", 0))), r.Check)
		}
	}
	return section
}

// problems are the ids that a section found.
func problems(section checks.Section) map[string]checks.Status {
	found := map[string]checks.Status{}
	for _, r := range section.Results {
		if r.Problem != nil {
			found[r.Problem.ID] = r.Status
		}
	}
	return found
}

var _ = Describe("ReadManifest", func() {
	It("finds everything at once, with the place", func() {
		section := readManifest("bad/everything.yaml")
		Expect(problems(section)).To(Equal(map[string]checks.Status{
			"manifest.invalid": checks.Fail, "manifest.url-missing": checks.Fail, "manifest.url-stale": checks.Fail,
			"manifest.scope-missing": checks.Fail, "manifest.messages-tab": checks.Warn, "manifest.redirect-url": checks.Fail,
		}))
		Expect(section.Verdict).To(SatisfyAll(HaveField("Status", checks.Fail), HaveField("Cause", HavePrefix("manifest."))))
		Expect(section.Counts.Fail).To(BeNumerically(">", 6))
	})

	It("warns of URLs that Socket Mode makes useless", func() {
		section := readManifest("bad/socket-with-urls.json")
		Expect(problems(section)).To(HaveKeyWithValue("manifest.socket-mode", checks.Warn))
	})
})
