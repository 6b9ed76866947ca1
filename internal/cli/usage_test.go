package cli_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"belay/internal/cli"
)

// anywhere is a URL that wrong usage keeps from being asked.
const anywhere = "https://bot.example.com/slack/events"

// fiftyOne URLs are one more than a run takes.
func fiftyOne() []string {
	return strings.Fields("check" + strings.Repeat(" "+anywhere, 51))
}

var _ = Describe("wrong usage", func() {
	DescribeTable("exits with 2, says what is wrong and where help is, and prints no report",
		func(args []string, says types.GomegaMatcher) {
			o := belay(context.Background(), env{}, args...)
			Expect(o.code).To(Equal(2))
			Expect(o.stdout).To(BeEmpty())
			Expect(o.stderr).To(And(HavePrefix("belay: "), MatchRegexp(`\nhint: .+\n$`), says))
		},
		Entry("a command that there is none of", []string{"chek"}, ContainSubstring("hint: did you mean belay check?")),
		Entry("one that is like no other", []string{"frobnicate"}, ContainSubstring(`no command "frobnicate"`)),
		Entry("a URL without the command", []string{anywhere}, ContainSubstring("hint: belay check "+anywhere)),
		Entry("a flag that there is none of", []string{"check", anywhere, "--frob"},
			And(ContainSubstring("unknown flag: --frob"), ContainSubstring("hint: belay check --help"))),
		Entry("a flag with one dash", []string{"check", anywhere, "-kind=event"}, ContainSubstring("did you mean --kind?")),
		Entry("no URL", []string{"check"}, ContainSubstring("check needs a URL")),
		Entry("too many URLs", fiftyOne(), ContainSubstring("at most 50 URLs, and got 51")),
		Entry("a kind that there is none of", []string{"check", anywhere, "--kind", "webhook"}, ContainSubstring("there are command, action, options, event,")),
		Entry("a kind that is spelt wrong", []string{"check", anywhere, "--kind", "view_submision"}, ContainSubstring("did you mean view_submission?")),
		Entry("an event's type for a kind", []string{"check", anywhere, "--kind", "app_mention"}, ContainSubstring("want --kind event --event app_mention")),
		Entry("a command's name for another kind", []string{"check", anywhere, "--kind", "shortcut", "--command", "/go"}, ContainSubstring("--command goes with --kind command, not shortcut")),
		Entry("a view for a command", []string{"check", anywhere, "--view", "view.json"}, ContainSubstring("--view goes with --kind action or options, not command")),
		Entry("a view that cannot be read", []string{"check", anywhere, "--kind", "view_submission", "--view", "/nowhere/view.json"}, ContainSubstring("no such file")),
		Entry("a format that there is none of", []string{"check", anywhere, "-o", "yaml"}, ContainSubstring("--format yaml: want text, json")),
		Entry("a format without the file it promises", []string{"check", anywhere, "-o", "json="}, ContainSubstring("want a file")),
		Entry("two formats for one file", []string{"check", anywhere, "-o", "json=x", "-o", "junit=x"}, ContainSubstring("another report")),
		Entry("two formats for standard output", []string{"check", anywhere, "-o", "json", "-o", "text"}, ContainSubstring("only one format")),
		Entry("a colour that there is none of", []string{"check", anywhere, "--color", "red"}, ContainSubstring("auto, always or never")),
		Entry("other probes", []string{"check", anywhere, "--probes", "some"}, ContainSubstring("safe or all")),
		Entry("another --fail-on", []string{"check", anywhere, "--fail-on", "skip"}, ContainSubstring("fail or warn")),
		Entry("no samples", []string{"check", anywhere, "--samples", "0"}, ContainSubstring("1 to 100")),
		Entry("a command without its slash", []string{"check", anywhere, "--command", "deploy"}, ContainSubstring("starts with /")),
		Entry("a name for another kind", []string{"check", anywhere, "--event", "app_mention"}, ContainSubstring("--event goes with --kind event")),
		Entry("an action for a command", []string{"check", anywhere, "--action", "go"}, ContainSubstring("--kind action or options, not command")),
		Entry("half a --resolve", []string{"check", anywhere, "--resolve", "bot.example.com:443"}, ContainSubstring("HOST:PORT:ADDR")),
		Entry("a --resolve to a name", []string{"check", anywhere, "--resolve", "bot.example.com:443:localhost"}, ContainSubstring(`"localhost" is not an address`)),
		Entry("a --resolve without a port", []string{"check", anywhere, "--resolve", "bot.example.com:https:127.0.0.1"}, ContainSubstring(`"https" is not a port`)),
		Entry("a name server by name", []string{"check", anywhere, "--dns", "dns.google"}, ContainSubstring("an address and a port")),
		Entry("a duration without a unit", []string{"check", anywhere, "--deadline", "3"}, ContainSubstring("--deadline")),
		Entry("no time at all", []string{"check", anywhere, "--timeout", "0s"}, ContainSubstring("more than 0")),
		Entry("a root that cannot be read", []string{"check", anywhere, "--ca-file", "/nowhere/ca.pem"}, ContainSubstring("no such file")),
		Entry("an argument for version", []string{"version", "2"}, ContainSubstring("takes no argument")),
		Entry("an argument for serve", []string{"serve", "8080"}, ContainSubstring("takes no argument")),
		Entry("a port without an address", []string{"serve", "--listen", ":8080"}, ContainSubstring("0.0.0.0 lets other machines in")),
		Entry("a port by name", []string{"serve", "--listen", "localhost:http"}, ContainSubstring(`"http" is not a port`)),
		Entry("a port that there is none of", []string{"serve", "--port", "70000"}, ContainSubstring("want 0 to 65535")),
		Entry("two ports", []string{"serve", "--listen", "localhost:1", "--port", "2"}, ContainSubstring("there is --port as well")),
		Entry("a clock that stands", []string{"serve", "--speed", "0"}, ContainSubstring("--speed 0: want more than 0")),
		Entry("an app that is no URL", []string{"serve", "--app", "localhost:3000"}, ContainSubstring("--app: want a URL")),
		Entry("an app's other URL that is none", []string{"serve", "--event-url", "/slack/events"}, ContainSubstring("--event-url: want a URL")),
		Entry("a token that is no header's", []string{"serve", "--control-token", "a b"}, ContainSubstring("--control-token: want")),
		Entry("an argument for demo", []string{"demo", "slow"}, ContainSubstring("takes no argument")),
		Entry("a fault that there is none of", []string{"demo", "--fault", "frob"}, ContainSubstring(`no fault "frob"`)),
		Entry("a fault without a name", []string{"demo", "--fault", ""}, ContainSubstring(`no fault ""`)),
		Entry("a format for the demonstration, which is text", []string{"demo", "-o", "json"}, ContainSubstring("-o")),
	)

	It("names all mistakes at once", func() {
		o := belay(context.Background(), env{}, "check", anywhere,
			"--kind", "webhook", "--samples", "0", "--resolve", "x", "--dns", "y", "--header", "z", "--deadline", "-1s",
			"-o", "yaml", "--color", "red", "--fail-on", "skip", "--ca-file", "/nowhere")
		Expect(o.code).To(Equal(2))
		for _, flag := range strings.Fields("--kind --samples --resolve --dns --header --deadline --format --color --fail-on --ca-file") {
			Expect(o.stderr).To(ContainSubstring(flag))
		}
	})

	It("refuses roots that hold no certificate", func() {
		file := filepath.Join(GinkgoT().TempDir(), "rubbish.pem")
		Expect(os.WriteFile(file, []byte("rubbish"), 0o600)).To(Succeed())
		o := belay(context.Background(), env{}, "check", anywhere, "--ca-file", file)
		Expect(o).To(Equal(outcome{2, "", o.stderr}))
		Expect(o.stderr).To(ContainSubstring("holds no PEM certificate"))
	})

	DescribeTable("never repeats what may be a secret",
		func(args ...string) {
			o := belay(context.Background(), env{}, append([]string{"check", anywhere}, args...)...)
			Expect(o.code).To(Equal(2))
			Expect(o.stderr).NotTo(ContainSubstring("topsecret"))
		},
		Entry("after a flag with one dash", "-signing-secret=topsecret"),
		Entry("in a header without a colon", "--header", "Authorization Bearer topsecret"),
		Entry("in a header with a space in its name", "--header", "Bearer topsecret: yes"),
		Entry("in a flag that there is none of", "--signing-secrets=topsecret"),
	)
})

var _ = Describe("belay itself", func() {
	It("exits with 4 where it breaks, and asks for a report of that", func() {
		var stderr strings.Builder
		code := cli.Run(context.Background(), cli.IO{
			Args: []string{"version"}, Env: func(string) string { return "" }, Stdout: panicking{}, Stderr: &stderr,
		})
		Expect(code).To(Equal(4))
		Expect(stderr.String()).To(And(HavePrefix("belay: broke: "), ContainSubstring("Please report this")))
	})
})

// panicking stands for whatever breaks inside belay.
type panicking struct{}

func (panicking) Write([]byte) (int, error) { panic("a spec breaks belay") }
