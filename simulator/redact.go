package simulator

import (
	"net/http"
	"net/url"
	"regexp"
	"sync"
)

// secretShaped are tokens, whose kind stays readable, and the values of fields that
// hold secrets, in forms, queries and JSON. Each begins with a literal, by which
// it is found fast.
var secretShaped = sync.OnceValue(func() []*regexp.Regexp {
	return []*regexp.Regexp{
		regexp.MustCompile(`(xox[a-z][-.])[A-Za-z0-9._%-]+`),
		regexp.MustCompile(`(xapp-)[A-Za-z0-9._%-]+`),
		regexp.MustCompile(`(xwfp-)[A-Za-z0-9._%-]+`),
		regexp.MustCompile(`(token=)[^&\s"\\]+`),
		regexp.MustCompile(`(client_secret=)[^&\s"\\]+`),
		regexp.MustCompile(`(ticket=)[^&\s"\\]+`),
		regexp.MustCompile(`(token"\s*:\s*")(?:[^"\\]|\\.)+`),
		regexp.MustCompile(`(client_secret"\s*:\s*")(?:[^"\\]|\\.)+`),
	}
})

// redact takes out of a text what is secret by its form.
func redact(text []byte) []byte {
	for _, shape := range secretShaped() {
		if shape.Match(text) {
			text = shape.ReplaceAll(text, []byte("${1}[redacted]"))
		}
	}
	return text
}

// redactHeader copies a header without its credentials.
func redactHeader(h http.Header) http.Header {
	clean := make(http.Header, len(h))
	for name, values := range h {
		for _, v := range values {
			if name == "Authorization" || name == "Cookie" {
				v = credential().ReplaceAllString(v, "${1}[redacted]")
			}
			clean.Add(name, string(redact([]byte(v))))
		}
	}
	return clean
}

// credential begins with its scheme and with what tells a token's kind.
var credential = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^((?:Bearer |Basic )?(?:xox[a-z][-.]|xapp-|xwfp-)?).*$`)
})

// redactValues cleans the parameters of a query, which is the caller's own copy.
func redactValues(query url.Values) url.Values {
	for name, values := range query {
		for i, v := range values {
			values[i] = string(redact([]byte(name + "=" + v)))[len(name)+1:]
		}
	}
	return query
}
