package webapi

// EncodeMessage is how answers hold a message.
func EncodeMessage(m *Message) []byte { return appendMessage(nil, m) }
