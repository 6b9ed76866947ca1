package webapi

import "fmt"

// emojiMethods are those of the family emoji.
var emojiMethods = map[string]serve{"emoji.list": emojiList}

// emojiList lists the workspace's own emoji: pictures, or aliases.
//
// https://docs.slack.dev/reference/methods/emoji.list
func emojiList(r *Request) (any, error) {
	type category struct {
		Name  string   `json:"name"`
		Names []string `json:"emoji_names"`
	}
	answer := struct {
		Emoji      map[string]string `json:"emoji"`
		CacheTS    string            `json:"cache_ts"`
		Categories *[]category       `json:"categories,omitempty"`
		Version    string            `json:"categories_version,omitempty"`
	}{Emoji: r.team().emoji, CacheTS: fmt.Sprintf("%d.000000", r.w.now().Unix())}
	if answer.Emoji == nil {
		answer.Emoji = map[string]string{}
	}
	if r.yes("include_categories") {
		answer.Categories, answer.Version = &[]category{}, "5"
	}
	return answer, nil
}
