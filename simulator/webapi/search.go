package webapi

// searchMethods are those of the family search.
var searchMethods = map[string]serve{}
