//go:build unix

package cli_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/creack/pty"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gbytes"

	"belay/internal/cli"
	"belay/internal/demo"
)

// A person sits at a terminal at which belay runs.
type person struct {
	keys   *os.File
	shown  *gbytes.Buffer
	status chan int
	stderr *gbytes.Buffer
	// ended is closed when the terminal has shown everything.
	ended chan struct{}
}

// sits starts belay at a terminal of 120 columns and 40 lines.
func sits(vars env, args ...string) person {
	GinkgoHelper()
	keys, tty, err := pty.Open()
	Expect(err).NotTo(HaveOccurred())
	Expect(pty.Setsize(keys, &pty.Winsize{Rows: 40, Cols: 120})).To(Succeed())
	p := person{keys, gbytes.NewBuffer(), make(chan int, 1), gbytes.NewBuffer(), make(chan struct{})}
	go func() {
		defer close(p.ended)
		// It ends with an error when the other side is closed.
		_, _ = io.Copy(p.shown, keys)
	}()
	go func() {
		p.status <- cli.Run(context.Background(), cli.IO{
			Args: args, Env: func(name string) string { return vars[name] }, Stdin: tty, Stdout: tty, Stderr: p.stderr,
		})
		_ = tty.Close()
	}()
	return p
}

// sees waits for a text on the screen, and then types.
func (p person) sees(text, keys string) {
	GinkgoHelper()
	Eventually(p.shown).WithTimeout(20 * time.Second).Should(gbytes.Say(text))
	_, err := p.keys.WriteString(keys)
	Expect(err).NotTo(HaveOccurred())
}

// leaves waits for the end of belay, and returns what remains below the program.
func (p person) leaves(status int) string {
	GinkgoHelper()
	Eventually(p.status).WithTimeout(20 * time.Second).Should(Receive(Equal(status)))
	Eventually(p.ended).WithTimeout(20 * time.Second).Should(BeClosed())
	_ = p.keys.Close()
	_, after, left := strings.Cut(string(p.shown.Contents()), "\x1b[?1049l")
	Expect(left).To(BeTrue(), "the screen was not given back")
	return after
}

// slow is the report of the sample app that answers too late, in a file.
func slow(vars env) string {
	GinkgoHelper()
	file := filepath.Join(GinkgoT().TempDir(), "report.json")
	o := belay(context.Background(), vars, checking(sampleApp(demo.Options{Fault: "unsigned"}), "-o", "json="+file)...)
	Expect(o.stderr).To(BeEmpty())
	return file
}

// homeWith is an environment whose configuration file is that text.
func homeWith(text string) env {
	GinkgoHelper()
	dir := GinkgoT().TempDir()
	Expect(os.MkdirAll(filepath.Join(dir, "belay"), 0o700)).To(Succeed())
	Expect(os.WriteFile(filepath.Join(dir, "belay", "config.yaml"), []byte(text), 0o600)).To(Succeed())
	return modern(env{"XDG_CONFIG_HOME": dir})
}

