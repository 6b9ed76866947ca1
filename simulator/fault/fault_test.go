package fault_test

import (
	"strings"
	"testing"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/fault"
)

var _ = Describe("a fault", func() {
	DescribeTable("is read as it is written",
		func(text string) {
			f, err := fault.Parse(text)
			Expect(err).NotTo(HaveOccurred())
			Expect(f.String()).To(Equal(text))
		},
		Entry("alone", "dropped"),
		Entry("with a value", "latency=200ms"),
		Entry("with conditions", "ratelimited=30s,method=chat.*|views.open,probability=0.3,count=5,after=2"),
	)

	It("has the value that stands for none", func() {
		for _, s := range fault.Sorts() {
			f, err := fault.New(s.Name, "")
			Expect(err).NotTo(HaveOccurred(), s.Name)
			Expect(f.Value).To(Equal(s.Default))
			Expect(f.Probability).To(Equal(1.0))
			Expect(s.Title).NotTo(BeEmpty())
		}
	})

	DescribeTable("is refused, with what there is",
		func(text string, words ...string) {
			_, err := fault.Parse(text)
			for _, w := range words {
				Expect(err).To(MatchError(ContainSubstring(w)))
			}
		},
		Entry("of an unknown sort", "lateness", "lateness", "latency"),
		Entry("with an unknown condition", "latency=1s,methods=x", "methods", "method"),
		Entry("with a probability over 1", "dropped,probability=1.5", "from 0 to 1"),
		Entry("with a negative probability", "dropped,probability=-1", "from 0 to 1"),
		Entry("with a probability that is no number", "dropped,probability=NaN", "from 0 to 1"),
		Entry("with a negative count", "dropped,count=-1", "whole number"),
		Entry("with a value that it does not take", "dropped=1s", "takes no value"),
		Entry("with another status", "server_error=200", "400 to 599"),
		Entry("with a word that is no error", "slack_error=Not Found", "error of Slack's"),
		Entry("of a sort that is nearly one", "latancy=1s", "did you mean latency"),
		Entry("with a condition that is nearly one", "latency=1s,probabilty=1", "did you mean probability"),
		Entry("with a part of a second that no Retry-After can say", "ratelimited=1500ms", "whole seconds"),
		Entry("elsewhere than where it happens", "no_hello,method=chat.*", "only happens to method=socket"),
		Entry("with no method", "dropped,method=", "names of methods"),
	)

	It("concerns methods and families", func() {
		f, _ := fault.Parse("dropped,method=chat.*|views.open|hooks")
		for method, concerned := range map[string]bool{"chat.postMessage": true, "views.open": true, "views.push": false, "hooks": true, "chats": false} {
			Expect(f.Concerns(method)).To(Equal(concerned), method)
		}
	})
})

func FuzzParse(f *testing.F) {
	f.Add("ratelimited=30s,method=chat.*,probability=0.3,count=5")
	f.Fuzz(func(t *testing.T, text string) {
		one, err := fault.Parse(text)
		if err != nil {
			return
		}
		again, err := fault.Parse(one.String())
		if err != nil || again.String() != one.String() {
			t.Errorf("%q is %q, and read again %q, %v", text, one.String(), again.String(), err)
		}
		if strings.Contains(text, "\x00") && one.Value == "" && one.Methods == nil {
			t.Errorf("%q was taken", text)
		}
	})
}
