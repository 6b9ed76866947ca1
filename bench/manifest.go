package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"belay/simulator/payload"
)

// manifestFigure is what the URLs of a manifest cost that lead to one app: they are
// asked at the same time, and what they share is done once.
var manifestFigure = figure{
	name:    "manifest",
	belay:   "belay check --manifest, 12 URLs of a healthy local app",
	against: "belay check, one URL of it",
	unit:    "ms", atMost: 3,
	measure: measureManifest,
}

const benchSecret = payload.Secret("be1a7de305eed000000000000be1a7de")

func measureManifest(w *workshop) (measurement, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return measurement{}, fmt.Errorf("listen: %w", err)
	}
	server := &http.Server{Handler: http.HandlerFunc(serveHealthy), ReadHeaderTimeout: time.Second}
	defer server.Close()
	go func() { _ = server.Serve(listener) }()
	base := "http://" + listener.Addr().String()
	text, err := manifestOf(base, 12)
	if err != nil {
		return measurement{}, err
	}
	file, err := w.write("manifest.json", text)
	if err != nil {
		return measurement{}, err
	}
	env := w.environment("SLACK_SIGNING_SECRET=" + string(benchSecret))
	return inTurn(w.ctx, w.pairs,
		program{path: w.belay, args: []string{"check", "--local", "--manifest", file}, env: env},
		program{path: w.belay, args: []string{"check", "--local", base + "/slack/commands/0"}, env: env})
}

// serveHealthy verifies and answers at any path below /slack/.
func serveHealthy(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	verified := payload.Verify(benchSecret, r.Header.Get(payload.SignatureHeader), r.Header.Get(payload.TimestampHeader), body, time.Now())
	if err != nil || !verified {
		http.Error(w, "not signed by Slack", http.StatusUnauthorized)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"text":"done"}`)
}

// manifestOf is the manifest of an app with that many commands, each with a URL of
// its own.
func manifestOf(base string, n int) ([]byte, error) {
	type object = map[string]any
	var commands []object
	for i := range n {
		commands = append(commands, object{
			"command": fmt.Sprintf("/deploy%d", i), "description": "Deploys",
			"url": fmt.Sprintf("%s/slack/commands/%d", base, i),
		})
	}
	return json.Marshal(object{
		"display_information": object{"name": "Deploy Bot"},
		"features":            object{"bot_user": object{"display_name": "Deploy Bot"}, "slash_commands": commands},
		"oauth_config":        object{"scopes": object{"bot": []string{"commands"}}},
	})
}
