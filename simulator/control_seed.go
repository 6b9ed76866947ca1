package simulator

import (
	"context"
	"errors"
	"net/http"

	"belay/simulator/webapi"
)

// seedControl replaces the workspace by a seed. What was recorded stays.
func seedControl(_ context.Context, s *Server, in webapi.Seed) (any, error) {
	if wrong := in.Check(); len(wrong) > 0 {
		return nil, badRequest("invalid_seed", "%v", errors.Join(wrong...))
	}
	s.workspace.Sow(in)
	return map[string]bool{"ok": true}, nil
}

// snapshotControl answers everything that is in the workspace.
func snapshotControl(s *Server, _ *http.Request) (any, error) { return s.workspace.Snapshot(), nil }
