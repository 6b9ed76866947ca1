//go:build e2e

package e2e_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// A browser is a Chromium without a window, with one page. It is spoken to over a
// pipe, in the protocol of its developer tools.
//
// https://chromedevtools.github.io/devtools-protocol/
type browser struct {
	in      *os.File
	out     *bufio.Reader
	session string
	calls   int
	// events are those that came so far.
	events []event
}

// An event is what the page reports by itself.
type event struct {
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
}

// openBrowser starts one that ends with the spec.
func openBrowser() *browser {
	GinkgoHelper()
	path := findBrowser()
	theirIn, ourIn, err := os.Pipe()
	Expect(err).NotTo(HaveOccurred())
	ourOut, theirOut, err := os.Pipe()
	Expect(err).NotTo(HaveOccurred())
	command := exec.Command(path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
		"--remote-debugging-pipe", "--user-data-dir="+GinkgoT().TempDir())
	command.ExtraFiles = []*os.File{theirIn, theirOut}
	command.Env = environment()
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	Expect(command.Start()).To(Succeed())
	_, _ = theirIn.Close(), theirOut.Close()
	kill := func() { _ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	// Nothing waits for a browser that is stuck.
	watchdog := time.AfterFunc(patience, kill)
	DeferCleanup(func() {
		// It ends by itself when nobody speaks to it any more, and leaves its folder alone.
		_ = ourIn.Close()
		_, _ = io.Copy(io.Discard, ourOut)
		_ = command.Wait()
		watchdog.Stop()
		kill()
		_ = ourOut.Close()
	})
	b := &browser{in: ourIn, out: bufio.NewReaderSize(ourOut, 1<<20)}
	var target struct{ TargetID, SessionID string }
	b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &target)
	b.session = target.SessionID
	for _, domain := range []string{"Page", "Network", "Runtime", "Log"} {
		b.call(domain+".enable", nil, nil)
	}
	return b
}

func findBrowser() string {
	GinkgoHelper()
	for _, name := range []string{"chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	Skip("there is no Chromium: apt-get install chromium-headless-shell")
	return ""
}

// call has the browser do something, and decodes its answer unless result is nil.
func (b *browser) call(method string, params map[string]any, result any) {
	GinkgoHelper()
	b.calls++
	if params == nil {
		params = map[string]any{}
	}
	request := map[string]any{"id": b.calls, "method": method, "params": params}
	if b.session != "" {
		request["sessionId"] = b.session
	}
	text, err := json.Marshal(request)
	Expect(err).NotTo(HaveOccurred())
	_, err = b.in.Write(append(text, 0))
	Expect(err).NotTo(HaveOccurred())
	for {
		id, answer, failure := b.read()
		if id != b.calls {
			continue
		}
		Expect(string(failure)).To(BeEmpty(), method)
		if result != nil {
			Expect(json.Unmarshal(answer, result)).To(Succeed())
		}
		return
	}
}

// read takes in a message, and keeps it if it is an event.
func (b *browser) read() (id int, answer, failure json.RawMessage) {
	GinkgoHelper()
	text, err := b.out.ReadBytes(0)
	Expect(err).NotTo(HaveOccurred(), "the browser still runs")
	var message struct {
		ID     int             `json:"id"`
		Result json.RawMessage `json:"result"`
		Error  json.RawMessage `json:"error"`
		event
	}
	Expect(json.Unmarshal(text[:len(text)-1], &message)).To(Succeed())
	if message.Method != "" {
		b.events = append(b.events, message.event)
	}
	return message.ID, message.Result, message.Error
}

// open shows a file, and returns when it is there.
func (b *browser) open(file string) {
	GinkgoHelper()
	b.events = nil
	b.call("Page.navigate", map[string]any{"url": "file://" + file}, nil)
	for len(b.of("Page.loadEventFired")) == 0 {
		b.read()
	}
}

// of are the events of a kind.
func (b *browser) of(method string) []event {
	var all []event
	for _, e := range b.events {
		if e.Method == method {
			all = append(all, e)
		}
	}
	return all
}

// evaluate is the value of an expression in the page, awaited if it is a promise.
func (b *browser) evaluate(expression string) any {
	GinkgoHelper()
	var answer struct {
		Result           struct{ Value any }
		ExceptionDetails json.RawMessage
	}
	b.call("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true}, &answer)
	Expect(string(answer.ExceptionDetails)).To(BeEmpty(), expression)
	return answer.Result.Value
}

// resize makes the page that wide, and as high as it is.
func (b *browser) resize(width int) {
	GinkgoHelper()
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false}, nil)
}

// prefer sets what the system prefers: light or dark.
func (b *browser) prefer(scheme string) {
	GinkgoHelper()
	b.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]any{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}

// press types one key.
func (b *browser) press(key, text string) {
	GinkgoHelper()
	for _, kind := range []string{"keyDown", "keyUp"} {
		b.call("Input.dispatchKeyEvent", map[string]any{"type": kind, "key": key, "text": text}, nil)
	}
}

// screenshot draws the whole page. SCREENSHOTS=FOLDER keeps the picture for whoever
// wants to look at it.
func (b *browser) screenshot(name string) []byte {
	GinkgoHelper()
	var answer struct{ Data string }
	b.call("Page.captureScreenshot", map[string]any{"captureBeyondViewport": true}, &answer)
	picture, err := base64.StdEncoding.DecodeString(answer.Data)
	Expect(err).NotTo(HaveOccurred())
	if dir := os.Getenv("SCREENSHOTS"); dir != "" {
		Expect(os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o644)).To(Succeed())
	}
	return picture
}
