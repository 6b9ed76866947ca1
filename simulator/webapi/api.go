package webapi

// apiMethods are those of the family api.
var apiMethods = map[string]serve{"api.test": apiTest}

// apiTest says what it heard.
//
// https://docs.slack.dev/reference/methods/api.test
func apiTest(r *Request) (any, error) {
	if r.has("error") {
		return nil, &Error{Code: r.text("error"), More: r.heard()}
	}
	return r.heard(), nil
}

func (r *Request) heard() any {
	args := make(map[string]string, len(r.args))
	for name, a := range r.args {
		args[name] = a.text
	}
	return struct {
		Args map[string]string `json:"args,omitempty"`
	}{args}
}
