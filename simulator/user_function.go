package simulator

import (
	"context"

	"belay/simulator/payload"
)

// RunFunction runs a workflow's custom step of that callback_id. The app gets
// function_executed, and completes the run whose id is returned: what became of it is
// webapi.Workspace's Function.
//
// https://docs.slack.dev/workflows/creating-custom-steps
func (u *User) RunFunction(ctx context.Context, callbackID string) (id string, o Outcome) {
	s := u.server
	scene := u.scene("")
	scene.EventType, scene.Function = "function_executed", callbackID
	scene.Execution = s.workspace.RunFunction(scene.AppID, callbackID)
	scene.Sequence = int(s.happenings.Add(1))
	return scene.Execution, u.send(ctx, payload.Event, scene)
}
