package demo

import (
	"encoding/json"
	"net/http"
	"strings"
)

// invalidBlocks puts a list into a header block, which holds 150 characters.
//
// https://docs.slack.dev/reference/block-kit/blocks/header-block
func invalidBlocks(s *site) {
	s.onDeploy(func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		header := "Deploying" + strings.Repeat(", service-of-production", 8)
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{
			"response_type": "ephemeral",
			"text":          deploying.Text,
			"blocks": []any{map[string]any{
				"type": "header",
				"text": map[string]any{"type": "plain_text", "text": header},
			}},
		})
	})
}
