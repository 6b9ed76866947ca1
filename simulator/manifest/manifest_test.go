package manifest_test

import (
	"os"
	"path/filepath"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/manifest"
)

var _ = Describe("A manifest", func() {
	It("is read into fields", func() {
		m, err := manifest.Load("testdata/clean/bolt-http.json")
		Expect(err).NotTo(HaveOccurred())
		Expect(m.Display.Name).To(Equal("Deploy Bot"))
		Expect(m.Metadata.Major).To(Equal(1))
		Expect(m.Features.Commands[0].UsageHint).To(Equal("[branch] [environment]"))
		Expect(m.Features.Shortcuts[1].Type).To(Equal("global"))
		Expect(m.Features.AgentView).To(BeNil())
		Expect(m.OAuth.Scopes.User).To(Equal([]string{"channels:history", "users:read"}))
		Expect(m.Settings.Events.Bot).To(ContainElement("app_mention"))
		Expect(*m.Settings.Interactivity.Enabled).To(BeTrue())
		Expect(m.Settings.TokenRotation).To(BeTrue())
		Expect(m.Hosted()).To(BeFalse())
	})

	It("is read the same from JSON and YAML", func() {
		data, err := os.ReadFile("testdata/clean/bolt-http.json")
		Expect(err).NotTo(HaveOccurred())
		fromJSON, err := manifest.Parse("a.json", data)
		Expect(err).NotTo(HaveOccurred())
		fromYAML, err := manifest.Parse("a.yaml", data)
		Expect(err).NotTo(HaveOccurred())
		Expect(fromYAML.Settings).To(Equal(fromJSON.Settings))
		Expect(fromYAML.Features).To(Equal(fromJSON.Features))
		Expect(manifest.URLs(fromYAML)).To(Equal(manifest.URLs(fromJSON)))
	})

	It("keeps what fits of a manifest that does not fit everywhere", func() {
		m := read("display_information: {name: 5, description: d}\nfeatures: {slash_commands: [/a, {command: /b}]}\nsettings: x\n")
		Expect(m.Display.Description).To(Equal("d"))
		Expect(m.Features.Commands[1].Name).To(Equal("/b"))
	})

	DescribeTable("knows where a pointer leads",
		func(pointer string, line, column int) {
			m := read("display_information:\n  name: x\nsettings:\n  event_subscriptions:\n    bot_events:\n    - app_mention\n    - message.im\n")
			gotLine, gotColumn := m.Position(pointer)
			Expect([]int{gotLine, gotColumn}).To(Equal([]int{line, column}))
		},
		Entry("to a member, at its key", "/display_information/name", 2, 3),
		Entry("to an item", "/settings/event_subscriptions/bot_events/1", 7, 7),
		Entry("to what is missing, at what would hold it", "/settings/interactivity/request_url", 3, 1),
		Entry("to the whole", "", 1, 1),
		Entry("to nothing at all", "/features", 1, 1),
	)
})

