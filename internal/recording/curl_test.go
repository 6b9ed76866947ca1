package recording_test

import (
	"io"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/recording"
)

var _ = Describe("a curl line", func() {
	It("is read as the request that curl sends", func() {
		r := read("line.sh", `curl -X POST https://bot.example.com/slack/commands -H 'X-Slack-Request-Timestamp: 1531420618' -d 'command=%2Fdeploy&text=prod'`)
		Expect(r.Method).To(Equal("POST"))
		Expect(r.URL).To(Equal("https://bot.example.com/slack/commands"))
		Expect(string(r.Body)).To(Equal("command=%2Fdeploy&text=prod"))
		Expect(r.Source).To(Equal("line.sh:1"))
		Expect(r.Header).To(Equal(header(
			"X-Slack-Request-Timestamp", "1531420618", "User-Agent", "curl", "Accept", "*/*",
			"Content-Type", "application/x-www-form-urlencoded")))
	})

	It("is read as Chrome copies it", func() {
		r := read("line.sh", "curl 'https://abc.ngrok.app/slack/events' \\\n"+
			"  -H 'accept: */*' \\\n  -H 'content-type: application/json' \\\n  -b 'session=1' \\\n"+
			"  --data-raw $'{\"type\":\"event_callback\",\"event\":{\"type\":\"message\",\"text\":\"don\\'t \\u0021 \\\\n\"}}' \\\n  --compressed --insecure ;")
		Expect(string(r.Body)).To(Equal(`{"type":"event_callback","event":{"type":"message","text":"don't ! \n"}}`))
		Expect(r.Header).To(ContainElements(header("content-type", "application/json", "Cookie", "session=1")))
	})

	It("is read as Firefox copies it, with a character beyond the first plane", func() {
		r := read("line.sh", `curl --globoff 'http://localhost:3000/slack/events' -X POST -H 'User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)' --data-raw $'{"type":"event_callback","event":{"text":"\ud83d\ude80 \xc3\xa9"}}'`)
		Expect(string(r.Body)).To(Equal(`{"type":"event_callback","event":{"text":"🚀 é"}}`))
		Expect(r.Header).To(ContainElements(header("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")))
	})

	DescribeTable("takes quotation marks apart as a shell does",
		func(quoted, body string) {
			Expect(string(read("line.sh", "curl localhost -d "+quoted).Body)).To(Equal(body))
		},
		Entry("none", `command=/a\ b\&c`, "command=/a b&c"),
		Entry("single", `'command=/a&text="\n $HOME'`, `command=/a&text="\n $HOME`),
		Entry("double", `"command=/a&text=\"\$HOME\\ \n"`, `command=/a&text="$HOME\ \n`),
		Entry("joined", `'command='"/a"\&text=b`, `command=/a&text=b`),
		Entry("a line joined in them", "\"command=/a&te\\\nxt=b\"", `command=/a&text=b`),
		Entry("a line joined, as Windows writes it", "\\\r\n 'command=/a'\r\n", `command=/a`),
		Entry("of bash, with digits", `$'command=\x2fa\046text=\u00fc\t\''`, "command=/a&text=ü\t'"),
		Entry("with a comment and a redirect behind", "'command=/a' 2>/dev/null # don't", `command=/a`),
	)

	DescribeTable("knows curl's ways to give a body",
		func(options, body, content string) {
			set, err := recording.Read("line.sh", []byte("curl http://localhost:3000 "+options), recording.Options{
				Open: func(name string) (io.ReadCloser, error) {
					Expect(name).To(Equal("body.txt"))
					return io.NopCloser(strings.NewReader("command=/a&text=b\n")), nil
				},
			})
			Expect(err).NotTo(HaveOccurred())
			Expect(set.Recordings).To(HaveLen(1))
			r := set.Recordings[0]
			Expect(string(r.Body)).To(Equal(body))
			Expect(r.Header).To(ContainElements(header("Content-Type", content)))
		},
		Entry("several parts", "-d command=/a --data text=b", "command=/a&text=b", "application/x-www-form-urlencoded"),
		Entry("behind the letter", "-sSd command=/a", "command=/a", "application/x-www-form-urlencoded"),
		Entry("encoded", `--data-urlencode 'command=/a b~c' --data-urlencode '=text=c'`, "command=%2Fa+b~c&text%3Dc", "application/x-www-form-urlencoded"),
		Entry("that begins with an at sign", `--data-raw 'command=/a&text=@b'`, "command=/a&text=@b", "application/x-www-form-urlencoded"),
		Entry("JSON", `--json '{"type":"url_verification"}'`, `{"type":"url_verification"}`, "application/json"),
		Entry("in a file", "-d @body.txt", "command=/a&text=b", "application/x-www-form-urlencoded"),
		Entry("in a file, as it is", "--data-binary @body.txt", "command=/a&text=b\n", "application/x-www-form-urlencoded"),
	)

	It("may be one of several, behind a prompt and among other commands", func() {
		set, err := recording.Read("lines.sh", []byte(`# don't run this twice
export URL=http://localhost:3000
$ curl http://localhost:3000/a -d command=/a
> sleep 1; curl http://localhost:3000/b -d command=/b --next http://localhost:3000/c -d command=/c
`), recording.Options{})
		Expect(err).NotTo(HaveOccurred())
		var urls, sources []string
		for _, r := range set.Recordings {
			urls, sources = append(urls, r.URL), append(sources, r.Source)
		}
		Expect(urls).To(Equal([]string{"http://localhost:3000/a", "http://localhost:3000/b", "http://localhost:3000/c"}))
		Expect(sources).To(Equal([]string{"lines.sh:3", "lines.sh:4", "lines.sh:4"}))
	})

	It("is a GET where the data is the query", func() {
		r := read("line.sh", `curl -G 'http://localhost:3000/oauth?a=b' -d code=c -d state=d`)
		Expect(r.Method).To(Equal("GET"))
		Expect(r.URL).To(Equal("http://localhost:3000/oauth?a=b&code=c&state=d"))
	})

	It("says that a variable of the shell's is not known, where it matters", func() {
		r := read("line.sh", `curl localhost -H "X-Slack-Signature: $SIGNATURE" -d command=/a`)
		Expect(r.Lost).To(BeEmpty())
		r = read("line.sh", `curl localhost -d "command=/a&text=$TEXT"`)
		Expect(r.Lost).To(ConsistOf(ContainSubstring("variable")))
	})

	DescribeTable("says where it cannot be read",
		func(line, message string) {
			Expect(refusal("line.sh", line)).To(MatchError(message))
		},
		Entry(nil, "curl x -d 'command=/a", "line.sh:1:11: the quotation mark ' is not closed"),
		Entry(nil, "curl x \\\n -d \"command=/a", `line.sh:2:5: the quotation mark " is not closed`),
		Entry(nil, "curl x -d $'a", "line.sh:1:11: the quotation mark $' is not closed"),
		Entry(nil, "curl x -d", `line.sh:1:8: curl's option "-d" lacks its value`),
		Entry(nil, "curl x --data-rwa a", `line.sh:1:8: belay does not know curl's option "--data-rwa": did you mean --data-raw?`),
		Entry(nil, "curl x -y", `line.sh:1:8: belay does not know curl's option "-y"`),
		Entry(nil, "curl x -F a=b", "line.sh:1:11: Slack sends no multipart form: want -d or --data-raw"),
		Entry(nil, "curl x y", `line.sh:1:8: "y" stands where a second URL would: is a quotation mark missing?`),
		Entry(nil, "curl -d a", "line.sh:1:1: this curl line has no URL"),
		Entry(nil, "curl $URL -d a", "line.sh:1:6: the URL holds a variable of the shell's: write its value"),
		Entry(nil, "curl x -d $(cat body)", "line.sh:1:11: $(…) needs a shell: write what it gives"),
		Entry(nil, "curl x -d \"`date`\"", "line.sh:1:12: `…` needs a shell: write what it gives"),
		Entry(nil, "curl x -H nonsense", "line.sh:1:11: this is no header: want -H 'Name: value'"),
		Entry(nil, `curl ^"http://x^" ^`, "line.sh:1:6: this line is quoted for cmd of Windows: copy it as cURL (bash)"),
		Entry(nil, "curl x -d @body", `line.sh:1:11: the body is in "body", which is not read: write it into the line`),
		Entry(nil, "curl x", "line.sh:1: this is no request of Slack's: the only GET that Slack causes is the redirect of an install, with code and state"),
	)
})
