package cli_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/onsi/gomega/gbytes"
	"github.com/onsi/gomega/gexec"

	"belay/internal/cli"
)

// ready is the line that belay serve prints.
type ready struct {
	API, Hooks, OAuth, Socket, Control string
	CAFile                             string `json:"ca_file"`
	Token                              string
}

// served is a belay serve that runs in this process.
type served struct {
	ready
	stdout, stderr *gbytes.Buffer
	stop           func() int
}

// serve runs belay serve until the spec ends, or until it is stopped.
func serve(vars env, args ...string) *served {
	GinkgoHelper()
	s := &served{stdout: gbytes.NewBuffer(), stderr: gbytes.NewBuffer()}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	go func() {
		ended <- cli.Run(ctx, cli.IO{
			Args: append([]string{"serve"}, args...), Env: func(name string) string { return vars[name] },
			Stdin: strings.NewReader(""), Stdout: s.stdout, Stderr: s.stderr,
		})
	}()
	s.stop = sync.OnceValue(func() int {
		cancel()
		return <-ended
	})
	DeferCleanup(func() { s.stop() })
	Eventually(s.stdout, "5s").Should(gbytes.Say("\n"), "%s", s.stderr.Contents())
	decoder := json.NewDecoder(bytes.NewReader(s.stdout.Contents()))
	decoder.DisallowUnknownFields()
	Expect(decoder.Decode(&s.ready)).To(Succeed())
	return s
}

// asked is what a request to the control API gets.
func (s *served) asked(method, path, body string) string {
	GinkgoHelper()
	r, err := http.NewRequest(method, s.Control+path, strings.NewReader(body))
	Expect(err).NotTo(HaveOccurred())
	r.Header.Set("Authorization", "Bearer "+s.Token)
	w, err := http.DefaultClient.Do(r)
	Expect(err).NotTo(HaveOccurred())
	defer w.Body.Close()
	answer, err := io.ReadAll(w.Body)
	Expect(err).NotTo(HaveOccurred())
	Expect(w.StatusCode).To(Equal(200), "%s", answer)
	return string(answer)
}

