//go:build e2e

package e2e_test

import (
	"bufio"
	"encoding/json"
	"io"
	"os/exec"
	"path/filepath"
	"syscall"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// A driven program does what it is told, a line of JSON for each thing.
type driven struct {
	in  io.Writer
	out *bufio.Scanner
}

// drive starts one of the apps that read from standard input.
func drive(env []string, name string, args ...string) *driven {
	GinkgoHelper()
	node := exec.Command("node", append([]string{filepath.Join("apps", name+".js")}, args...)...)
	node.Env, node.Stderr = environment(env...), GinkgoWriter
	node.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	in, err := node.StdinPipe()
	Expect(err).NotTo(HaveOccurred())
	out, err := node.StdoutPipe()
	Expect(err).NotTo(HaveOccurred())
	Expect(node.Start()).To(Succeed())
	DeferCleanup(func() {
		_ = in.Close()
		_ = syscall.Kill(-node.Process.Pid, syscall.SIGKILL)
		_ = node.Wait()
	})
	d := &driven{in: in, out: bufio.NewScanner(out)}
	d.out.Buffer(nil, 1<<20)
	Expect(d.out.Scan()).To(BeTrue())
	Expect(d.out.Text()).To(Equal("ready"))
	return d
}

// do tells the program something, and reads what it says to that.
func (d *driven) do(what, into any) {
	GinkgoHelper()
	line, err := json.Marshal(what)
	Expect(err).NotTo(HaveOccurred())
	_, err = d.in.Write(append(line, '\n'))
	Expect(err).NotTo(HaveOccurred())
	Expect(d.out.Scan()).To(BeTrue(), "%v", d.out.Err())
	Expect(json.Unmarshal(d.out.Bytes(), into)).To(Succeed(), d.out.Text())
}
