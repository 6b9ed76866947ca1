//go:build e2e

package e2e_test

import (
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gbytes"
	"github.com/onsi/gomega/gexec"
)

// nobody is a URL at which nobody answers.
const nobody = "http://127.0.0.1:1/slack/commands"

// diagnosed is the report of a URL in a file, and the exit status that belay check ended
// with.
func diagnosed() (file string, status int) {
	GinkgoHelper()
	file = filepath.Join(GinkgoT().TempDir(), "report.json")
	command := exec.Command(belay, "check", "--local", nobody, "-o", "json="+file)
	command.Env = environment()
	session, err := gexec.Start(command, GinkgoWriter, GinkgoWriter)
	Expect(err).NotTo(HaveOccurred())
	session.Wait(time.Minute)
	return file, session.ExitCode()
}

// sits starts belay at a terminal of 120 columns, in which no text is broken up by
// colours.
func sits(args ...string) (shown *gbytes.Buffer, keys io.Writer, resize func(rows, columns uint16), ended func() int) {
	GinkgoHelper()
	command := exec.Command(belay, args...)
	command.Env = environment("TERM=xterm-256color", "NO_COLOR=1")
	file, err := pty.StartWithSize(command, &pty.Winsize{Rows: 40, Cols: 120})
	Expect(err).NotTo(HaveOccurred())
	shown = gbytes.NewBuffer()
	read := make(chan struct{})
	go func() {
		defer close(read)
		// It ends with an error when the program does.
		_, _ = io.Copy(shown, file)
	}()
	DeferCleanup(func() {
		_ = command.Process.Kill()
		_ = file.Close()
	})
	resize = func(rows, columns uint16) {
		GinkgoHelper()
		Expect(pty.Setsize(file, &pty.Winsize{Rows: rows, Cols: columns})).To(Succeed())
	}
	ended = func() int {
		GinkgoHelper()
		Eventually(read, patience).Should(BeClosed())
		// An exit status other than 0 is an error here.
		_ = command.Wait()
		return command.ProcessState.ExitCode()
	}
	return shown, file, resize, ended
}

var _ = Describe("the terminal program in a pty", func() {
	It("is started, resized, filtered, drilled into and left, and the terminal is given back", func() {
		file, _ := diagnosed()
		shown, keys, resize, ended := sits("view", file)
		say := func(text, then string) {
			GinkgoHelper()
			Eventually(shown, patience).Should(gbytes.Say(text))
			_, err := io.WriteString(keys, then)
			Expect(err).NotTo(HaveOccurred())
		}
		Eventually(shown, patience).Should(gbytes.Say("tcp.connect"))
		resize(24, 80)
		say("quit", "/")
		say("Enter keep", "connect")
		say("connect", "\r")
		say("quit", "\r")
		say("Overview", "7")
		say(`7 Raw\]|\[Raw\]`, "q")
		Expect(ended()).To(Equal(0))
		_, left, given := bytes.Cut(shown.Contents(), []byte("\x1b[?1049l"))
		Expect(given).To(BeTrue())
		Expect(string(left)).To(ContainSubstring("tcp"))
	})

	It("ends with the status that belay check ends with", func() {
		_, without := diagnosed()
		Expect(without).NotTo(BeZero())
		shown, keys, _, ended := sits("check", "--local", "--tui", nobody)
		Eventually(shown, patience).Should(gbytes.Say("ask again"))
		_, err := io.WriteString(keys, "q")
		Expect(err).NotTo(HaveOccurred())
		Expect(ended()).To(Equal(without))
	})
})

// A multiplexer is a tmux of its own, with one window in which a command runs.
type multiplexer struct {
	socket string
	env    []string
}

func openTmux(command string) multiplexer {
	GinkgoHelper()
	t := multiplexer{filepath.Join(GinkgoT().TempDir(), "tmux"), environment("TERM=xterm-256color", "LC_ALL=C.UTF-8", "SHELL=/bin/sh")}
	start := exec.Command("tmux", "-S", t.socket, "-f", "/dev/null", "new-session", "-d", "-x", "120", "-y", "40", command)
	start.Env = t.env
	output, err := start.CombinedOutput()
	Expect(err).NotTo(HaveOccurred(), "tmux, which is a package of that name: %s", output)
	DeferCleanup(func() { _, _ = t.run("kill-server") })
	return t
}

func (t multiplexer) run(args ...string) (string, error) {
	command := exec.Command("tmux", append([]string{"-S", t.socket}, args...)...)
	command.Env = t.env
	output, err := command.Output()
	return string(output), err
}

func (t multiplexer) presses(keys ...string) {
	GinkgoHelper()
	for _, key := range keys {
		_, err := t.run("send-keys", key)
		Expect(err).NotTo(HaveOccurred())
	}
}

// screen is what a person would see.
func (t multiplexer) screen() string {
	text, _ := t.run("capture-pane", "-p")
	return text
}

var _ = Describe("the terminal program in tmux", func() {
	It("fits the window as it grows and shrinks, from the list into the tabs and out again", func() {
		file, _ := diagnosed()
		t := openTmux(fmt.Sprintf("%s view %s; echo left with $?; read line", belay, file))
		sees := func(text string) {
			GinkgoHelper()
			Eventually(t.screen, patience).Should(ContainSubstring(text))
		}
		sees("q quit")
		for _, size := range [][2]int{{200, 50}, {80, 24}, {60, 14}, {20, 5}, {120, 40}} {
			_, err := t.run("resize-window", "-x", fmt.Sprint(size[0]), "-y", fmt.Sprint(size[1]))
			Expect(err).NotTo(HaveOccurred())
			Eventually(t.screen, patience).Should(WithTransform(func(text string) int {
				return len(strings.Split(strings.TrimSuffix(text, "\n"), "\n"))
			}, Equal(size[1])))
			for line := range strings.Lines(t.screen()) {
				Expect(ansi.StringWidth(strings.TrimSuffix(line, "\n"))).To(BeNumerically("<=", size[0]))
			}
		}
		t.presses("/", "c", "o", "n", "n", "e", "c", "t", "Enter")
		sees("/connect")
		t.presses("Enter")
		sees("[1 Overview]")
		t.presses("Tab")
		sees("[2 Request]")
		t.presses("Escape")
		sees("RESULT")
		t.presses("Escape", "?")
		sees("Keys")
		t.presses("?", "q")
		sees("left with 0")
	})
})
