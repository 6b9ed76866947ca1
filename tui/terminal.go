package tui

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// A terminal is where the program runs. What is copied is written between two frames.
type terminal struct {
	in     io.Reader
	out    io.Writer
	hungUp func()

	mu sync.Mutex
}

func newTerminal(o Options) *terminal {
	t := &terminal{in: o.In, out: o.Out}
	if t.in == nil {
		t.in = os.Stdin
	}
	if t.out == nil {
		t.out = os.Stdout
	}
	return t
}

// options are bubbletea's. Files stay files, since it asks them for their size. Signals are
// left to whoever made the context: bubbletea's own handler waits for ever for a program
// that the context has ended already.
func (t *terminal) options(ctx context.Context, o Options) []tea.ProgramOption {
	options := []tea.ProgramOption{tea.WithAltScreen(), tea.WithContext(ctx), tea.WithoutSignalHandler()}
	if o.Mouse {
		options = append(options, tea.WithMouseCellMotion())
	}
	options = append(options, tea.WithInput(keyboard{t.in, t}), tea.WithOutput(screen{t.out, t}))
	if file, ok := t.in.(*os.File); ok {
		options = append(options, tea.WithInput(keyboardFile{file, t}))
	}
	if file, ok := t.out.(*os.File); ok {
		options = append(options, tea.WithOutput(screenFile{file, t}))
	}
	return options
}

// read passes on what is typed. When nothing more can come the program has to end:
// nobody could end it.
func (t *terminal) read(from io.Reader, p []byte) (int, error) {
	n, err := from.Read(p)
	if err == io.EOF {
		t.hungUp()
	}
	return n, err
}

func (t *terminal) write(to io.Writer, p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return to.Write(p)
}

// copy hands a text to the terminal's clipboard. Whether it takes it, it does not say.
func (t *terminal) copy(text string) error {
	if _, err := t.write(t.out, []byte(ansi.SetSystemClipboard(text))); err != nil {
		return fmt.Errorf("write to the terminal: %w", err)
	}
	return nil
}

type keyboard struct {
	io.Reader
	t *terminal
}

func (k keyboard) Read(p []byte) (int, error) { return k.t.read(k.Reader, p) }

type keyboardFile struct {
	*os.File
	t *terminal
}

func (k keyboardFile) Read(p []byte) (int, error) { return k.t.read(k.File, p) }

type screen struct {
	io.Writer
	t *terminal
}

func (s screen) Write(p []byte) (int, error) { return s.t.write(s.Writer, p) }

type screenFile struct {
	*os.File
	t *terminal
}

func (s screenFile) Write(p []byte) (int, error) { return s.t.write(s.File, p) }
