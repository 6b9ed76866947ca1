package cli_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/creack/pty"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/cli"
	"belay/internal/demo"
)

// A terminal is what belay writes to, with what it has got so far. It answers
// nothing.
type terminal struct {
	tty  *os.File
	got  bytes.Buffer
	done chan struct{}
}

func openTerminal(columns uint16) *terminal {
	GinkgoHelper()
	ptmx, tty, err := pty.Open()
	Expect(err).NotTo(HaveOccurred())
	Expect(pty.Setsize(ptmx, &pty.Winsize{Rows: 24, Cols: columns})).To(Succeed())
	t := &terminal{tty: tty, done: make(chan struct{})}
	go func() {
		defer close(t.done)
		// It ends with an error when the other side is closed.
		_, _ = io.Copy(&t.got, ptmx)
		_ = ptmx.Close()
	}()
	return t
}

// text ends the terminal and returns what it got, with plain ends of lines.
func (t *terminal) text() string {
	_ = t.tty.Close()
	<-t.done
	return strings.ReplaceAll(t.got.String(), "\r\n", "\n")
}

// screen is what remains to be seen after lines were written over and erased.
func screen(text string) string {
	var rows []string
	for row := range strings.SplitSeq(text, "\n") {
		for {
			_, after, erased := strings.Cut(row, "\r\x1b[K")
			if !erased {
				break
			}
			row = after
		}
		rows = append(rows, row)
	}
	return strings.Join(rows, "\n")
}

// modern is a terminal's environment, which is nobody's CI.
func modern(more env) env {
	vars := env{"TERM": "xterm-256color"}
	for name, value := range more {
		vars[name] = value
	}
	return vars
}

var _ = Describe("colour", func() {
	const escape = "\x1b["
	coloured := func(out io.Writer, vars env, flags ...string) {
		cli.Run(context.Background(), cli.IO{
			Args: append([]string{"check", "nonsense"}, flags...), Env: func(name string) string { return vars[name] },
			Stdout: out, Stderr: io.Discard,
		})
	}

	DescribeTable("on a terminal", func(want bool, vars env, flags ...string) {
		t := openTerminal(100)
		coloured(t.tty, modern(vars), flags...)
		Expect(strings.Contains(t.text(), escape)).To(Equal(want))
	},
		Entry("is there", true, env{}),
		Entry("is not there with NO_COLOR", false, env{"NO_COLOR": "1"}),
		Entry("is there with an empty NO_COLOR", true, env{"NO_COLOR": ""}),
		Entry("is there with --color always in spite of NO_COLOR", true, env{"NO_COLOR": "1"}, "--color", "always"),
		Entry("is not there with --color never", false, env{"FORCE_COLOR": "1"}, "--color", "never"),
		Entry("is not there with CLICOLOR=0", false, env{"CLICOLOR": "0"}),
		Entry("is not there on a dumb terminal", false, env{"TERM": "dumb"}),
		Entry("is not there with NO_COLOR in spite of FORCE_COLOR", false, env{"NO_COLOR": "1", "FORCE_COLOR": "1"}),
	)

	DescribeTable("elsewhere", func(want bool, vars env, flags ...string) {
		var b bytes.Buffer
		coloured(&b, vars, flags...)
		Expect(strings.Contains(b.String(), escape)).To(Equal(want))
	},
		Entry("is not there", false, env{"TERM": "xterm-256color"}),
		Entry("is there with FORCE_COLOR", true, env{"FORCE_COLOR": "1"}),
		Entry("is there with CLICOLOR_FORCE", true, env{"CLICOLOR_FORCE": "1"}),
		Entry("is not there with FORCE_COLOR=0", false, env{"FORCE_COLOR": "0"}),
		Entry("is there with FORCE_COLOR in spite of CLICOLOR=0 and TERM=dumb", true, env{"FORCE_COLOR": "1", "CLICOLOR": "0", "TERM": "dumb"}),
		Entry("is there in GitHub Actions", true, env{"GITHUB_ACTIONS": "true"}),
		Entry("is not there in GitHub Actions with NO_COLOR", false, env{"GITHUB_ACTIONS": "true", "NO_COLOR": "1"}),
		Entry("is not there in GitHub Actions on a dumb terminal", false, env{"GITHUB_ACTIONS": "true", "TERM": "dumb"}),
		Entry("is not there in another CI", false, env{"CI": "true"}),
		Entry("is there with --color always", true, env{}, "--color", "always"),
	)

	It("is not in a file", func() {
		file := GinkgoT().TempDir() + "/report.txt"
		coloured(io.Discard, env{}, "--color", "always", "-o", "text="+file)
		text, err := os.ReadFile(file)
		Expect(err).NotTo(HaveOccurred())
		Expect(string(text)).NotTo(ContainSubstring(escape))
	})
})

var _ = Describe("a terminal", func() {
	// watched runs a check of the sample app, with its standard error on a terminal.
	watched := func(vars env, more ...string) (stdout, stderr string) {
		app, t := sampleApp(demo.Options{}), openTerminal(60)
		vars["SLACK_SIGNING_SECRET"] = string(app.Secret)
		var b bytes.Buffer
		cli.Run(context.Background(), cli.IO{
			Args: checking(app, more...), Env: func(name string) string { return vars[name] }, Stdout: &b, Stderr: t.tty,
		})
		return b.String(), t.text()
	}

	It("shows what is being done, and nothing of it is left behind", func() {
		stdout, stderr := watched(modern(nil))
		Expect(stderr).To(And(ContainSubstring("looking up "), ContainSubstring("forging a signature …")))
		Expect(screen(stderr)).To(BeEmpty())
		Expect(stdout).NotTo(ContainSubstring("…\n"))
		for line := range strings.SplitSeq(stderr, "\r\x1b[K") {
			Expect(utf8.RuneCountInString(line)).To(BeNumerically("<", 60), line)
		}
	})

	DescribeTable("shows no progress", func(vars env, more ...string) {
		_, stderr := watched(modern(vars), more...)
		Expect(stderr).To(BeEmpty())
	},
		Entry("in CI", env{"CI": "true"}),
		Entry("that is dumb", env{"TERM": "dumb"}),
		Entry("to who asks for accessible output", env{}, "--accessible"),
		Entry("to who always does", env{"ACCESSIBLE": "1"}),
	)

	It("gets lines as wide as it is", func() {
		t := openTerminal(52)
		cli.Run(context.Background(), cli.IO{
			Args: []string{"check", "nonsense", "--color", "never"}, Env: func(string) string { return "" }, Stdout: t.tty, Stderr: io.Discard,
		})
		widest := 0
		for line := range strings.SplitSeq(t.text(), "\n") {
			widest = max(widest, utf8.RuneCountInString(line))
		}
		Expect(widest).To(And(BeNumerically("<=", 52), BeNumerically(">", 45)))
	})

	// A terminal program asks for the background colour when it starts, and waits 5 s
	// for the answer; belay does not.
	DescribeTable("that does not answer is not waited for", func(args ...string) {
		t := openTerminal(100)
		command := exec.Command(binary(), args...)
		command.Env = []string{"TERM=xterm-256color"}
		command.Stdin, command.Stdout, command.Stderr = t.tty, t.tty, t.tty
		began := time.Now()
		_ = command.Run()
		Expect(time.Since(began)).To(BeNumerically("<", 3*time.Second))
		Expect(t.text()).NotTo(ContainSubstring("\x1b]11"))
	},
		Entry("by version", "version"),
		Entry("by check", "check", "nonsense"),
		Entry("by a mistake", "frobnicate"),
	)
})
