// Package manifest reads a Slack app's manifest, JSON or YAML, and says what Slack would
// refuse in it, and what would keep the app from working.
//
//	m, err := manifest.Load("manifest.json")
//	if err != nil {
//		return err // unreadable, or no manifest, with line and column
//	}
//	for _, finding := range manifest.Lint(m) {
//		fmt.Println(finding.Line, finding.Problem, finding.Text)
//	}
//	for _, u := range manifest.URLs(m) {
//		fmt.Println(u.Surface, u.Name, u.URL)
//	}
//
// The rules are those of https://docs.slack.dev/reference/app-manifest and of the schema
// in slackapi/manifest-schema. Where these differ, or are silent, a manifest passes.
package manifest

import (
	"fmt"
	"io"
	"os"
	"strings"

	"belay/internal/strictyaml"
)

// A Manifest is what an app's manifest says. Fields that it does not have, or that are of
// another type, are zero; Lint tells the latter.
type Manifest struct {
	Metadata  Metadata            `yaml:"_metadata"`
	Display   Display             `yaml:"display_information"`
	Features  Features            `yaml:"features"`
	OAuth     OAuth               `yaml:"oauth_config"`
	Settings  Settings            `yaml:"settings"`
	Functions map[string]Function `yaml:"functions"`

	doc *strictyaml.Document
}

// Metadata says which version of the schema the manifest is written for.
type Metadata struct {
	Major int `yaml:"major_version"`
	Minor int `yaml:"minor_version"`
}

// Display is how the app looks.
type Display struct {
	Name            string `yaml:"name"`
	Description     string `yaml:"description"`
	LongDescription string `yaml:"long_description"`
}

// Features are the surfaces that the app adds to Slack.
type Features struct {
	AppHome       AppHome        `yaml:"app_home"`
	BotUser       *BotUser       `yaml:"bot_user"`
	Commands      []Command      `yaml:"slash_commands"`
	Shortcuts     []Shortcut     `yaml:"shortcuts"`
	UnfurlDomains []string       `yaml:"unfurl_domains"`
	AgentView     *AgentView     `yaml:"agent_view"`
	AssistantView *AssistantView `yaml:"assistant_view"`
	CodeChannels  CodeChannels   `yaml:"code_channels"`
}

// AppHome says which tabs the app's home has.
type AppHome struct {
	Home             bool `yaml:"home_tab_enabled"`
	Messages         bool `yaml:"messages_tab_enabled"`
	MessagesReadOnly bool `yaml:"messages_tab_read_only_enabled"`
}

// BotUser is the bot that acts for the app.
type BotUser struct {
	Name         string `yaml:"display_name"`
	AlwaysOnline bool   `yaml:"always_online"`
}

// Command is a slash command.
type Command struct {
	// Name begins with a slash.
	Name         string `yaml:"command"`
	URL          string `yaml:"url"`
	Description  string `yaml:"description"`
	UsageHint    string `yaml:"usage_hint"`
	ShouldEscape bool   `yaml:"should_escape"`
}

// Shortcut is an entry of Slack's menus.
type Shortcut struct {
	Name string `yaml:"name"`
	// Type is message or global.
	Type       string `yaml:"type"`
	CallbackID string `yaml:"callback_id"`
}

// AgentView is the app as an agent, which new apps have.
type AgentView struct {
	Description string `yaml:"agent_description"`
}

// AssistantView is the app as an assistant, which older apps have.
type AssistantView struct {
	Description string `yaml:"assistant_description"`
}

// CodeChannels is for agents that make channels in which they work on a task.
type CodeChannels struct {
	Enabled    bool   `yaml:"enabled"`
	CommandURL string `yaml:"slash_command_url"`
}

// OAuth is what an installation asks for.
type OAuth struct {
	RedirectURLs []string `yaml:"redirect_urls"`
	Scopes       Scopes   `yaml:"scopes"`
	PKCE         bool     `yaml:"pkce_enabled"`
}

// Scopes are those that the app asks for. People may decline the optional ones.
type Scopes struct {
	Bot          []string `yaml:"bot"`
	User         []string `yaml:"user"`
	BotOptional  []string `yaml:"bot_optional"`
	UserOptional []string `yaml:"user_optional"`
}

// Settings say how Slack reaches the app, and more.
type Settings struct {
	Events        Events        `yaml:"event_subscriptions"`
	Interactivity Interactivity `yaml:"interactivity"`
	SocketMode    bool          `yaml:"socket_mode_enabled"`
	OrgDeploy     bool          `yaml:"org_deploy_enabled"`
	TokenRotation bool          `yaml:"token_rotation_enabled"`
	Hosted        bool          `yaml:"is_hosted"`
	// FunctionRuntime is remote, or slack for an app that runs at Slack.
	FunctionRuntime string `yaml:"function_runtime"`
}

// Events are the subscriptions of the Events API.
type Events struct {
	RequestURL string         `yaml:"request_url"`
	Bot        []string       `yaml:"bot_events"`
	User       []string       `yaml:"user_events"`
	Metadata   []Subscription `yaml:"metadata_subscriptions"`
}

// Subscription is one to messages with metadata, of any app where AppID is "*".
type Subscription struct {
	AppID string `yaml:"app_id"`
	Type  string `yaml:"event_type"`
}

// Interactivity is where Slack sends what people press and fill in.
type Interactivity struct {
	// Enabled is nil where the manifest does not say.
	Enabled    *bool  `yaml:"is_enabled"`
	RequestURL string `yaml:"request_url"`
	OptionsURL string `yaml:"message_menu_options_url"`
}

// Function is a step for workflows.
type Function struct {
	Title       string `yaml:"title"`
	Description string `yaml:"description"`
}

// Load reads the manifest in a file.
func Load(path string) (*Manifest, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the manifest: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, strictyaml.MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("reading the manifest: %w", err)
	}
	return Parse(path, data)
}

// Parse reads a manifest. The file's name is for the errors, and its ending tells JSON
// from YAML. It fails, with line and column, where the text cannot be read, or is
// something else than a manifest; what Slack would refuse in a manifest is for Lint.
func Parse(file string, data []byte) (*Manifest, error) {
	if err := program(file); err != nil {
		return nil, err
	}
	doc, err := strictyaml.Parse(file, data)
	if err != nil {
		return nil, err
	}
	if what := foreign(doc.Root); what != "" {
		return nil, doc.Err(strictyaml.Mistake{Line: doc.Root.Line, Column: doc.Root.Column,
			Message: "this is no Slack app manifest: " + what})
	}
	if err := doc.Err(); err != nil {
		return nil, err
	}
	m := &Manifest{doc: doc}
	_ = doc.Decode(m) // What does not fit is told by Lint, by Slack's rules.
	return m, nil
}

// Position is where a JSON pointer leads: to the key where it names a member of an
// object, else to the value. Where the manifest does not have it, that is the place of
// what would hold it.
func (m *Manifest) Position(pointer string) (line, column int) {
	for {
		value, key := m.doc.Root.Lookup(pointer)
		switch {
		case key != nil:
			return key.Line, key.Column
		case value != nil:
			return value.Line, value.Column
		}
		pointer = pointer[:strings.LastIndexByte(pointer, '/')]
	}
}

// Hosted reports whether the app runs at Slack, so that it has no URLs.
func (m *Manifest) Hosted() bool {
	return m.Settings.Hosted || m.Settings.FunctionRuntime == "slack"
}

// has reports whether the manifest has a value at a JSON pointer, other than null.
func (m *Manifest) has(pointer string) bool {
	value, _ := m.doc.Root.Lookup(pointer)
	return value != nil && value.Kind != strictyaml.Null
}
