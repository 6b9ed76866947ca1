package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"belay/internal/strictyaml"
	"belay/tui"
)

// configName is the user's file for keys and theme. Nothing else is configured in a
// file.
const configName = "config.yaml"

// config is what the user's file holds.
type config struct {
	theme string
	keys  tui.Keys
}

// configFile is where the user's file is, or "" where there is no place for it.
func configFile(env func(string) string) string {
	dir := env("XDG_CONFIG_HOME")
	switch {
	case dir != "":
	case runtime.GOOS == "windows":
		dir = env("AppData")
	case env("HOME") != "":
		dir = filepath.Join(env("HOME"), ".config")
	}
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, "belay", configName)
}

// readConfig reads the user's file, if there is one, and tells every mistake in it.
func readConfig(env func(string) string) (config, error) {
	var c config
	name := configFile(env)
	if name == "" {
		return c, nil
	}
	data, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) || err == nil && isBlank(data) {
		return c, nil
	}
	if err != nil {
		return c, usageError("read your keys and theme: %v", err)
	}
	var file struct {
		Theme themeName `yaml:"theme"`
		Keys  bindings  `yaml:"keys"`
	}
	if err := strictyaml.Decode(name, data, &file); err != nil {
		return c, usageError("%v", err)
	}
	return config{string(file.Theme), tui.Keys(file.Keys)}, nil
}

// isBlank tells of a file that says nothing: it is empty, or all of it is comments.
func isBlank(data []byte) bool {
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return false
		}
	}
	return true
}

// themeName is the name of a theme that exists.
type themeName string

// UnmarshalStrict implements strictyaml.Unmarshaler.
func (t *themeName) UnmarshalStrict(n *strictyaml.Node) error {
	if n.Kind != strictyaml.Text || !slices.Contains(tui.Themes(), n.Value) {
		return n.Mistake("theme wants %s, got %s", strings.Join(tui.Themes(), ", "), n.Describe())
	}
	*t = themeName(n.Value)
	return nil
}

// bindings are keys by the actions they are bound to.
type bindings tui.Keys

// UnmarshalStrict implements strictyaml.Unmarshaler.
func (b *bindings) UnmarshalStrict(n *strictyaml.Node) error {
	if n.Kind != strictyaml.Object {
		return n.Mistake("keys wants actions with their keys, such as quit: q, got %s", n.Describe())
	}
	*b = bindings{}
	var wrong []error
	for _, member := range n.Members {
		keys, err := readKeys(member)
		wrong = append(wrong, err)
		if keys != nil {
			(*b)[member.Key.Value] = keys
		}
	}
	if err := errors.Join(wrong...); err != nil {
		return err
	}
	return b.conflict(n)
}

// readKeys reads the keys of one action: one, or a list of them.
func readKeys(member strictyaml.Member) ([]string, error) {
	var ids []string
	for _, action := range tui.Actions() {
		ids = append(ids, action.ID)
	}
	if !slices.Contains(ids, member.Key.Value) {
		text := fmt.Sprintf("there is no action %q", strictyaml.Short(member.Key.Value))
		if like := strictyaml.Nearest(member.Key.Value, ids); like != "" {
			text += fmt.Sprintf(": did you mean %q?", like)
		}
		return nil, member.Key.Mistake("%s", text)
	}
	nodes := []*strictyaml.Node{member.Value}
	if member.Value.Kind == strictyaml.List {
		nodes = member.Value.Items
	}
	keys := []string{}
	for _, n := range nodes {
		// A digit is a key like any other.
		if n.Kind != strictyaml.Text && n.Kind != strictyaml.Int || !tui.KnownKey(n.Value) {
			return nil, n.Mistake("want a key, such as n, enter, f5, ctrl+n or alt+x, got %s", n.Describe())
		}
		keys = append(keys, n.Value)
	}
	return keys, nil
}

// conflict finds a key that would do two things, where the file says it.
func (b *bindings) conflict(n *strictyaml.Node) error {
	key, action, other, found := tui.Keys(*b).Conflict()
	if !found {
		return nil
	}
	at := n.Get(action)
	if at == nil {
		at, other = n.Get(other), action
	}
	return at.Mistake("the key %s is already that of %s: bind another key to that as well", key, other)
}
