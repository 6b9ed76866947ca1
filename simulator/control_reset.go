package simulator

import "context"

// resetControl forgets what was recorded, takes the workspace back to its seed, clears
// the faults, and turns the subscriptions on again.
// Connections, deliveries under way and the clock stay as they are.
func resetControl(_ context.Context, s *Server, _ struct{}) (any, error) {
	s.record.reset()
	s.volume.reset()
	s.hooks.reset()
	s.Clear()
	s.workspace.Reset()
	return map[string]bool{"ok": true}, nil
}
