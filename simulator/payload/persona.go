package payload

// A Persona is whose Slack a payload comes from: what differs between them is what
// apps get wrong. The zero value is a workspace's member.
type Persona string

// The personas.
const (
	// PersonaWorkspace is a member of a workspace in which the app is installed.
	PersonaWorkspace Persona = "workspace"
	// PersonaEnterprise is a member of an Enterprise organization on which the app is
	// installed as a whole: team is null where it can be.
	//
	// https://api.slack.com/enterprise/apps/reference
	PersonaEnterprise Persona = "enterprise"
	// PersonaGuest is a single-channel guest of the workspace.
	PersonaGuest Persona = "guest"
	// PersonaSharedChannel is a member of another workspace, in a channel shared with it.
	//
	// https://docs.slack.dev/apis/slack-connect
	PersonaSharedChannel Persona = "shared-channel"
)

// Personas are all of them.
func Personas() []Persona {
	return []Persona{PersonaWorkspace, PersonaEnterprise, PersonaGuest, PersonaSharedChannel}
}

// ParsePersona reads a persona's name.
func ParsePersona(name string) (Persona, error) {
	names := make([]string, 0, len(Personas()))
	for _, p := range Personas() {
		if string(p) == name {
			return p, nil
		}
		names = append(names, string(p))
	}
	return "", unknown("persona", name, names)
}
