package fault

import "net/http"

// Dropped ends the connection without an answer.
var Dropped = Sort{
	Name: "dropped", Title: "ends the connection without an answer",
	make: func(string) (Answer, error) {
		return func(http.ResponseWriter, *http.Request, http.Handler, float64) { panic(http.ErrAbortHandler) }, nil
	},
}
