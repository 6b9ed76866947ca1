package blockkit

import (
	"maps"
	"slices"
)

// BlockTypes and ElementTypes let a spec hold that each type of the tables has a sample
// that passes.
func BlockTypes() []string   { return slices.Sorted(maps.Keys(blockKinds)) }
func ElementTypes() []string { return slices.Sorted(maps.Keys(elements)) }
