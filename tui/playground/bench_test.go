package playground_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"belay/simulator"
	"belay/simulator/webapi"
	"belay/tui/playground"
)

// BenchmarkKey is a key press with its frame, with so many messages and rows.
func BenchmarkKey(b *testing.B) {
	for _, n := range []int{100, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			slack, err := simulator.Start(simulator.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer slack.Close()
			u, err := slack.User("", "")
			if err != nil {
				b.Fatal(err)
			}
			entries := make([]simulator.Entry, n)
			for i := range entries {
				entries[i] = simulator.Entry{ID: uint64(i + 1), Call: &simulator.Call{At: time.Now(), API: "chat.postMessage", Status: 200, Took: time.Millisecond}}
				if _, err := u.Say(webapi.GeneralChannel, "hello", ""); err != nil {
					b.Fatal(err)
				}
			}
			var m tea.Model = playground.New(context.Background(), playground.Options{Slack: slack})
			m, _ = m.Update(tea.WindowSizeMsg{Width: 120, Height: 40})
			m, _ = m.Update(m.(playground.Model).Loaded())
			m, _ = m.Update(playground.Entries(entries...))
			m, _ = m.Update(m.(playground.Model).Loaded())
			up, down := tea.KeyMsg{Type: tea.KeyUp}, tea.KeyMsg{Type: tea.KeyDown}
			for n := 0; b.Loop(); n++ {
				m, _ = m.Update([]tea.KeyMsg{up, up, down}[n%3])
				_ = m.View()
			}
		})
	}
}
