package problem

// vantageProblems are about the machine that belay runs on, which is not Slack's.
func vantageProblems() []Problem {
	return []Problem{
		{
			ID:     "vantage.inspected",
			Levels: []Level{Inconclusive},
			Title:  "This machine's network answered in place of the app",
			Why:    "A TLS inspector on the way replaced the certificate, so nothing is known of the one that Slack is shown.",
			Fix:    "Run belay from a machine outside this network, such as a CI runner, a cloud shell or the server itself.",
			Doc:    docFAQ,
		},
		{
			ID:     "vantage.proxy",
			Levels: []Level{Remark},
			Title:  "This machine is set up to use a proxy",
			Why:    "Slack does not pass through your proxy, so what is measured through it may differ from what Slack meets.",
			Fix:    "Compare with a run without it, by unsetting HTTPS_PROXY, HTTP_PROXY and ALL_PROXY or by naming the host in NO_PROXY.",
			Doc:    docFAQ,
		},
		{
			ID:     "vantage.no-route",
			Levels: []Level{Inconclusive},
			Title:  "This machine has no route to the address",
			Why:    "What cannot be reached from here may well be reachable for Slack's servers, so this says nothing of the app.",
			Fix:    "Repeat the check from a machine that has the route (often one with IPv6), or name an address that this one reaches with --resolve HOST:PORT:ADDR.",
			Doc:    docFAQ,
		},
		{
			ID:     "vantage.fake-ip",
			Levels: []Level{Inconclusive},
			Title:  "A proxy or VPN on this machine made up the address",
			Why:    "The address leads into a tunnel on this machine, so it does not tell where Slack would connect.",
			Fix:    "Ask a public resolver with --public-dns 1.1.1.1:53, or switch the fake-IP mode of the proxy or VPN off.",
			Doc:    docFAQ,
		},
	}
}
