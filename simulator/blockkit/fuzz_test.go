package blockkit_test

import (
	"encoding/json"
	"os"
	"path/filepath"
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

// FuzzDraw holds that no input makes Draw panic, that its lines keep to the width, hold no
// control characters and know where things stand, and that what is listed can be drawn.
func FuzzDraw(f *testing.F) {
	samples, err := filepath.Glob("testdata/draw/*.json")
	if err != nil || len(samples) == 0 {
		f.Fatalf("got %d samples and %v", len(samples), err)
	}
	for _, sample := range samples {
		raw, err := os.ReadFile(sample)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(raw), 72, false)
		f.Add(string(raw), 0, true)
	}
	for _, s := range blockSamples {
		f.Add(list(s.block), 20, true)
	}
	for _, element := range elementSamples {
		f.Add(list(within(inActions, element)), 40, false)
		f.Add(`{"type":"modal","blocks":`+list(within(inInput, element))+`}`, 40, false)
	}
	f.Fuzz(func(t *testing.T, what string, width int, ascii bool) {
		width %= 200
		held := max(width, 20)
		if width == 0 {
			held = 80
		}
		drawing := blockkit.Draw(what, blockkit.DrawOptions{Width: width, ASCII: ascii, Name: func(id string) string { return id }})
		if wrong := misfit(drawing, held); wrong != "" {
			t.Fatal(wrong)
		}
		for _, i := range blockkit.Interactives(what) {
			if i.Pointer == "" || i.Type == "" {
				t.Fatalf("got %+v, want a pointer and a type", i)
			}
		}
		if object, err := blockkit.ParseObject(what); err == nil {
			blockkit.FillBlockIDs(object, func() string { return "id" })
			blockkit.ValidateMessage(object)
			blockkit.ValidateView("", object)
			blockkit.ValidateDialog(object)
		}
	})
}
