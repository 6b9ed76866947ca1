package webapi

import "encoding/json"

// entityMethods are those of the family entity: what an app shows of a Work Object
// that somebody opened.
var entityMethods = map[string]serve{
	"entity.presentDetails": presentDetails, "entity.presentComments": presentComments,
	"entity.acknowledgeCommentAction": acknowledgeCommentAction,
}

// entityTrigger are the codes by which these methods refuse a trigger. They have only
// one.
var entityTrigger = triggerErrors{"invalid_trigger_id", "invalid_trigger_id", "invalid_trigger_id"}

// presentDetails shows what an object is.
//
// https://docs.slack.dev/reference/methods/entity.presentDetails
func presentDetails(r *Request) (any, error) {
	if err := r.authenticates(); err != nil {
		return nil, err
	}
	if !r.has("metadata") && !r.has("error") && !r.yes("user_auth_required") {
		return nil, refuse("invalid_metadata")
	}
	if raw := r.text("metadata"); raw != "" {
		var metadata struct {
			EntityType    string          `json:"entity_type"`
			EntityPayload json.RawMessage `json:"entity_payload"`
		}
		if json.Unmarshal([]byte(raw), &metadata) != nil || metadata.EntityType == "" || metadata.EntityPayload == nil {
			return nil, refuse("invalid_metadata")
		}
	}
	_, err := r.take(r.text("trigger_id"), entityTrigger)
	return nil, err
}

// presentComments shows what was said of an object.
//
// https://docs.slack.dev/reference/methods/entity.presentComments
func presentComments(r *Request) (any, error) {
	if err := r.authenticates(); err != nil {
		return nil, err
	}
	_, err := r.take(r.text("trigger_id"), entityTrigger)
	return nil, err
}

// acknowledgeCommentAction says what became of a comment.
//
// https://docs.slack.dev/reference/methods/entity.acknowledgeCommentAction
func acknowledgeCommentAction(r *Request) (any, error) {
	if !r.has("comment") && !r.has("error") {
		return nil, refuse("missing_comment_data")
	}
	_, err := r.take(r.text("trigger_id"), entityTrigger)
	return nil, err
}

// authenticates checks that who must sign in is told where.
func (r *Request) authenticates() error {
	if r.yes("user_auth_required") && !r.has("user_auth_url") {
		return refuse("user_auth_url_missing")
	}
	return nil
}
