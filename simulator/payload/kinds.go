package payload

import "strings"

// Kinds are the sorts of request that Slack sends, the retired one last. The events
// stand for as many kinds as there are EventTypes.
func Kinds() []Kind {
	return []Kind{
		Command, SSLCheck,
		BlockActions, Shortcut, MessageAction, ViewSubmission, ViewClosed, BlockSuggestion,
		InteractiveMessage, InteractiveMessageSuggestion, DialogSubmission, DialogSuggestion, DialogCancellation,
		URLVerification, Event, AppRateLimited, OAuthRedirect,
		WorkflowStepEdit,
	}
}

// FindKind finds a kind by its name. An event is found by its type, with or without
// the word event before it; action is short for block_actions.
func FindKind(name string) (Kind, error) {
	if sort, ok := strings.CutPrefix(name, "event "); ok {
		of, err := FindEventType(strings.TrimSpace(sort))
		if err != nil {
			return Kind{}, err
		}
		return of.Kind(), nil
	}
	names := make([]string, 0, len(Kinds()))
	for _, k := range Kinds() {
		if k.Name == name || k.Name == "block_actions" && name == "action" {
			return k, nil
		}
		names = append(names, k.Name)
	}
	of, err := FindEventType(name)
	if err == nil {
		return of.Kind(), nil
	}
	if nearest(name, names) == "" && nearest(name, eventNames()) != "" {
		return Kind{}, err
	}
	return Kind{}, unknown("kind", name, names)
}
