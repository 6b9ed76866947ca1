package checks

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"belay/simulator/payload"
)

// maxSignBody is how much of a body is searched for signs.
const maxSignBody = 64 << 10

// maxSignEvidence is how many bytes the evidence of a sign has at most.
const maxSignEvidence = 120

// A clue looks for one thing in an answer and says what it found, or "".
type clue = func(a payload.Answer, deadline time.Duration) string

// every needs all of the clues. The last one, which should be the most telling, is
// the evidence.
func every(clues ...clue) clue {
	return func(a payload.Answer, deadline time.Duration) string {
		evidence := ""
		for _, c := range clues {
			if evidence = c(a, deadline); evidence == "" {
				return ""
			}
		}
		return evidence
	}
}

// either needs one of the clues.
func either(clues ...clue) clue {
	return func(a payload.Answer, deadline time.Duration) string {
		for _, c := range clues {
			if evidence := c(a, deadline); evidence != "" {
				return evidence
			}
		}
		return ""
	}
}

// lacking needs the headers to be absent.
func lacking(headers ...string) clue {
	return func(a payload.Answer, _ time.Duration) string {
		for _, name := range headers {
			if len(a.Header.Values(name)) > 0 {
				return ""
			}
		}
		return "no header " + strings.Join(headers, ", ")
	}
}

// onStatus needs one of the statuses.
func onStatus(codes ...int) clue {
	return func(a payload.Answer, _ time.Duration) string {
		if !slices.Contains(codes, a.Status) {
			return ""
		}
		return fmt.Sprint("status ", a.Status)
	}
}

// fromStatus needs that status or a higher one.
func fromStatus(least int) clue {
	return func(a payload.Answer, _ time.Duration) string {
		if a.Status < least {
			return ""
		}
		return fmt.Sprint("status ", a.Status)
	}
}

// onHeader needs the header, whatever it says.
func onHeader(name string) clue {
	return onHeaderLike(name, func(string) bool { return true })
}

// onHeaderValue needs a header that says exactly one of the values, in any case.
func onHeaderValue(name string, values ...string) clue {
	return onHeaderLike(name, func(got string) bool {
		return slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(got, v) })
	})
}

// onHeaderStart needs a header that begins with one of the prefixes, in any case.
func onHeaderStart(name string, prefixes ...string) clue {
	return onHeaderLike(name, func(got string) bool {
		return slices.ContainsFunc(prefixes, func(p string) bool {
			return len(got) >= len(p) && strings.EqualFold(got[:len(p)], p)
		})
	})
}

// onHeaderPart needs a header that contains one of the parts, in any case.
func onHeaderPart(name string, parts ...string) clue {
	return onHeaderLike(name, func(got string) bool {
		got = strings.ToLower(got)
		return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(got, strings.ToLower(p)) })
	})
}

func onHeaderLike(name string, like func(value string) bool) clue {
	return func(a payload.Answer, _ time.Duration) string {
		for _, value := range a.Header.Values(name) {
			if value = strings.TrimSpace(value); value != "" && like(value) {
				return signEvidence("header " + strings.ToLower(name) + ": " + value)
			}
		}
		return ""
	}
}

// onCookie needs a cookie whose name begins so. Its value is not told: it may be a
// session.
func onCookie(prefix string) clue {
	return func(a payload.Answer, _ time.Duration) string {
		for _, cookie := range a.Header.Values("Set-Cookie") {
			name, _, ok := strings.Cut(cookie, "=")
			if name = strings.TrimSpace(name); ok && strings.HasPrefix(name, prefix) {
				return signEvidence("cookie " + name)
			}
		}
		return ""
	}
}

// onCertificate needs a certificate of that common name.
func onCertificate(name string) clue {
	return func(a payload.Answer, _ time.Duration) string {
		if a.TLS == nil || len(a.TLS.PeerCertificates) == 0 || a.TLS.PeerCertificates[0].Subject.CommonName != name {
			return ""
		}
		return signEvidence("certificate " + name)
	}
}

// onEmpty needs a complete answer without a body.
func onEmpty(a payload.Answer, _ time.Duration) string {
	if !a.Complete() || len(a.Body) > 0 || a.TooLarge || a.DecodeErr != nil {
		return ""
	}
	return fmt.Sprint("empty ", a.Status)
}

// signBody is what is searched of a body.
func signBody(a payload.Answer) []byte {
	body := a.Body[:min(len(a.Body), maxSignBody)]
	return bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
}

// isPage tells an HTML page by its beginning, since content types lie: Express
// sends "ok" as text/html.
func isPage(body []byte) bool {
	start := strings.ToLower(string(body[:min(len(body), 16)]))
	for _, prefix := range []string{"<!doctype", "<html", "<head", "<title", "<?xml", "<!--"} {
		if strings.HasPrefix(start, prefix) {
			return true
		}
	}
	return false
}

// isJSON tells by the beginning whether a body is meant as JSON.
func isJSON(body []byte) bool { return len(body) > 0 && (body[0] == '{' || body[0] == '[') }

