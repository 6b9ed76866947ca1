package simulator

import (
	"net/http"
	"regexp"
	"strings"
	"sync"
)

// joined matches doubled slashes.
var joined = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`/{2,}`) })

// methodPath is a method of the Web API at the root.
var methodPath = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^/[a-z]+(\.[a-zA-Z0-9]+)+$`) })

// routed is the request as it is routed: base URLs that are put together wrongly lead
// to doubled slashes, which ServeMux would redirect, and a redirected POST is none.
func (s *Server) routed(r *http.Request) *http.Request {
	path := r.URL.Path
	if strings.Contains(path, "//") {
		path = joined().ReplaceAllString(path, "/")
	}
	if _, is := methodName(path); !is && r.Method == http.MethodPost && methodPath().MatchString(path) {
		path = s.atRoot(r, path)
	}
	if path == r.URL.Path {
		return r
	}
	u := *r.URL
	u.Path, u.RawPath = path, ""
	tidy := *r
	tidy.URL = &u
	return &tidy
}

// atRoot leads a method that lost its /api/ there, and says so once: it is what SDKs
// make of a base URL without a slash at its end.
func (s *Server) atRoot(r *http.Request, path string) string {
	if _, pattern := s.mux.Handler(r); pattern != "" {
		return path
	}
	s.misplaced.Do(func() {
		s.find("api.base-url", "%s was asked for instead of /api%s: the app's base URL lacks /api/, or the slash at its end", path, path)
	})
	return "/api" + path
}
