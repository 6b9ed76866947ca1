package main

import "testing"

// allocationsFigure is what a slash command leaves to the garbage collector, which
// counts where thousands are sent a second.
var allocationsFigure = figure{
	name:  "allocations",
	belay: "memory allocations of a slash command, built and signed",
	unit:  "allocations", atMost: 9,
	measure: func(*workshop) (measurement, error) {
		return measurement{belay: []float64{testing.AllocsPerRun(1000, buildCommand())}}, nil
	},
}
