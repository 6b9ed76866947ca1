package checks

// All are the checks in the order of the report.
func All() []Check {
	return []Check{
		urlValid, urlScheme, urlHost,
		vantageProxy,
		dnsResolve, dnsPublic, dnsIPv4, dnsSpeed,
		tcpConnect, tcpAddresses,
		tlsHandshake, tlsVersions,
		certChain, certOrder, certValidity, certHostname, certUsage, certKey, certSignature,
		certConstraints, certForm, certLifetime, certRevocation,
		httpAnswer, httpDirect, httpRedirect, httpRoute, httpStatus, urlKind,
		ackDeadline, ackHandler, appAlive, teamInstalled, sslCheckAnswer,
		signatureValid, signatureForged, signatureTampered, signatureStale, signatureUnsigned,
		signatureRefusal, sslCheckBypass, verificationToken,
		replyForm, replyMessage, replyView, replyMenu, replyShown,
		eventsChallenge,
	}
}
