package cli_test

import (
	"context"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/internal/demo"
)

var _ = Describe("belay check", func() {
	ctx := context.Background()

	It("exits with 0 for a healthy app, with the report alone on standard output", func() {
		app := sampleApp(demo.Options{})
		o := belay(ctx, owner(app), checking(app)...)
		Expect(o.code).To(Equal(0))
		Expect(o.stderr).To(BeEmpty())
		Expect(o.stdout).To(And(HavePrefix("✓ Slack can reach this URL"), HaveSuffix(" · exit status 0\n")))
	})

	It("says on standard error beforehand what it will run", func() {
		app := sampleApp(demo.Options{})
		o := belay(ctx, owner(app), checking(app, "--command", app.Command, "-o", "json")...)
		Expect(o.code).To(Equal(0))
		Expect(o.stderr).To(And(HavePrefix("belay: "), ContainSubstring("runs /deploy 1×")))
		Expect(reported(o.stdout).Sections[0].Sent.MayHaveRunAHandler).To(Equal(1))
	})

	It("runs what is named as often as --samples says", func() {
		app := sampleApp(demo.Options{})
		o := belay(ctx, owner(app), checking(app, "--command", app.Command, "--samples", "3", "-o", "json")...)
		Expect(o.stderr).To(ContainSubstring("runs /deploy 3×"))
		Expect(reported(o.stdout).Sections[0].Sent.MayHaveRunAHandler).To(Equal(3))
	})

	DescribeTable("exits with 1 for",
		func(fault, cause string, more ...string) {
			app := sampleApp(demo.Options{Fault: fault})
			o := belay(ctx, owner(app), checking(app, more...)...)
			Expect(o.code).To(Equal(1))
			Expect(o.stdout).To(And(HavePrefix("✗ "), ContainSubstring("["+cause+"]"), HaveSuffix(" · exit status 1\n")))
		},
		Entry("a certificate that Slack does not trust", "incomplete-chain", "cert.chain-incomplete"),
		Entry("an app that accepts everybody", "unsigned", "signature.accepts-unsigned"),
		Entry("a warning, where that is asked for", "plain-http", "url.scheme", "--distributed"),
	)

	It("exits with 0 for a warning, and with 1 where --fail-on warn asks for it", func() {
		app := sampleApp(demo.Options{Fault: "plain-http"})
		o := belay(ctx, owner(app), checking(app)...)
		Expect(o).To(Equal(outcome{0, o.stdout, ""}))
		Expect(o.stdout).To(And(HavePrefix("! "), HaveSuffix("exit status 0\n")))
		o = belay(ctx, owner(app), checking(app, "--fail-on", "warn")...)
		Expect(o).To(Equal(outcome{1, o.stdout, ""}))
		Expect(o.stdout).To(And(HavePrefix("! "), HaveSuffix("exit status 1\n")))
	})

	DescribeTable("diagnoses a URL that cannot be called",
		func(url string) {
			o := belay(ctx, env{}, "check", url)
			Expect(o.code).To(Equal(1))
			Expect(o.stderr).To(BeEmpty())
			Expect(o.stdout).To(ContainSubstring("[url.invalid]"))
		},
		Entry("that cannot be parsed", "https://bot.example.com:port/%zz"),
		Entry("without a scheme", "bot.example.com/slack/events"),
		Entry("of another scheme", "ftp://bot.example.com"),
		Entry("with a space", "https://bot.example.com/slack events"),
		Entry("with a fragment", "https://bot.example.com/slack#events"),
		Entry("that is empty", ""),
	)

	It("does not print the password in a URL", func() {
		o := belay(ctx, env{}, "check", "https://me:hunter2hunter2@bot.example.com/")
		Expect(o.code).To(Equal(1))
		Expect(o.stdout + o.stderr).NotTo(ContainSubstring("hunter2"))
	})

	It("diagnoses several URLs, and exits with 1 if one fails", func() {
		app := sampleApp(demo.Options{})
		o := belay(ctx, owner(app), checking(app, "nonsense", app.Events, "--kind", "event")...)
		Expect(o.code).To(Equal(1))
		Expect(o.stdout).To(And(HavePrefix("✗ "), ContainSubstring("of 3 URLs"), ContainSubstring("url.invalid")))
	})

	It("takes secret and token from the environment, and a flag over it", func() {
		app := sampleApp(demo.Options{})
		signed := func(vars env, more ...string) checks.TargetInfo {
			return reported(belay(ctx, vars, checking(app, append(more, "-o", "json")...)...).stdout).Sections[0].Target
		}
		Expect(signed(env{}).Signed).To(BeFalse())
		Expect(signed(owner(app)).Signed).To(BeTrue())
		o := belay(ctx, env{"SLACK_SIGNING_SECRET": "another"}, checking(app, "--signing-secret", string(app.Secret))...)
		Expect(o.code).To(Equal(0))
		o = belay(ctx, owner(app), checking(app, "--signing-secret", "another")...)
		Expect(o.code).To(Equal(1))
		Expect(o.stdout).To(ContainSubstring("signature.rejects-valid"))
	})

	It("writes several reports, each file at once and complete", func() {
		app := sampleApp(demo.Options{})
		dir := GinkgoT().TempDir()
		file := func(name string) string { return filepath.Join(dir, name) }
		o := belay(ctx, owner(app), checking(app, "-o", "json="+file("a.json"), "-o", "text", "-o", "junit="+file("b.xml"), "-o", "text="+file("c.txt"))...)
		Expect(o.code).To(Equal(0))
		text, err := os.ReadFile(file("a.json"))
		Expect(err).NotTo(HaveOccurred())
		Expect(reported(string(text)).Verdict.Status).To(Equal(checks.Pass))
		text, err = os.ReadFile(file("b.xml"))
		Expect(err).NotTo(HaveOccurred())
		Expect(xml.Unmarshal(text, new(struct{}))).To(Succeed())
		Expect(os.ReadFile(file("c.txt"))).To(BeEquivalentTo(o.stdout))
		Expect(os.ReadDir(dir)).To(HaveLen(3))
	})

	It("exits with 3 where a report cannot be written, and writes the others", func() {
		app := sampleApp(demo.Options{})
		dir := GinkgoT().TempDir()
		o := belay(ctx, owner(app), checking(app, "-o", "json=/nowhere/a.json", "-o", "junit="+dir, "-o", "text")...)
		Expect(o.code).To(Equal(3))
		Expect(o.stderr).To(And(ContainSubstring("write the json report"), ContainSubstring("write the junit report")))
		Expect(o.stdout).To(HavePrefix("✓ "))
		Expect(os.ReadDir(dir)).To(BeEmpty())
		Expect(os.ReadDir(filepath.Dir(dir))).NotTo(ContainElement(HaveField("Name()", HaveSuffix(".partial"))))
	})

	It("writes through a link, which stays one", func() {
		dir := GinkgoT().TempDir()
		real, link := filepath.Join(dir, "real.json"), filepath.Join(dir, "link.json")
		Expect(os.WriteFile(real, nil, 0o600)).To(Succeed())
		Expect(os.Symlink(real, link)).To(Succeed())
		Expect(belay(ctx, env{}, "check", "nonsense", "-o", "json="+link)).To(Equal(outcome{code: 1}))
		text, err := os.ReadFile(real)
		Expect(err).NotTo(HaveOccurred())
		Expect(reported(string(text)).Verdict.Cause).To(Equal("url.invalid"))
	})

	// Replaced at once, as a file is, /dev/null would be gone.
	It("writes into what is no file, and leaves it what it is", func() {
		pipe := filepath.Join(GinkgoT().TempDir(), "pipe")
		Expect(syscall.Mkfifo(pipe, 0o600)).To(Succeed())
		got := make(chan string, 1)
		go func() {
			text, _ := os.ReadFile(pipe)
			got <- string(text)
		}()
		Expect(belay(ctx, env{}, "check", "nonsense", "-o", "json="+pipe)).To(Equal(outcome{code: 1}))
		left, err := os.Stat(pipe)
		Expect(err).NotTo(HaveOccurred())
		Expect(left.Mode().Type()).To(Equal(os.ModeNamedPipe))
		Eventually(got).Should(Receive(ContainSubstring("url.invalid")))
	})

	It("writes lines of JSON while it runs", func() {
		app := sampleApp(demo.Options{})
		o := belay(ctx, owner(app), checking(app, "-o", "ndjson")...)
		lines := strings.Split(strings.TrimSpace(o.stdout), "\n")
		Expect(lines[0]).To(ContainSubstring(`"type":"start"`))
		Expect(lines[len(lines)-2]).To(ContainSubstring(`"type":"section"`))
		Expect(lines[len(lines)-1]).To(ContainSubstring(`"type":"end"`))
	})
})