var _ = Describe("A file that is no manifest", func() {
	DescribeTable("is an error that says what it seems to be",
		func(file, text, message string) {
			_, err := manifest.Parse(file, []byte(text))
			Expect(err).To(MatchError(HavePrefix(message)))
		},
		Entry("a package.json", "package.json", `{"name": "x", "version": "1.0.0", "dependencies": {}}`,
			"package.json:1:1: this is no Slack app manifest: it seems to be the package.json of npm"),
		Entry("a Docker Compose file", "docker-compose.yaml", "# mine\nservices: {}\n",
			"docker-compose.yaml:2:1: this is no Slack app manifest: it seems to be a Docker Compose file"),
		Entry("a Kubernetes resource", "deploy.yml", "apiVersion: v1\nkind: Pod\n",
			"deploy.yml:1:1: this is no Slack app manifest: it seems to be a Kubernetes resource"),
		Entry("the manifest of a Teams app", "manifest.json", `{"manifestVersion": "1.17", "name": {}}`,
			"manifest.json:1:1: this is no Slack app manifest: it seems to be the manifest of a Microsoft Teams app"),
		Entry("the hooks of the Slack CLI", "hooks.json", `{"hooks": {"get-hooks": "npx"}}`,
			"hooks.json:1:1: this is no Slack app manifest: it seems to be the hooks.json of the Slack CLI"),
		Entry("an export from Slack", "export.json", `{"ok": true, "manifest": {"display_information": {"name": "x"}}}`,
			`export.json:1:1: this is no Slack app manifest: it holds one under "manifest"`),
		Entry("something unheard of", "x.json", `{"a": 1}`,
			"x.json:1:1: this is no Slack app manifest: it has none of display_information, features, oauth_config and settings"),
		Entry("only a schema's address", "x.json", `{"$schema": "x"}`, "x.json:1:1: this is no Slack app manifest: it has none"),
		Entry("a list", "x.json", "\n [1]", "x.json:2:2: this is no Slack app manifest: it holds a list, and a manifest is an object"),
		Entry("prose", "readme.md", "Hello there\n", `readme.md:1:1: this is no Slack app manifest: it holds the text "Hello there"`),
		Entry("a program", "manifest.ts", "import { Manifest } from \"x\";\nexport default Manifest({})\n",
			"manifest.ts:1:1: this is a program: save the manifest that `slack manifest info` prints as manifest.json"),
		Entry("an empty file", "manifest.json", "", "manifest.json:1:1: the file is empty"),
		Entry("a huge file", "manifest.json", `{"display_information": "`+strings.Repeat("x", 1<<20)+`"}`,
			"manifest.json:1:1: the file is larger than 1024 KiB"),
		Entry("one that contains itself", "manifest.yaml", "display_information: {name: x}\nfeatures: &f {app_home: *f}\n",
			"manifest.yaml:2:25: the alias *f stands within what it names, which would never end"),
		Entry("one that says two things", "manifest.json", "{\"display_information\": {},\n \"display_information\": {}}",
			`manifest.json:2:2: the key "display_information" is given twice, first on line 1`),
		Entry("one with wrong syntax", "manifest.json", "{\"display_information\": {\n  \"name\": \"x\",\n}}",
			"manifest.json:3:1: a comma stands before this }\n    3 | }}\n      | ^"),
	)

	DescribeTable("is one all the same, with properties that make it a manifest",
		func(text string, problems ...string) {
			Expect(of(manifest.Invalid, manifest.Lint(read(text)))).To(Equal(problems))
		},
		Entry("though the name is outside", "name: x\nversion: 1\nfeatures: {}\nsettings: {}\n",
			"1:1: display_information is missing", "1:1: name is no property of a manifest", "2:1: version is no property of a manifest"),
		Entry("though the name is misspelt", "display_informations: {name: x}\noauth_config: {}\n",
			"1:1: display_information is missing",
			`1:1: display_informations is no property of a manifest: did you mean "display_information"?`),
	)

	It("is an error where there is none, or a directory", func() {
		_, err := manifest.Load("testdata/nothing.json")
		Expect(err).To(MatchError(os.ErrNotExist))
		_, err = manifest.Load("testdata")
		Expect(err).To(MatchError(ContainSubstring("reading the manifest")))
	})

	It("is read no further than a manifest can go", func() {
		path := filepath.Join(GinkgoT().TempDir(), "manifest.json")
		Expect(os.WriteFile(path, make([]byte, 4<<20), 0o600)).To(Succeed())
		_, err := manifest.Load(path)
		Expect(err).To(MatchError(ContainSubstring("the file is larger than 1024 KiB")))
	})

	DescribeTable("is told apart in these files",
		func(file, message string) {
			_, err := manifest.Load(filepath.Join("testdata/bad", file))
			Expect(err).To(MatchError(ContainSubstring(message)))
		},
		Entry("a package.json", "package.json", "it seems to be the package.json of npm"),
		Entry("a Docker Compose file", "docker-compose.yaml", "it seems to be a Docker Compose file"),
		Entry("a program", "manifest.ts", "this is a program"),
	)
})
