package webapi

// remindersMethods are those of the family reminders.
var remindersMethods = map[string]serve{}
