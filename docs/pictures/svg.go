package main

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// The size of a character, in pixels.
const (
	wide = 8.4
	high = 18
	edge = 14
)

// A look is how text is drawn. Colours are "" for the terminal's own.
type look struct {
	color, back      string
	bold, faint      bool
	reverse, underln bool
}

// svg draws a screen with the sequences that colour it.
func svg(screen string, width, height int) string {
	var b strings.Builder
	w, h := float64(width)*wide+2*edge, height*high+2*edge
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%d" viewBox="0 0 %.0f %d">`+"\n", w, h, w, h)
	b.WriteString(`<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d0d0d0;white-space:pre}</style>` + "\n")
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="#161616"/>`+"\n")
	for n, line := range strings.Split(strings.TrimRight(screen, "\n"), "\n") {
		row(&b, line, n)
	}
	return b.String() + "</svg>\n"
}

// row draws one line, a piece for each look.
func row(b *strings.Builder, line string, n int) {
	var now look
	column := 0
	for line != "" {
		text, rest, escaped := strings.Cut(line, "\x1b[")
		piece(b, text, now, column, n)
		column += ansi.StringWidth(text)
		if !escaped {
			return
		}
		codes, after, ok := strings.Cut(rest, "m")
		if !ok {
			return
		}
		now, line = now.after(strings.Split(codes, ";")), after
	}
}

func piece(b *strings.Builder, text string, l look, column, n int) {
	trimmed := strings.TrimRight(text, " ")
	x, y := edge+float64(column)*wide, edge+n*high
	color, back := l.color, l.back
	if l.reverse {
		color, back = "#161616", "#d0d0d0"
	}
	if back != "" {
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`+"\n", x, y, float64(ansi.StringWidth(text))*wide, high, back)
	}
	if strings.TrimSpace(trimmed) == "" {
		return
	}
	start := len(trimmed) - len(strings.TrimLeft(trimmed, " "))
	x += float64(start) * wide
	trimmed = trimmed[start:]
	fmt.Fprintf(b, `<text x="%.1f" y="%d" textLength="%.1f"%s>`, x, y+14, float64(ansi.StringWidth(trimmed))*wide, l.attributes(color))
	// Not every program that draws SVG keeps several spaces beside each other.
	_ = xml.EscapeText(b, []byte(strings.ReplaceAll(trimmed, " ", "\u00a0")))
	b.WriteString("</text>\n")
}

func (l look) attributes(color string) string {
	text := ""
	if color != "" {
		text += ` style="fill:` + color + `"`
	}
	if l.bold {
		text += ` font-weight="bold"`
	}
	if l.faint {
		text += ` opacity="0.6"`
	}
	if l.underln {
		text += ` text-decoration="underline"`
	}
	return text
}

// after is the look after a sequence.
func (l look) after(codes []string) look {
	for n := 0; n < len(codes); n++ {
		code, _ := strconv.Atoi(codes[n])
		switch {
		case code == 0:
			l = look{}
		case code == 1:
			l.bold = true
		case code == 2:
			l.faint = true
		case code == 4:
			l.underln = true
		case code == 7:
			l.reverse = true
		case code == 39:
			l.color = ""
		case code == 49:
			l.back = ""
		case (code == 38 || code == 48) && n+2 < len(codes):
			index, _ := strconv.Atoi(codes[n+2])
			n += 2
			if code == 38 {
				l.color = palette(index)
			} else {
				l.back = palette(index)
			}
		}
	}
	return l
}

// palette is a colour of the 256 of xterm that is beyond the first sixteen.
func palette(n int) string {
	if n >= 232 {
		grey := 8 + 10*(n-232)
		return fmt.Sprintf("#%02x%02x%02x", grey, grey, grey)
	}
	if n < 16 {
		return ""
	}
	level := func(n int) int {
		if n == 0 {
			return 0
		}
		return 55 + 40*n
	}
	n -= 16
	return fmt.Sprintf("#%02x%02x%02x", level(n/36), level(n/6%6), level(n%6))
}
