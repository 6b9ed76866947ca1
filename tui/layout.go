package tui

// The widths from which the detail stands under the list, and beside it, and the
// height from which there is a header.
const (
	stackedFrom = 80
	besideFrom  = 120
	headedFrom  = 15
)

// An area is a part of the screen. Without a height it is not shown.
type area struct{ width, height int }

// A layout divides the screen. It follows from the size and the focus alone.
type layout struct {
	area
	// headed shows the header, with rules around what is below it.
	headed bool
	// footed shows the last line.
	footed bool
	// beside puts the detail at the right of the list.
	beside bool
	list   area
	// detail includes the line with its tabs.
	detail area
}

// text is the height of the detail without its tabs.
func (l layout) text() int { return max(l.detail.height-1, 0) }

func (m Model) layout() layout {
	l := layout{area: area{m.width, m.height}}
	l.headed = m.height >= headedFrom
	l.footed = m.height >= 3
	body := area{m.width, m.height}
	if l.footed {
		body.height--
	}
	if l.headed {
		body.height -= 4
	}
	switch {
	case m.width >= besideFrom:
		l.beside = true
		l.list, l.detail = body, body
		l.list.width = min(m.width*2/5, 60)
		l.detail.width = m.width - l.list.width - 1
	case m.width >= stackedFrom && body.height >= 12:
		l.list, l.detail = body, body
		l.list.height = body.height * 9 / 20
		if !m.live.running {
			l.list.height = max(min(l.list.height, len(m.list.rows)), 4)
		}
		l.detail.height = body.height - l.list.height
	case m.detail.focused:
		l.detail = body
	default:
		l.list = body
	}
	return l
}
