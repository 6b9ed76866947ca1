package problem

// The codes that a user of Slack reads after a command failed.
const (
	operationTimeout = "operation_timeout"
	dispatchFailed   = "dispatch_failed"
	httpClientError  = "http_client_error"
	httpServiceError = "http_service_error"
	sslCACert        = "ssl_cacert"
)

// The words that the owner of an app reads when saving a URL.
const (
	challengeWords = `"Your URL didn't respond with the value of the challenge parameter", on saving`
	refusedWords   = "a refusal, on saving the URL"
)

// ShowsFor is what Slack shows where the code hangs on the answer: on its
// status, or on its coming after Slack stopped waiting. A stopped tunnel may
// answer 404 or 502, and a missing handler at once or after three seconds.
func (p Problem) ShowsFor(status int, late bool) Shows {
	shows := p.Shows
	if shows.User != httpClientError && shows.User != httpServiceError {
		return shows
	}
	switch {
	case late:
		shows.User, shows.RetryReason, shows.Confidence = operationTimeout, "http_timeout", Confirmed
	case status >= 500:
		shows.User, shows.Confidence = httpServiceError, Probable
	case status >= 400 && shows.User == httpServiceError:
		shows.User, shows.Confidence = httpClientError, Confirmed
	}
	return shows
}
