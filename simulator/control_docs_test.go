package simulator_test

import (
	"reflect"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator"
	"belay/simulator/webapi"
)

// object is an object of the documentation.
func object(way ...string) map[string]any {
	GinkgoHelper()
	o, ok := at(openAPIDocument(), way...).(map[string]any)
	Expect(ok).To(BeTrue(), strings.Join(way, " "))
	return o
}

// jsonNames are the JSON names of a struct's fields.
func jsonNames(of any) []string {
	var names []string
	for i := range reflect.TypeOf(of).NumField() {
		name, _, _ := strings.Cut(reflect.TypeOf(of).Field(i).Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

func keys(o map[string]any) []string {
	var names []string
	for name := range o {
		names = append(names, name)
	}
	return names
}

var _ = Describe("docs/control.openapi.json", func() {
	It("has every route, and no other", func() {
		var paths []string
		for path, methods := range object("paths") {
			for method := range methods.(map[string]any) {
				paths = append(paths, strings.ToUpper(method)+" "+path)
			}
		}
		Expect(paths).To(ConsistOf(simulator.ControlRoutes()))
	})

	It("has every member, and no other", func() {
		for name, of := range map[string]any{
			"Send": simulator.SendRequest{}, "Outcome": simulator.SendOutcome{}, "Delivery": simulator.ControlAttempt{},
			"Clock": simulator.ClockRequest{}, "Time": simulator.ClockAnswer{},
			"Call": simulator.ControlCall{}, "Finding": simulator.ControlFinding{}, "Socket": simulator.ControlSocket{},
			"Calls": simulator.ControlItems[int]{}, "Act": simulator.ActRequest{}, "Message": simulator.MessageAnswer{}, "Seed": webapi.Seed{},
			"Faults": simulator.FaultsAnswer{}, "Fault": simulator.ControlFault{}, "Inject": simulator.FaultsRequest{}, "Disturb": simulator.SocketsRequest{}, "Sockets": simulator.SocketsAnswer{},
			"Install": simulator.InstallControl{}, "Installed": simulator.InstallAnswer{}, "Hop": simulator.ControlHop{}, "App": simulator.AppRequest{}, "AppState": simulator.AppAnswer{},
		} {
			Expect(keys(object("components", "schemas", name, "properties"))).To(ConsistOf(jsonNames(of)), name)
		}
		Expect(keys(object("components", "schemas", "Delivery", "properties", "ack", "properties"))).To(ConsistOf(jsonNames(simulator.ControlAck{})))
	})

	It("has examples of its schemas", func() {
		for path, methods := range object("paths") {
			escaped := "/paths/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(path)
			for method := range methods.(map[string]any) {
				way := []string{"paths", path, method}
				if examples, ok := at(openAPIDocument(), slices.Concat(way, []string{"requestBody", "content", "application/json", "examples"})...).(map[string]any); ok {
					for name := range examples {
						value := at(examples, name, "value")
						Expect(conforms(escaped+"/"+method+"/requestBody/content/application~1json/schema", value)).To(Succeed(), path+" "+name)
					}
				}
				if example := at(openAPIDocument(), slices.Concat(way, []string{"responses", "200", "content", "application/json", "example"})...); example != nil {
					Expect(conforms(escaped+"/"+method+"/responses/200/content/application~1json/schema", example)).To(Succeed(), path)
				}
			}
		}
		Expect(conforms("/components/schemas/Error", at(openAPIDocument(), "components", "responses", "Error", "content", "application/json", "example"))).To(Succeed())
	})

	It("has requests that the control API takes", func() {
		a := serve(status(200))
		s := controlled(simulator.Options{Targets: simulator.Targets{Secret: secret, Commands: a.URL, Actions: a.URL, Options: a.URL, Events: a.URL}})
		connectAcking(s)
		for name, example := range object("paths", "/send", "post", "requestBody", "content", "application/json", "examples") {
			body, _ := at(example, "value").(map[string]any)
			if body["to"] != nil && body["to"] != "socket" {
				body["to"] = a.URL.String()
			}
			Expect(control(s, "POST", "send", encoded(body))).To(ContainSubstring(`"acknowledged":true`), name)
		}
		for _, example := range object("paths", "/clock", "post", "requestBody", "content", "application/json", "examples") {
			control(s, "POST", "clock", encoded(at(example, "value")))
		}
	})
})
