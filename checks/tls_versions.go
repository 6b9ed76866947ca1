package checks

import (
	"context"
	"crypto/tls"

	"belay/simulator/payload"
)

// tlsVersions asks whether the server still takes TLS 1.0 or 1.1, which RFC 8996
// retired. Slack uses the newer ones, so it is worth a remark and no more.
var tlsVersions = Check{
	ID:       "tls.versions",
	Title:    "the server speaks TLS 1.2 or newer",
	Needs:    []string{"tls.handshake"},
	Problems: []string{"tls.old-versions"},
	Run:      runTLSVersions,
}

func runTLSVersions(ctx context.Context, s *Session) Result {
	saw := tls.VersionName(s.shake(ctx).State.Version)
	old := s.shakeOld(ctx)
	switch {
	case old.State != nil:
		r := pass("%s, and still %s", saw, tls.VersionName(old.State.Version))
		return r.remark("tls.old-versions", "the server still accepts %s", tls.VersionName(old.State.Version))
	case remoteAlert(old.Err) != "" || hasHungUp(old.Err):
		return pass("%s; 1.1 and older are refused", saw)
	}
	return pass("%s; 1.1 and older were not answered", saw)
}

// shakeOld tries TLS 1.1 and 1.0, with a small part of the deadline: nothing but a
// remark depends on it.
func (s *Session) shakeOld(ctx context.Context) payload.Handshake {
	return s.shakeBy(ctx, s.Target.Deadline/4, payload.ShakeOld)
}
