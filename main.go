// Belay tells a developer why Slack cannot work with their app, before Slack does.
package main

import (
	"os"

	"belay/internal/cli"
)

func main() { os.Exit(cli.Main()) }
