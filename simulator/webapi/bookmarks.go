package webapi

import (
	"fmt"
	"net/url"
	"slices"
)

// bookmarksMethods are those of the family bookmarks.
var bookmarksMethods = map[string]serve{
	"bookmarks.add": bookmarksAdd, "bookmarks.edit": bookmarksEdit,
	"bookmarks.remove": bookmarksRemove, "bookmarks.list": bookmarksList,
}

// maxBookmarks is how many a conversation takes.
//
// https://slack.com/help/articles/1500001306421
const maxBookmarks = 100

// A Bookmark is a link at the top of a conversation.
//
// https://docs.slack.dev/reference/methods/bookmarks.add
type Bookmark struct {
	ID                string  `json:"id"`
	ChannelID         string  `json:"channel_id"`
	Title             string  `json:"title"`
	Link              string  `json:"link"`
	Emoji             string  `json:"emoji"`
	IconURL           *string `json:"icon_url"`
	Type              string  `json:"type"`
	EntityID          *string `json:"entity_id"`
	DateCreated       int64   `json:"date_created"`
	DateUpdated       int64   `json:"date_updated"`
	Rank              string  `json:"rank"`
	LastUpdatedByUser string  `json:"last_updated_by_user_id"`
	LastUpdatedByTeam string  `json:"last_updated_by_team_id"`
	ShortcutID        *string `json:"shortcut_id"`
	AppID             *string `json:"app_id"`
}

type bookmarked struct {
	Bookmark *Bookmark `json:"bookmark"`
}

// bookmarksAdd adds a link.
//
// https://docs.slack.dev/reference/methods/bookmarks.add
func bookmarksAdd(r *Request) (any, error) {
	c, err := r.channel("channel_id")
	switch {
	case err != nil:
		return nil, err
	case r.text("type") != "link":
		return nil, refuse("invalid_bookmark_type")
	case !isLink(r.text("link")):
		return nil, refuse("invalid_link")
	case len(c.bookmarks) >= maxBookmarks:
		return nil, refuse("too_many_bookmarks")
	}
	b := &Bookmark{
		ID: r.w.newID("Bk"), ChannelID: c.ID, Title: r.text("title"), Link: r.text("link"), Emoji: r.text("emoji"), Type: "link",
		DateCreated: r.w.now().Unix(), Rank: fmt.Sprintf("%c", 'U'+min(len(c.bookmarks), 5)),
		LastUpdatedByUser: r.token.UserID, LastUpdatedByTeam: r.token.TeamID,
	}
	c.bookmarks = append(c.bookmarks, b)
	return bookmarked{b}, nil
}

func isLink(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// bookmarksEdit changes what is given.
//
// https://docs.slack.dev/reference/methods/bookmarks.edit
func bookmarksEdit(r *Request) (any, error) {
	_, b, err := r.bookmark()
	if err != nil {
		return nil, err
	}
	if r.has("link") && !isLink(r.text("link")) {
		return nil, refuse("invalid_link")
	}
	for name, member := range map[string]*string{"title": &b.Title, "link": &b.Link, "emoji": &b.Emoji} {
		if r.given(name) {
			*member = r.text(name)
		}
	}
	b.DateUpdated, b.LastUpdatedByUser = r.w.now().Unix(), r.token.UserID
	return bookmarked{b}, nil
}

// bookmarksRemove takes a link away.
//
// https://docs.slack.dev/reference/methods/bookmarks.remove
func bookmarksRemove(r *Request) (any, error) {
	c, b, err := r.bookmark()
	if err != nil {
		return nil, err
	}
	c.bookmarks = slices.DeleteFunc(c.bookmarks, func(other *Bookmark) bool { return other == b })
	return nil, nil
}

// bookmark is the one that the arguments name.
func (r *Request) bookmark() (*Channel, *Bookmark, error) {
	c, err := r.channel("channel_id")
	if err != nil {
		return nil, nil, err
	}
	for _, b := range c.bookmarks {
		if b.ID == r.text("bookmark_id") {
			return c, b, nil
		}
	}
	return nil, nil, refuse("not_found")
}

// bookmarksList says what there is.
//
// https://docs.slack.dev/reference/methods/bookmarks.list
func bookmarksList(r *Request) (any, error) {
	c, err := r.channel("channel_id")
	if err != nil {
		return nil, err
	}
	return struct {
		Bookmarks []*Bookmark `json:"bookmarks"`
	}{append([]*Bookmark{}, c.bookmarks...)}, nil
}
