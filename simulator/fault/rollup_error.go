package fault

// RollupError is a failure inside Slack, in the words of hooks.
//
// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors
var RollupError = Sort{
	Name: "rollup_error", Title: "answers rollup_error to a hook, with status 500", Only: "hooks",
	make: func(string) (Answer, error) { return SlackError.make("rollup_error") },
}
