package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"text/tabwriter"
)

// A record is the JSON file: the figures, and on what they were measured.
type record struct {
	Go      string    `json:"go"`
	System  string    `json:"system"`
	CPUs    int       `json:"cpus"`
	Pairs   int       `json:"pairs"`
	Figures []outcome `json:"figures"`
}

// report writes the table, and the file where one is wanted.
func report(stdout io.Writer, o options, all []outcome) error {
	if err := table(stdout, all); err != nil {
		return err
	}
	if err := save(o, all); err != nil {
		return err
	}
	missed := slices.ContainsFunc(all, func(f outcome) bool { return !f.OK })
	if o.gate && missed {
		return errMissed
	}
	return nil
}

// table prints one line for each figure.
func table(w io.Writer, all []outcome) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "FIGURE\tVALUE\tTARGET\t\tBELAY\tAGAINST\tWHAT")
	for _, o := range all {
		value, sign, what := o.Value, "×", o.Belay+" / "+o.Against
		against := fmt.Sprintf("%.1f %s", o.AgainstMedian, o.Unit)
		if o.Against == "" {
			sign, what, against = " "+o.Unit, o.Belay, "–"
		}
		verdict := "ok"
		if !o.OK {
			verdict = "MISSED"
		}
		fmt.Fprintf(t, "%s\t%.2f%s\t≤ %g%s\t%s\t%.1f %s\t%s\t%s\n",
			o.Name, value, sign, o.AtMost, sign, verdict, o.BelayMedian, o.Unit, against, what)
	}
	return t.Flush()
}

// save writes the file of -json.
func save(o options, all []outcome) error {
	if o.json == "" {
		return nil
	}
	text, err := json.MarshalIndent(record{
		Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH,
		CPUs: runtime.NumCPU(), Pairs: o.pairs, Figures: all,
	}, "", "  ")
	if err != nil {
		return fmt.Errorf("write the figures as JSON: %w", err)
	}
	if err := os.WriteFile(o.json, append(text, '\n'), 0o644); err != nil {
		return fmt.Errorf("write the figures: %w", err)
	}
	return nil
}
