package webapi

// usersMethods are those of the family users.
var usersMethods = map[string]serve{}
