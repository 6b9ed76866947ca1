package cli_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"github.com/creack/pty"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gbytes"

	"belay/checks/checkstest"
	"belay/internal/cli"
	"belay/tui/playground"
)

// The sequences by which a program takes a terminal's whole screen, and gives it back.
const (
	takesScreen = "\x1b[?1049h"
	givesScreen = "\x1b[?1049l"
)

// A seated is a belay in a terminal of its own, as a process.
type seated struct {
	command *exec.Cmd
	keys    *os.File
	shown   *gbytes.Buffer
	ended   chan struct{}
}

func sit(vars []string, args ...string) *seated {
	GinkgoHelper()
	s := &seated{command: exec.Command(binary(), args...), shown: gbytes.NewBuffer(), ended: make(chan struct{})}
	s.command.Env = append([]string{"TERM=xterm-256color", "TMPDIR=" + GinkgoT().TempDir()}, vars...)
	file, err := pty.StartWithSize(s.command, &pty.Winsize{Rows: 24, Cols: 100})
	Expect(err).NotTo(HaveOccurred())
	s.keys = file
	go func() {
		defer close(s.ended)
		part := make([]byte, 4096)
		for {
			n, err := file.Read(part)
			_, _ = s.shown.Write(part[:n])
			if err != nil {
				_ = s.command.Wait()
				return
			}
		}
	}()
	DeferCleanup(func() {
		_ = s.command.Process.Kill()
		<-s.ended
		_ = file.Close()
	})
	return s
}

func (s *seated) types(keys string) {
	GinkgoHelper()
	_, err := s.keys.WriteString(keys)
	Expect(err).NotTo(HaveOccurred())
}

var _ = Describe("belay serve in a terminal", func() {
	DescribeTable("opens the playground, and gives the terminal back", func(end func(*seated), status int) {
		s := sit(nil, "serve")
		Eventually(s.shown, "5s").Should(gbytes.Say(`"token":"`))
		Eventually(s.shown, "5s").Should(gbytes.Say(`#general`))
		Expect(string(s.shown.Contents())).To(ContainSubstring(takesScreen))
		end(s)
		Eventually(s.ended, "5s").Should(BeClosed())
		Expect(s.command.ProcessState.ExitCode()).To(Equal(status))
		Expect(string(s.shown.Contents())).To(MatchRegexp(`(?s)\x1b\[\?1049l.*belay: the app made 0 calls; of 0 deliveries 0 failed\r\n$`))
	},
		Entry("after q", func(s *seated) { s.types("q") }, 0),
		Entry("after Ctrl-C", func(s *seated) { s.types("\x03") }, 130),
		Entry("after a signal", func(s *seated) { Expect(s.command.Process.Signal(syscall.SIGTERM)).To(Succeed()) }, 143),
	)

	DescribeTable("keeps to its lines", func(vars []string, args ...string) {
		s := sit(vars, append([]string{"serve"}, args...)...)
		Eventually(s.shown, "5s").Should(gbytes.Say(`"token":".*\n`))
		Expect(s.command.Process.Signal(syscall.SIGINT)).To(Succeed())
		Eventually(s.ended, "5s").Should(BeClosed())
		Expect(string(s.shown.Contents())).NotTo(ContainSubstring(takesScreen))
	},
		Entry("when it is to be quiet", nil, "--quiet"),
		Entry("for who asks for accessible output", nil, "--accessible"),
		Entry("for who always does", []string{"ACCESSIBLE=1"}),
		Entry("in CI", []string{"CI=true"}),
		Entry("on a dumb terminal", []string{"TERM=dumb"}),
	)

	It("says which themes there are", func() {
		o := belay(GinkgoT().Context(), env{}, "serve", "--theme", "pink")
		Expect(o.code).To(Equal(2))
		Expect(o.stderr).To(ContainSubstring("--theme pink: want terminal, dark, light"))
	})
})

var _ = Describe("what was done in the playground", func() {
	acts := []playground.Act{
		{Verb: "command", User: "anna", Channel: "ops", Text: "/deploy ${main}", Calls: []string{"chat.postMessage"}},
		{Verb: "press", User: "bob", Channel: "ops", Element: `Say "yes"`},
		{Verb: "select", User: "bob", Channel: "ops", Element: "window", Value: "night"},
		{Verb: "fault", User: "bob", Text: "latency=1s"},
		{Verb: "shortcut", User: "anna", Text: "incident", Calls: []string{"views.open"}},
		{Verb: "submit", User: "anna", Values: map[string]string{"what": "two\nlines", "grade": "high"}},
		{Verb: "close", User: "anna"},
		{Verb: "home", User: "anna"},
		{Verb: "advance", Text: "31m0s"},
		{Verb: "revoke"},
		{Verb: "clear"},
	}

	It("is written as a scenario, with those who did it", func() {
		file := filepath.Join(GinkgoT().TempDir(), "belay", "mine.yaml")
		Expect(cli.WriteScenario(file, acts)).To(Succeed())
		text, err := os.ReadFile(file)
		Expect(err).NotTo(HaveOccurred())
		Expect(checkstest.Golden(filepath.Join("testdata", "playground.yaml"), string(text))).To(Succeed())
	})

	It("is not written over another file, or into one that is no YAML", func() {
		dir := GinkgoT().TempDir()
		file := filepath.Join(dir, "mine.yaml")
		Expect(os.WriteFile(file, []byte("mine"), 0o600)).To(Succeed())
		Expect(cli.WriteScenario(file, acts)).To(MatchError(ContainSubstring("is there already: choose another name")))
		Expect(os.ReadFile(file)).To(BeEquivalentTo("mine"))
		Expect(cli.WriteScenario(filepath.Join(dir, "mine.txt"), acts)).To(MatchError(ContainSubstring("want a name that ends in .yaml")))
	})
})
