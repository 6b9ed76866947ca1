package webapi

import "slices"

// workflowsMethods are those of the family workflows.
var workflowsMethods = map[string]serve{
	"workflows.featured.add": featuredAdd, "workflows.featured.set": featuredSet,
	"workflows.featured.remove": featuredRemove, "workflows.featured.list": featuredList,
	"workflows.triggers.permissions.add": permissionsAdd, "workflows.triggers.permissions.set": permissionsSet,
	"workflows.triggers.permissions.remove": permissionsRemove, "workflows.triggers.permissions.list": permissionsList,
}

// A featured workflow is one that a channel shows, by the trigger that starts it.
type featured struct {
	TriggerID string `json:"trigger_id"`
	Title     string `json:"title"`
}

// maxFeatured is how many a channel shows.
//
// https://docs.slack.dev/reference/methods/workflows.featured.set
const maxFeatured = 15

// featuredAdd shows workflows in a channel.
//
// https://docs.slack.dev/reference/methods/workflows.featured.add
func featuredAdd(r *Request) (any, error) {
	return r.feature(func(ids []string) []string { return append(ids, r.list("trigger_ids")...) })
}

// featuredSet shows these workflows alone.
//
// https://docs.slack.dev/reference/methods/workflows.featured.set
func featuredSet(r *Request) (any, error) {
	return r.feature(func([]string) []string { return r.list("trigger_ids") })
}

// featuredRemove does not show workflows any more.
//
// https://docs.slack.dev/reference/methods/workflows.featured.remove
func featuredRemove(r *Request) (any, error) {
	return r.feature(func(ids []string) []string {
		gone := r.list("trigger_ids")
		return slices.DeleteFunc(ids, func(id string) bool { return slices.Contains(gone, id) })
	})
}

func (r *Request) feature(change func([]string) []string) (any, error) {
	c, err := r.channel("channel_id")
	if err != nil {
		return nil, refuse("restricted_action")
	}
	var ids []string
	for _, id := range change(slices.Clone(c.featured)) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(ids) > maxFeatured {
		return nil, refuse("error_modifying_workflows")
	}
	c.featured = ids
	return nil, nil
}

// featuredList says which workflows channels show.
//
// https://docs.slack.dev/reference/methods/workflows.featured.list
func featuredList(r *Request) (any, error) {
	type shown struct {
		ChannelID string     `json:"channel_id"`
		Triggers  []featured `json:"triggers"`
	}
	answer := struct {
		Featured []shown `json:"featured_workflows"`
	}{[]shown{}}
	for _, id := range r.list("channel_ids") {
		c := r.team().channel(id)
		if c == nil || !r.visible(c) {
			return nil, refuse("channel_not_found")
		}
		one := shown{c.ID, []featured{}}
		for _, t := range c.featured {
			one.Triggers = append(one.Triggers, featured{t, t})
		}
		answer.Featured = append(answer.Featured, one)
	}
	return answer, nil
}

// A permission is who may start a workflow by a trigger.
type permission struct {
	Type     string   `json:"permission_type"`
	Users    []string `json:"user_ids,omitempty"`
	Channels []string `json:"channel_ids,omitempty"`
	Teams    []string `json:"team_ids,omitempty"`
	Orgs     []string `json:"org_ids,omitempty"`
}

// permissionTypes are who may be allowed.
var permissionTypes = []string{"everyone", "no_one", "app_collaborators", "named_entities"}

// permissionsSet says who may start a workflow.
//
// https://docs.slack.dev/reference/methods/workflows.triggers.permissions.set
func permissionsSet(r *Request) (any, error) {
	if !slices.Contains(permissionTypes, r.text("permission_type")) {
		return nil, refuse("invalid_permission_type")
	}
	p := r.permission()
	*p = permission{Type: r.text("permission_type")}
	if p.Type != "named_entities" {
		return p, nil
	}
	return r.permit(p)
}

// permissionsAdd lets more start a workflow.
//
// https://docs.slack.dev/reference/methods/workflows.triggers.permissions.add
func permissionsAdd(r *Request) (any, error) { return r.permit(r.permission()) }

func (r *Request) permit(p *permission) (any, error) {
	for _, id := range r.list("user_ids") {
		if r.team().user(id) == nil {
			return nil, refuse("user_not_found")
		}
	}
	for _, id := range r.list("channel_ids") {
		if r.team().channel(id) == nil {
			return nil, refuse("channel_not_found")
		}
	}
	if !r.namesEntities() {
		return nil, refuse("no_valid_named_entities")
	}
	p.Type = "named_entities"
	for _, e := range r.entities(p) {
		for _, id := range e.named {
			if !slices.Contains(*e.held, id) && len(*e.held) < 1000 {
				*e.held = append(*e.held, id)
			}
		}
	}
	return p, nil
}

// permissionsRemove lets fewer start a workflow.
//
// https://docs.slack.dev/reference/methods/workflows.triggers.permissions.remove
func permissionsRemove(r *Request) (any, error) {
	p := r.permission()
	switch {
	case p.Type != "named_entities":
		return nil, refuse("invalid_permission_type")
	case !r.namesEntities():
		return nil, refuse("named_entities_cannot_be_empty")
	}
	for _, e := range r.entities(p) {
		*e.held = slices.DeleteFunc(*e.held, func(id string) bool { return slices.Contains(e.named, id) })
	}
	return p, nil
}

// permissionsList says who may start a workflow.
//
// https://docs.slack.dev/reference/methods/workflows.triggers.permissions.list
func permissionsList(r *Request) (any, error) { return r.permission(), nil }

func (r *Request) namesEntities() bool {
	return r.has("user_ids") || r.has("channel_ids") || r.has("team_ids") || r.has("org_ids")
}

// entities are those that are named, and where they are held.
func (r *Request) entities(p *permission) []struct {
	named []string
	held  *[]string
} {
	return []struct {
		named []string
		held  *[]string
	}{
		{r.list("user_ids"), &p.Users}, {r.list("channel_ids"), &p.Channels},
		{r.list("team_ids"), &p.Teams}, {r.list("org_ids"), &p.Orgs},
	}
}

// permission is that of the trigger; each one begins with everyone.
func (r *Request) permission() *permission {
	id := r.text("trigger_id")
	if p := r.w.permissions[id]; p != nil {
		return p
	}
	if r.w.permissions == nil || len(r.w.permissions) >= maxFunctions {
		r.w.permissions = map[string]*permission{}
	}
	p := &permission{Type: "everyone"}
	r.w.permissions[id] = p
	return p
}
