package cli

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"belay/checks"
)

// version is set by the linker for a release.
var version = "0.1.0-dev"

func tool() checks.Tool { return checks.Tool{Name: "belay", Version: version} }

func newVersion(world IO) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Prints the version", Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(world.Stdout, "belay %s (%s, %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
