package playground

// The widths from which channels and traffic stand beside the conversation, and the
// height from which there is a header.
const (
	stackedFrom = 80
	besideFrom  = 120
	headedFrom  = 15
)

// An area is a part of the screen. Without a height or a width it is not shown.
type area struct{ width, height int }

func (a area) shown() bool { return a.width > 0 && a.height > 0 }

// A layout divides the screen. It follows from the size and the focus alone.
type layout struct {
	area
	// headed shows the header, footed the last line.
	headed, footed bool
	// beside puts the traffic at the right of the conversation, and stacked under it.
	beside, stacked bool
	channels        area
	// middle holds the title, the conversation and the line to write in.
	middle area
	talk   area
	// side holds the traffic with its title, and the detail with its own.
	side, traffic, detail area
}

func (m Model) layout() layout {
	l := layout{area: area{m.width, m.height}}
	l.headed = m.height >= headedFrom
	l.footed = m.height >= 3
	body := area{m.width, m.height}
	if l.footed {
		body.height--
	}
	if l.headed {
		body.height -= 2
	}
	switch {
	case m.width >= besideFrom:
		l.beside = true
		l.channels = area{22, body.height}
		l.side = area{min(m.width*2/5, 72), body.height}
		l.middle = area{m.width - l.channels.width - l.side.width - 2, body.height}
	case m.width >= stackedFrom:
		l.stacked = true
		l.channels = area{18, body.height}
		l.side = area{m.width, max(body.height/3, 3)}
		if m.focus == trafficPane {
			l.side.height = max(body.height*3/5, 3)
		}
		if body.height < 10 {
			l.side.height = 0
			if m.focus == trafficPane {
				l.side.height = body.height
			}
		}
		l.channels.height = body.height - l.side.height
		l.middle = area{m.width - l.channels.width - 1, l.channels.height}
	case m.focus == channelsPane:
		l.channels = body
	case m.focus == trafficPane:
		l.side = body
	default:
		l.middle = body
	}
	l.talk = l.middle
	if l.middle.height >= 6 {
		l.talk.height -= 3
	} else if m.writing.on {
		l.talk.height = max(l.talk.height-2, 0)
	}
	l.divide(m.traffic.detail.open)
	return l
}

// divide parts the side into the rows and the detail of one.
func (l *layout) divide(open bool) {
	l.traffic, l.detail = l.side, area{}
	l.traffic.height = max(l.side.height-1, 0)
	switch {
	case l.beside && l.side.height >= 12 && open:
		l.traffic.height = max((l.side.height-2)/4, 3)
		l.detail = area{l.side.width, l.side.height - l.traffic.height - 2}
	case l.beside && l.side.height >= 12:
		l.traffic.height = (l.side.height - 2) * 11 / 20
		l.detail = area{l.side.width, l.side.height - l.traffic.height - 2}
	case open:
		l.traffic.height = 0
		l.detail = area{l.side.width, max(l.side.height-1, 0)}
	}
}

// window is the first line to show so that the cursor is seen, with a line around it
// where there is room, and no line is left empty without need.
func window(top, at, lines, height int) int {
	margin := 0
	if height > 4 {
		margin = 1
	}
	top = min(top, max(at-margin, 0))
	top = max(top, at-height+1+margin)
	return max(min(top, lines-height), 0)
}
