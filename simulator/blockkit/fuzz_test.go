package blockkit_test

import (
	"encoding/json"
	"strings"
	"testing"

	"belay/simulator/blockkit"
)

// FuzzValidate holds that no input makes Validate panic, and that what it reports is
// bounded and points somewhere.
func FuzzValidate(f *testing.F) {
	for _, s := range blockSamples {
		f.Add("message", list(s.block))
	}
	for _, element := range elementSamples {
		f.Add("modal", list(within(inInput, element)))
		f.Add("home", list(within(inActions, element)))
	}
	f.Add("", `[{"type":"section","fields":[null,1,"a",[],{}]},{"type":[]},null]`)
	f.Add("message", `[[[[[[`)
	f.Fuzz(func(t *testing.T, surface, blocks string) {
		found := blockkit.Validate(blockkit.Surface(surface), json.RawMessage(blocks))
		if len(found) > 50 {
			t.Fatalf("got %d violations, want at most 50", len(found))
		}
		for _, v := range found {
			if !strings.HasPrefix(v.Pointer, "/blocks") || v.Message == "" {
				t.Fatalf("got %+v, want a pointer and a message", v)
			}
		}
	})
}
