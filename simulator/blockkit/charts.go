package blockkit

// dataVisualization is a chart, two to a message at most:
// https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block. Of the
// counts that Slack has documented the higher ones hold.
var dataVisualization = shape{
	fields: []field{
		required("title", text(1, 50)),
		required("chart", oneOf(charts)),
	},
	rules: []rule{twoCharts},
}

var charts = map[string]shape{
	"pie":  {fields: []field{required("segments", array(1, 12, object(point)))}},
	"bar":  plotted,
	"area": plotted,
	"line": plotted,
}

var plotted = shape{fields: []field{
	required("series", array(1, 12, object(shape{fields: []field{
		required("name", text(1, 20)),
		required("data", array(1, 20, object(point))),
	}}))),
	required("axis_config", object(shape{fields: []field{
		required("categories", array(0, 20, text(0, 20))),
		optional("x_label", text(0, 50)),
		optional("y_label", text(0, 50)),
	}})),
}}

// point is a labelled value: a slice of a pie, or one point of a series.
var point = shape{fields: []field{
	required("label", text(1, 20)),
	required("value", anyNumber),
}}

func twoCharts(in *inspection, _ string, _ map[string]any) {
	in.charts++
	if in.charts == 3 {
		in.report(in.root+"/blocks", "too many data_visualization blocks")
	}
}
