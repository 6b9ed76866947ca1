package cli_test

import (
	"bufio"
	"context"
	"io"
	"os"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/cli"
)

// short is a deadline that slow faults do not need long to miss, and that a busy
// machine keeps.
const short = "1s"

var _ = Describe("belay demo", func() {
	ctx := context.Background()

	It("finds the fault that it planted, says what to type next, and exits with 0", func() {
		o := belay(ctx, env{}, "demo", "--deadline", short)
		Expect(o).To(Equal(outcome{0, o.stdout, ""}))
		lines := strings.Split(o.stdout, "\n")
		Expect(lines[0]).To(Equal("belay demo: a sample app on this machine, first as it should be, then --fault slow"))
		Expect(lines[1]).To(MatchRegexp(`^✓ healthy +\d+ passed, in \S+s$`))
		Expect(lines[2]).To(MatchRegexp(`^✗ slow +ack\.timeout, in \S+s$`))
		Expect(o.stdout).To(And(
			ContainSubstring("[ack.timeout]"),
			HaveSuffix("\nNow yours:     belay check --local http://localhost:3000/slack/events\n"),
		))
		// The sample app is gone by now, and 0 is what demo exits with.
		Expect(o.stdout).NotTo(Or(ContainSubstring("prove it"), ContainSubstring("exit status")))
	})

	DescribeTable("exits as check does for --fault",
		func(fault, found string, code int, more ...string) {
			o := belay(ctx, env{}, append([]string{"demo", "--fault", fault}, more...)...)
			Expect(o).To(Equal(outcome{code, o.stdout, ""}))
			Expect(o.stdout).To(ContainSubstring(found))
		},
		Entry("plain-http, which works today", "plain-http", "url.scheme", 0),
		Entry("nxdomain", "nxdomain", "[dns.nxdomain]", 1),
		Entry("refused", "refused", "[tcp.refused]", 1),
		Entry("old-tls", "old-tls", "[tls.version]", 1),
		Entry("incomplete-chain", "incomplete-chain", "[cert.chain-incomplete]", 1),
		Entry("redirect", "redirect", "[http.redirect]", 1),
		Entry("slow, the default", "slow", "[ack.timeout]", 1, "--deadline="+short),
		Entry("cold-start, which works today", "cold-start", "ack.cold-start", 0, "--deadline="+short),
		Entry("dies", "dies", "[app.died]", 1, "--deadline="+short),
		Entry("parsed-body", "parsed-body", "[signature.parsed-body]", 1),
		Entry("unsigned", "unsigned", "[signature.accepts-unsigned]", 1),
		Entry("raw-json", "raw-json", "[reply.content-type]", 1),
		Entry("challenge", "challenge", "[events.challenge]", 1),
	)

	It("uses words where symbols are not wanted", func() {
		o := belay(ctx, env{}, "demo", "--fault", "expired", "--ascii")
		Expect(o.stdout).To(And(ContainSubstring("\nok healthy"), ContainSubstring("\nFAIL expired")))
	})

	It("exits with 130 when it is interrupted", func() {
		ctx, cancel := context.WithCancel(ctx)
		cancel()
		Expect(belay(ctx, env{}, "demo").code).To(Equal(130))
	})

	DescribeTable("only starts the app with --app, and says how to ask it",
		func(fault string, code int) {
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			out, in := io.Pipe()
			ended := make(chan int)
			args := []string{"demo", "--app", "--deadline", short}
			if fault != "" {
				args = append(args, "--fault", fault)
			}
			go func() {
				defer GinkgoRecover()
				code := cli.Run(ctx, cli.IO{Args: args, Env: func(string) string { return "" }, Stdout: in, Stderr: GinkgoWriter})
				_ = in.Close()
				ended <- code
			}()
			secret, asking := instruction(out)
			Expect(asking[0]).To(Equal("belay"))
			o := belay(context.Background(), env{"SLACK_SIGNING_SECRET": secret}, asking[1:]...)
			Expect(o.code).To(Equal(code), o.stdout)
			root := asking[len(asking)-1]
			Expect(root).To(BeARegularFile())
			cancel()
			Eventually(ended).Should(Receive(Equal(0)))
			_, err := os.Stat(root)
			Expect(err).To(MatchError(os.ErrNotExist))
		},
		Entry("healthy", "", 0),
		Entry("with a fault of its road", "incomplete-chain", 1),
		Entry("with a fault of DNS", "nxdomain", 1),
		Entry("with a fault of events", "challenge", 1),
		Entry("with a fault of its clock", "slow", 1),
	)
})

// instruction is the secret and the command that the sample app's owner is told.
func instruction(out io.Reader) (secret string, command []string) {
	GinkgoHelper()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if after, ok := strings.CutPrefix(lines.Text(), "  SLACK_SIGNING_SECRET="); ok {
			words := strings.Fields(after)
			return words[0], words[1:]
		}
	}
	Fail("nothing says how to ask the app")
	return "", nil
}
