package cli_test

import (
	"context"
	"io"
	"net"
	"net/netip"
	"os/exec"
	"sync"
	"syscall"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gexec"

	"belay/checks"
	"belay/checks/checkstest"
)

// binary builds belay once.
var binary = sync.OnceValue(func() string {
	path, err := gexec.Build("belay")
	Expect(err).NotTo(HaveOccurred())
	return path
})

var _ = AfterSuite(gexec.CleanupBuildArtifacts)

// silent takes requests and never answers. The channel is closed when it got the
// first.
func silent() (at netip.AddrPort, asked <-chan struct{}) {
	got := make(chan struct{})
	var once sync.Once
	at = checkstest.Serve(GinkgoT(), func(conn net.Conn) {
		if n, _ := conn.Read(make([]byte, 1)); n > 0 {
			once.Do(func() { close(got) })
		}
		_, _ = io.Copy(io.Discard, conn)
	})
	return at, got
}

var _ = Describe("an interrupted check", func() {
	DescribeTable("still reports what was found so far",
		func(format string, says func(string)) {
			at, asked := silent()
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			go func() {
				<-asked
				cancel()
			}()
			o := belay(ctx, env{}, "check", "--local", "http://"+at.String(), "-o", format)
			Expect(o.code).To(Equal(130))
			Expect(o.stderr).To(BeEmpty())
			says(o.stdout)
		},
		Entry("as text", "text", func(text string) {
			Expect(text).To(And(ContainSubstring("Interrupted"), ContainSubstring("1 of 1 addresses"), HaveSuffix("interrupted: this is what was found so far\n")))
			Expect(text).NotTo(ContainSubstring("exit status"))
		}),
		Entry("as JSON", "json", func(text string) {
			r := reported(text)
			Expect(r.Interrupted).To(BeTrue())
			Expect(r.Counts.Pass).To(BeNumerically(">", 3))
			Expect(r.Sections[0].Results).To(ContainElement(And(HaveField("Check", "tcp.connect"), HaveField("Status", checks.Pass))))
		}),
	)

	DescribeTable("is a process that exits with",
		func(signal syscall.Signal, status int) {
			at, asked := silent()
			command := exec.Command(binary(), "check", "--local", "http://"+at.String())
			command.Env = []string{}
			session, err := gexec.Start(command, GinkgoWriter, GinkgoWriter)
			Expect(err).NotTo(HaveOccurred())
			Eventually(asked, "5s").Should(BeClosed())
			session.Signal(signal)
			Eventually(session, "5s").Should(gexec.Exit(status))
			Expect(string(session.Out.Contents())).To(ContainSubstring("interrupted: this is what was found so far"))
			Expect(session.Err.Contents()).To(BeEmpty())
		},
		Entry("130 after Ctrl-C", syscall.SIGINT, 130),
		Entry("143 after SIGTERM", syscall.SIGTERM, 143),
	)
})
