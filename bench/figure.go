package main

// A figure is one thing that is measured, with what it is held to.
type figure struct {
	name string
	// belay and against say what is compared. A figure without against is an
	// amount, and its target one of the same unit.
	belay, against string
	unit           string
	// atMost is the target: of the ratio, or of the amount.
	atMost  float64
	measure func(w *workshop) (measurement, error)
}

// figures are all of them, in the order of the report.
func figures() []figure {
	return []figure{
		checkFigure, manifestFigure, versionFigure, explainFigure, formatsFigure, sizeFigure,
		commandFigure, allocationsFigure, socketFigure, retriesFigure,
		postMessageFigure, authTestFigure, slacktestFigure, memoryFigure, growthFigure, firstAnswerFigure,
		screenKeyFigure, screenListFigure, screenAppendFigure, screenOpenFigure,
	}
}

// A measurement is what came out: each run in the order of the runs, in the
// figure's unit.
type measurement struct {
	belay, against []float64
}

// An outcome is a figure with its value, as the JSON file has it.
type outcome struct {
	Name    string `json:"name"`
	Belay   string `json:"belay"`
	Against string `json:"against,omitempty"`
	Unit    string `json:"unit"`
	// Value is the ratio of the medians, or the amount.
	Value         float64   `json:"value"`
	AtMost        float64   `json:"at_most"`
	OK            bool      `json:"ok"`
	BelayMedian   float64   `json:"belay_median"`
	AgainstMedian float64   `json:"against_median,omitempty"`
	BelayRuns     []float64 `json:"belay_runs"`
	AgainstRuns   []float64 `json:"against_runs,omitempty"`
}

// judge holds the measurement to the target.
func (f figure) judge(m measurement) outcome {
	o := outcome{
		Name: f.name, Belay: f.belay, Against: f.against, Unit: f.unit, AtMost: f.atMost,
		BelayMedian: median(m.belay), AgainstMedian: median(m.against),
		BelayRuns: m.belay, AgainstRuns: m.against,
	}
	o.Value = o.BelayMedian
	if f.against != "" {
		o.Value = o.BelayMedian / o.AgainstMedian
	}
	o.OK = o.Value <= f.atMost
	return o
}
