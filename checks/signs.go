package checks

import (
	"slices"
	"sync"
)

// Signs are the known ones. Those that mean something come first, from the outside
// in: who stands furthest before the app answers in its place. Then follow those
// that only name somebody, and at last what any app may say. A framework or an
// intermediary is added by one entry in the table of its role.
func Signs() []Sign { return slices.Clone(signTable()) }

var signTable = sync.OnceValue(func() []Sign {
	return slices.Concat(
		guardSigns(), tunnelSigns(), cloudSigns(), awsSigns(), platformSigns(),
		boltSigns(), nodeSigns(), pythonSigns(), rubySigns(), otherFrameworkSigns(), serverSigns(),
		frameworkNames(), intermediaryNames(),
		appSigns(),
	)
})
