package cli_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/demo"
)

// everyFormat are the words that -o takes, as belay itself says.
func everyFormat() []string {
	GinkgoHelper()
	o := belay(context.Background(), env{}, "check", "--help")
	listed := regexp.MustCompile(`how to report: ([a-z, ]+);`).FindStringSubmatch(o.stdout)
	Expect(listed).NotTo(BeNil(), o.stdout)
	return strings.Split(listed[1], ", ")
}

var _ = Describe("-o FORMAT=FILE", func() {
	// begins is what each format begins with.
	begins := map[string]string{
		"text": "✓ Slack can reach this URL", "json": "{\n  \"schema_version\": 1,", "ndjson": `{"type":"start"`,
		"junit": "<?xml version=", "markdown": "### ✓ Slack", "github": "belay: ", "tap": "TAP version 14\n1..",
		"sarif": "{\n  \"$schema\": ", "html": "<!doctype html>",
	}

	It("is taken repeatedly, by every format, beside one on standard output", func() {
		Expect(everyFormat()).To(ConsistOf("text", "json", "ndjson", "junit", "markdown", "github", "sarif", "tap", "html"))
		app, dir := sampleApp(demo.Options{}), GinkgoT().TempDir()
		args := append(checking(app), "-o", "github")
		for _, format := range everyFormat() {
			args = append(args, "-o", format+"="+filepath.Join(dir, format))
		}
		o := belay(context.Background(), owner(app), args...)
		Expect(o.code).To(Equal(0), o.stderr)
		Expect(o.stderr).To(BeEmpty())
		Expect(o.stdout).To(HavePrefix(begins["github"]))
		for _, format := range everyFormat() {
			text, err := os.ReadFile(filepath.Join(dir, format))
			Expect(err).NotTo(HaveOccurred())
			Expect(string(text)).To(HavePrefix(begins[format]), format)
		}
	})

	It("goes to standard output without FILE, in every format", func() {
		app := sampleApp(demo.Options{})
		for _, format := range everyFormat() {
			o := belay(context.Background(), owner(app), append(checking(app), "-o", format)...)
			Expect(o.code).To(Equal(0), o.stderr)
			Expect(o.stdout).To(HavePrefix(begins[format]), format)
		}
	})
})
