package webapi

// conversationsMethods are those of the family conversations.
var conversationsMethods = map[string]serve{}