// The kinds of body that onBodyLike tells apart.
func anyBody([]byte) bool      { return true }
func notPage(body []byte) bool { return !isPage(body) }
func notJSON(body []byte) bool { return !isJSON(body) }

// mayApologise is what may be words to a person: an apology is short.
func mayApologise(body []byte) bool { return !isPage(body) && len(body) <= 4096 }

// onPage needs an HTML page with all of the words, letter by letter. The first
// words are the evidence.
func onPage(words ...string) clue {
	return func(a payload.Answer, _ time.Duration) string {
		body := signBody(a)
		if !isPage(body) {
			return ""
		}
		for _, w := range words {
			if !bytes.Contains(body, []byte(w)) {
				return ""
			}
		}
		return excerpt(body, bytes.Index(body, []byte(words[0])))
	}
}

// onPageLike needs an HTML page that the pattern matches somewhere.
func onPageLike(pattern string) clue { return onBodyLike(isPage, pattern) }

// onTextLike needs the pattern in a body that is neither a page nor JSON.
func onTextLike(pattern string) clue {
	return onBodyLike(func(body []byte) bool { return !isPage(body) && !isJSON(body) }, pattern)
}

func onBodyLike(kind func(body []byte) bool, pattern string) clue {
	re := regexp.MustCompile(pattern)
	return func(a payload.Answer, _ time.Duration) string {
		body := signBody(a)
		if !kind(body) {
			return ""
		}
		if at := re.FindIndex(body); at != nil {
			return excerpt(body, at[0])
		}
		return ""
	}
}

// onBody needs a body that is one of the texts and nothing else, but for white
// space around it.
func onBody(texts ...string) clue {
	return func(a payload.Answer, _ time.Duration) string {
		body := string(signBody(a))
		if body == "" || !slices.Contains(texts, body) {
			return ""
		}
		return excerpt([]byte(body), 0)
	}
}

// onField needs a JSON object with a member whose text, or number as text, the
// pattern matches.
func onField(name, pattern string) clue {
	re := regexp.MustCompile(pattern)
	return func(a payload.Answer, _ time.Duration) string {
		fields := signFields(a)
		value, ok := fields[name]
		switch value.(type) {
		case string, float64:
		default:
			ok = false
		}
		if !ok || !re.MatchString(fmt.Sprint(value)) {
			return ""
		}
		return excerpt(signBody(a), 0)
	}
}

// onFields needs a JSON object with exactly these members.
func onFields(names ...string) clue {
	return func(a payload.Answer, _ time.Duration) string {
		fields := signFields(a)
		if len(fields) != len(names) {
			return ""
		}
		for _, name := range names {
			if _, ok := fields[name]; !ok {
				return ""
			}
		}
		return excerpt(signBody(a), 0)
	}
}

func signFields(a payload.Answer) map[string]any {
	var fields map[string]any
	if body := signBody(a); isJSON(body) && json.Unmarshal(body, &fields) == nil {
		return fields
	}
	return nil
}

// onRedirect needs a redirect whose target is as wanted. own is set where it stays
// on the host that was asked.
func onRedirect(wanted func(target *url.URL, own bool) bool) clue {
	return func(a payload.Answer, _ time.Duration) string {
		if !slices.Contains([]int{301, 302, 303, 307, 308}, a.Status) {
			return ""
		}
		target, err := url.Parse(a.Header.Get("Location"))
		if err != nil || *target == (url.URL{}) {
			return ""
		}
		own := target.Host == "" || strings.EqualFold(target.Host, a.Request.Host)
		if !wanted(target, own) {
			return ""
		}
		// The query may hold a state or a token.
		short := url.URL{Scheme: target.Scheme, Host: target.Host, Path: target.Path}
		return signEvidence("redirect to " + short.String())
	}
}

// toHost needs a redirect to that host or below it, and to a path that contains a
// part.
func toHost(host, path string) clue {
	return onRedirect(func(target *url.URL, _ bool) bool {
		name := strings.ToLower(target.Hostname())
		return (name == host || strings.HasSuffix(name, "."+host)) && strings.Contains(target.Path, path)
	})
}

// excerpt is the text of a body from there to the end of the line or to the next
// tag; of JSON it is the beginning.
func excerpt(body []byte, at int) string {
	text := body[at:]
	for len(text) > 0 && text[0] == '<' {
		end := bytes.IndexByte(text, '>')
		if end < 0 {
			break
		}
		text = bytes.TrimSpace(text[end+1:])
	}
	if isJSON(text) {
		return signEvidence("body " + string(text[:min(len(text), 4*maxSignEvidence)]))
	}
	if end := bytes.IndexAny(text, "<\r\n"); end >= 0 {
		text = text[:end]
	}
	return "body \"" + signEvidence(string(text[:min(len(text), 4*maxSignEvidence)])) + "\""
}

// signEvidence is one line of printable text, cut to size: what an app says is
// hostile.
func signEvidence(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, " "))
	text = strings.Join(strings.Fields(text), " ")
	if len(text) <= maxSignEvidence {
		return text
	}
	cut := maxSignEvidence - len("…")
	for cut > 0 && text[cut]&0xC0 == 0x80 {
		cut--
	}
	return text[:cut] + "…"
}
