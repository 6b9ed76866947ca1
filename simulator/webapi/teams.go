package webapi

// teamMethods are those of the family team.
var teamMethods = map[string]serve{}
