// Package recording reads recorded requests of Slack's, and makes deliveries of them
// that can be sent again: a saved report of belay's, a curl line, a HAR file, a capture
// of ngrok's, or the bytes of HTTP.
//
//	set, err := recording.Read("capture.har", data, recording.Options{})
//	if err != nil {
//		return err
//	}
//	for _, r := range set.Recordings {
//		again, err := r.Replay(recording.Terms{To: u, Secret: secret, Now: time.Now()})
//		…
//	}
//
// What is read was written by others: every size is bounded, and nothing that a
// recording names is opened or called, unless Options.Open says how.
package recording

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"belay/simulator/payload"
)

// The bounds of what is read.
const (
	// MaxFile is how large a file of recordings may be, in bytes.
	MaxFile = 64 << 20
	// MaxRecordings is how many requests one file may hold.
	MaxRecordings = 10_000
	// maxBody is how large the body of one request may be, in bytes.
	maxBody = 8 << 20
	// maxHeader is how many header fields one request may have.
	maxHeader = 200
)

// A Recording is one request as it was recorded.
type Recording struct {
	// At is when it was sent, or zero if the recording does not tell.
	At     time.Time
	Method string
	// URL is absolute.
	URL    string
	Header []payload.HeaderField
	Body   []byte
	// Source is where it was read: the file and a line or an entry.
	Source string
	// Lost are sentences that say what of the request the recording does not hold.
	Lost []string
}

// A Set is what one file held.
type Set struct {
	// Format is the name of the file's format.
	Format string
	// Recordings are the requests that look like Slack's, in the order of sending.
	Recordings []Recording
	// Skipped are those that do not, with the reasons.
	Skipped []Skipped
	// Cut says where a file ends too soon, or is "".
	Cut string
}

// A Skipped is a request that is none of Slack's.
type Skipped struct {
	Recording Recording
	Reason    error
}

// Options say how to read. The zero value recognises the format and opens nothing.
type Options struct {
	// Format is one of Formats, or "" to recognise it.
	Format string
	// Open opens a file that a curl line names, as in -d @body.json; nil refuses.
	Open func(name string) (io.ReadCloser, error)
}

// A format is one way to write requests down.
type format struct {
	// name is the word the user types.
	name string
	// title is what a person calls it.
	title string
	read  func(r *reader) error
}

// formats are all of them, a file each.
func formats() []format {
	return []format{
		{"curl", "a curl command line", readCurl},
		{"har", "a HAR file", readHAR},
		{"http", "a raw HTTP request", readHTTP},
		{"report", "a saved report of belay's", readReport},
		{"ngrok", "a capture of ngrok's", readNgrok},
	}
}

// Formats are the names of what Read reads.
func Formats() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// A reader collects the requests of one file.
type reader struct {
	file string
	data []byte
	open func(name string) (io.ReadCloser, error)
	all  []Recording
	cut  string
}

// Read reads the requests that a file holds. Those that are none of Slack's are skipped
// if there are others. An error names the file, and the line and the column, or the
// entry.
func Read(file string, data []byte, o Options) (Set, error) {
	if len(data) > MaxFile {
		return Set{}, fmt.Errorf("%s: it is larger than %d MiB", file, MaxFile>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	f, err := formatOf(file, data, o.Format)
	if err != nil {
		return Set{}, err
	}
	r := &reader{file: file, data: data, open: o.Open}
	if err := f.read(r); err != nil {
		return Set{}, err
	}
	if len(r.all) == 0 {
		return Set{}, fmt.Errorf("%s: %s without a request", file, f.title)
	}
	set := Set{Format: f.name, Cut: r.cut}
	for _, recorded := range inOrder(r.all) {
		if _, err := recorded.identify(); err != nil {
			set.Skipped = append(set.Skipped, Skipped{recorded, err})
			continue
		}
		set.Recordings = append(set.Recordings, recorded)
	}
	if len(set.Recordings) == 0 {
		return set, nothingOfSlacks(file, set.Skipped)
	}
	return set, nil
}

// inOrder sorts by the time of sending, where all have one: ngrok lists the newest
// first, and a report its exchanges by what they prove.
func inOrder(all []Recording) []Recording {
	if !slices.ContainsFunc(all, func(r Recording) bool { return r.At.IsZero() }) {
		slices.SortStableFunc(all, func(a, b Recording) int { return a.At.Compare(b.At) })
	}
	return all
}

func nothingOfSlacks(file string, skipped []Skipped) error {
	first := skipped[0]
	if len(skipped) == 1 {
		return fmt.Errorf("%s: this is no request of Slack's: %w", first.Recording.Source, first.Reason)
	}
	return fmt.Errorf("%s: none of the %d requests is one of Slack's; %s: %w", file, len(skipped), first.Recording.Source, first.Reason)
}

// add keeps a request, within the bounds.
func (r *reader) add(recorded Recording) error {
	switch {
	case len(r.all) == MaxRecordings:
		return fmt.Errorf("%s: it holds more than %d requests", r.file, MaxRecordings)
	case len(recorded.Body) > maxBody:
		return fmt.Errorf("%s: the body is larger than %d MiB", recorded.Source, maxBody>>20)
	case len(recorded.Header) > maxHeader:
		return fmt.Errorf("%s: it has more than %d headers", recorded.Source, maxHeader)
	}
	r.all = append(r.all, recorded)
	return nil
}

// wrong is an error at a byte of the file.
func (r *reader) wrong(offset int, format string, a ...any) error {
	line, column := position(r.data, offset)
	return fmt.Errorf("%s:%d:%d: %w", r.file, line, column, fmt.Errorf(format, a...))
}

// lineAt is the file and the line of a byte.
func (r *reader) lineAt(offset int) string {
	line, _ := position(r.data, offset)
	return fmt.Sprintf("%s:%d", r.file, line)
}

// position counts lines and columns from 1, columns in characters.
func position(data []byte, offset int) (line, column int) {
	before := data[:max(0, min(offset, len(data)))]
	line = bytes.Count(before, []byte("\n")) + 1
	return line, utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
}

// header is the value of the first field of that name, or "".
func (r Recording) header(name string) string {
	for _, h := range r.Header {
		if strings.EqualFold(h.Name, name) {
			return h.Value
		}
	}
	return ""
}

func (r Recording) hasHeader(name string) bool {
	return slices.ContainsFunc(r.Header, func(h payload.HeaderField) bool { return strings.EqualFold(h.Name, name) })
}

var errEmpty = errors.New("there is nothing in it")
