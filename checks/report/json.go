// Package report writes what belay found, for people and for programs. Every
// format is a function of the report alone.
package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"

	"belay/checks"
)

// JSON writes the report as docs/report.schema.json describes it. Control
// characters are escaped, those beyond ASCII too, because the output may end in a
// terminal.
func JSON(w io.Writer, r checks.Report) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(r); err != nil {
		return fmt.Errorf("encode the report: %w", err)
	}
	if _, err := w.Write(escapeControls(b.Bytes())); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// escapeControls escapes what encoding/json leaves as it is: DEL, the C1 controls,
// some of which terminals obey, and the marks that turn the direction of a text.
func escapeControls(text []byte) []byte {
	var b bytes.Buffer
	for _, r := range string(text) {
		if r <= 0x7e || !unicode.In(r, unicode.Cc, unicode.Cf) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.Bytes()
}
