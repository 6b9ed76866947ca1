package webapi

// pinsMethods are those of the family pins.
var pinsMethods = map[string]serve{}
