package webapi

// blocksMethods are those of the family blocks.
var blocksMethods = map[string]serve{}
