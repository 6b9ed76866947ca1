package checks_test

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/checks/problem"
)

var _ = Describe("the list of checks", func() {
	It("holds each check once, with a title", func() {
		seen := map[string]bool{}
		for _, c := range append(checks.All(), checks.DrillChecks()...) {
			Expect(seen).NotTo(HaveKey(c.ID))
			seen[c.ID] = true
			Expect(c.ID).To(MatchRegexp(`^[a-z-]+\.[a-z0-9-]+$`))
			Expect(c.Title).To(MatchRegexp(`^\S.*[^.]$`), c.ID)
			Expect(c.Title).NotTo(ContainSubstring("\n"), c.ID)
			Expect(c.Run).NotTo(BeNil(), c.ID)
		}
	})

	It("has each check after those that it needs", func() {
		var before []string
		for _, c := range checks.All() {
			for _, need := range c.Needs {
				Expect(before).To(ContainElement(need), "%s needs %s", c.ID, need)
			}
			before = append(before, c.ID)
		}
	})

	It("gives each problem of the catalogue to exactly one check, or to the fake Slack", func() {
		owner := map[string]string{}
		for _, c := range slices.Concat(checks.All(), checks.ManifestChecks(), checks.DrillChecks()) {
			Expect(append(c.Problems, c.Records...)).NotTo(BeEmpty(), c.ID)
			for _, id := range c.Records {
				p, known := problem.Find(id)
				Expect(known && p.Recorded).To(BeTrue(), "%s reports %s, which the fake Slack does not find", c.ID, id)
			}
			for _, id := range c.Problems {
				Expect(owner).NotTo(HaveKey(id), "%s and %s", c.ID, owner[id])
				owner[id] = c.ID
				p, known := problem.Find(id)
				Expect(known).To(BeTrue(), "%s finds %s", c.ID, id)
				Expect(p.Recorded).To(BeFalse(), "%s finds %s, which is the fake Slack's to find", c.ID, id)
			}
		}
		for _, p := range problem.All() {
			if !p.Recorded {
				Expect(owner[p.ID]).NotTo(BeEmpty(), "nobody finds %s", p.ID)
			}
		}
	})

	It("holds every check that is declared", func() {
		Expect(declaredChecks()).To(ConsistOf(checkIDs()))
	})
})

func checkIDs() []string {
	var ids []string
	for _, c := range append(checks.All(), checks.DrillChecks()...) {
		ids = append(ids, c.ID)
	}
	return ids
}

// declaredChecks are the IDs of the Check literals in the package's sources.
func declaredChecks() []string {
	var ids []string
	for name, file := range sources(false) {
		ast.Inspect(file, func(n ast.Node) bool {
			literal, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			if kind, ok := literal.Type.(*ast.Ident); !ok || kind.Name != "Check" {
				return true
			}
			for _, element := range literal.Elts {
				pair, ok := element.(*ast.KeyValueExpr)
				if !ok || pair.Key.(*ast.Ident).Name != "ID" {
					continue
				}
				if written, ok := pair.Value.(*ast.BasicLit); ok {
					id, err := strconv.Unquote(written.Value)
					Expect(err).NotTo(HaveOccurred(), name)
					ids = append(ids, id)
				}
			}
			return true
		})
	}
	return ids
}

// sources are the package's own files, or its tests.
func sources(tests bool) map[string]*ast.File {
	names, err := filepath.Glob("*.go")
	Expect(err).NotTo(HaveOccurred())
	files := map[string]*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") != tests {
			continue
		}
		file, err := parser.ParseFile(gotoken.NewFileSet(), name, nil, parser.ParseComments)
		Expect(err).NotTo(HaveOccurred())
		files[name] = file
	}
	return files
}

var _ = Describe("the specs", func() {
	It("produce every problem, and have a row of every check", func() {
		quoted := quotedInTests()
		for _, p := range problem.All() {
			if !p.Recorded {
				Expect(slices.Contains(quoted, p.ID)).To(BeTrue(), "no spec produces %s", p.ID)
			}
		}
	})

	It("never sleep", func() {
		for name, file := range sources(true) {
			ast.Inspect(file, func(n ast.Node) bool {
				if call, ok := n.(*ast.SelectorExpr); ok {
					Expect(call.Sel.Name).NotTo(Equal("Sleep"), name)
				}
				return true
			})
		}
	})
})

// quotedInTests are the words in the strings of the package's specs, but for this
// file's.
func quotedInTests() []string {
	var words []string
	for name, file := range sources(true) {
		if name == "guard_test.go" {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == gotoken.STRING {
				text, _ := strconv.Unquote(literal.Value)
				words = append(words, strings.Fields(text)...)
			}
			return true
		})
	}
	slices.Sort(words)
	return slices.Compact(words)
}

var _ = Describe("the packages below checks", func() {
	It("neither ask the environment nor end the process", func() {
		for name, file := range sources(false) {
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if from, ok := call.X.(*ast.Ident); ok && from.Name == "os" {
					Expect(call.Sel.Name).NotTo(BeElementOf("Exit", "Args", "Getenv", "LookupEnv", "Environ", "Stdout", "Stderr"), name)
				}
				return true
			})
		}
	})

	It("do not hold test libraries", func() {
		for _, dir := range []string{".", "problem"} {
			files, err := fs.Glob(os.DirFS(dir), "*.go")
			Expect(err).NotTo(HaveOccurred())
			for _, name := range files {
				if strings.HasSuffix(name, "_test.go") {
					continue
				}
				source, err := os.ReadFile(filepath.Join(dir, name))
				Expect(err).NotTo(HaveOccurred())
				Expect(string(source)).NotTo(ContainSubstring("onsi/"), name)
			}
		}
	})
})
