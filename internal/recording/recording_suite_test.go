package recording_test

import (
	"testing"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/recording"
	"belay/simulator/payload"
)

func TestRecording(t *testing.T) {
	RegisterFailHandler(Fail)
	RunSpecs(t, "recording")
}

const (
	secret    = payload.Secret("8f742231b10e8888abcd99yyyzzz85a5")
	timestamp = "1531420618"
	// liveHook stands for a response_url that still works.
	liveHook = "https://hooks.slack.com/commands/TDEPLOY0001/1234567890/LiveLiveLiveLiveLiveLive"
)

// now is when the specs replay.
var now = time.Date(2026, 11, 23, 18, 0, 0, 250_000_000, time.UTC)

// commandFields are those of a recorded /deploy.
func commandFields() payload.Object {
	return payload.Command.Fields(payload.Scene{
		Token: "recorded-verification-token", TeamID: "TDEPLOY0001", UserID: "UDEPLOY0001", Command: "/deploy", Text: "prod & staging",
		ResponseURL: liveHook, TriggerID: "1234567890123.1234567890.0123456789abcdef0123456789abcdef",
	})
}

func commandBody() string { return string(payload.Encode(payload.Form, commandFields())) }

// eventBody is a recorded mention.
func eventBody() string {
	fields := payload.Event.Fields(payload.Scene{EventType: "app_mention", TeamID: "TDEPLOY0001", Text: "<@UDEPLOY0001> Grüße", Time: time.Unix(1531420618, 0)})
	return string(payload.Encode(payload.JSON, fields.With("event_id", "EvRECORDED1").With("event_context", "4-recorded")))
}

// read reads the only request of a text.
func read(file, text string) recording.Recording {
	GinkgoHelper()
	set, err := recording.Read(file, []byte(text), recording.Options{})
	Expect(err).NotTo(HaveOccurred())
	Expect(set.Recordings).To(HaveLen(1))
	return set.Recordings[0]
}

// refusal is the error of reading a text.
func refusal(file, text string) error {
	GinkgoHelper()
	_, err := recording.Read(file, []byte(text), recording.Options{})
	Expect(err).To(HaveOccurred())
	return err
}

// replayed is a recording on the specs' terms.
func replayed(r recording.Recording, change ...func(*recording.Terms)) recording.Replay {
	GinkgoHelper()
	terms := recording.Terms{Secret: secret, Now: now}
	for _, c := range change {
		c(&terms)
	}
	again, err := r.Replay(terms)
	Expect(err).NotTo(HaveOccurred())
	return again
}

// header is that of a request.
func header(pairs ...string) []payload.HeaderField {
	var fields []payload.HeaderField
	for i := 0; i < len(pairs); i += 2 {
		fields = append(fields, payload.HeaderField{Name: pairs[i], Value: pairs[i+1]})
	}
	return fields
}
