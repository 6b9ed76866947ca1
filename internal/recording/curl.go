package recording

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"belay/simulator/payload"
)

// readCurl reads the curl commands of a text, as a shell takes them apart. What else
// stands there is left out.
func readCurl(r *reader) error {
	commands, err := (&shell{r: r}).commands()
	if err != nil {
		return err
	}
	for _, words := range commands {
		words = afterPrompt(words)
		if len(words) == 0 || !isCurl(words[0].text) {
			continue
		}
		for _, part := range split(words[1:], "--next", "-:") {
			c := &curl{r: r, at: words[0].at}
			if err := c.read(part); err != nil {
				return err
			}
		}
	}
	return nil
}

// afterPrompt drops a pasted prompt and the variables that are set for the command.
func afterPrompt(words []word) []word {
	for len(words) > 1 {
		name, _, assigned := strings.Cut(words[0].text, "=")
		prompt := !words[0].quoted && strings.Contains("$%>", words[0].text)
		if !prompt && (!assigned || words[0].quoted || strings.ContainsAny(name, "/:-")) {
			break
		}
		words = words[1:]
	}
	return words
}

func isCurl(text string) bool {
	name := text[strings.LastIndexAny(text, `/\`)+1:]
	return name == "curl" || name == "curl.exe"
}

func split(words []word, at ...string) [][]word {
	parts := [][]word{nil}
	for _, w := range words {
		if w.text == at[0] || w.text == at[1] {
			parts = append(parts, nil)
			continue
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], w)
	}
	return parts
}

// A curl is one command under way.
type curl struct {
	r      *reader
	at     int
	url    word
	method string
	header []payload.HeaderField
	// removed are the headers of curl's own that were taken out, in lower case.
	removed []string
	body    []byte
	hasBody bool
	// json is set by --json, get by -G and head by -I.
	json, get, head bool
	lost            []string
}

// An option is one of curl's.
type option struct {
	long, short string
	// takes is set when a value follows.
	takes bool
	// apply is nil for what cannot matter to the request.
	apply func(c *curl, value word) error
}

// curlOptions are those that change the request, and those that are known not to.
func curlOptions() []option {
	header := func(name string) func(*curl, word) error {
		return func(c *curl, w word) error { return c.setHeader(name, w.text) }
	}
	refuse := func(why string) func(*curl, word) error {
		return func(c *curl, w word) error { return c.r.wrong(w.at, "%s", why) }
	}
	all := []option{
		{"url", "", true, (*curl).setURL},
		{"request", "X", true, func(c *curl, w word) error { c.method = strings.ToUpper(w.text); return nil }},
		{"header", "H", true, (*curl).addHeader},
		{"data", "d", true, func(c *curl, w word) error { return c.data(w, true, true) }},
		{"data-ascii", "", true, func(c *curl, w word) error { return c.data(w, true, true) }},
		{"data-raw", "", true, func(c *curl, w word) error { return c.data(w, false, false) }},
		{"data-binary", "", true, func(c *curl, w word) error { return c.data(w, true, false) }},
		{"data-urlencode", "", true, (*curl).urlencode},
		{"json", "", true, (*curl).setJSON},
		{"get", "G", false, func(c *curl, _ word) error { c.get = true; return nil }},
		{"head", "I", false, func(c *curl, _ word) error { c.head = true; return nil }},
		{"user", "u", true, func(c *curl, w word) error {
			return c.setHeader("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(w.text)))
		}},
		{"oauth2-bearer", "", true, func(c *curl, w word) error { return c.setHeader("Authorization", "Bearer "+w.text) }},
		{"user-agent", "A", true, header("User-Agent")},
		{"referer", "e", true, header("Referer")},
		{"cookie", "b", true, header("Cookie")},
		{"compressed", "", false, func(c *curl, _ word) error { return c.setHeader("Accept-Encoding", "deflate, gzip") }},
		{"form", "F", true, refuse("Slack sends no multipart form: want -d or --data-raw")},
		{"form-string", "", true, refuse("Slack sends no multipart form: want -d or --data-raw")},
		{"upload-file", "T", true, refuse("Slack uploads nothing to an app: want -d or --data-raw")},
		{"config", "K", true, refuse("options in a file are not read: write them into the line")},
	}
	return append(all, curlIgnored()...)
}

// curlIgnored are the options about the connection and about curl's own output.
func curlIgnored() []option {
	var all []option
	for _, names := range strings.Fields(`insecure,k silent,s show-error,S verbose,v include,i location,L fail,f fail-with-body globoff,g
		progress-bar,# no-buffer,N remote-name,O remote-header-name,J http1.0,0 http1.1 http2 http2-prior-knowledge http3 ipv4,4 ipv6,6
		tlsv1,1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 no-keepalive tcp-nodelay ssl-no-revoke netrc,n path-as-is create-dirs anyauth basic digest
		trace-time no-progress-meter location-trusted post301 post302 post303 disable,q parallel,Z fail-early styled-output tr-encoding raw`) {
		long, short, _ := strings.Cut(names, ",")
		all = append(all, option{long: long, short: short})
	}
	for _, names := range strings.Fields(`output,o max-time,m connect-timeout write-out,w proxy,x resolve connect-to cacert capath cert,E key
		cert-type key-type pass retry retry-delay retry-max-time interface cookie-jar,c limit-rate dump-header,D trace trace-ascii stderr
		max-redirs proxy-header proxy-user,U noproxy ciphers tls-max dns-servers local-port keepalive-time max-filesize unix-socket
		continue-at,C range,r proto output-dir doh-url expect100-timeout happy-eyeballs-timeout-ms hostpubmd5 curves`) {
		long, short, _ := strings.Cut(names, ",")
		all = append(all, option{long: long, short: short, takes: true})
	}
	return all
}

func (c *curl) read(words []word) error {
	options := curlOptions()
	plain := false
	for len(words) > 0 {
		w := words[0]
		words = words[1:]
		var err error
		switch {
		case plain || len(w.text) < 2 || w.text[0] != '-':
			err = c.setURL(w)
		case w.text == "--":
			plain = true
		case strings.HasPrefix(w.text, "--"):
			words, err = c.long(options, w, words)
		default:
			words, err = c.short(options, w, words)
		}
		if err != nil {
			return err
		}
	}
	return c.finish()
}

// long applies an option such as --header. Those that begin with no- turn off what is
// not turned on.
func (c *curl) long(options []option, w word, rest []word) ([]word, error) {
	name := w.text[2:]
	for _, o := range options {
		if o.long == name || o.long == strings.TrimPrefix(name, "no-") && !o.takes && o.apply == nil {
			return c.apply(o, w, word{}, rest)
		}
	}
	var names []string
	for _, o := range options {
		names = append(names, "--"+o.long)
	}
	return nil, c.r.wrong(w.at, "belay does not know curl's option %.60q%s", w.text, orNearest(w.text, names))
}

// short applies a cluster such as -sSXPOST.
func (c *curl) short(options []option, w word, rest []word) ([]word, error) {
	for n := 1; n < len(w.text); n++ {
		var found *option
		for i := range options {
			if options[i].short == w.text[n:n+1] {
				found = &options[i]
			}
		}
		if found == nil {
			return nil, c.r.wrong(w.at, "belay does not know curl's option %.60q", "-"+string([]rune(w.text[n:])[:1]))
		}
		if found.takes {
			return c.apply(*found, w, word{text: w.text[n+1:], at: w.at, variable: w.variable}, rest)
		}
		if _, err := c.apply(*found, w, word{}, nil); err != nil {
			return nil, err
		}
	}
	return rest, nil
}

// apply takes the value from behind the letter or from the next word.
func (c *curl) apply(o option, w, value word, rest []word) ([]word, error) {
	if o.takes && value.text == "" {
		if len(rest) == 0 {
			return nil, c.r.wrong(w.at, "curl's option %.60q lacks its value", w.text)
		}
		value, rest = rest[0], rest[1:]
	}
	if !o.takes {
		value.at = w.at
	}
	if o.apply == nil {
		return rest, nil
	}
	return rest, o.apply(c, value)
}

func (c *curl) setURL(w word) error {
	if c.url.text != "" {
		return c.r.wrong(w.at, "%.60q stands where a second URL would: is a quotation mark missing?", w.text)
	}
	if w.variable {
		return c.r.wrong(w.at, "the URL holds a variable of the shell's: write its value")
	}
	c.url = w
	return nil
}

func (c *curl) setHeader(name, value string) error {
	c.dropHeader(name)
	c.header = append(c.header, payload.HeaderField{Name: name, Value: value})
	return nil
}

func (c *curl) dropHeader(name string) {
	kept := c.header[:0]
	for _, h := range c.header {
		if !strings.EqualFold(h.Name, name) {
			kept = append(kept, h)
		}
	}
	c.header = kept
}

// addHeader takes "Name: value", "Name;" for an empty value and "Name:" to leave one
// of curl's own out. The text is not repeated in an error: it may be a secret.
func (c *curl) addHeader(w word) error {
	if strings.HasPrefix(w.text, "@") {
		return c.r.wrong(w.at, "headers in a file are not read: write them into the line")
	}
	if name, empty := strings.CutSuffix(w.text, ";"); empty && !strings.Contains(name, ":") {
		c.header = append(c.header, payload.HeaderField{Name: strings.TrimSpace(name)})
		return nil
	}
	name, value, ok := strings.Cut(w.text, ":")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok || name == "" || strings.ContainsAny(name, " \t\r\n") || strings.ContainsAny(value, "\r\n\x00") {
		return c.r.wrong(w.at, "this is no header: want -H 'Name: value'")
	}
	if value == "" {
		c.removed = append(c.removed, strings.ToLower(name))
		return nil
	}
	c.header = append(c.header, payload.HeaderField{Name: name, Value: value})
	return nil
}

// data appends to the body, with & between the parts.
func (c *curl) data(w word, mayBeFile, strip bool) error {
	content := []byte(w.text)
	if name, isFile := strings.CutPrefix(w.text, "@"); isFile && mayBeFile {
		var err error
		if content, err = c.file(w, name); err != nil {
			return err
		}
		if strip {
			content = bytes.Map(func(r rune) rune {
				if r == '\r' || r == '\n' || r == 0 {
					return -1
				}
				return r
			}, content)
		}
	}
	c.noteVariable(w)
	c.append("&", content)
	return nil
}

func (c *curl) append(between string, content []byte) {
	if c.hasBody && between != "" {
		c.body = append(c.body, between...)
	}
	c.body, c.hasBody = append(c.body, content...), true
}

func (c *curl) noteVariable(w word) {
	if w.variable {
		c.lost = append(c.lost, "a variable of the shell's stands in the body: it was left as it is")
	}
}

// file reads what a line names, if that is allowed.
func (c *curl) file(w word, name string) ([]byte, error) {
	if c.r.open == nil || name == "-" {
		return nil, c.r.wrong(w.at, "the body is in %.60q, which is not read: write it into the line", name)
	}
	file, err := c.r.open(name)
	if err != nil {
		return nil, c.r.wrong(w.at, "read the body: %w", err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxBody+1))
	if err != nil {
		return nil, c.r.wrong(w.at, "read the body: %w", err)
	}
	if len(content) > maxBody {
		return nil, c.r.wrong(w.at, "the body in %.60q is larger than %d MiB", name, maxBody>>20)
	}
	return content, nil
}

// urlencode takes content, =content, name=content, @file and name@file.
func (c *curl) urlencode(w word) error {
	at := strings.IndexAny(w.text, "=@")
	name, content := "", []byte(w.text)
	if at >= 0 {
		name, content = w.text[:at], []byte(w.text[at+1:])
		if w.text[at] == '@' {
			var err error
			if content, err = c.file(w, string(content)); err != nil {
				return err
			}
		}
	}
	c.noteVariable(w)
	escaped := strings.ReplaceAll(url.QueryEscape(string(content)), "%7E", "~")
	if name != "" {
		escaped = name + "=" + escaped
	}
	c.append("&", []byte(escaped))
	return nil
}

func (c *curl) setJSON(w word) error {
	content := []byte(w.text)
	if name, isFile := strings.CutPrefix(w.text, "@"); isFile {
		var err error
		if content, err = c.file(w, name); err != nil {
			return err
		}
	}
	c.noteVariable(w)
	c.json = true
	c.append("", content)
	return nil
}

// finish adds what curl adds, and keeps the request.
func (c *curl) finish() error {
	if c.url.text == "" {
		return c.r.wrong(c.at, "this curl line has no URL")
	}
	where := c.url.text
	if !strings.Contains(where, "://") {
		where = "http://" + where
	}
	method := "GET"
	switch {
	case c.get && c.hasBody:
		mark := "?"
		if strings.Contains(where, "?") {
			mark = "&"
		}
		where, c.body, c.hasBody = where+mark+string(c.body), nil, false
	case c.head:
		method = "HEAD"
	case c.hasBody:
		method = "POST"
	}
	if c.method != "" {
		method = c.method
	}
	c.complete()
	return c.r.add(Recording{
		Method: method, URL: where, Header: c.header, Body: c.body, Source: c.r.lineAt(c.at), Lost: c.lost,
	})
}

// complete adds the headers that curl sends of its own accord.
func (c *curl) complete() {
	accept, content := "*/*", "application/x-www-form-urlencoded"
	if c.json {
		accept, content = "application/json", "application/json"
	}
	own := []payload.HeaderField{{Name: "User-Agent", Value: "curl"}, {Name: "Accept", Value: accept}}
	if c.hasBody {
		own = append(own, payload.HeaderField{Name: "Content-Type", Value: content})
	}
	given := Recording{Header: c.header}
	for _, h := range own {
		if !given.hasHeader(h.Name) && !slices.Contains(c.removed, strings.ToLower(h.Name)) {
			c.header = append(c.header, h)
		}
	}
}

// orNearest is a hint at the option that is most alike, or "".
func orNearest(name string, names []string) string {
	best, like := len(name)/4+1, ""
	for _, n := range names {
		common := 0
		for common < len(n) && common < len(name) && n[common] == name[common] {
			common++
		}
		if distance := max(len(n), len(name)) - common; distance < best {
			best, like = distance, n
		}
	}
	if like == "" {
		return ""
	}
	return fmt.Sprintf(": did you mean %s?", like)
}
