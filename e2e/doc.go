// Package e2e holds belay against real Slack apps, which the specs start on
// loopback. The built program, as a user runs it, diagnoses sample apps; and the fake
// Slack sends everything that it can send to apps of Bolt for JavaScript, of
// slack-go and of the libraries before Bolt, which say what their handlers were given, and
// installs those of Bolt and of @slack/oauth. Reports are read by the programs that they
// are for, and those of HTML by a Chromium.
//
// The specs need Node.js 20, npm and a Unix system, and have the build tag e2e:
//
//	go test -tags e2e ./e2e/...
//
// The apps are in the folder apps, written as users of Bolt or of plain Express write
// them; that of slack-go is among the specs. Their packages are those of
// package-lock.json; npm ci installs them when node_modules is not there.
package e2e
