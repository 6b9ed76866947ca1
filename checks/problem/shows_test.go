package problem_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks/problem"
)

var _ = DescribeTable("What Slack shows for an answer",
	func(id string, status int, late bool, user string, confidence problem.Confidence) {
		p, ok := problem.Find(id)
		Expect(ok).To(BeTrue())
		shows := p.ShowsFor(status, late)
		Expect(shows.User).To(Equal(user))
		Expect(shows.Confidence).To(Equal(confidence))
	},
	Entry("a tunnel that answers 404", "http.tunnel-offline", 404, false, "http_client_error", problem.Confirmed),
	Entry("a tunnel that answers 502", "http.tunnel-offline", 502, false, "http_service_error", problem.Probable),
	Entry("no handler, said at once", "ack.no-handler", 404, false, "http_client_error", problem.Confirmed),
	Entry("no handler, said after the deadline", "ack.no-handler", 404, true, "operation_timeout", problem.Confirmed),
	Entry("a refusal keeps its own confidence", "signature.rejects-valid", 401, false, "http_client_error", problem.Probable),
	Entry("a certificate's code does not hang on a status", "cert.self-signed", 500, true, "ssl_cacert", problem.Confirmed),
)
