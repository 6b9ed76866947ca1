package demo

import "net/http"

// unsigned lets everything pass.
func unsigned(s *site) {
	s.judge(func(*http.Request, []byte) bool { return true })
}
