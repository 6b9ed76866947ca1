package tui_test

import (
	"fmt"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"belay/checks"
	"belay/tui"
)

// large is a report of that many results, a hundred to a family, all open.
func large(results int) checks.Report {
	s := checks.Section{Name: "https://bot.example.com/slack/commands"}
	for n := range results {
		s.Results = append(s.Results, checks.Result{
			Check: fmt.Sprintf("family%d.check%d", n/100, n), Title: "the app answers", Saw: "200 ok",
			Status: []checks.Status{checks.Pass, checks.Fail}[n%2], Took: checks.Millis(n) * 1e3,
		})
	}
	return checks.Report{Sections: []checks.Section{s}}
}

// BenchmarkKey is what one key press costs, with its frame, at 10,000 rows.
func BenchmarkKey(b *testing.B) {
	for _, key := range []string{"down", "n", " ", "tab"} {
		b.Run(key, func(b *testing.B) {
			var m tea.Model = at(120, 40, tui.Options{Report: large(10_000), Color: true}, "g")
			msg := keyMsg(key)
			b.ReportAllocs()
			for b.Loop() {
				m, _ = m.Update(msg)
				_ = m.View()
			}
		})
	}
	b.Run("filter", func(b *testing.B) {
		var m tea.Model = at(120, 40, tui.Options{Report: large(10_000), Color: true}, "/")
		for n := 0; b.Loop(); n++ {
			m, _ = m.Update(keyMsg([]string{"9", "backspace"}[n%2]))
			_ = m.View()
		}
	})
}

// BenchmarkAppend is what one result more costs, with its frame, after 10,000.
func BenchmarkAppend(b *testing.B) {
	all := large(10_000 + b.N).Sections[0]
	m := updated(asked(120, 40), tui.News(asked(120, 40), "", all.Name))
	m = updated(m, tui.News(m, "asking", all.Name, all.Results[:10_000]...))
	b.ReportAllocs()
	b.ResetTimer()
	for n := range b.N {
		m = updated(m, tui.News(m, "asking", all.Name, all.Results[10_000+n]))
		_ = m.View()
	}
}
