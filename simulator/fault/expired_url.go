package fault

// ExpiredURL is a response_url after its time.
//
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
var ExpiredURL = Sort{
	Name: "expired_url", Title: "answers expired_url to a hook, as a response_url does after 30 minutes", Only: "hooks",
	make: func(string) (Answer, error) { return SlackError.make("expired_url") },
}
