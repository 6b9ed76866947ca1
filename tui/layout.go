package tui

// The widths from which the detail stands under the list, and from which the list has
// a waterfall and a detail two columns; the height from which there is a header.
const (
	stackedFrom = 80
	wideFrom    = 120
	headedFrom  = 15
)

// An area is a part of the screen. Without a height it is not shown.
type area struct{ width, height int }

// A layout divides the screen. It follows from the size, the rows and what is open.
type layout struct {
	area
	// head is the height of the header with its rule, or 0.
	head int
	// footed shows the last line.
	footed bool
	// axis is set where the list begins with the scale of its waterfall.
	axis bool
	list area
	// detail includes the line above it.
	detail area
}

// text is the height of the detail without the line above it.
func (l layout) text() int { return max(l.detail.height-1, 0) }

// rows is the height of the list without its scale.
func (l layout) rows() int {
	if l.axis {
		return max(l.list.height-1, 0)
	}
	return l.list.height
}

func (m Model) layout() layout {
	l := layout{area: area{m.width, m.height}}
	l.footed = m.height >= 3
	body := area{m.width, m.height}
	if l.footed {
		body.height--
	}
	if m.height >= headedFrom {
		l.head = 3
		if m.options.Notice != "" {
			l.head++
		}
		body.height -= l.head + 1
	}
	stacked := m.width >= stackedFrom && body.height >= 12
	switch {
	case m.detail.open:
		l.detail = body
		return l
	case !stacked:
		l.list = body
		return l
	}
	l.axis = m.width >= wideFrom
	l.list, l.detail = body, body
	share := body.height * 11 / 20
	if m.width < wideFrom {
		share = body.height * 9 / 20
	}
	if !m.live.running {
		need := len(m.list.rows)
		if l.axis {
			need++
		}
		share = max(min(share, need), 4)
	}
	l.list.height = share
	l.detail.height = body.height - share
	return l
}
