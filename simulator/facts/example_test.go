package facts_test

import (
	"fmt"

	"belay/simulator/facts"
)

func ExampleFindEvent() {
	event, ok := facts.FindEvent("message.im")
	fmt.Println(ok, event.Scopes, event.Subscribable())
	// Output: true [im:history] true
}
