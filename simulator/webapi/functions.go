package webapi

// functionsMethods are those of the family functions.
var functionsMethods = map[string]serve{}
