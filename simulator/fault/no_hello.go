package fault

import (
	"context"
	"net/http"
)

// NoHello opens a WebSocket and leaves the app waiting: clients take a connection for
// open after its hello.
var NoHello = Sort{
	Name: "no_hello", Title: "opens a WebSocket on which no hello comes, nor any envelope", Only: "socket",
	make: func(string) (Answer, error) {
		return func(w http.ResponseWriter, r *http.Request, next http.Handler, _ float64) {
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), withoutHello{}, true)))
		}, nil
	},
}

type withoutHello struct{}

// WithoutHello reports whether the connection that a request opens shall get no hello.
func WithoutHello(ctx context.Context) bool { return ctx.Value(withoutHello{}) != nil }
