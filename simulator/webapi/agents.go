package webapi

// agentsMethods are those of the family agents.
var agentsMethods = map[string]serve{}
