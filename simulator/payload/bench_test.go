package payload_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"net/url"
	"testing"

	"belay/simulator/payload"
)

// deploy is a command whose body is about 400 bytes long.
var deploy = payload.Scene{
	Token: "xyzz0WbapA4vBCDEFasx0q6G", TeamID: "T1DC2JH3J", UserID: "U2CERLKJA", Command: "/deploy", Text: "prod now",
}

func deployment(tb testing.TB) payload.Delivery {
	u, err := url.Parse("https://bot.example.com/slack/commands")
	if err != nil {
		tb.Fatal(err)
	}
	return payload.Delivery{Kind: payload.Command, URL: u, Secret: documentedSecret, Time: at(1531420618)}
}

// BenchmarkCommand builds and signs one slash command. Its time is at most three
// times that of BenchmarkHMAC.
func BenchmarkCommand(b *testing.B) {
	d := deployment(b)
	b.ReportAllocs()
	for b.Loop() {
		d.Fields = payload.Command.Fields(deploy)
		d.Request()
	}
}

// BenchmarkHMAC is the signature of the same body by crypto/hmac alone.
func BenchmarkHMAC(b *testing.B) {
	d := deployment(b)
	d.Fields = payload.Command.Fields(deploy)
	base := payload.BaseString("1531420618", d.Request().Body)
	b.ReportAllocs()
	for b.Loop() {
		mac := hmac.New(sha256.New, []byte(documentedSecret))
		mac.Write(base)
		mac.Sum(nil)
	}
}

// BenchmarkEvent builds and signs a message event.
func BenchmarkEvent(b *testing.B) {
	d := deployment(b)
	d.Kind = payload.Event
	b.ReportAllocs()
	for b.Loop() {
		d.Fields = payload.Event.Fields(payload.Scene{EventType: "message.channels", Text: "hello"})
		d.Request()
	}
}

// TestCommandAllocations holds how little a command under load may allocate.
func TestCommandAllocations(t *testing.T) {
	d := deployment(t)
	got := testing.AllocsPerRun(100, func() {
		d.Fields = payload.Command.Fields(deploy)
		d.Request()
	})
	if got >= 10 {
		t.Errorf("a slash command takes %.0f allocations, want fewer than 10", got)
	}
}