var _ = Describe("belay serve", func() {
	It("prints one line when it is ready, which leads to all that it has", func() {
		s := serve(env{})
		Expect(bytes.Count(s.stdout.Contents(), []byte("\n"))).To(Equal(1))
		root, err := os.ReadFile(s.CAFile)
		Expect(err).NotTo(HaveOccurred())
		roots := x509.NewCertPool()
		Expect(roots.AppendCertsFromPEM(root)).To(BeTrue())
		client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}}
		w, err := client.Post(strings.Replace(s.API, "http:", "https:", 1)+"api.test", "", nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(w.Body.Close()).To(Succeed())
		client.CloseIdleConnections()
		Expect(s.asked("GET", "calls?method=api.test", "")).To(ContainSubstring(`"seq":1`))
		Expect(s.Socket).To(MatchRegexp(`^ws://127\.0\.0\.1:\d+/link/$`))
		Expect(s.Token).To(HaveLen(26))

		Expect(s.stop()).To(Equal(130))
		Expect(bytes.Count(s.stdout.Contents(), []byte("\n"))).To(Equal(1))
		Expect(s.CAFile).NotTo(BeAnExistingFile())
		Expect(filepath.Dir(s.CAFile)).NotTo(BeADirectory())
	})

	It("says what the app asks, a line each, and at the end what it found", func() {
		s := serve(env{})
		r, err := http.NewRequest("POST", s.API+"apps.connections.open", nil)
		Expect(err).NotTo(HaveOccurred())
		r.Header.Set("Authorization", "Bearer xoxb-1-secret")
		w, err := http.DefaultClient.Do(r)
		Expect(err).NotTo(HaveOccurred())
		Expect(w.Body.Close()).To(Succeed())
		w, err = http.Post(strings.TrimSuffix(s.API, "api/")+"a%1b%5b31m%0ab", "", nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(w.Body.Close()).To(Succeed())
		Expect(s.stop()).To(Equal(130))
		text := string(s.stderr.Contents())
		Expect(text).To(MatchRegexp(`(?m)^POST /api/apps\.connections\.open not_allowed_token_type [\d.]+ ms$`))
		Expect(text).To(MatchRegexp(`(?m)^POST /a\\x1b\[31m b 404 [\d.]+ ms$`))
		Expect(text).To(MatchRegexp(`(?m)^found api\.wrong-token-kind: `))
		Expect(text).To(HaveSuffix("belay: the app made 2 calls; of 0 deliveries 0 failed\n  found 1× api.wrong-token-kind\n"))
		Expect(text).NotTo(ContainSubstring("secret"))
	})

	It("says nothing of calls when it is to be quiet", func() {
		s := serve(env{}, "--quiet")
		w, err := http.Post(s.API+"api.test", "", nil)
		Expect(err).NotTo(HaveOccurred())
		Expect(w.Body.Close()).To(Succeed())
		s.stop()
		Expect(string(s.stderr.Contents())).To(Equal("belay: the app made 1 calls; of 0 deliveries 0 failed\n"))
	})

	It("sends to the app what it is asked to", func() {
		got := make(chan *http.Request, 10)
		app := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got <- r }))
		DeferCleanup(app.Close)
		s := serve(env{"SLACK_SIGNING_SECRET": "from-the-environment", "BELAY_CONTROL_TOKEN": "mine"},
			"--app", app.URL+"/all", "--event-url", app.URL+"/events", "--speed", "60")
		Expect(s.Token).To(Equal("mine"))
		for kind, path := range map[string]string{"command": "/all", "view_submission": "/all", "event app_mention": "/events"} {
			Expect(s.asked("POST", "send", `{"kind":"`+kind+`"}`)).To(ContainSubstring(`"acknowledged":true`))
			var r *http.Request
			Expect(got).To(Receive(&r))
			Expect(r.URL.Path).To(Equal(path))
			Expect(r.Header.Get("X-Slack-Signature")).NotTo(BeEmpty())
		}
		s.stop()
		Expect(string(s.stderr.Contents())).To(And(ContainSubstring("of 3 deliveries 0 failed"), Not(ContainSubstring("from-the-environment"))))
	})

	It("leaves the root certificate where it is told to", func() {
		file := filepath.Join(GinkgoT().TempDir(), "root.pem")
		s := serve(env{}, "--ca-out", file)
		Expect(s.CAFile).To(Equal(file))
		s.stop()
		Expect(os.ReadFile(file)).To(HavePrefix("-----BEGIN CERTIFICATE-----"))
	})

	It("says so when it listens to others than this machine", func() {
		s := serve(env{}, "--listen", "0.0.0.0")
		Expect(s.API).To(HavePrefix("http://127.0.0.1:"))
		s.stop()
		Expect(string(s.stderr.Contents())).To(HavePrefix("belay: whoever reaches 0.0.0.0:0 can call this Slack\n"))
	})

	It("exits with 3 when the port is taken, and says what to do", func() {
		taken, err := net.Listen("tcp", "127.0.0.1:0")
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(taken.Close)
		_, port, _ := net.SplitHostPort(taken.Addr().String())
		for _, args := range [][]string{{"--port", port}, {"--listen", taken.Addr().String()}} {
			o := belay(context.Background(), env{}, append([]string{"serve"}, args...)...)
			Expect(o.code).To(Equal(3))
			Expect(o.stdout).To(BeEmpty())
			Expect(o.stderr).To(And(ContainSubstring("address already in use"), ContainSubstring("hint: something else listens there: take another port with --port")))
		}
	})

	It("exits with 3 when the certificate cannot be written", func() {
		o := belay(context.Background(), env{}, "serve", "--ca-out", filepath.Join(GinkgoT().TempDir(), "nowhere", "ca.pem"))
		Expect(o.code).To(Equal(3))
		Expect(o.stdout).To(BeEmpty())
		Expect(o.stderr).To(ContainSubstring("write --ca-out"))
	})

	DescribeTable("is a process that exits with",
		func(signal syscall.Signal, status int) {
			dir := GinkgoT().TempDir()
			command := exec.Command(binary(), "serve")
			command.Env = []string{"TMPDIR=" + dir}
			session, err := gexec.Start(command, GinkgoWriter, GinkgoWriter)
			Expect(err).NotTo(HaveOccurred())
			Eventually(session.Out, "5s").Should(gbytes.Say(`"token":".*\n`))
			session.Signal(signal)
			Eventually(session, "5s").Should(gexec.Exit(status))
			Expect(string(session.Err.Contents())).To(Equal("belay: the app made 0 calls; of 0 deliveries 0 failed\n"))
			Expect(os.ReadDir(dir)).To(BeEmpty())
		},
		Entry("130 after Ctrl-C", syscall.SIGINT, 130),
		Entry("143 after SIGTERM", syscall.SIGTERM, 143),
	)

	It("begins with a workspace from a file, and the app of a manifest", func() {
		dir := GinkgoT().TempDir()
		seed, manifest := filepath.Join(dir, "workspace.yaml"), filepath.Join(dir, "manifest.yaml")
		Expect(os.WriteFile(seed, []byte("teams:\n- name: Acme\n  users: [{name: ann}]\n  channels: [{name: ops, members: [ann]}]\n"), 0o600)).To(Succeed())
		Expect(os.WriteFile(manifest, []byte("display_information: {name: Deploy Bot}\noauth_config: {scopes: {bot: [commands]}}\n"), 0o600)).To(Succeed())
		s := serve(nil, "--seed", seed, "--manifest", manifest)
		Expect(s.asked("GET", "snapshot", "")).To(And(ContainSubstring(`"ops"`), ContainSubstring(`"Deploy Bot"`), ContainSubstring(`"bot_scopes":["commands"]`)))
	})

	It("lets the app of that file reply, whatever its id", func() {
		app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "deploying") }))
		DeferCleanup(app.Close)
		for _, id := range []string{"", ", id: A0DEPLOY"} {
			seed := filepath.Join(GinkgoT().TempDir(), "workspace.yaml")
			Expect(os.WriteFile(seed, []byte("apps:\n- {name: deploybot"+id+"}\n"), 0o600)).To(Succeed())
			s := serve(nil, "--seed", seed, "--app", app.URL)
			Expect(s.asked("POST", "act/command", `{"channel":"general","text":"/deploy"}`)).NotTo(ContainSubstring("refused"))
			Expect(s.asked("GET", "snapshot", "")).To(ContainSubstring(`"text":"deploying"`))
		}
	})

	It("says where a workspace's file is wrong", func() {
		seed := filepath.Join(GinkgoT().TempDir(), "workspace.yaml")
		Expect(os.WriteFile(seed, []byte("teams:\n- name: Acme\n  chanels: []\n"), 0o600)).To(Succeed())
		r := belay(context.Background(), env{}, "serve", "--seed", seed)
		Expect(r.code).To(Equal(2))
		Expect(r.stderr).To(And(ContainSubstring("workspace.yaml:3:3"), ContainSubstring("channels")))
	})
})
