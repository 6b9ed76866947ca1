package main

// versionFigure is how soon belay is there at all: what every command pays, and
// what a package that works in its initialisation would spoil.
var versionFigure = figure{
	name:    "version",
	belay:   "belay version",
	against: "hello, world in Go",
	unit:    "ms", atMost: 3,
	measure: func(w *workshop) (measurement, error) { return besideHello(w, "version") },
}

const helloWorld = `package main

import "fmt"

func main() { fmt.Println("hello, world") }
`

// besideHello measures a command that asks nobody beside a program that does nothing.
func besideHello(w *workshop, args ...string) (measurement, error) {
	source, err := w.write("hello.go", []byte(helloWorld))
	if err != nil {
		return measurement{}, err
	}
	hello, err := w.build("hello", source)
	if err != nil {
		return measurement{}, err
	}
	return inTurn(w.ctx, w.pairs,
		program{path: w.belay, args: args, env: w.environment()},
		program{path: hello, env: w.environment()})
}
