package cli_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// layers says what each package of ours may import of ours. A package that is not
// named imports nothing of ours.
var layers = map[string][]string{
	"": {"internal/cli"},
	"internal/cli": {
		"checks", "checks/problem", "checks/report", "internal/demo", "internal/recording", "internal/strictyaml",
		"simulator", "simulator/clock", "simulator/fault", "simulator/manifest", "simulator/payload", "simulator/webapi", "tui", "tui/playground",
	},
	"tui":                {"checks", "checks/problem", "tui/background"},
	"tui/playground":     {"checks/problem", "simulator", "simulator/blockkit", "simulator/fault", "simulator/payload", "simulator/webapi", "tui/background"},
	"checks/report":      {"checks", "checks/problem"},
	"checks":             {"checks/problem", "simulator/blockkit", "simulator/clock", "simulator/manifest", "simulator/payload"},
	"simulator":          {"simulator/blockkit", "simulator/clock", "simulator/facts", "simulator/fault", "simulator/payload", "simulator/webapi"},
	"simulator/payload":  {"simulator/blockkit", "simulator/clock", "simulator/facts"},
	"simulator/manifest": {"internal/strictyaml", "simulator/facts"},
	"simulator/webapi":   {"simulator/blockkit", "simulator/clock", "simulator/facts", "simulator/manifest"},
	"internal/demo":      {"simulator/payload"},
	"internal/recording": {"simulator/payload"},
}

// anything may be imported there: they are no part of the program.
var outside = []string{"bench", "e2e", "checks/checkstest", "docs/pictures"}

// source is one file of the program, tests apart.
type source struct {
	dir, path string
	syntax    *ast.File
}

func sources() []source {
	var all []source
	files := token.NewFileSet()
	root := "../.."
	Expect(filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == "testdata" || entry.Name() == ".git") {
			return fs.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		syntax, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, path)
		all = append(all, source{strings.TrimSuffix(filepath.ToSlash(filepath.Dir(relative)), "."), relative, syntax})
		return err
	})).To(Succeed())
	return all
}

func imports(s source) []string {
	var paths []string
	for _, i := range s.syntax.Imports {
		path, _ := strconv.Unquote(i.Path.Value)
		paths = append(paths, path)
	}
	return paths
}

var _ = Describe("the layers", func() {
	It("import one way, as they are drawn", func() {
		for _, s := range sources() {
			if slices.Contains(outside, s.dir) {
				continue
			}
			for _, path := range imports(s) {
				if ours, ok := strings.CutPrefix(path, "belay/"); ok {
					Expect(layers[s.dir]).To(ContainElement(ours), s.path)
				}
			}
		}
	})

	It("keep the terminal library below tui, and the test libraries out of the program", func() {
		for _, s := range sources() {
			for _, path := range imports(s) {
				if strings.HasPrefix(path, "github.com/charmbracelet/") && !slices.Contains(outside, s.dir) {
					Expect(s.dir).To(HavePrefix("tui"), s.path)
				}
				for _, tests := range []string{"github.com/onsi/", "github.com/jarcoal/"} {
					Expect(strings.HasPrefix(path, tests) && !slices.Contains(outside, s.dir)).To(BeFalse(), s.path+" imports "+path)
				}
				Expect(strings.HasPrefix(path, "go.yaml.in/") && s.dir != "internal/strictyaml").To(BeFalse(), s.path)
			}
		}
	})

	It("leave the process to main and the command line, and initialise nothing", func() {
		for _, s := range sources() {
			if slices.Contains(outside, s.dir) {
				continue
			}
			process := s.dir == "" || s.dir == "internal/cli"
			ast.Inspect(s.syntax, func(n ast.Node) bool {
				if selector, ok := n.(*ast.SelectorExpr); ok {
					name, _ := selector.X.(*ast.Ident)
					ends := name != nil && name.Name == "os" && slices.Contains([]string{"Exit", "Args", "Getenv", "LookupEnv", "Environ"}, selector.Sel.Name)
					Expect(ends && !process).To(BeFalse(), "%s: os.%s", s.path, selector.Sel.Name)
				}
				return true
			})
			for _, d := range s.syntax.Decls {
				f, ok := d.(*ast.FuncDecl)
				Expect(ok && f.Recv == nil && f.Name.Name == "init" && s.dir != "tui/background").To(BeFalse(), s.path)
			}
		}
	})

	It("have only what belongs there at the top", func() {
		entries, err := os.ReadDir("../..")
		Expect(err).NotTo(HaveOccurred())
		known := []string{
			"simulator", "checks", "scenarios", "tui", "internal", "main.go", "go.mod", "go.sum",
			"docs", "examples", "e2e", "bench", ".ci", "README.md", "LICENSE", "CONTRIBUTING.md", "CHANGELOG.md", ".git", ".gitignore",
		}
		for _, entry := range entries {
			Expect(known).To(ContainElement(entry.Name()))
		}
	})
})
