package manifest_test

import (
	"fmt"

	"belay/simulator/manifest"
)

func ExampleLint() {
	m, err := manifest.Parse("manifest.yaml", []byte(`
display_information:
  name: Deploy Bot
features:
  slash_commands:
    - command: /deploy
      description: Deploys a branch
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range manifest.Lint(m) {
		fmt.Printf("%d:%d %s (%s)\n", f.Line, f.Column, f.Text, f.Problem)
	}
	// Output:
	// 5:3 slash commands need the scope commands in oauth_config.scopes.bot (manifest.scope-missing)
	// 6:7 the command /deploy has no url, and Socket Mode is off (manifest.url-missing)
}

func ExampleURLs() {
	m, err := manifest.Load("testdata/clean/bolt-http.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, u := range manifest.URLs(m) {
		fmt.Println(u.Surface, u.Name, u.URL)
	}
	// Output:
	// command /standup https://abcd-1234.ngrok-free.app/slack/events
	// action  https://abcd-1234.ngrok-free.app/slack/events
	// redirect  https://standup.example.com/slack/oauth_redirect
	// redirect  https://abcd-1234.ngrok-free.app/slack/oauth_redirect
}
