package webapi

// emojiMethods are those of the family emoji.
var emojiMethods = map[string]serve{}
