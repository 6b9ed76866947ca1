// Package facts is what Slack's documentation says of events and Web API methods, as
// data: no other part of belay keeps such lists.
//
//	event, ok := facts.FindEvent("message.im")
//	fmt.Println(ok, event.Scopes) // true [im:history]
//
// The documentation lags behind Slack: an event or a method that is not here may exist
// all the same.
package facts
