package cli_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/payload"
)

const manifestSecret = "planted-be1a7de305eed0000000be1a7de"

// manifestApp verifies, and has no route for events.
func manifestApp() string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		switch {
		case r.URL.Path == "/slack/events", strings.Contains(r.URL.Path, "belay-"):
			http.NotFound(w, r)
		case !payload.Verify(manifestSecret, r.Header.Get(payload.SignatureHeader), r.Header.Get(payload.TimestampHeader), body, time.Now()):
			http.Error(w, "not signed by Slack, and the secret is "+manifestSecret, http.StatusUnauthorized)
		default:
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"text":"done with `+manifestSecret+`"}`)
		}
	}))
	DeferCleanup(server.Close)
	return server.URL
}

func manifestFile(name, text string) string {
	file := filepath.Join(GinkgoT().TempDir(), name)
	Expect(os.WriteFile(file, []byte(text), 0o600)).To(Succeed())
	return file
}

func deployBot(base string) string {
	return fmt.Sprintf(`display_information: {name: Deploy Bot}
features:
  bot_user: {display_name: Deploy Bot}
  slash_commands:
    - {command: /deploy, description: Deploys, url: "%[1]s/slack/commands"}
    - {command: /rollback, description: Rolls back, url: "%[1]s/slack/commands"}
oauth_config:
  redirect_urls: ["https://bot.example.com/slack/oauth_redirect"]
  scopes: {bot: [commands, "app_mentions:read"]}
settings:
  event_subscriptions: {request_url: "%[1]s/slack/events", bot_events: [app_mention]}
  interactivity: {is_enabled: true, request_url: "%[1]s/slack/actions"}
`, base)
}

var _ = Describe("belay check --manifest", func() {
	env := map[string]string{"SLACK_SIGNING_SECRET": manifestSecret}

	It("has a line for each URL, opens what fails, and runs no command", func() {
		file := manifestFile("manifest.yaml", deployBot(manifestApp()))
		code, stdout, stderr := offline("", env, "check", "--local", "--manifest", file)
		Expect(code).To(Equal(1))
		Expect(stderr).To(BeEmpty())
		for _, line := range []string{
			"1 of 5 URLs does not work", `✓ /deploy +http://`, `✓ /rollback +http://.*the same URL`, `✓ interactivity +http://`,
			`✗ events +http://.*http.not-found`, `✓ redirect +https://.*not called`, `\[http.not-found\]`,
		} {
			Expect(stdout).To(MatchRegexp(line))
		}
		Expect(stdout).NotTo(ContainSubstring("may have run"))
	})

	It("runs the one command that a flag names, and says so beforehand", func() {
		file := manifestFile("manifest.yaml", deployBot(manifestApp()))
		_, stdout, stderr := offline("", env, "check", "--local", "--manifest", file, "--command", "/deploy", "-o", "json")
		Expect(stderr).To(ContainSubstring("this runs /deploy 1×"))
		Expect(strings.Count(stdout, `"named": "/deploy"`)).To(Equal(1))
	})

	DescribeTable("shows the planted secret in no format",
		func(format string) {
			file := manifestFile("manifest.yaml", deployBot(manifestApp()))
			_, stdout, stderr := offline("", env, "check", "--local", "--manifest", file, "--command", "/deploy", "-o", format)
			Expect(stdout).To(ContainSubstring("http.not-found"))
			Expect(stdout + stderr).NotTo(ContainSubstring("planted-be1a"))
		},
		Entry("text", "text"), Entry("JSON", "json"), Entry("lines of JSON", "ndjson"),
		Entry("JUnit", "junit"), Entry("Markdown", "markdown"), Entry("GitHub", "github"),
	)

	DescribeTable("ends with 2 at what is no manifest, and says where",
		func(name, text, words string) {
			code, stdout, stderr := offline("", env, "check", "--manifest", manifestFile(name, text))
			Expect(code).To(Equal(2))
			Expect(stdout).To(BeEmpty())
			Expect(stderr).To(MatchRegexp(words))
		},
		Entry("a file that cannot be read", "manifest.json", "{\n  \"features\": [}\n}", `manifest.json:2:16`),
		Entry("another program's file", "package.json", `{"name":"x","dependencies":{}}`, `package.json:1:1: .*no Slack app manifest`),
		Entry("YAML that bites its own tail", "manifest.yaml", "a: &a [*a]\n", `manifest.yaml:1:`),
	)

	It("takes URLs or a manifest, and only names that are in it", func() {
		file := manifestFile("manifest.yaml", deployBot("http://127.0.0.1:1"))
		code, _, stderr := offline("", env, "check", "--manifest", file, "http://127.0.0.1:1")
		Expect(code).To(Equal(2))
		Expect(stderr).To(ContainSubstring("not both"))
		code, _, stderr = offline("", env, "check", "--manifest", file, "--command", "/deploi")
		Expect(code).To(Equal(2))
		Expect(stderr).To(ContainSubstring("/deploy, /rollback"))
	})

	It("puts what is wrong in the manifest where GitHub shows it", func() {
		text := strings.Replace(deployBot("http://127.0.0.1:1"), `, "app_mentions:read"`, "", 1)
		file := manifestFile("manifest.yaml", text)
		_, stdout, _ := offline("", env, "check", "--local", "--manifest", file, "-o", "github")
		Expect(stdout).To(MatchRegexp(`::error file=.*manifest.yaml,line=11,col=\d+,title=manifest.scope-missing::`))
	})
})

var _ = Describe("belay view", func() {
	It("writes a saved report anew, and shows what it can of one that is cut off", func() {
		file := filepath.Join(GinkgoT().TempDir(), "report.json")
		_, text, _ := offline("", nil, "check", "http://localhost:1/x", "-o", "text", "-o", "json="+file)
		code, again, stderr := offline("", nil, "view", file)
		Expect(code).To(Equal(0))
		Expect(stderr).To(BeEmpty())
		Expect(again).To(Equal(text))
		whole, err := os.ReadFile(file)
		Expect(err).NotTo(HaveOccurred())
		Expect(os.WriteFile(file, whole[:len(whole)/2], 0o600)).To(Succeed())
		code, _, stderr = offline("", nil, "view", file)
		Expect(code).To(Equal(0))
		Expect(stderr).To(ContainSubstring("what could be read"))
	})

	It("opens the last report when no file is named", func() {
		env := map[string]string{"XDG_CACHE_HOME": GinkgoT().TempDir()}
		code, _, stderr := offline("", env, "view")
		Expect(code).To(Equal(2))
		Expect(stderr).To(ContainSubstring("no last report yet"))
		_, text, _ := offline("", env, "check", "http://localhost:1/x")
		_, again, _ := offline("", env, "view")
		Expect(again).To(Equal(text))
	})

	It("refuses what is no report", func() {
		code, _, stderr := offline("", nil, "view", manifestFile("x.json", `{"name":"x"}`))
		Expect(code).To(Equal(2))
		Expect(stderr).To(ContainSubstring("no report of belay's"))
	})
})
