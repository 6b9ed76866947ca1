package demo

import "net/http"

// redirect adds a slash, as web servers do for what they take for a directory. The
// app is behind it, but a POST that follows a 301 arrives as a GET without a body.
func redirect(s *site) {
	s.around(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		switch r.URL.Path {
		case commandsPath:
			http.Redirect(w, r, commandsPath+"/", http.StatusMovedPermanently)
			return
		case commandsPath + "/":
			r.URL.Path = commandsPath
		}
		next.ServeHTTP(w, r)
	})
}
