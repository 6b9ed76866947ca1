package simulator_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks/problem"
)

var _ = Describe("what the fake Slack finds", func() {
	It("is in the catalogue, as its own to find", func() {
		ids := foundIDs()
		Expect(ids).To(ContainElements("socket.late-ack", "api.token-place"))
		for _, id := range ids {
			p, ok := problem.Find(id)
			Expect(ok).To(BeTrue(), "no page for %s", id)
			Expect(p.Recorded).To(BeTrue(), "%s is a check's to find", id)
		}
	})
})

// isID matches a problem's id.
var isID = regexp.MustCompile(`^[a-z-]+\.[a-z0-9-]+$`)

// foundIDs are the problems that the sources pass to a func or method named find.
func foundIDs() []string {
	var ids []string
	Expect(filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && named(call.Fun) == "find" {
				ids = append(ids, idsIn(call.Args)...)
			}
			return true
		})
		return nil
	})).To(Succeed())
	return ids
}

// named is the name of a func or method.
func named(fun ast.Expr) string {
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		return fun.Sel.Name
	}
	return ""
}

// idsIn are the ids among a call's literal arguments.
func idsIn(args []ast.Expr) []string {
	var ids []string
	for _, arg := range args {
		literal, ok := arg.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			continue
		}
		if text, err := strconv.Unquote(literal.Value); err == nil && isID.MatchString(text) {
			ids = append(ids, text)
		}
	}
	return ids
}
