package simulator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"belay/simulator"
	"belay/simulator/payload"
)

const controlToken = "a-control-token"

// controlled opens a fake Slack with its control API.
func controlled(o simulator.Options) *simulator.Server {
	o.ControlToken = controlToken
	return start(o)
}

// controlRequest is one to the control API, with its token.
func controlRequest(s *simulator.Server, method, path, body string) *http.Request {
	GinkgoHelper()
	r, err := http.NewRequest(method, s.ControlURL()+path, strings.NewReader(body))
	Expect(err).NotTo(HaveOccurred())
	r.Header.Set("Authorization", "Bearer "+controlToken)
	return r
}

// answered is the status and the JSON of what a request gets, which is held to the
// documentation.
func answered(r *http.Request) (int, string) {
	GinkgoHelper()
	w, err := http.DefaultClient.Do(r)
	Expect(err).NotTo(HaveOccurred())
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	Expect(err).NotTo(HaveOccurred())
	Expect(documented(r.Method, "/"+strings.TrimLeft(strings.TrimPrefix(r.URL.Path, "/_belay/v1"), "/"), w.StatusCode, string(body))).To(Succeed(), "%s", body)
	return w.StatusCode, string(body)
}

// control asks the control API for something that it does.
func control(s *simulator.Server, method, path, body string) string {
	GinkgoHelper()
	status, answer := answered(controlRequest(s, method, path, body))
	Expect(status).To(Equal(200), "%s", answer)
	return answer
}

// listed is an answer of calls, deliveries or findings.
func listed[T any](text string) simulator.ControlItems[T] {
	GinkgoHelper()
	var list simulator.ControlItems[T]
	Expect(json.Unmarshal([]byte(text), &list)).To(Succeed(), "%s", text)
	return list
}

// openAPIFile documents the control API.
const openAPIFile = "../docs/control.openapi.json"

var openAPIDocument = sync.OnceValue(func() any {
	file, err := os.ReadFile(openAPIFile)
	Expect(err).NotTo(HaveOccurred())
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(file))
	Expect(err).NotTo(HaveOccurred())
	return document
})

// at is what stands at the way in a document, with references followed.
func at(document any, way ...string) any {
	for _, name := range way {
		object, _ := document.(map[string]any)
		document = object[name]
		if of, ok := document.(map[string]any); ok && of["$ref"] != nil && name != "schema" {
			document = at(openAPIDocument(), strings.Split(strings.TrimPrefix(of["$ref"].(string), "#/"), "/")...)
		}
	}
	return document
}

// conforms holds a value to a schema of the documentation, by its pointer.
func conforms(pointer string, value any) error {
	GinkgoHelper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	Expect(compiler.AddResource("control.json", openAPIDocument())).To(Succeed())
	schema, err := compiler.Compile("control.json#" + pointer)
	Expect(err).NotTo(HaveOccurred())
	return schema.Validate(value)
}

// documented holds an answer to what the documentation says of it.
func documented(method, path string, status int, body string) error {
	GinkgoHelper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		return err
	}
	if status != http.StatusOK {
		return conforms("/components/schemas/Error", value)
	}
	escaped := strings.NewReplacer("~", "~0", "/", "~1").Replace(path)
	return conforms("/paths/"+escaped+"/"+strings.ToLower(method)+"/responses/200/content/application~1json/schema", value)
}

var _ = Describe("a control client", func() {
	request := simulator.SendRequest{Kind: "command", Command: "/deploy", Secret: secret}

	It("has a payload sent, signed with its secret", func() {
		s := controlled(simulator.Options{})
		a := serve(status(200))
		request := request
		request.To = a.URL.String()
		for _, base := range []string{s.ControlURL(), s.URL(), s.URL() + "/_belay/v1"} {
			o, err := simulator.ControlClient{URL: base, Token: controlToken}.Send(context.Background(), request)
			Expect(err).NotTo(HaveOccurred())
			Expect(o.Acknowledged).To(BeTrue())
			Expect(o.Attempts).To(HaveLen(1))
			Expect(o.Attempts[0].Took).To(BeNumerically(">", 0))
		}
		got := a.requests()
		Expect(got).To(HaveLen(3))
		wrong := payload.Diagnose(secret, got[0].Header.Get(payload.SignatureHeader), got[0].Header.Get(payload.TimestampHeader), []byte(got[0].Body), s.Clock().Now())
		Expect(wrong).To(BeEmpty())
	})

	It("tells why not", func() {
		s := controlled(simulator.Options{})
		_, err := simulator.ControlClient{URL: s.URL(), Token: "another"}.Send(context.Background(), request)
		var refused simulator.ControlError
		Expect(err).To(MatchError(ContainSubstring("wants the token")))
		Expect(errors.As(err, &refused)).To(BeTrue())
		Expect(refused.Code).To(Equal("unauthorized"))
	})

	It("tells what is no control API", func() {
		page := httptest.NewServer(http.NotFoundHandler())
		defer page.Close()
		_, err := simulator.ControlClient{URL: page.URL}.Send(context.Background(), request)
		Expect(err).To(MatchError(ContainSubstring("this is no control API: it answers HTTP 404")))
		for _, wrong := range []string{"", "localhost:8080", "ftp://localhost", "http://%"} {
			_, err := simulator.ControlClient{URL: wrong}.Send(context.Background(), request)
			Expect(err).To(MatchError(ContainSubstring("want a URL")), wrong)
		}
		_, err = simulator.ControlClient{URL: closed().String()}.Send(context.Background(), request)
		Expect(err).To(MatchError(ContainSubstring("refused")))
	})
})
