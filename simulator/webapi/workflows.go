package webapi

// workflowsMethods are those of the family workflows.
var workflowsMethods = map[string]serve{}
