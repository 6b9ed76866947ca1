package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"belay/tui/playground"
)

// writeScenario writes what was done by hand as a suite of one scenario. It does not
// write over a file.
func writeScenario(file string, acts []playground.Act) error {
	if ext := filepath.Ext(file); ext != ".yaml" && ext != ".yml" {
		return fmt.Errorf("write the scenario to %s: want a name that ends in .yaml", file)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fmt.Errorf("write the scenario: %w", err)
	}
	opened, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("write the scenario: %s is there already: choose another name", file)
	}
	if err != nil {
		return fmt.Errorf("write the scenario: %w", err)
	}
	_, err = opened.Write(scenarioOf(acts))
	if err := errors.Join(err, opened.Close()); err != nil {
		return fmt.Errorf("write the scenario: %w", err)
	}
	return nil
}

// scenarioOf is a suite file with one scenario.
func scenarioOf(acts []playground.Act) []byte {
	var b bytes.Buffer
	var users, channels []string
	for _, a := range acts {
		users, channels = including(users, a.User), including(channels, a.Channel)
	}
	b.WriteString("# What was done by hand in the playground of belay serve. The calls are those that\n# the app made then.\nversion: 1\n\nworkspace:\n")
	fmt.Fprintf(&b, "  users: %s\n  channels: %s\n", quoted(orNone(users)), quoted(orNone(channels)))
	b.WriteString("\nscenarios:\n  - name: what was done by hand\n    steps:\n")
	for _, a := range acts {
		writeStep(&b, a)
	}
	return b.Bytes()
}

func including(all []string, one string) []string {
	if one == "" || slices.Contains(all, one) {
		return all
	}
	return append(all, one)
}

func orNone(all []string) []string {
	if all == nil {
		return []string{}
	}
	return all
}

// writeStep writes one act.
func writeStep(b *bytes.Buffer, a playground.Act) {
	switch a.Verb {
	case "press":
		fmt.Fprintf(b, "      - press: %s\n", quoted(a.Element))
	case "select", "options":
		fmt.Fprintf(b, "      - %s: {element: %s, value: %s}\n", a.Verb, quoted(a.Element), quoted(a.Value))
	case "submit":
		writeSubmit(b, a.Values)
	case "revoke":
		// There is no step for it.
		b.WriteString("      # Here the app's tokens were revoked.\n")
		return
	case "home", "close", "clear":
		fmt.Fprintf(b, "      - %s:\n", a.Verb)
	default:
		fmt.Fprintf(b, "      - %s: %s\n", a.Verb, quoted(a.Text))
	}
	if slices.Contains([]string{"advance", "fault", "clear"}, a.Verb) {
		return
	}
	if a.User != "" {
		fmt.Fprintf(b, "        as: %s\n", quoted(a.User))
	}
	if a.Channel != "" {
		fmt.Fprintf(b, "        in: %s\n", quoted(a.Channel))
	}
	if len(a.Calls) > 0 {
		fmt.Fprintf(b, "        expect: {calls: %s}\n", quoted(a.Calls))
	}
}

func writeSubmit(b *bytes.Buffer, values map[string]string) {
	b.WriteString("      - submit:\n")
	if len(values) == 0 {
		return
	}
	b.WriteString("          values:\n")
	for _, name := range slices.Sorted(maps.Keys(values)) {
		fmt.Fprintf(b, "            %s: %s\n", quoted(name), quoted(values[name]))
	}
}

// quoted is a value in YAML's flow style, which holds all of JSON. A dollar sign is
// doubled where it would begin an expression.
func quoted(value any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return `""`
	}
	return strings.ReplaceAll(strings.TrimSuffix(b.String(), "\n"), "${", "$${")
}
