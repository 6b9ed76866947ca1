package webapi

// dialogMethods are those of the family dialog.
var dialogMethods = map[string]serve{}
