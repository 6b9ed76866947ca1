package strictyaml_test

import (
	"errors"
	"testing"

	"belay/internal/strictyaml"
)

// FuzzParse holds that no file makes reading panic or run away, and that each mistake has
// a place and words.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "a: 1\nb: [x, {c: ~}]\n", `{"a": [1, 2.5, "x", true, null], "a": {}}`, "x: &x {a: *x}\n", laughs(9), chain(105),
		"<<: [{a: 1}, {b: 2}]\n", "? [a]\n: b\n", "a:\n\tb", "--- x\n--- y\n", "\ufeff{", "\xff\xfe", "!!set {a}", "a: |\n  b\n", "[1,]",
		"name: 1\nsteps: [{shout: x}, {say: {}}]\nwait: x\n", "&a *a : x", "{? &k k : *k}",
	} {
		f.Add("a.yaml", []byte(seed))
		f.Add("a.json", []byte(seed))
	}
	f.Fuzz(func(t *testing.T, file string, data []byte) {
		doc, err := strictyaml.Parse(file, data)
		if err == nil {
			if doc.Root == nil {
				t.Fatal("got no root, want one")
			}
			var into suite
			err = doc.Decode(&into)
			var anything any
			_ = doc.Decode(&anything)
		}
		var e *strictyaml.Error
		if err == nil || !errors.As(err, &e) {
			return
		}
		for _, m := range e.Mistakes {
			if m.Line < 1 || m.Column < 1 || m.Message == "" || m.File != file {
				t.Fatalf("got %+v, want a place and words", m)
			}
		}
		_ = e.Error()
	})
}
