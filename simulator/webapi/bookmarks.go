package webapi

// bookmarksMethods are those of the family bookmarks.
var bookmarksMethods = map[string]serve{}
