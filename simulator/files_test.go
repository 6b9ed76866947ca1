package simulator_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/slack-go/slack"

	"belay/simulator"
)

var _ = Describe("a file", func() {
	It("is uploaded and read by slack-go, and by nobody without a token", func(ctx SpecContext) {
		s := start(simulator.Options{})
		client := slack.New("xoxb-1", slack.OptionAPIURL(s.API()))
		path := filepath.Join(GinkgoT().TempDir(), "log.txt")
		Expect(os.WriteFile(path, []byte("deployed"), 0o600)).To(Succeed())
		done, err := client.UploadFileContext(ctx, slack.UploadFileParameters{
			File: path, Filename: "log.txt", FileSize: 8, Title: "The log", Channel: "C0BELAY0GEN", InitialComment: "Look",
		})
		Expect(err).NotTo(HaveOccurred())
		info, _, _, err := client.GetFileInfoContext(ctx, done.ID, 1, 1)
		Expect(err).NotTo(HaveOccurred())
		Expect(info.Title).To(Equal("The log"))
		var content strings.Builder
		Expect(client.GetFileContext(ctx, info.URLPrivateDownload, &content)).To(Succeed())
		Expect(content.String()).To(Equal("deployed"))

		page, err := http.Get(info.URLPrivate)
		Expect(err).NotTo(HaveOccurred())
		defer page.Body.Close()
		Expect(page.StatusCode).To(Equal(http.StatusOK))
		Expect(page.Header.Get("Content-Type")).To(HavePrefix("text/html"))
	})
})
