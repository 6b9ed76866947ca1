package main

import (
	"fmt"
	"os"
)

// sizeFigure is what is downloaded: the stripped program, in millions of bytes.
var sizeFigure = figure{
	name:  "size",
	belay: "the stripped program",
	unit:  "MB", atMost: 16,
	measure: func(w *workshop) (measurement, error) {
		file, err := os.Stat(w.belay)
		if err != nil {
			return measurement{}, fmt.Errorf("look at the program: %w", err)
		}
		return measurement{belay: []float64{float64(file.Size()) / 1e6}}, nil
	},
}
