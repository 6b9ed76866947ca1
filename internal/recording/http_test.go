package recording_test

import (
	"strconv"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/recording"
)

// request is a raw one with LF at the ends of its lines.
func request(path, body string, header ...string) string {
	lines := append([]string{"POST " + path + " HTTP/1.1", "Host: bot.example.com"}, header...)
	return strings.Join(lines, "\n") + "\n\n" + body
}

func length(body string) string { return "Content-Length: " + strconv.Itoa(len(body)) }

var _ = Describe("a raw HTTP request", func() {
	DescribeTable("is read",
		func(text string) {
			r := read("request.txt", text)
			Expect(r.Method).To(Equal("POST"))
			Expect(r.URL).To(Equal("https://bot.example.com/slack/commands"))
			Expect(string(r.Body)).To(Equal("command=%2Fdeploy"))
			Expect(r.Header).To(ContainElements(header("Host", "bot.example.com")))
			Expect(r.Source).To(Equal("request.txt:1"))
			Expect(r.Lost).To(BeEmpty())
		},
		Entry("with LF", request("/slack/commands", "command=%2Fdeploy", "Content-Length: 17")),
		Entry("with CRLF", strings.ReplaceAll(request("/slack/commands", "command=%2Fdeploy", "Content-Length: 17"), "\n", "\r\n")),
		Entry("without a length, and with a line break at its end", request("/slack/commands", "command=%2Fdeploy\n")),
		Entry("in chunks", request("/slack/commands", "a\r\ncommand=%2\r\n7;x=y\r\nFdeploy\r\n0\r\n\r\n", "Transfer-Encoding: chunked")),
		Entry("as tcpflow prints it", "192.168.001.002.40001-010.000.000.001.00080: "+request("/slack/commands", "command=%2Fdeploy", "Content-Length: 17")),
		Entry("as a browser shows it, of HTTP/2", strings.Replace(request("/slack/commands", "command=%2Fdeploy"), "HTTP/1.1", "HTTP/2", 1)),
	)

	It("went over http to this machine, and where a proxy says so", func() {
		Expect(read("request.txt", strings.Replace(request("/a", "command=/a"), "bot.example.com", "localhost:3000", 1)).URL).To(Equal("http://localhost:3000/a"))
		Expect(read("request.txt", request("/a", "command=/a", "X-Forwarded-Proto: http")).URL).To(Equal("http://bot.example.com/a"))
	})

	It("may be one of several, with answers between them", func() {
		first, second := "command=%2Fa", `{"type":"url_verification","challenge":"POST /x HTTP/1.1"}`
		text := request("/a", first, length(first)) + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok\n" +
			request("/b", second, length(second)) + request("/c", first)
		set, err := recording.Read("flow.txt", []byte(text), recording.Options{})
		Expect(err).NotTo(HaveOccurred())
		var bodies, sources []string
		for _, r := range set.Recordings {
			bodies, sources = append(bodies, string(r.Body)), append(sources, r.Source)
		}
		Expect(bodies).To(Equal([]string{first, second, first}))
		Expect(sources).To(Equal([]string{"flow.txt:1", "flow.txt:9", "flow.txt:13"}))
	})

	It("says that a body is cut, or was changed", func() {
		Expect(read("request.txt", request("/a", "command=/a", "Content-Length: 129")).Lost).To(ConsistOf("the body is cut: Content-Length says 129 bytes, and 10 are there"))
		r := read("request.txt", request("/a", "command=/a&text=b", "Content-Length: 10"))
		Expect(string(r.Body)).To(Equal("command=/a&text=b"))
		Expect(r.Lost).To(ConsistOf("the body was changed: Content-Length says 10 bytes, and 17 are there"))
	})

	DescribeTable("says where it cannot be read",
		func(text, message string) { Expect(refusal("request.txt", text)).To(MatchError(message)) },
		Entry(nil, request("/a", "command=/a", "nonsense"), "request.txt:3:1: this is no header: want Name: value, and an empty line before the body"),
		Entry(nil, request("/a", "command=/a", "Content-Length: x"), `request.txt:1:1: the Content-Length "x" is no number of bytes`),
		Entry(nil, request("/a", "zz\r\n", "Transfer-Encoding: chunked"), "request.txt:5:1: want the size of a chunk in hexadecimal digits"),
		Entry(nil, request("*", "command=/a"), `request.txt:1:1: want a path that starts with / in the request line, not "*"`),
		Entry(nil, request("/a", "hello"), "request.txt:1: this is no request of Slack's: it is a form without command, payload or ssl_check"),
	)
})
