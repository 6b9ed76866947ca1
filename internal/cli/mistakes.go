package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// mistakes are what is wrong with a command line, all of it.
type mistakes []string

// when notes a mistake, if it is one.
func (m *mistakes) when(wrong bool, format string, a ...any) {
	if wrong {
		*m = append(*m, fmt.Sprintf(format, a...))
	}
}

// note adds an error to the mistakes, unless it is none.
func (m *mistakes) note(err error) {
	if err != nil {
		*m = append(*m, err.Error())
	}
}

// err is the usage error that says all of them, or nil.
func (m mistakes) err() error {
	if len(m) == 0 {
		return nil
	}
	return usageError("%s", strings.Join(m, "\n       "))
}

// flagError words what the parser of flags refuses, without the value: it may be a
// secret.
func flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) || unknown.GetSpecifiedShortnames() == "" {
		return usageError("%v", err)
	}
	name, _, _ := strings.Cut(unknown.GetSpecifiedShortnames(), "=")
	e := usageError("there is no flag -%s", name)
	if c.Flags().Lookup(name) != nil {
		e.hint = "did you mean --" + name + "?"
	}
	return e
}
