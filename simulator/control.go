package simulator

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"belay/simulator/payload"
)

// controlPrefix is where the control API begins, and controlBase its version.
const (
	controlPrefix = "/_belay/"
	controlBase   = controlPrefix + "v1/"
)

// maxControlBody bounds what the control API is asked.
const maxControlBody = 1 << 20

// ControlURL is the base of the control API, with a slash at its end. It is described
// in docs/control.openapi.json.
func (s *Server) ControlURL() string { return s.URL() + controlBase }

// A controlRoute is one request of the control API.
type controlRoute struct {
	method, path string
	// answer returns what is answered as JSON, or a controlError.
	answer func(*Server, *http.Request) (any, error)
	// stream answers by itself.
	stream func(*Server, http.ResponseWriter, *http.Request) error
}

// controlRoutes are all of them, in the order of docs/control.openapi.json.
func controlRoutes() []controlRoute {
	return slices.Concat([]controlRoute{
		{method: "POST", path: "send", answer: taking(sendControl)},
		{method: "POST", path: "reset", answer: taking(resetControl)},
		{method: "POST", path: "seed", answer: taking(seedControl)},
		{method: "POST", path: "clock", answer: taking(clockControl)},
		{method: "POST", path: "faults", answer: taking(faultsControl)},
		{method: "GET", path: "calls", answer: callsControl},
		{method: "GET", path: "deliveries", answer: deliveriesControl},
		{method: "GET", path: "findings", answer: findingsControl},
		{method: "GET", path: "faults", answer: listFaults},
		{method: "POST", path: "sockets", answer: taking(socketsControl)},
		{method: "GET", path: "sockets", answer: listSockets},
		{method: "GET", path: "snapshot", answer: snapshotControl},
		{method: "GET", path: "events", stream: (*Server).streamEvents},
	}, actRoutes(), installRoutes())
}

// A ControlError is why the control API refused something.
type ControlError struct {
	// Code is a word of docs/control.openapi.json, such as unauthorized.
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Error implements error.
func (e ControlError) Error() string { return e.Message }

// A controlError is a refusal of the control API.
type controlError struct {
	status  int
	code    string
	message string
	// allow are the methods that would have done.
	allow string
}

// Error implements error.
func (e controlError) Error() string { return e.message }

func refusal(status int, code, format string, args ...any) error {
	return controlError{status: status, code: code, message: fmt.Sprintf(format, args...)}
}

// badRequest is a mistake of whoever asks.
func badRequest(code, format string, args ...any) error {
	return refusal(http.StatusBadRequest, code, format, args...)
}

// control answers a request of the control API. It is not recorded.
func (s *Server) control(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		return
	}
	defer s.work.Done()
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	s.options.Limits.bound(w, r, maxControlBody)
	route, err := s.controlRoute(r)
	if err == nil {
		err = s.runControl(route, w, r)
	}
	if err != nil {
		writeControlError(w, err)
	}
}

// controlRoute is what was asked for, once it is known by whom.
func (s *Server) controlRoute(r *http.Request) (controlRoute, error) {
	if err := s.mayControl(r); err != nil {
		return controlRoute{}, err
	}
	// A base that ends with a slash is easily given another.
	path := strings.TrimLeft(strings.TrimPrefix(r.URL.Path, controlBase), "/")
	var paths, methods []string
	for _, route := range controlRoutes() {
		if route.path == path && route.method == r.Method {
			return route, nil
		}
		if route.path == path {
			methods = append(methods, route.method)
		}
		paths = append(paths, route.path)
	}
	if len(methods) > 0 {
		return controlRoute{}, controlError{http.StatusMethodNotAllowed, "method_not_allowed", path + " takes " + strings.Join(methods, " and "), strings.Join(methods, ", ")}
	}
	if !strings.HasPrefix(r.URL.Path, controlBase) {
		return controlRoute{}, refusal(http.StatusNotFound, "not_found", "the control API begins with %s", controlBase)
	}
	return controlRoute{}, refusal(http.StatusNotFound, "not_found", "%v", payload.Unknown("route", path, paths))
}

func (s *Server) runControl(route controlRoute, w http.ResponseWriter, r *http.Request) error {
	if route.stream != nil {
		return route.stream(s, w, r)
	}
	answer, err := route.answer(s, r)
	if err != nil {
		return err
	}
	return writeControl(w, http.StatusOK, answer)
}

// mayControl lets in who knows the token. A browser is led to loopback by any page,
// so what comes from a foreign page or under a foreign name is refused before that.
func (s *Server) mayControl(r *http.Request) error {
	if !s.isOwnHost(r.Host) {
		return refusal(http.StatusForbidden, "foreign_host", "the control API answers under the names of this machine, and the one it listens on")
	}
	if origin := r.Header.Values("Origin"); len(origin) > 0 && !s.isOwnOrigin(origin) {
		return refusal(http.StatusForbidden, "foreign_origin", "the control API does not answer pages from elsewhere")
	}
	given, want := sha256.Sum256([]byte(bearer(r))), sha256.Sum256([]byte(s.options.ControlToken))
	if subtle.ConstantTimeCompare(given[:], want[:]) != 1 {
		return refusal(http.StatusUnauthorized, "unauthorized", "the control API wants the token of belay serve's ready line, as Authorization: Bearer TOKEN")
	}
	return nil
}

// isOwnHost reports a name that only this machine has, which a foreign page cannot
// give itself (DNS rebinding): loopback's and the one that is listened on. An address
// is no name, so where all are listened on, each of them will do.
func (s *Server) isOwnHost(hostport string) bool {
	host := hostport
	if name, _, err := net.SplitHostPort(hostport); err == nil {
		host = name
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if host == "" {
		return false
	}
	if isLoopback(host) || strings.HasSuffix(host, ".localhost") || strings.EqualFold(host, s.host) {
		return true
	}
	listening, err := netip.ParseAddr(s.host)
	everywhere := s.host == "" || err == nil && listening.IsUnspecified()
	_, err = netip.ParseAddr(host)
	return everywhere && err == nil
}

func (s *Server) isOwnOrigin(origins []string) bool {
	return !slices.ContainsFunc(origins, func(origin string) bool {
		u, err := url.Parse(origin)
		return err != nil || u.Scheme != "http" && u.Scheme != "https" || !s.isOwnHost(u.Host)
	})
}

func writeControl(w http.ResponseWriter, status int, answer any) error {
	body, err := json.Marshal(answer)
	if err != nil {
		return fmt.Errorf("writing the answer: %w", err)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n'))
	return nil
}

// writeControlError answers {"error":{"code","message"}}.
func writeControlError(w http.ResponseWriter, err error) {
	var refused controlError
	if !errors.As(err, &refused) {
		refused = controlError{status: http.StatusInternalServerError, code: "internal_error", message: err.Error()}
	}
	switch refused.status {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", refused.allow)
	case http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", `Bearer realm="belay"`)
	case http.StatusRequestEntityTooLarge, http.StatusRequestTimeout:
		w.Header().Set("Connection", "close")
	}
	_ = writeControl(w, refused.status, map[string]any{"error": ControlError{Code: refused.code, Message: refused.message}})
}

// taking decodes what is asked, strictly, for a route that takes JSON.
func taking[T any](do func(context.Context, *Server, T) (any, error)) func(*Server, *http.Request) (any, error) {
	return func(s *Server, r *http.Request) (any, error) {
		var in T
		if err := decodeControl(r, &in); err != nil {
			return nil, err
		}
		return do(r.Context(), s, in)
	}
}
