package fault

// UsedURL is a response_url after its fifth use.
//
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
var UsedURL = Sort{
	Name: "used_url", Title: "answers used_url to a hook, as a response_url does after 5 uses", Only: "hooks",
	make: func(string) (Answer, error) { return SlackError.make("used_url") },
}
