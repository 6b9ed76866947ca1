// Package e2e holds belay against real Slack apps: the built program, as a user
// runs it, diagnoses sample apps in Node.js, which the specs start on loopback.
//
// The specs need Node.js 20 and npm, and have the build tag e2e:
//
//	go test -tags e2e ./e2e/...
//
// The apps are in the folder apps, written as a user of Bolt or of plain Express
// writes them. Their packages are those of package-lock.json; npm ci installs them
// when node_modules is not there.
package e2e
