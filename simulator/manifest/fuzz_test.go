package manifest_test

import (
	"os"
	"path/filepath"
	"testing"

	"belay/simulator/manifest"
)

// FuzzManifest holds that no file makes reading or linting panic, and that what they say
// has a place and words.
func FuzzManifest(f *testing.F) {
	for _, pattern := range []string{"testdata/clean/*", "testdata/bad/*"} {
		paths, err := filepath.Glob(pattern)
		if err != nil || len(paths) == 0 {
			f.Fatalf("got %v, %v, want files", paths, err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(filepath.Base(path), data)
		}
	}
	f.Add("x.json", []byte(`{"display_information":[],"features":{"slash_commands":[null,1,{"url":{}}],"agent_view":1},"settings":{"interactivity":true}}`))
	f.Fuzz(func(t *testing.T, file string, data []byte) {
		m, err := manifest.Parse(file, data)
		if err != nil {
			_ = err.Error()
			return
		}
		for _, found := range manifest.Lint(m) {
			if found.Line < 1 || found.Column < 1 || found.Text == "" || found.Level == "" {
				t.Fatalf("got %+v, want a place and words", found)
			}
		}
		for _, u := range manifest.URLs(m) {
			if u.Line < 1 || u.URL == "" || u.Label() == "" {
				t.Fatalf("got %+v, want a place and a URL", u)
			}
		}
	})
}
