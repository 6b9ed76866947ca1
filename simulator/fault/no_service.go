package fault

// NoService is a webhook whose app or creator is gone.
//
// https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors
var NoService = Sort{
	Name: "no_service", Title: "answers no_service to a hook: it was removed", Only: "hooks",
	make: func(string) (Answer, error) { return SlackError.make("no_service") },
}
