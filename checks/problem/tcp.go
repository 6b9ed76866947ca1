package problem

// tcpProblems keep Slack from connecting.
func tcpProblems() []Problem {
	return []Problem{
		{
			ID:     "tcp.refused",
			Levels: []Level{Fail},
			Title:  "The connection is refused: nothing listens on this port",
			Why:    "Slack reaches the machine and finds nobody there to hand its request to.",
			Fix:    "Run ss -ltnp on the server to see whether the app listens on this port, and on 0.0.0.0 or [::] rather than on 127.0.0.1 alone.",
			Doc:    docFAQ,
			Shows:  Shows{User: dispatchFailed, RetryReason: "connection_failed", Confidence: Probable},
		},
		{
			ID:     "tcp.timeout",
			Levels: []Level{Fail},
			Title:  "Nobody answers the connection: a firewall drops it",
			Why:    "Slack waits its 3 seconds for a connection that never comes about.",
			Fix:    "Open the port to the whole internet in the firewall or security group, since Slack publishes no addresses to allow, and rely on the signature instead.",
			Doc:    docFAQ,
			Shows:  Shows{User: operationTimeout, RetryReason: "http_timeout", Confidence: Probable},
			Cases:  []string{"slackapi/hubot-slack#23", "slackapi/bolt-python#108", "windmill-labs/windmilldocs#902"},
		},
		{
			ID:     "tcp.reset",
			Levels: []Level{Fail},
			Title:  "The connection is cut before anything is said",
			Why:    "Whatever cuts this connection cuts Slack's as well, so no request reaches the app.",
			Fix:    "Look for this moment in the logs of the firewall, the load balancer and the server, in the order in which a request meets them.",
			Doc:    docFAQ,
			Shows:  Shows{User: dispatchFailed, Confidence: Probable},
		},
		{
			ID:     "tcp.partial",
			Levels: []Level{Warn},
			Title:  "Some of the host's addresses do not answer",
			Why:    "Slack may pick any of them, so some of its requests fail and others do not.",
			Fix:    "Remove the silent addresses from DNS, or make the server listen on them too.",
			Doc:    docFAQ,
		},
	}
}
