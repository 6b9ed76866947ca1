package webapi_test

import (
	"runtime"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/webapi"
)

// hello is a call that posts a short text, as most apps send it.
var hello = webapi.Incoming{
	Name: "chat.postMessage", Verb: "POST", Authorization: "Bearer " + botToken,
	ContentType: "application/json; charset=utf-8", Body: []byte(`{"channel":"C0BELAY0GEN","text":"Hello, <@UBELAY00000>, it is done"}`),
}

// BenchmarkPostMessage posts a short text as JSON, with all that it costs but HTTP.
func BenchmarkPostMessage(b *testing.B) {
	w := webapi.New(webapi.Options{})
	for range 11_000 {
		w.Answer(hello)
	}
	b.ReportAllocs()
	for b.Loop() {
		if reply := w.Answer(hello); reply.Error != "" {
			b.Fatal(string(reply.Body))
		}
	}
}

// BenchmarkPostMessageHeard posts it to an app that is told of it.
func BenchmarkPostMessageHeard(b *testing.B) {
	w := webapi.New(webapi.Options{Happens: func(webapi.Happening) {}})
	b.ReportAllocs()
	for b.Loop() {
		w.Answer(hello)
	}
}

var _ = Describe("Memory", func() {
	It("does not grow with the messages that were dropped", func() {
		w := webapi.New(webapi.Options{})
		post := func(n int) uint64 {
			for range n {
				w.Answer(hello)
			}
			runtime.GC()
			var stats runtime.MemStats
			runtime.ReadMemStats(&stats)
			return stats.HeapAlloc
		}
		before := post(100_000)
		after := post(100_000)
		runtime.KeepAlive(w)
		Expect(int64(after)-int64(before)).To(BeNumerically("<", 1<<20), "heap after 200,000 posts, over that after 100,000")
		Expect(w.Snapshot().DroppedMessages).To(Equal(195_000))
	})
})
