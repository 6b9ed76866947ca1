package checks

// tunnelSigns are ways from a public name to a developer's machine that answer
// because nobody is at the other end.
func tunnelSigns() []Sign {
	return []Sign{
		// ngrok's documentation of its errors; the header is on every answer of its
		// own. 6024 is the warning for browsers, which Slack does not get.
		{"ngrok", Tunnel, MeansRateLimited, true, every(onStatus(429), onHeaderStart("Ngrok-Error-Code", "ERR_NGROK_"))},
		{"ngrok", Tunnel, MeansBadGateway, true, onHeaderValue("Ngrok-Error-Code", "ERR_NGROK_3004")},
		{"ngrok", Tunnel, MeansOffline, true, onHeaderValue("Ngrok-Error-Code",
			"ERR_NGROK_3200", "ERR_NGROK_8012", "ERR_NGROK_725", "ERR_NGROK_727")},
		{"ngrok", Tunnel, MeansOffline, true, every(fromStatus(400), either(
			onPageLike(`\bERR_NGROK_(3200|8012|725|727)\b`), onTextLike(`\bERR_NGROK_(3200|8012|725|727)\s*$`)))},
		{"ngrok", Tunnel, MeansOffline, false, every(fromStatus(400), onHeaderStart("Ngrok-Error-Code", "ERR_NGROK_"))},
		// Captured in several public repositories.
		{"localtunnel", Tunnel, MeansOffline, true, every(onStatus(503, 404, 502),
			onHeaderValue("X-Localtunnel-Status", "Tunnel Unavailable"))},
		{"Cloudflare", Tunnel, MeansOffline, true, every(onStatus(530), byCloudflare, onPageLike(`(?i)error\D{0,80}1033`))},
	}
}
