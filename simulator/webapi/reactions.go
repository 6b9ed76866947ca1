package webapi

// reactionsMethods are those of the family reactions.
var reactionsMethods = map[string]serve{}
