package main

// explainFigure is how soon a problem's page is there: somebody waits for it who has
// had enough of waiting.
var explainFigure = figure{
	name:    "explain",
	belay:   "belay explain ack.timeout",
	against: "hello, world in Go",
	unit:    "ms", atMost: 3,
	measure: func(w *workshop) (measurement, error) {
		return besideHello(w, "explain", "ack.timeout")
	},
}
