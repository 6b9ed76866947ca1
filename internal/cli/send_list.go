package cli

import (
	"fmt"
	"strings"

	"belay/simulator/payload"
)

// listKinds prints what can be sent: the kinds, the types of events, or the elements.
func listKinds(world IO, args []string) error {
	var b strings.Builder
	switch {
	case len(args) == 0:
		kindTable(&b)
	case args[0] == payload.Event.Name:
		eventTable(&b)
	case args[0] == payload.BlockActions.Name, args[0] == "action", args[0] == payload.BlockSuggestion.Name, args[0] == payload.ViewSubmission.Name:
		for _, name := range payload.Elements() {
			fmt.Fprintln(&b, name)
		}
	default:
		if _, err := payload.FindKind(args[0]); err != nil {
			return usageError("%v", err)
		}
		return usageError("%s has nothing to list: --list shows the kinds, and with event, block_actions or view_submission what goes with them", args[0])
	}
	_, err := fmt.Fprint(world.Stdout, b.String())
	return err
}

func kindTable(b *strings.Builder) {
	for _, k := range payload.Kinds() {
		name, title := k.Name, k.Title
		switch k.Name {
		case payload.Command.Name:
			name += ` "/deploy prod"`
		case payload.Event.Name:
			name += " TYPE"
			title = fmt.Sprintf("one of %d events, or message/SUBTYPE: belay send event --list", len(payload.EventTypes()))
		case payload.BlockActions.Name:
			name += " (or action)"
			title = fmt.Sprintf("a button pressed, or one of %d elements used: --element TYPE", len(payload.Elements()))
		case payload.SSLCheck.Name:
			title = "unsigned: the certificate is tried when a command is saved"
		case payload.URLVerification.Name:
			title = "the challenge when an events URL is saved"
		case payload.AppRateLimited.Name:
			title = "events are being dropped"
		case payload.OAuthRedirect.Name:
			title = "the browser comes back from an installation"
		}
		fmt.Fprintf(b, "%-32s %s\n", name, title)
	}
}

func eventTable(b *strings.Builder) {
	for _, e := range payload.EventTypes() {
		line := fmt.Sprintf("%-40s %s", e.Name, strings.Join(e.Scopes, ", "))
		fmt.Fprintln(b, strings.TrimRight(line, " "))
	}
	for _, e := range payload.MessageSubtypes() {
		fmt.Fprintln(b, e.Name)
	}
}
