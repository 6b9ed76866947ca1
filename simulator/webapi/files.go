package webapi

// filesMethods are those of the family files.
var filesMethods = map[string]serve{}
