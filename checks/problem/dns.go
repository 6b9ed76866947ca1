package problem

// dnsProblems keep Slack from finding an address to connect to.
func dnsProblems() []Problem {
	return []Problem{
		{
			ID:     "dns.nxdomain",
			Levels: []Level{Fail},
			Title:  "The host name does not exist",
			Why:    "Slack finds no address under this name, so no request ever leaves its servers.",
			Fix:    "Check the spelling, add an A record for the host at its DNS provider, and confirm it with dig +short HOST @1.1.1.1.",
			Doc:    docFAQ,
			Shows:  Shows{User: dispatchFailed, RetryReason: "connection_failed", Confidence: Probable},
		},
		{
			ID:     "dns.servfail",
			Levels: []Level{Fail},
			Title:  "The name server fails for this host",
			Why:    "An error in place of an address leaves Slack with nowhere to connect.",
			Fix:    "Run dig HOST +trace to see which name server fails, then look for a broken DNSSEC signature (dig HOST +cd answers) or for CNAME records that go in a circle.",
			Doc:    docFAQ,
			Shows:  Shows{User: dispatchFailed, Confidence: Probable},
		},
		{
			ID:     "dns.timeout",
			Levels: []Level{Fail},
			Title:  "No name server answers for this host",
			Why:    "The look-up alone uses up Slack's 3 seconds, so the request fails before the app could see it.",
			Fix:    "Run dig HOST +trace to see which name server is silent, and repeat with --dns 1.1.1.1:53 to rule out this machine's resolver.",
			Doc:    docFAQ,
			Shows:  Shows{User: operationTimeout, Confidence: Probable},
		},
		{
			ID:     "dns.no-address",
			Levels: []Level{Fail},
			Title:  "The host name exists, but has no address",
			Why:    "Slack has a name and nothing to connect to.",
			Fix:    "Add an A record for the host at its DNS provider, or for the name its CNAME points to.",
			Doc:    docFAQ,
			Shows:  Shows{User: dispatchFailed, Confidence: Probable},
		},
		{
			ID:     "dns.private-address",
			Levels: []Level{Fail},
			Title:  "Slack cannot reach a private address: its servers call your app, not the Slack client on your desk",
			Why:    "The address exists only on your own machine or network, so nothing that Slack sends ever arrives.",
			Fix:    "Develop against belay check --local URL, show the app to Slack through a tunnel such as ngrok http 3000, or switch Socket Mode on in the app's settings.",
			Doc:    docFAQ,
			Shows:  Shows{User: dispatchFailed, Words: challengeWords, Confidence: Probable},
			Cases:  []string{"Netflix/dispatch-docker#55", "dzt/shopify-monitor#12", "howdyai/botkit-starter-slack#38", "everruns/everruns#714"},
		},
		{
			ID:     "dns.ipv6-only",
			Levels: []Level{Warn},
			Title:  "The host has IPv6 addresses only",
			Why:    "Slack does not document that its servers call over IPv6, so it may not reach what answers from here.",
			Fix:    "Add an A record with an IPv4 address on which the app listens.",
			Doc:    docFAQ,
		},
		{
			ID:     "dns.split-horizon",
			Levels: []Level{Fail},
			Title:  "Only this machine's DNS knows an address that works",
			Why:    "Slack asks public DNS, which has no address it could use, so the app works from here and not from Slack.",
			Fix:    "Publish an A record with a public address at the host's public DNS provider, and confirm it with dig +short HOST @1.1.1.1.",
			Doc:    docFAQ,
			Shows:  Shows{User: dispatchFailed, Confidence: Probable},
		},
		{
			ID:     "dns.slow",
			Levels: []Level{Remark},
			Title:  "Looking up the name takes long",
			Why:    "The look-up counts towards the 3 seconds that Slack waits, and leaves less of them to the app.",
			Fix:    "Run dig HOST +trace to see which name server is slow, and shorten the CNAME chain or raise the TTL.",
			Doc:    docFAQ,
		},
	}
}
