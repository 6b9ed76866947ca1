package cli_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// The secrets that are planted, none of which looks like anything else.
var planted = env{
	"SLACK_SIGNING_SECRET":     "zqxazqxazqxazqxazqxazqxazqxazqxa",
	"SLACK_VERIFICATION_TOKEN": "zqxb/token/zqxb",
	"SLACK_CLIENT_SECRET":      "zqxczqxczqxczqxczqxczqxczqxczqxc",
	"SLACK_BOT_TOKEN":          "xoxb-zqxd-zqxd-zqxdzqxd",
	"SLACK_APP_TOKEN":          "xapp-zqxe-zqxe-zqxezqxe",
}

const plantedHeader = "Bearer zqxfzqxf"

// spilling is an app that answers with all that it was sent and with all that it
// knows, wherever an answer has room.
func spilling(contentType string, status int) *httptest.Server {
	var all []string
	for _, value := range planted {
		quoted, _ := json.Marshal(value)
		all = append(all, value, url.QueryEscape(value), url.PathEscape(value), string(quoted))
	}
	slices.Sort(all)
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		for n, value := range all {
			w.Header().Set(fmt.Sprintf("X-Debug-%d", n), value)
		}
		w.Header().Set("X-Authorization", r.Header.Get("Authorization"))
		w.Header().Set("Content-Type", contentType)
		if status/100 == 3 {
			w.Header().Set("Location", "/debug?secret="+url.QueryEscape(planted["SLACK_SIGNING_SECRET"]))
		}
		w.WriteHeader(status)
		form, _ := url.ParseQuery(string(body))
		fmt.Fprintf(w, "{\"text\": %q}\n%s\n%v\n%v\n", strings.Join(all, " "), body, form, r.Header)
	}))
	DeferCleanup(app.Close)
	return app
}

var _ = Describe("a secret", func() {
	DescribeTable("from the environment or a flag is in no report of any format, nor in any other output",
		func(contentType string, status int) {
			app, dir := spilling(contentType, status), GinkgoT().TempDir()
			vars := env{"XDG_CACHE_HOME": filepath.Join(dir, "cache")}
			for name, value := range planted {
				vars[name] = value
			}
			for _, kind := range []string{"command", "event"} {
				args := []string{"check", app.URL + "/slack", "--local", "--kind", kind, "--header", "Authorization: " + plantedHeader, "-o", "ndjson"}
				others := slices.DeleteFunc(everyFormat(), func(format string) bool { return format == "ndjson" })
				for _, format := range others {
					args = append(args, "-o", format+"="+filepath.Join(dir, format))
				}
				o := belay(context.Background(), vars, args...)
				Expect(o.code).To(BeElementOf(0, 1))
				Expect(spilt(o.stdout, o.stderr)).To(BeEmpty())
				for _, name := range append(others, filepath.Join("cache", "belay", "last.json")) {
					file := filepath.Join(dir, name)
					text, err := os.ReadFile(file)
					Expect(err).NotTo(HaveOccurred())
					Expect(text).NotTo(BeEmpty())
					Expect(spilt(string(text))).To(BeEmpty(), file)
				}
			}
		},
		Entry("of an app that accepts", "application/json", 200),
		Entry("of an app that refuses", "text/plain", 401),
		Entry("of an app that breaks", "text/html", 500),
		Entry("of an app that redirects", "text/plain", 302),
	)

	It("in a flag is not in an output either", func() {
		app := spilling("text/plain", 200)
		o := belay(context.Background(), env{}, "check", app.URL, "--local", "-o", "json",
			"--signing-secret", planted["SLACK_SIGNING_SECRET"], "--verification-token", planted["SLACK_VERIFICATION_TOKEN"],
			"--header", "Authorization: "+plantedHeader)
		// The secrets that were in no flag, belay cannot know.
		for _, known := range []string{"zqxa", "zqxb", "zqxf"} {
			Expect(o.stdout + o.stderr).NotTo(ContainSubstring(known))
		}
	})

	It("is kept by its owner alone with what an app answered", func() {
		app := spilling("text/plain", 200)
		vars := env{"XDG_CACHE_HOME": filepath.Join(GinkgoT().TempDir(), "cache")}
		belay(context.Background(), vars, "check", app.URL, "--local")
		file, err := os.Stat(filepath.Join(vars["XDG_CACHE_HOME"], "belay", "last.json"))
		Expect(err).NotTo(HaveOccurred())
		Expect(file.Mode().Perm()).To(Equal(os.FileMode(0o600)))
	})
})

// spilt is what stands around the first piece of a secret, or "".
func spilt(texts ...string) string {
	for _, text := range texts {
		if i := strings.Index(text, "zqx"); i >= 0 {
			return text[max(0, i-80):min(len(text), i+80)]
		}
	}
	return ""
}
