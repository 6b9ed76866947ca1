package cli_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/cli"
)

// offline runs a command that asks nobody.
func offline(stdin string, env map[string]string, args ...string) (code int, stdout, stderr string) {
	var out, errors bytes.Buffer
	code = cli.Run(context.Background(), cli.IO{
		Args: args, Env: func(name string) string { return env[name] },
		Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &errors,
	})
	return code, out.String(), errors.String()
}

// The example of Slack's documentation on verifying requests.
const (
	documentedSecret    = "8f742231b10e8888abcd99yyyzzz85a5"
	documentedBody      = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	documentedSignature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
)

var documented = map[string]string{"SLACK_SIGNING_SECRET": documentedSecret}

var _ = Describe("belay sign", func() {
	It("prints the headers of Slack's documented example, from standard input and from a file", func() {
		code, stdout, _ := offline(documentedBody, documented, "sign", "--timestamp", "1531420618")
		Expect(code).To(Equal(0))
		Expect(stdout).To(Equal("X-Slack-Request-Timestamp: 1531420618\nX-Slack-Signature: " + documentedSignature + "\n"))
		file := filepath.Join(GinkgoT().TempDir(), "body.txt")
		Expect(os.WriteFile(file, []byte(documentedBody), 0o600)).To(Succeed())
		_, again, _ := offline("", documented, "sign", "--timestamp", "1531420618", file)
		Expect(again).To(Equal(stdout))
	})

	DescribeTable("says what it lacks",
		func(env map[string]string, words string, args ...string) {
			code, stdout, stderr := offline("x", env, append([]string{"sign"}, args...)...)
			Expect(code).To(Equal(2))
			Expect(stdout).To(BeEmpty())
			Expect(stderr).To(ContainSubstring(words))
		},
		Entry("the secret", nil, "there is no signing secret"),
		Entry("a timestamp", documented, "want a number of seconds", "--timestamp", "now"),
		Entry("a file that is there", documented, "read the body", "no-such-file"),
		Entry("one file", documented, "only one file", "a", "b"),
	)
})

var _ = Describe("belay verify", func() {
	verify := func(secret, signature, timestamp, at, body string) (int, string) {
		code, stdout, _ := offline(body, map[string]string{"SLACK_SIGNING_SECRET": secret}, "verify", "--signature", signature, "--timestamp", timestamp, "--at", at)
		return code, stdout
	}

	It("verifies Slack's documented example", func() {
		code, stdout := verify(documentedSecret, documentedSignature, "1531420618", "sent", documentedBody)
		Expect(code).To(Equal(0))
		Expect(stdout).To(HavePrefix("verified"))
	})

	DescribeTable("exits with 1 and says which part is wrong",
		func(secret, signature, timestamp, at, body, part string) {
			code, stdout := verify(secret, signature, timestamp, at, body)
			Expect(code).To(Equal(1))
			Expect(stdout).To(HavePrefix(part + ": "))
			Expect(stdout).NotTo(ContainSubstring("8f742231"))
		},
		Entry("the header", documentedSecret, "sha256=1", "1531420618", "sent", documentedBody, "header"),
		Entry("the timestamp", documentedSecret, documentedSignature, "1531420618", "1531430618", documentedBody, "timestamp"),
		Entry("the secret", documentedSecret+"\n", documentedSignature, "1531420618", "sent", documentedBody, "secret"),
		Entry("the body", documentedSecret, documentedSignature, "1531420618", "sent", documentedBody+"\n", "body"),
	)
})

var _ = Describe("belay explain", func() {
	It("prints a problem's page", func() {
		code, stdout, _ := offline("", nil, "explain", "cert.chain-incomplete")
		Expect(code).To(Equal(0))
		Expect(stdout).To(ContainSubstring("fullchain"))
	})

	It("lists all problems, those of a family and those of a check", func() {
		_, all, _ := offline("", nil, "explain")
		_, family, _ := offline("", nil, "explain", "ack")
		_, check, _ := offline("", nil, "explain", "http.direct")
		Expect(all).To(ContainSubstring("\nsignature\n"))
		Expect(family).To(HavePrefix("ack\n"))
		Expect(family).NotTo(ContainSubstring("http.closed"))
		Expect(check).To(ContainSubstring("http.tunnel-offline"))
	})

	It("names what was meant when there is no such problem", func() {
		code, _, stderr := offline("", nil, "explain", "ack.timout")
		Expect(code).To(Equal(2))
		Expect(stderr).To(ContainSubstring("did you mean ack.timeout?"))
	})
})
