package simulator

import (
	"net/http"
	"net/url"
	"regexp"
	"sync"
)

// secretShaped are tokens, whose kind stays readable, and the values of fields that
// hold secrets, in forms, queries and JSON, and in JSON within a form. Each begins with
// a literal, by which it is found fast.
var secretShaped = sync.OnceValue(func() []*regexp.Regexp {
	const (
		// token goes on over the escapes of what may stand in a token, and ends with all
		// others: behind it the form that holds it goes on.
		token = `(?:[A-Za-z0-9._-]|%2[BDEFbdef]|%3[Dd]|%5[Ff]|%7[Ee])+`
		value = `[^&\s"\\]+`
		// quoted is what stands between quotes in JSON, and escaped the same as a form
		// writes it, with colon before it.
		quoted  = `(?:[^"\\]|\\.)+`
		escaped = `(?:%5[Cc](?:%[0-9A-Fa-f]{2}|[^%&])|%[013-9A-Fa-f][0-9A-Fa-f]|%2[013-9A-Fa-f]|[^%&\s"])+`
		colon   = `%22(?:\+|%20)*%3[Aa](?:\+|%20)*%22`
	)
	var shapes []*regexp.Regexp
	for _, shape := range []string{
		`(xox[a-z](?:[-.]|%2[DEde]))` + token, `(xapp(?:-|%2[Dd]))` + token, `(xwfp(?:-|%2[Dd]))` + token,
		`(token=)` + value, `(client_secret=)` + value, `(ticket=)` + value,
		`(token"\s*:\s*")` + quoted, `(client_secret"\s*:\s*")` + quoted,
		`(token` + colon + `)` + escaped, `(client_secret` + colon + `)` + escaped,
	} {
		shapes = append(shapes, regexp.MustCompile(shape))
	}
	return shapes
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
