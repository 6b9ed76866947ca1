package simulator_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"belay/simulator"
)

// BenchmarkAPI is the rate of calls over one connection.
func BenchmarkAPI(b *testing.B) {
	for _, call := range []struct{ name, method, body string }{
		{"auth.test", "auth.test", ""},
		{"chat.postMessage", "chat.postMessage", `{"channel":"C0BELAY0GEN","text":"Deployed 4f2a1 to production"}`},
	} {
		b.Run(call.name, func(b *testing.B) {
			s, err := simulator.Start(simulator.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			b.ReportAllocs()
			for b.Loop() {
				ring(b, s.API()+call.method, call.body)
			}
		})
	}
	b.Run("bare", func(b *testing.B) {
		s, err := simulator.Start(simulator.Options{})
		if err != nil {
			b.Fatal(err)
		}
		defer s.Close()
		b.ReportAllocs()
		for b.Loop() {
			ring(b, s.URL()+"/nothing", "")
		}
	})
}

func ring(b *testing.B, url, body string) {
	r, _ := http.NewRequest("POST", url, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("Authorization", "Bearer xoxb-belay")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, answer.Body)
	_ = answer.Body.Close()
}
