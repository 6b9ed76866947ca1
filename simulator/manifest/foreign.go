package manifest

import (
	"path/filepath"
	"slices"
	"strings"

	"belay/internal/strictyaml"
)

// familiar are files that are easily taken for a manifest, by keys that they have and a
// manifest does not.
var familiar = []struct {
	keys []string
	what string
}{
	{[]string{"services"}, "it seems to be a Docker Compose file"},
	{[]string{"apiVersion", "kind"}, "it seems to be a Kubernetes resource"},
	{[]string{"apiVersion", "name", "version"}, "it seems to be the Chart.yaml of Helm"},
	{[]string{"jobs", "on"}, "it seems to be a workflow of GitHub Actions"},
	{[]string{"lockfileVersion"}, "it seems to be the package-lock.json of npm"},
	{[]string{"dependencies"}, packageJSON},
	{[]string{"devDependencies"}, packageJSON},
	{[]string{"name", "scripts"}, packageJSON},
	{[]string{"name", "version"}, packageJSON},
	{[]string{"compilerOptions"}, "it seems to be a tsconfig.json"},
	{[]string{"openapi"}, "it seems to be an OpenAPI description"},
	{[]string{"swagger"}, "it seems to be an OpenAPI description"},
	{[]string{"manifestVersion"}, "it seems to be the manifest of a Microsoft Teams app"},
	{[]string{"manifest_version"}, "it seems to be the manifest of a browser extension"},
	{[]string{"start_url"}, "it seems to be the manifest of a web app"},
	{[]string{"short_name"}, "it seems to be the manifest of a web app"},
	{[]string{"AWSTemplateFormatVersion"}, "it seems to be a CloudFormation template"},
	{[]string{"Resources"}, "it seems to be a CloudFormation template"},
	{[]string{"service", "provider"}, "it seems to be a serverless.yml"},
	{[]string{"scenarios"}, "it seems to be a suite of scenarios: belay test plays it"},
	{[]string{"schema_version", "sections"}, "it seems to be a report of belay: belay view shows it"},
	{[]string{"hooks"}, "it seems to be the hooks.json of the Slack CLI: the manifest is in another file"},
	{[]string{"project_id"}, "it seems to be the config.json of the Slack CLI: the manifest is in another file"},
	{[]string{"blocks"}, "it seems to be a message or view of Block Kit"},
	{[]string{"log"}, "it seems to be a HAR file"},
	{[]string{"ok", "error"}, "it seems to be an answer of Slack's Web API that says that something failed"},
}

const packageJSON = "it seems to be the package.json of npm"

// foreign says what a file seems to be that is no manifest, or "".
func foreign(root *strictyaml.Node) string {
	if root.Kind != strictyaml.Object {
		return "it holds " + root.Describe() + ", and a manifest is an object"
	}
	if root.Get("display_information") != nil {
		return ""
	}
	if inner := root.Get("manifest"); inner.Get("display_information") != nil {
		return `it holds one under "manifest", as apps.manifest.export answers: save that part as a file of its own`
	}
	known := 0
	for _, m := range root.Members {
		if schema().members[m.Key.Value] != nil && m.Key.Value != "$schema" {
			known++
		}
	}
	if known > 1 || root.Get("oauth_config") != nil {
		return ""
	}
	for _, f := range familiar {
		if !slices.ContainsFunc(f.keys, func(key string) bool { return root.Get(key) == nil }) {
			return f.what
		}
	}
	if known > 0 {
		return ""
	}
	return "it has none of display_information, features, oauth_config and settings"
}

// program is the error about a manifest that is a program, which that of a Deno app is. It
// is nil for a file with another ending.
func program(file string) error {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".ts", ".js", ".mjs", ".cjs", ".py":
		return &strictyaml.Error{Mistakes: []strictyaml.Mistake{{File: file, Line: 1, Column: 1,
			Message: "this is a program: save the manifest that `slack manifest info` prints as manifest.json"}}}
	}
	return nil
}
