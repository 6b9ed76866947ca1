package webapi

// assistantMethods are those of the family assistant.
var assistantMethods = map[string]serve{}
