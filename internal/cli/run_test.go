package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/internal/cli"
	"belay/internal/demo"
)

// env is an environment that holds nothing else.
type env map[string]string

// outcome is what one run of belay left behind.
type outcome struct {
	code           int
	stdout, stderr string
}

// belay runs a command in this process.
func belay(ctx context.Context, vars env, args ...string) outcome {
	var stdout, stderr bytes.Buffer
	code := cli.Run(ctx, cli.IO{
		Args: args, Env: func(name string) string { return vars[name] },
		Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
	})
	return outcome{code, stdout.String(), stderr.String()}
}

// sampleApp runs the sample app for one spec.
func sampleApp(o demo.Options) *demo.App {
	GinkgoHelper()
	app, err := demo.Start(o)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(app.Close)
	return app
}

// checking are the arguments that ask the sample app as Slack would.
func checking(app *demo.App, more ...string) []string {
	GinkgoHelper()
	ca := filepath.Join(GinkgoT().TempDir(), "ca.pem")
	Expect(os.WriteFile(ca, app.CA, 0o600)).To(Succeed())
	args := []string{"check", app.URL, "--ca-file", ca}
	for name, address := range app.Resolve {
		args = append(args, "--resolve", name+":"+address.String())
	}
	if app.DNS != "" {
		args = append(args, "--dns", app.DNS)
	}
	return slices.Concat(args, more)
}

// owner has the app's secret in the environment.
func owner(app *demo.App) env { return env{"SLACK_SIGNING_SECRET": string(app.Secret)} }

// reported is the JSON report in a text.
func reported(text string) checks.Report {
	GinkgoHelper()
	var r checks.Report
	Expect(json.Unmarshal([]byte(text), &r)).To(Succeed(), "%s", text)
	return r
}
