package webapi

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// check holds the arguments to what is documented of them.
func (r *Request) check() error {
	var wrong, missing []string
	for _, name := range r.method.Fact.Required {
		if !r.has(name) {
			missing = append(missing, name)
			wrong = append(wrong, "missing required field: "+name)
		}
	}
	if missing != nil {
		r.w.find("api.missing-argument", "%s lacks %s", r.method.Name, strings.Join(missing, ", "))
		return &Error{Code: "invalid_arguments", Messages: wrong}
	}
	for name, a := range r.args {
		if sort := r.method.Fact.Args[name]; sort != "" && a.text != "" {
			if complaint := complain(sort, a, r.asForm); complaint != "" {
				wrong = append(wrong, complaint+" [json-pointer:/"+name+"]")
			}
		}
	}
	if wrong != nil {
		slices.Sort(wrong)
		r.w.find("api.invalid-argument", "%s: %s", r.method.Name, strings.Join(wrong, "; "))
		return &Error{Code: "invalid_arguments", Messages: wrong}
	}
	return nil
}

// complain says what is wrong with an argument's type, in the words that Slack's
// answers have.
func complain(sort string, a argument, asForm bool) string {
	base, _, _ := strings.Cut(sort, ":")
	switch base {
	case "integer", "number":
		if _, err := strconv.ParseFloat(a.text, 64); err != nil {
			return "must be a valid number"
		}
	case "boolean":
		if !slices.Contains([]string{"true", "false", "0", "1", "True", "False", "TRUE", "FALSE"}, a.text) {
			return "must be a valid boolean"
		}
	case "object":
		if !strings.HasPrefix(strings.TrimSpace(a.text), "{") || !json.Valid([]byte(a.text)) {
			return "must provide an object"
		}
	case "string":
		// Structured arguments are documented as strings that hold JSON.
		if !asForm && sort != "string" && sort != "string:attachments" && (a.text[0] == '{' || a.text[0] == '[') {
			return "must provide a string"
		}
	}
	return ""
}
