package blockkit

import "fmt"

const (
	nearShare = 0.9 // of a limit is close to it
	// leastNear is the least limit whose nearness means something: three buttons of
	// three are a layout, 95 options of 100 are data that grows.
	leastNear = 20
	// mostNear is the greatest number that is a limit of Slack's.
	mostNear = 1 << 19
)

// NearLimit lists what the blocks of a surface hold that is over 90 % of its limit and
// within it, such as "2900 of 3000 characters". It finds what works today and fails with
// more data. Limits under 20 are left out: a block that is full is no mistake.
func NearLimit(surface Surface, blocks any) []Violation {
	in := newInspection(surface, "")
	in.judge(blocks)
	if in.surface == Message {
		in.approach("/blocks", textLength(blocks), maxBlocksText, "characters in all blocks")
	}
	return in.near
}

// NearLimitView is NearLimit for a whole view.
func NearLimitView(view any) []Violation { return inspectView("", view).near }

// approach notes a value that is close to its limit.
func (in *inspection) approach(at string, got, most int, unit string) {
	if most >= leastNear && most <= mostNear && isNear(got, most) && len(in.near) < maxViolations {
		in.near = append(in.near, Violation{Pointer: at, Message: fmt.Sprintf("%d of %d %s", got, most, unit)})
	}
}

func isNear(got, most int) bool { return got <= most && float64(got) > nearShare*float64(most) }
