package webapi

// entityMethods are those of the family entity.
var entityMethods = map[string]serve{}
