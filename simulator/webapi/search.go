package webapi

import (
	"cmp"
	"slices"
	"strings"
)

// searchMethods are those of the family search.
var searchMethods = map[string]serve{
	"search.all":      searchAll,
	"search.files":    searchFiles,
	"search.messages": searchMessages,
}

// found is a page of what a search found, with both of Slack's ways to count pages.
type found[T any] struct {
	Total      int        `json:"total"`
	Pagination pagination `json:"pagination"`
	Paging     paging     `json:"paging"`
	Matches    []T        `json:"matches"`
}

type pagination struct {
	TotalCount int `json:"total_count"`
	Page       int `json:"page"`
	PerPage    int `json:"per_page"`
	PageCount  int `json:"page_count"`
	First      int `json:"first"`
	Last       int `json:"last"`
}

// pageOf is the page of what was found that page and count ask for.
func pageOf[T any](r *Request, all []T) found[T] {
	count := min(max(r.number("count", 20), 1), 100)
	number := min(max(r.number("page", 1), 1), 100)
	pages := (len(all) + count - 1) / count
	from := min((number-1)*count, len(all))
	to := min(from+count, len(all))
	f := found[T]{
		Total: len(all), Matches: append([]T{}, all[from:to]...),
		Pagination: pagination{TotalCount: len(all), Page: number, PerPage: count, PageCount: pages, First: from + 1, Last: to},
		Paging:     paging{Count: count, Total: len(all), Page: number, Pages: pages},
	}
	if from == to {
		f.Pagination.First = 0
	}
	return f
}

// A messageMatch is a message that was found.
type messageMatch struct {
	IID         string       `json:"iid"`
	Team        string       `json:"team"`
	Channel     matchChannel `json:"channel"`
	Type        string       `json:"type"`
	User        string       `json:"user"`
	Username    string       `json:"username"`
	TS          string       `json:"ts"`
	Text        string       `json:"text"`
	Permalink   string       `json:"permalink"`
	NoReactions bool         `json:"no_reactions"`
}

type matchChannel struct {
	ID                 string   `json:"id"`
	Name               string   `json:"name"`
	NameNormalized     string   `json:"name_normalized"`
	IsChannel          bool     `json:"is_channel"`
	IsGroup            bool     `json:"is_group"`
	IsIM               bool     `json:"is_im"`
	IsMPIM             bool     `json:"is_mpim"`
	IsPrivate          bool     `json:"is_private"`
	IsShared           bool     `json:"is_shared"`
	IsOrgShared        bool     `json:"is_org_shared"`
	IsExtShared        bool     `json:"is_ext_shared"`
	IsPendingExtShared bool     `json:"is_pending_ext_shared"`
	PendingShared      []string `json:"pending_shared"`
	User               string   `json:"user,omitempty"`
}

// asks is the query as it was sent, and read.
func (r *Request) asks() (string, query, error) {
	text := strings.TrimSpace(r.text("query"))
	if text == "" {
		return "", query{}, refuse("no_query")
	}
	return text, r.query(text), nil
}

// messagesOf finds the messages that the caller may see. They are sorted by their time,
// newest first: Slack's score is its secret.
func (r *Request) messagesOf(q query) found[messageMatch] {
	var all []messageMatch
	for _, c := range r.team().channels {
		if !r.visible(c) {
			continue
		}
		for _, m := range c.messages {
			if m.ephemeralTo == "" && q.matches(c, m) {
				all = append(all, r.match(c, m, q))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b messageMatch) int {
		if r.text("sort_dir") == "asc" {
			a, b = b, a
		}
		return strings.Compare(b.TS, a.TS)
	})
	return pageOf(r, all)
}

func (r *Request) match(c *Channel, m *Message, q query) messageMatch {
	t := r.team()
	one := messageMatch{
		IID: m.TS, Team: t.ID, Type: "message", User: m.User, Username: m.Username, TS: m.TS, Text: m.Text,
		Permalink: t.permalink(c, m), NoReactions: len(m.Reactions) == 0,
		Channel: matchChannel{
			ID: c.ID, Name: cmp.Or(c.Name, c.other(r.token.UserID)), NameNormalized: c.Name, IsChannel: c.Sort != "im" && c.ID[0] != 'G',
			IsGroup: c.ID[0] == 'G', IsIM: c.Sort == "im", IsMPIM: c.Sort == "mpim", IsPrivate: c.private(),
			IsShared: c.Shared, IsExtShared: c.Shared, PendingShared: []string{},
		},
	}
	if c.Sort == "im" {
		one.Channel.User = c.other(r.token.UserID)
	}
	if u := t.user(m.User); u != nil && one.Username == "" {
		one.Username = u.Name
	}
	if r.yes("highlight") {
		one.Text = q.highlight(one.Text)
	}
	return one
}

// filesOf finds the files that the caller may see.
func (r *Request) filesOf(q query) found[*File] {
	var all []*File
	for _, c := range r.team().channels {
		if !r.visible(c) {
			continue
		}
		for _, m := range c.messages {
			for _, f := range m.Files {
				about := &Message{User: f.User, TS: m.TS, Text: f.Title + " " + f.Name}
				if !slices.Contains(all, f) && m.ephemeralTo == "" && q.matches(c, about) {
					all = append(all, f)
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *File) int {
		if r.text("sort_dir") == "asc" {
			a, b = b, a
		}
		return cmp.Compare(b.Created, a.Created)
	})
	return pageOf(r, all)
}

// searchMessages searches the messages.
//
// https://docs.slack.dev/reference/methods/search.messages
func searchMessages(r *Request) (any, error) {
	text, q, err := r.asks()
	if err != nil {
		return nil, err
	}
	return struct {
		Query    string              `json:"query"`
		Messages found[messageMatch] `json:"messages"`
	}{text, r.messagesOf(q)}, nil
}

// searchFiles searches the files by their names.
//
// https://docs.slack.dev/reference/methods/search.files
func searchFiles(r *Request) (any, error) {
	text, q, err := r.asks()
	if err != nil {
		return nil, err
	}
	return struct {
		Query string       `json:"query"`
		Files found[*File] `json:"files"`
	}{text, r.filesOf(q)}, nil
}

// searchAll searches messages and files.
//
// https://docs.slack.dev/reference/methods/search.all
func searchAll(r *Request) (any, error) {
	text, q, err := r.asks()
	if err != nil {
		return nil, err
	}
	return struct {
		Query    string              `json:"query"`
		Messages found[messageMatch] `json:"messages"`
		Files    found[*File]        `json:"files"`
		Posts    found[struct{}]     `json:"posts"`
	}{text, r.messagesOf(q), r.filesOf(q), pageOf(r, []struct{}{})}, nil
}
