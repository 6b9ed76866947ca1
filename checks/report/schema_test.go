package report_test

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"belay/checks"
	"belay/internal/demo"
	"belay/simulator/payload"
)

const schemaFile = "../../docs/report.schema.json"

var schema = sync.OnceValue(func() *jsonschema.Schema {
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	return compiler.MustCompile(schemaFile)
})

// conforms reports how a text differs from the schema.
func conforms(text string) error {
	GinkgoHelper()
	instance, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	Expect(err).NotTo(HaveOccurred())
	return schema().Validate(instance)
}

// diagnosed is the report of a real run against the sample app.
func diagnosed(o demo.Options, change func(*checks.Target)) checks.Report {
	GinkgoHelper()
	app, err := demo.Start(o)
	Expect(err).NotTo(HaveOccurred())
	DeferCleanup(app.Close)
	roots := x509.NewCertPool()
	Expect(roots.AppendCertsFromPEM(app.CA)).To(BeTrue())
	t := checks.Target{
		URL: app.URL, Kind: checks.Kind(app.Kind), Secret: app.Secret, Command: app.Command, Deadline: o.Deadline,
		Resolver: &payload.Resolver{Given: app.Resolve, Server: app.DNS}, Roots: roots,
	}
	if t.Kind != checks.Command {
		t.Command = ""
	}
	change(&t)
	return checks.Run(context.Background(), checks.Watch{Tool: checks.Tool{Name: "belay", Version: "test"}, Command: "check"}, t)
}

var _ = Describe("the schema of the JSON report", func() {
	It("holds for the reports that people meet first", func() {
		for name, r := range meetings() {
			if name != "hostile" {
				Expect(conforms(jsonOf(r))).To(Succeed(), name)
			}
		}
	})

	It("holds for a report of scenarios, in which the app calls Slack", func() {
		Expect(jsonOf(scenarios())).To(ContainSubstring(`"direction": "to-slack"`))
		Expect(conforms(jsonOf(scenarios()))).To(Succeed())
	})

	asIs := func(*checks.Target) {}
	for _, fault := range demo.Faults() {
		It("holds for a run with the fault "+fault.Name, func() {
			r := diagnosed(demo.Options{Fault: fault.Name, Deadline: 60 * time.Millisecond}, asIs)
			Expect(conforms(jsonOf(r))).To(Succeed())
		})
	}

	DescribeTable("holds for a run", func(change func(*checks.Target)) {
		Expect(conforms(jsonOf(diagnosed(demo.Options{}, change)))).To(Succeed())
	},
		Entry("of a healthy app", asIs),
		Entry("without the secret", func(t *checks.Target) { t.Secret, t.Command = "", "" }),
		Entry("with another secret", func(t *checks.Target) { t.Secret = "another" }),
		Entry("with a URL that cannot be read", func(t *checks.Target) { t.URL = "ht!tp://%zz" }),
		Entry("with no URL", func(t *checks.Target) { t.URL = "" }),
		Entry("that has no time", func(t *checks.Target) { t.Timeout = time.Nanosecond }),
		Entry("of another kind", func(t *checks.Target) { t.Kind, t.Command = checks.Action, "" }),
	)

	It("holds for a run that is over before it began", func() {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		r := checks.Run(ctx, checks.Watch{Tool: checks.Tool{Name: "belay", Version: "test"}}, checks.Target{URL: events})
		Expect(r.Interrupted).To(BeTrue())
		Expect(conforms(jsonOf(r))).To(Succeed())
	})

	DescribeTable("refuses", func(change func(map[string]any)) {
		var r map[string]any
		Expect(json.Unmarshal([]byte(jsonOf(healthy())), &r)).To(Succeed())
		change(r)
		text, err := json.Marshal(r)
		Expect(err).NotTo(HaveOccurred())
		Expect(conforms(string(text))).NotTo(Succeed())
	},
		Entry("a member that it does not know", func(r map[string]any) { r["more"] = 1 }),
		Entry("a report without a verdict", func(r map[string]any) { delete(r, "verdict") }),
		Entry("a status that there is none of", func(r map[string]any) { r["verdict"].(map[string]any)["status"] = "skip" }),
		Entry("no list of sections", func(r map[string]any) { r["sections"] = nil }),
	)

	It("has the members of the Go types, and no others", func() {
		text, err := os.ReadFile(schemaFile)
		Expect(err).NotTo(HaveOccurred())
		var root map[string]any
		Expect(json.Unmarshal(text, &root)).To(Succeed())
		w := walker{defs: root["$defs"].(map[string]any), seen: map[reflect.Type]bool{}}
		w.compare("report", root, reflect.TypeFor[checks.Report]())
	})
})

// A walker compares the schema with the Go types, member by member.
type walker struct {
	defs map[string]any
	seen map[reflect.Type]bool
}

func (w walker) compare(path string, node map[string]any, t reflect.Type) {
	GinkgoHelper()
	if ref, ok := node["$ref"].(string); ok {
		definition, ok := w.defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
		Expect(ok).To(BeTrue(), "%s: there is no %s", path, ref)
		node = definition
	}
	switch t {
	case reflect.TypeFor[checks.Millis]():
		Expect(node).To(HaveKeyWithValue("type", "number"), path)
		return
	case reflect.TypeFor[time.Time]():
		Expect(node).To(HaveKeyWithValue("format", "date-time"), path)
		return
	}
	switch t.Kind() {
	case reflect.Pointer:
		w.compare(path, node, t.Elem())
	case reflect.Slice:
		Expect(node).To(HaveKeyWithValue("type", "array"), path)
		w.compare(path+"[]", node["items"].(map[string]any), t.Elem())
	case reflect.Struct:
		w.members(path, node, t)
	case reflect.Bool:
		Expect(node).To(HaveKeyWithValue("type", "boolean"), path)
	case reflect.Int:
		Expect(node).To(Or(HaveKeyWithValue("type", "integer"), HaveKey("const")), path)
	case reflect.String:
		Expect(node).To(Or(HaveKeyWithValue("type", "string"), HaveKey("enum"), HaveKey("const")), path)
	default:
		Fail(path + " is of a kind that the schema has no word for: " + t.String())
	}
}

func (w walker) members(path string, node map[string]any, t reflect.Type) {
	GinkgoHelper()
	Expect(node).To(And(HaveKeyWithValue("type", "object"), HaveKeyWithValue("additionalProperties", false)), path)
	if w.seen[t] {
		return
	}
	w.seen[t] = true
	properties, _ := node["properties"].(map[string]any)
	var names, needed []string
	for field := range t.Fields() {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		Expect(name).NotTo(BeEmpty(), "%s.%s has no name in JSON", t, field.Name)
		names = append(names, name)
		if options == "" {
			needed = append(needed, name)
		}
		Expect(properties).To(HaveKey(name), path)
		w.compare(path+"."+name, properties[name].(map[string]any), field.Type)
	}
	var required []string
	for _, name := range asList(node["required"]) {
		required = append(required, name.(string))
	}
	Expect(required).To(ConsistOf(needed), "%s: what is required", path)
	for name := range properties {
		Expect(slices.Contains(names, name)).To(BeTrue(), "%s.%s is no member of %s", path, name, t)
	}
}

func asList(value any) []any {
	list, _ := value.([]any)
	return list
}
