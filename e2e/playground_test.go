//go:build e2e

package e2e_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/slack-go/slack"
)

// A deployer is an app of slack-go that asks before it deploys, and why.
type deployer struct{ api *slack.Client }

func (a deployer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := verified(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	said, err := parse(r, body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	switch said := said.(type) {
	case slack.SlashCommand:
		a.ask(said.ChannelID, said.Text)
	case slack.InteractionCallback:
		if said.Type == slack.InteractionTypeBlockActions {
			a.why(said.TriggerID)
		} else if answer := a.deploy(said.View.State.Values["why"]["reason"].Value); answer != nil {
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(answer)
		}
	}
}

func plainText(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

// ask posts a message with a button.
func (a deployer) ask(channel, what string) {
	text := slack.NewTextBlockObject(slack.MarkdownType, "Deploy *"+what+"*?", false, false)
	_, _, _ = a.api.PostMessage(channel, slack.MsgOptionText("Deploy?", false), slack.MsgOptionBlocks(
		slack.NewSectionBlock(text, nil, nil),
		slack.NewActionBlock("go", slack.NewButtonBlockElement("approve", "1", plainText("Approve"))),
	))
}

// why opens a modal.
func (a deployer) why(trigger string) {
	input := slack.NewInputBlock("why", plainText("Reason"), nil, slack.NewPlainTextInputBlockElement(nil, "reason"))
	_, _ = a.api.OpenView(trigger, slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: "why", Title: plainText("Approve it"), Submit: plainText("Deploy"), Close: plainText("Cancel"),
		Blocks: slack.Blocks{BlockSet: []slack.Block{input}},
	})
}

// deploy takes reasons of some length.
func (a deployer) deploy(reason string) any {
	if len(reason) < 5 {
		return slack.NewErrorsViewSubmissionResponse(map[string]string{"why": "Say a little more."})
	}
	_, _, _ = a.api.PostMessage("#general", slack.MsgOptionText("Deploying, because "+reason, false))
	return nil
}

// A tmux is a terminal in which somebody plays.
type tmux struct{ socket string }

func (t tmux) run(args ...string) string {
	GinkgoHelper()
	out, err := exec.Command("tmux", append([]string{"-S", t.socket, "-f", os.DevNull}, args...)...).CombinedOutput()
	Expect(err).NotTo(HaveOccurred(), "tmux %v: %s", args, out)
	return string(out)
}

func (t tmux) screen() string { return t.run("capture-pane", "-p") }

// keys presses keys by their names, and types what begins with a quote.
func (t tmux) keys(keys ...string) {
	GinkgoHelper()
	for _, key := range keys {
		if text, typed := strings.CutPrefix(key, "'"); typed {
			t.run("send-keys", "-l", text)
		} else {
			t.run("send-keys", key)
		}
	}
}

func (t tmux) shows(what ...string) {
	GinkgoHelper()
	Eventually(t.screen, patience).Should(And(matchers(what)...))
}

func matchers(what []string) []OmegaMatcher {
	var all []OmegaMatcher
	for _, text := range what {
		all = append(all, ContainSubstring(text))
	}
	return all
}

var _ = It("is played by hand: a command, a button, a modal, a scenario", func() {
	if _, err := exec.LookPath("tmux"); err != nil {
		Skip("there is no tmux")
	}
	port, dir := freePort(), GinkgoT().TempDir()
	app := httptest.NewServer(deployer{slack.New("xoxb-belay", slack.OptionAPIURL("http://127.0.0.1:"+port+"/api/"))})
	DeferCleanup(app.Close)
	socket, err := os.MkdirTemp("", "belay-tmux-*")
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(os.RemoveAll, socket)
	t := tmux{filepath.Join(socket, "s")}
	t.run("new-session", "-d", "-x", "120", "-y", "40", "-c", dir, fmt.Sprintf(
		"env -u CI -u NO_COLOR TERM=screen-256color SLACK_SIGNING_SECRET=%s %s serve --port %s --app %s/slack; echo ended with $?; read line", secret, belay, port, app.URL))
	DeferCleanup(t.run, "kill-server")

	t.shows("#general", "0 calls")
	t.keys("/", "'deploy staging", "Enter")
	t.shows("Deploy *staging*?", "[ Approve ]", "→ /deploy", "← chat.postMessage", "▓·······┃")
	t.run("resize-window", "-x", "80", "-y", "24")
	t.shows("[ Approve ]")
	t.run("resize-window", "-x", "120", "-y", "40")

	t.keys("Escape")
	t.shows("Enter press")
	t.keys("Enter")
	t.shows("Approve it", "[ Cancel ]  [ Deploy ]", "← views.open")
	t.keys("Enter", "'no", "Enter", "j", "j", "Enter")
	t.shows("✗ Say a little more.")
	t.keys("Enter", "' time like now", "Enter", "j", "j", "Enter")
	t.shows("Deploying, because no time like now")

	t.keys("w", "Enter")
	t.shows("4 steps are in belay/playground.yaml")
	suite, err := os.ReadFile(filepath.Join(dir, "belay", "playground.yaml"))
	Expect(err).NotTo(HaveOccurred())
	Expect(string(suite)).To(And(
		ContainSubstring(`- command: "/deploy staging"`), ContainSubstring(`- press: "Approve"`), ContainSubstring(`"reason": "no time like now"`),
	))
	Expect(t.screen()).NotTo(ContainSubstring(secret))

	t.keys("q")
	t.shows("ended with 0", `"control":"`, "belay: the app made 3 calls; of")
})
