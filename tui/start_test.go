//go:build unix

package tui_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/creack/pty"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gbytes"
)

// A terminal is one that shows a program and never answers its questions.
type terminal struct {
	shown   *gbytes.Buffer
	command *exec.Cmd
	in      *os.File
	ended   chan struct{}
}

func open(scene string) terminal {
	self, err := os.Executable()
	Expect(err).NotTo(HaveOccurred())
	command := exec.Command(self)
	command.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "CI=") || strings.HasPrefix(v, "TERM=")
	}), "TERM=xterm-256color", "TUI_TEST_SCENE="+scene, "GORACE=atexit_sleep_ms=0")
	file, err := pty.StartWithSize(command, &pty.Winsize{Rows: 24, Cols: 80})
	Expect(err).NotTo(HaveOccurred())
	t := terminal{gbytes.NewBuffer(), command, file, make(chan struct{})}
	go func() {
		defer close(t.ended)
		_, _ = io.Copy(t.shown, file)
		_ = command.Wait()
	}()
	DeferCleanup(func() {
		_ = command.Process.Kill()
		<-t.ended
		_ = file.Close()
	})
	return t
}

var _ = It("starts at once in a terminal that never answers, and asks it nothing", func() {
	t := open("start")
	// Bubbletea would ask for the background colour in its init, and wait 5 s.
	Eventually(t.ended).WithTimeout(3 * time.Second).Should(BeClosed())
	Expect(bytes.TrimSpace(t.shown.Contents())).To(BeEquivalentTo("started"))
})

// leaves is the sequence by which a program gives the screen back.
const leaves = "\x1b[?1049l"

var _ = DescribeTable("gives the terminal back",
	func(scene string, end func(terminal), says string) {
		t := open(scene)
		end(t)
		Eventually(t.ended).WithTimeout(5 * time.Second).Should(BeClosed())
		for _, want := range []string{leaves, says} {
			Expect(bytes.Contains(t.shown.Contents(), []byte(want))).To(BeTrue(), "%q in %q", want, t.shown.Contents())
		}
	},
	Entry("after q", "saved", types("q"), "last: The app acknowledges after Slack has stopped waiting. interrupted=false failed=false"),
	Entry("after q, which ends the run", "live", types("q"), "last: cut short interrupted=true failed=false"),
	Entry("after Ctrl-C, which ends the run", "live", types("\x03"), "last: cut short interrupted=true failed=false"),
	Entry("after a signal", "live", signals(syscall.SIGTERM), "last: cut short interrupted=true failed=false"),
	Entry("after another signal", "live", signals(syscall.SIGINT), "last: cut short interrupted=true failed=false"),
	Entry("after a panic in the run", "panic", func(terminal) {}, "in the run"),
)

var _ = It("ends when the terminal is closed", func() {
	t := open("live")
	t.drawn()
	Expect(t.in.Close()).To(Succeed())
	Eventually(t.ended).WithTimeout(5 * time.Second).Should(BeClosed())
})

// drawn waits for the first frame.
func (t terminal) drawn() {
	GinkgoHelper()
	Eventually(t.shown).WithTimeout(5 * time.Second).Should(gbytes.Say("quit"))
}

func types(keys string) func(terminal) {
	return func(t terminal) {
		t.drawn()
		_, _ = t.in.WriteString(keys)
	}
}

func signals(s os.Signal) func(terminal) {
	return func(t terminal) {
		t.drawn()
		Expect(t.command.Process.Signal(s)).To(Succeed())
	}
}
