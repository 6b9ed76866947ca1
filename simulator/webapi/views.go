package webapi

// viewsMethods are those of the family views.
var viewsMethods = map[string]serve{}