var _ = Describe("the terminal program", func() {
	It("opens a saved report, and leaves the text report behind", func() {
		p := sits(modern(nil), "view", slow(env{}))
		p.sees("quit", "/")
		p.sees("Enter keep", "unsigned")
		p.sees("unsigned", "\r")
		p.sees("filter", "\r")
		p.sees("1 Overview", "q")
		Expect(p.leaves(0)).To(ContainSubstring("signature"))
	})
	It("leaves a report without hosts behind where they were hidden", func() {
		p := sits(modern(nil), "view", slow(env{}))
		p.sees("quit", "P")
		p.sees("names hidden", "q")
		Expect(p.leaves(0)).NotTo(ContainSubstring("deploy-bot"))
	})
	It("ends with the status of the diagnosis that it showed", func() {
		app := sampleApp(demo.Options{Fault: "unsigned"})
		p := sits(modern(env{"SLACK_SIGNING_SECRET": string(app.Secret)}), checking(app, "--tui")...)
		p.sees("ask again", "q")
		Expect(p.leaves(1)).To(ContainSubstring("signature"))
	})
	It("saves a report in the format of its name, and never over a file", func() {
		file := filepath.Join(GinkgoT().TempDir(), "kept.md")
		p := sits(modern(nil), "view", slow(env{}))
		p.sees("quit", "s\x15"+file+"\r")
		p.sees("saved ", "s\x15"+file+"\r")
		p.sees("could not save", "s\x15a.docx\r")
		p.sees("want a name that ends in", "q")
		p.leaves(0)
		Expect(os.ReadFile(file)).To(ContainSubstring("| "))
	})
	It("hands what is copied to the terminal", func() {
		p := sits(modern(nil), "view", slow(env{}))
		p.sees("quit", "Y")
		p.sees(`\x1b\]52;c;[A-Za-z0-9+/=]+\x07`, "q")
		p.leaves(0)
	})
	It("gives the terminal back after a signal, whenever it comes", func() {
		report := slow(nil)
		for range 8 {
			s := sit(nil, "view", report)
			Eventually(s.shown, "5s").Should(gbytes.Say("quit"))
			Expect(s.command.Process.Signal(syscall.SIGTERM)).To(Succeed())
			Eventually(s.ended, "5s").Should(BeClosed())
			Expect(s.command.ProcessState.ExitCode()).To(Equal(143))
			Expect(string(s.shown.Contents())).To(ContainSubstring(givesScreen))
		}
	})

	It("reads out in lines with --accessible", func() {
		p := sits(modern(nil), "view", "--accessible", slow(env{}))
		p.sees("q quit:", "q\r")
		Eventually(p.status).WithTimeout(20 * time.Second).Should(Receive(Equal(0)))
		Expect(string(p.shown.Contents())).NotTo(ContainSubstring("\x1b"))
	})
	It("takes the user's keys and theme", func() {
		p := sits(homeWith("theme: blue-orange\nkeys:\n  quit: [x, f10]\n"), "view", slow(env{}))
		p.sees(`x\x1b\[0m\S* quit`, "x")
		p.leaves(0)
		Expect(string(p.shown.Contents())).To(ContainSubstring("38;5;208"))
	})
	DescribeTable("tells what is wrong in the user's file, and where",
		func(text, words string) {
			p := sits(homeWith(text), "view", slow(env{}))
			Eventually(p.status).WithTimeout(20 * time.Second).Should(Receive(Equal(2)))
			Expect(string(p.stderr.Contents())).To(ContainSubstring(words))
		},
		Entry("an unknown theme", "theme: purple\n", "config.yaml:1:8"),
		Entry("an unknown action", "keys:\n  qiut: x\n", `there is no action "qiut": did you mean "quit"?`),
		Entry("a key that no terminal sends", "keys:\n  quit: hyper+x\n", "config.yaml:2:9"),
		Entry("a key that does two things", "keys:\n  sort: q\n", "the key q is already that of"),
		Entry("an unknown setting", "colour: red\n", "config.yaml:1:1"),
	)
	DescribeTable("takes a file that says nothing", func(text string) {
		p := sits(homeWith(text), "view", slow(env{}))
		p.sees("quit", "q")
		p.leaves(0)
	},
		Entry("empty", ""), Entry("comments", "# theme: dark\n\n"),
	)
	It("shows what it can of a report that is cut off, and says so", func() {
		file := slow(env{})
		whole, err := os.ReadFile(file)
		Expect(err).NotTo(HaveOccurred())
		Expect(os.WriteFile(file, whole[:len(whole)*2/3], 0o600)).To(Succeed())
		p := sits(modern(nil), "view", file)
		p.sees("the report is cut off: this is what could be read", "q")
		p.leaves(0)
	})
	It("says of a newer report that some of it may be missing", func() {
		file := slow(env{})
		whole, err := os.ReadFile(file)
		Expect(err).NotTo(HaveOccurred())
		newer := strings.Replace(string(whole), `"schema_version": 1`, `"schema_version": 99`, 1)
		newer = strings.Replace(newer, `"schema_version":1`, `"schema_version":99`, 1)
		Expect(os.WriteFile(file, []byte(newer), 0o600)).To(Succeed())
		p := sits(modern(nil), "view", file)
		p.sees("schema version 99", "q")
		p.leaves(0)
	})
	It("wants a terminal", func() {
		o := belay(context.Background(), env{}, "check", "--tui", "http://localhost:1/x")
		Expect(o.code).To(Equal(2))
		Expect(o.stderr).To(ContainSubstring("--tui needs a terminal"))
		o = belay(context.Background(), env{}, "check", "--theme", "pink", "http://localhost:1/x")
		Expect(o.code).To(Equal(2))
		Expect(o.stderr).To(ContainSubstring("--theme pink: want terminal, dark"))
	})
})
