package webapi

// usergroupsMethods are those of the family usergroups.
var usergroupsMethods = map[string]serve{}
