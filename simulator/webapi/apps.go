package webapi

// appsMethods are those of the family apps.
var appsMethods = map[string]serve{}
