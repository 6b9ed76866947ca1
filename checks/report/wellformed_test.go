package report_test

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"golang.org/x/net/html"

	"belay/checks"
)

// wellFormed are what a reader of each format refuses.
var wellFormed = map[string]func(text string) error{
	"json":     isJSON,
	"sarif":    isJSON,
	"ndjson":   isLines,
	"junit":    isXML,
	"tap":      func(text string) error { _, err := readTAP(text); return err },
	"html":     isHTML,
	"markdown": isMarkdown,
	"github":   isAnnotations,
}

func isJSON(text string) error {
	if !json.Valid([]byte(text)) {
		return errors.New("it is no JSON")
	}
	return nil
}

func isLines(text string) error {
	for line := range strings.Lines(text) {
		if !json.Valid([]byte(line)) {
			return fmt.Errorf("a line is no JSON: %q", line)
		}
	}
	return nil
}

func isXML(text string) error {
	decoder := xml.NewDecoder(strings.NewReader(text))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// isHTML holds that every element is closed where it has to be: a reader of HTML mends
// whatever is not.
func isHTML(text string) error {
	void := regexp.MustCompile(`^(meta|link|input|br|hr|img)$`)
	var open []string
	tokens := html.NewTokenizer(strings.NewReader(text))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				return fmt.Errorf("%v are not closed", open)
			}
			return nil
		case html.StartTagToken:
			if name, _ := tokens.TagName(); !void.Match(name) {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				return fmt.Errorf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
		case html.CommentToken:
			return errors.New("there is a comment, and belay writes none")
		}
	}
}

// isMarkdown holds that there are no elements but belay's, and that those are closed.
func isMarkdown(text string) error {
	elements := regexp.MustCompile(`</?(details|summary)>|<https?://[^<>\s]*>`)
	plain := withoutCode(text)
	rest := elements.ReplaceAllString(plain, "")
	if at := regexp.MustCompile(`<[a-zA-Z/!?]`).FindStringIndex(rest); at != nil {
		return fmt.Errorf("there is an element: %q", rest[at[0]:min(len(rest), at[0]+40)])
	}
	if strings.Count(plain, "<details>") != strings.Count(plain, "</details>") {
		return errors.New("what is folded away has no end")
	}
	return nil
}

// withoutCode is a Markdown text without its code, which may hold anything but its own
// end, and without what is escaped.
func withoutCode(text string) string {
	var b strings.Builder
	for len(text) > 0 {
		switch {
		case text[0] == '\\' && len(text) > 1:
			text = text[2:]
			continue
		case text[0] == '`':
			if end := strings.IndexByte(text[1:], '`'); end >= 0 {
				text = text[end+2:]
				continue
			}
		}
		b.WriteByte(text[0])
		text = text[1:]
	}
	return b.String()
}

// isAnnotations holds that every command is one of belay's.
func isAnnotations(text string) error {
	command := regexp.MustCompile(`^::(error|warning) (file=[^,:]*,line=-?\d+,col=-?\d+,)?title=[^,:]*::`)
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "::") && !command.MatchString(line) || strings.Contains(line, "##[") && !strings.HasPrefix(line, "::") {
			return fmt.Errorf("%q is a command", line)
		}
	}
	return nil
}

// harmfulRune finds what no report may hold: what a terminal obeys, what turns the
// direction of a text, and what is no text.
func harmfulRune(text string) error {
	if !utf8.ValidString(text) {
		return errors.New("it is no UTF-8")
	}
	for _, r := range text {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf) {
			return fmt.Errorf("there is %U", r)
		}
	}
	return nil
}

// filled is a report in which every text is that one, every list has two members, and
// every pointer leads somewhere.
func filled(text string, statuses ...checks.Status) checks.Report {
	var r checks.Report
	fill(reflect.ValueOf(&r).Elem(), text)
	n := 0
	for i := range r.Sections {
		for k := range r.Sections[i].Results {
			r.Sections[i].Results[k].Status = statuses[n%len(statuses)]
			n++
		}
	}
	return r
}

func fill(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(7e9)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), text)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), text)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i), text)
			}
		}
	}
}

// malformed is how a report is not well-formed in one of the formats, or nil.
func malformed(r checks.Report) error {
	for name, write := range formats {
		var b strings.Builder
		if err := write(&b, r); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := wellFormed[name](b.String()); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := harmfulRune(b.String()); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// nasty are texts that mean something in one of the formats.
var nasty = []string{
	"", "plain", hostile, evil, "</script><script>", "</style>", "<!-- -->", "<![CDATA[x]]>", "]]>", "&amp;&#x1b;", "{{.}}", "${{ x }}",
	"::error::x", ":", "##[error]x", "\n::set-output name=x::y", "%0A::error::", "[[ATTACHMENT|/x]]", "# SKIP x", "\\# TODO", "\\", `\\"`, "  ...\nnot ok 1",
	"Bail out! x", "1..1", "---\n- x\n...", "`", "```\n", "<details>", "</details>", "| x |", "[x](javascript:x)", "@everyone", "\"'><x onload=y>",
	"\ufffe\uffff\U0001fffe", "\xed\xa0\x80", "\x00\x7f\u0085\u2028\u2029\ufeff\u00ad\u200d", strings.Repeat("x", 3000), strings.Repeat("<", 3000), "<A`0", "a\\`<b>",
}

var allStatuses = []checks.Status{checks.Fail, checks.Warn, checks.Inconclusive, checks.Pass, checks.Skip, "other"}

var _ = Describe("every format", func() {
	It("has its judge", func() {
		for name := range formats {
			Expect(wellFormed).To(HaveKey(name))
		}
	})

	It("is well-formed, with any text in any place", func() {
		for _, text := range nasty {
			// A filled report has four results.
			for _, statuses := range [][]checks.Status{allStatuses[:4], allStatuses[2:]} {
				Expect(malformed(filled(text, statuses...))).To(Succeed(), "%.60q", text)
			}
		}
	})
})

func FuzzFormats(f *testing.F) {
	for _, text := range nasty {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if err := malformed(filled(text, allStatuses...)); err != nil {
			t.Fatal(err)
		}
	})
}
