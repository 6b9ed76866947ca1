package payload_test

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/payload"
)

// goldens are the deliveries whose bytes are kept in testdata, by their file.
func goldens() map[string]payload.Delivery {
	all := map[string]payload.Delivery{}
	for _, kind := range payload.Kinds() {
		all[kind.Name] = delivery(kind, payload.Scene{})
	}
	for _, of := range slices.Concat(payload.EventTypes(), payload.MessageSubtypes()) {
		all["event/"+of.Name] = delivery(of.Kind(), payload.Scene{})
	}
	for _, e := range payload.Elements() {
		all["block_actions/"+e] = delivery(payload.BlockActions, payload.Scene{Element: e})
	}
	for _, p := range payload.Personas()[1:] {
		for _, name := range []string{"command", "block_actions", "view_submission", "message_action", "dialog_submission", "event app_mention", "event team_join"} {
			kind, err := payload.FindKind(name)
			ExpectWithOffset(1, err).NotTo(HaveOccurred())
			all[string(p)+"/"+strings.ReplaceAll(name, " ", "_")] = delivery(kind, payload.Scene{Persona: p})
		}
	}
	for name, scene := range map[string]payload.Scene{
		"escaped":         {Text: "@belay in #belay-probe and #general: see https://example.com/a?b=c", Escape: true},
		"escaped-private": {Text: "in #belay-probe", Escape: true, Private: true},
		"directmessage":   {ChannelID: "DBELAY00000"},
		"privategroup":    {Private: true},
	} {
		all["command/"+name] = delivery(payload.Command, scene)
	}
	for _, kind := range []payload.Kind{payload.BlockActions, payload.BlockSuggestion, payload.ViewSubmission, payload.ViewClosed} {
		all["view/"+kind.Name] = delivery(kind, payload.Scene{View: parsed(someView), ActionID: "chosen"})
	}
	all["block_actions/thread"] = delivery(payload.BlockActions, payload.Scene{ThreadTS: "1531420000.000000"})
	all["block_actions/function"] = delivery(payload.BlockActions, payload.Scene{Function: "deploy"})
	all["oauth_redirect/refusal"] = delivery(payload.OAuthRedirect, payload.Scene{Error: "access_denied", State: "xyz"})
	return all
}

var _ = Describe("the golden files", func() {
	It("are the bytes on the wire", func() {
		for name, d := range goldens() {
			file, got := filepath.Join("testdata", filepath.FromSlash(name)+".golden"), d.Request().Bytes()
			if os.Getenv("UPDATE_GOLDEN") != "" {
				Expect(os.MkdirAll(filepath.Dir(file), 0o755)).To(Succeed())
				Expect(os.WriteFile(file, got, 0o644)).To(Succeed())
			}
			want, err := os.ReadFile(file)
			Expect(err).NotTo(HaveOccurred(), "UPDATE_GOLDEN=1 writes it")
			Expect(string(got)).To(Equal(string(want)), name)
		}
	})

	It("are no more than there are deliveries", func() {
		var found []string
		Expect(filepath.WalkDir("testdata", func(path string, entry fs.DirEntry, err error) error {
			if name, ok := strings.CutSuffix(path, ".golden"); ok && err == nil && !entry.IsDir() {
				found = append(found, strings.TrimPrefix(filepath.ToSlash(name), "testdata/"))
			}
			return err
		})).To(Succeed())
		Expect(found).To(ConsistOf(slices.Collect(maps.Keys(goldens()))))
	})
})
