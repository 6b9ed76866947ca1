package webapi

// botsMethods are those of the family bots.
var botsMethods = map[string]serve{}
