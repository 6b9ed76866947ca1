package cli_test

import (
	"fmt"
	"slices"
	"strings"

	"belay/simulator/webapi"
)

// ofServer are the methods that the server answers itself, because they lead to more
// than an answer.
var ofServer = []string{"apps.connections.open"}

// coverMethods lists the Web API by family: which methods read and change the fake
// workspace, and which are answered from what is documented of them.
func coverMethods(b *strings.Builder) {
	var names []string
	families := map[string]*family{}
	modelled := 0
	all := webapi.Methods()
	for _, m := range all {
		name, _, _ := strings.Cut(m.Name, ".")
		if families[name] == nil {
			names = append(names, name)
			families[name] = &family{}
		}
		if m.Modelled() || slices.Contains(ofServer, m.Name) {
			families[name].modelled = append(families[name].modelled, m.Name)
			modelled++
		} else {
			families[name].documented = append(families[name].documented, m.Name)
		}
	}
	fmt.Fprintf(b, "The %d methods that the fake Slack answers. %d are modelled: they read and change its\nworkspace. The others are answered from what Slack's documentation says of them: token,\nscopes and arguments are checked, and the answer has the documented keys.\n\n", len(all), modelled)
	var rows [][]string
	for _, name := range names {
		rows = append(rows, []string{coded(name), coded(families[name].modelled...), coded(families[name].documented...)})
	}
	coverageTable(b, "family | modelled | answered from the documentation", rows)
}

// family is the methods of one.
type family struct{ modelled, documented []string }
