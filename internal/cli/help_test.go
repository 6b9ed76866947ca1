package cli_test

import (
	"context"
	"os/exec"
	"path/filepath"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks/checkstest"
)

var _ = Describe("the help", func() {
	for _, command := range []string{"", "check", "demo", "drill", "explain", "replay", "send", "serve", "sign", "verify", "version", "view"} {
		name := strings.TrimSuffix("belay-"+command, "-")
		It("of "+strings.ReplaceAll(name, "-", " ")+" is a contract", func() {
			args := strings.Fields(command + " --help")
			o := belay(context.Background(), env{}, args...)
			Expect(o.code).To(Equal(0))
			Expect(o.stderr).To(BeEmpty())
			Expect(checkstest.Golden(filepath.Join("testdata", "help", name+".txt"), o.stdout)).To(Succeed())
		})
	}

	It("is what belay alone prints", func() {
		o := belay(context.Background(), env{})
		Expect(o.code).To(Equal(0))
		Expect(o.stderr).To(BeEmpty())
		Expect(o.stdout).To(Equal(belay(context.Background(), env{}, "--help").stdout))
	})
})

var _ = Describe("belay completion", func() {
	It("prints a script that bash takes", func() {
		o := belay(context.Background(), env{}, "completion", "bash")
		Expect(o.code).To(Equal(0))
		Expect(o.stderr).To(BeEmpty())
		Expect(o.stdout).To(ContainSubstring("__start_belay"))
		bash, err := exec.LookPath("bash")
		if err != nil {
			Skip("there is no bash")
		}
		parse := exec.Command(bash, "-n")
		parse.Stdin = strings.NewReader(o.stdout)
		said, err := parse.CombinedOutput()
		Expect(err).NotTo(HaveOccurred(), "%s", said)
	})

	DescribeTable("prints one for the other shells", func(shell string) {
		o := belay(context.Background(), env{}, "completion", shell)
		Expect(o.code).To(Equal(0))
		Expect(o.stdout).To(ContainSubstring("belay"))
	}, Entry(nil, "zsh"), Entry(nil, "fish"), Entry(nil, "powershell"))
})

var _ = Describe("belay version", func() {
	It("says which, and what it was built with", func() {
		o := belay(context.Background(), env{}, "version")
		Expect(o).To(Equal(outcome{0, o.stdout, ""}))
		Expect(o.stdout).To(MatchRegexp(`^belay \d+\.\d+\.\d+\S* \(go\S+, \w+/\w+\)\n$`))
	})
})
