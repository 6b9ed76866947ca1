package webapi

import (
	"encoding/json"
	"fmt"
)

// A Function is one run of a custom step: what function_executed tells an app of, and
// what the app completes.
//
// https://docs.slack.dev/workflows/creating-custom-steps
type Function struct {
	ID         string
	CallbackID string
	AppID      string
	// State is running, completed or failed.
	State string
	// Outputs are what the app gave, and Error what it failed with.
	Outputs json.RawMessage
	Error   string
}

// maxFunctions bounds how many runs are remembered.
const maxFunctions = 10_000

// functionsMethods are those of the family functions.
var functionsMethods = map[string]serve{
	"functions.completeSuccess": functionsCompleteSuccess, "functions.completeError": functionsCompleteError,
}

// RunFunction begins a run of a custom step, and gives its function_execution_id.
func (w *Workspace) RunFunction(app, callbackID string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.functions == nil || len(w.functions) >= maxFunctions {
		w.functions = map[string]*Function{}
	}
	id := w.newID("Fx")
	w.functions[id] = &Function{ID: id, CallbackID: callbackID, AppID: app, State: "running"}
	return id
}

// Function is the run of that id.
func (w *Workspace) Function(id string) (Function, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f := w.functions[id]
	if f == nil {
		return Function{}, fmt.Errorf("there is no run %q of a custom step", id)
	}
	return *f, nil
}

// functionsCompleteSuccess ends a run with its outputs.
//
// https://docs.slack.dev/reference/methods/functions.completeSuccess
func functionsCompleteSuccess(r *Request) (any, error) {
	f, err := r.function()
	if err != nil {
		return nil, err
	}
	f.State, f.Outputs = "completed", json.RawMessage(r.text("outputs"))
	return nil, nil
}

// functionsCompleteError ends a run with an error.
//
// https://docs.slack.dev/reference/methods/functions.completeError
func functionsCompleteError(r *Request) (any, error) {
	f, err := r.function()
	if err != nil {
		return nil, err
	}
	f.State, f.Error = "failed", r.text("error")
	return nil, nil
}

// function is the run that the call completes.
func (r *Request) function() (*Function, error) {
	f := r.w.functions[r.text("function_execution_id")]
	switch {
	case f == nil:
		return nil, refuse("function_execution_not_found")
	case f.AppID != r.token.AppID:
		return nil, refuse("access_denied")
	case f.State != "running":
		return nil, refuse("execution_not_in_running_state")
	}
	return f, nil
}
