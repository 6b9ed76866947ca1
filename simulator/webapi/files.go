package webapi

import (
	"encoding/json"
	"mime"
	"path"
	"slices"
	"strconv"
	"strings"
)

// filesMethods are those of the family files.
var filesMethods = map[string]serve{
	"files.getUploadURLExternal": filesGetUploadURLExternal, "files.completeUploadExternal": filesCompleteUploadExternal,
	"files.info": filesInfo, "files.list": filesList, "files.delete": filesDelete, "files.upload": filesUpload,
	"files.sharedPublicURL": filesSharedPublicURL, "files.revokePublicURL": filesRevokePublicURL,
}

const (
	// maxFileSize is how large an upload may be, and maxFiles and maxContent what a
	// workspace keeps.
	maxFileSize = 1 << 30
	maxFiles    = 1000
	maxContent  = 32 << 20
)

// filesGetUploadURLExternal begins an upload: the app posts the content to the URL, and
// then completes it.
//
// https://docs.slack.dev/messaging/working-with-files#uploading_files
func filesGetUploadURLExternal(r *Request) (any, error) {
	length, err := strconv.Atoi(r.text("length"))
	switch {
	case err != nil || length <= 0:
		return nil, invalid("must be greater than 0 [json-pointer:/length]")
	case length > maxFileSize:
		return nil, refuse("file_upload_size_restricted")
	case len([]rune(r.text("alt_txt"))) > 1000:
		return nil, refuse("alt_txt_too_large")
	}
	f := r.w.newFile(r.team(), r.text("filename"), r.token)
	f.Size, f.pending = length, true
	if r.has("snippet_type") {
		f.Filetype, f.Mode = r.text("snippet_type"), "snippet"
	}
	return struct {
		UploadURL string `json:"upload_url"`
		FileID    string `json:"file_id"`
	}{r.w.filesURL() + "/upload/v1/" + f.ticket, f.ID}, nil
}

// newFile is a file without its content.
func (w *Workspace) newFile(t *Team, name string, by *Token) *File {
	id, now := w.newID("F"), w.now().Unix()
	extension := strings.TrimPrefix(path.Ext(name), ".")
	sort := mime.TypeByExtension("." + extension)
	sort, _, _ = strings.Cut(sort, ";")
	if sort == "" {
		sort = "application/octet-stream"
	}
	private := w.filesURL() + "/files-pri/" + t.ID + "-" + id + "/"
	w.ids++
	f := &File{
		ID: id, Created: now, Timestamp: now, Name: name, Title: name, Mimetype: sort, Filetype: extension,
		PrettyType: strings.ToUpper(extension), User: by.UserID, UserTeam: t.ID, Mode: "hosted", DisplayAsBot: false,
		URLPrivate: private + urlName(name), URLPrivateDownload: private + "download/" + urlName(name),
		Permalink: "https://" + t.Domain + ".slack.com/files/" + by.UserID + "/" + id + "/" + urlName(name),
		Channels:  []string{}, Groups: []string{}, IMs: []string{}, teamID: t.ID,
		ticket: "be1a0" + strconv.FormatUint(w.ids, 36) + id,
	}
	if len(w.files) >= maxFiles {
		w.files = slices.Delete(w.files, 0, 1)
	}
	w.files = append(w.files, f)
	return f
}

// urlName is a file's name as it stands in URLs.
func urlName(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-' || r == '_' {
			return r
		}
		return '_'
	}, strings.ToLower(path.Base(name)))
}

// filesURL is where files are uploaded and read.
func (w *Workspace) filesURL() string {
	if w.options.FilesURL == "" {
		return "https://files.slack.com"
	}
	return strings.TrimSuffix(w.options.FilesURL, "/")
}

// Upload takes the content of a file whose upload was begun, by what stands in its URL
// behind /upload/v1/. It reports whether there is such an upload.
func (w *Workspace) Upload(ticket string, content []byte) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, f := range w.files {
		if f.ticket == ticket && f.pending {
			w.store(f, content)
			return true
		}
	}
	return false
}

// store keeps a file's content, as far as there is room.
func (w *Workspace) store(f *File, content []byte) {
	f.Size = len(content)
	f.uploaded = true
	room := maxContent
	for _, other := range w.files {
		room -= len(other.content)
	}
	f.content = slices.Clone(content[:min(len(content), max(room, 0))])
}

// Download is the content of a file and its type, for the path of its url_private and
// an Authorization header. Without leave there is none: Slack then answers with its
// login page and status 200.
func (w *Workspace) Download(urlPath, authorization string) (content []byte, mimetype string, may bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	value, _ := bearer(authorization)
	t := w.tokenOf(value)
	if value == "" || t == nil || t.Dead != "" || !t.allows("files:read") {
		return nil, "", false
	}
	for _, f := range w.files {
		if f.teamID == t.TeamID && strings.HasPrefix(urlPath, "/files-pri/"+f.teamID+"-"+f.ID+"/") {
			return f.content, f.Mimetype, true
		}
	}
	return nil, "", false
}

// filesCompleteUploadExternal ends uploads, and shares the files.
//
// https://docs.slack.dev/reference/methods/files.completeUploadExternal
func filesCompleteUploadExternal(r *Request) (any, error) {
	var given []struct{ ID, Title string }
	raw, err := r.json("files")
	if err != nil || json.Unmarshal(raw, &given) != nil || len(given) == 0 {
		return nil, invalid("must provide a list of files [json-pointer:/files]")
	}
	channels, err := r.shareWith()
	if err != nil {
		return nil, err
	}
	var files []*File
	for _, g := range given {
		f := r.w.file(g.ID)
		if f == nil || !f.pending || f.User != r.token.UserID {
			return nil, refuse("file_not_found")
		}
		if !f.uploaded {
			// Completed before anything was posted to the URL.
			return nil, refuse("file_update_failed")
		}
		if g.Title != "" {
			f.Title = g.Title
		}
		files = append(files, f)
	}
	comment, err := r.w.body(map[string]argument{"text": r.args["initial_comment"], "blocks": r.args["blocks"]}, true)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		f.pending = false
		r.w.filed("file_created", r.team(), f, "")
	}
	for _, c := range channels {
		if err := r.share(c, files, comment); err != nil {
			return nil, err
		}
	}
	return struct {
		Files []*File `json:"files"`
	}{files}, nil
}

// shareWith are the conversations in which files are shared.
func (r *Request) shareWith() ([]*Channel, error) {
	var channels []*Channel
	ids := r.list("channels")
	if r.has("channel_id") {
		ids = []string{r.text("channel_id")}
	}
	if len(ids) > 100 {
		return nil, refuse("channels_limit_exceeded")
	}
	for _, id := range ids {
		c := r.lookup(id)
		switch {
		case c == nil || !r.visible(c):
			return nil, refuse("channel_not_found")
		case !c.has(r.token.UserID) && c.Sort != "im":
			return nil, refuse("not_in_channel")
		}
		channels = append(channels, c)
	}
	return channels, nil
}

// share posts the message with which files come into a conversation.
func (r *Request) share(c *Channel, files []*File, comment Body) error {
	m := &Message{
		Subtype: "file_share", User: r.token.UserID, BotID: r.token.BotID, AppID: r.token.AppID, Team: r.token.TeamID,
		Files: files, Upload: true,
	}
	r.w.fill(m, comment)
	if r.has("thread_ts") {
		if err := c.join(m, r.text("thread_ts"), false); err != nil {
			return err
		}
	}
	for _, f := range files {
		list := map[string]*[]string{"channel": &f.Channels, "group": &f.Groups}[c.Sort]
		if list == nil {
			list = &f.IMs
		}
		if !slices.Contains(*list, c.ID) {
			*list = append(*list, c.ID)
		}
		f.IsPublic = f.IsPublic || c.Sort == "channel"
	}
	r.w.add(r.team(), c, m)
	for _, f := range files {
		r.w.filed("file_shared", r.team(), f, c.ID)
	}
	return nil
}

// file is the one of that id, or nil.
func (w *Workspace) file(id string) *File {
	for _, f := range w.files {
		if f.ID == id {
			return f
		}
	}
	return nil
}

// fileEvent is an event about a file.
//
// https://docs.slack.dev/reference/events/file_shared
type fileEvent struct {
	Type      string `json:"type"`
	FileID    string `json:"file_id"`
	UserID    string `json:"user_id,omitempty"`
	File      fileID `json:"file"`
	ChannelID string `json:"channel_id,omitempty"`
	EventTS   string `json:"event_ts"`
}

type fileID struct {
	ID string `json:"id"`
}

// filed tells apps of a file.
func (w *Workspace) filed(event string, t *Team, f *File, channel string) {
	var members []string
	if c := t.channel(channel); c != nil {
		members = c.Members
	}
	w.happen(Happening{
		TeamID: t.ID, Type: event, ChannelID: channel, UserID: f.User, Members: members,
		Event: func() any { return fileEvent{event, f.ID, f.User, fileID{f.ID}, channel, w.newTS()} },
	})
}

// seen is the file that an argument names, if the caller may see it.
func (r *Request) seen() (*File, error) {
	f := r.w.file(r.text("file"))
	if f == nil || f.pending || f.teamID != r.token.TeamID {
		return nil, refuse("file_not_found")
	}
	if f.deleted {
		return nil, refuse("file_deleted")
	}
	return f, nil
}

// filesInfo says what a file is.
//
// https://docs.slack.dev/reference/methods/files.info
func filesInfo(r *Request) (any, error) {
	f, err := r.seen()
	if err != nil {
		return nil, err
	}
	next := ""
	r.cursor = &next
	return struct {
		File     *File `json:"file"`
		Comments []any `json:"comments"`
	}{f, []any{}}, nil
}

// filesList says which files there are, newest first.
//
// https://docs.slack.dev/reference/methods/files.list
func filesList(r *Request) (any, error) {
	if user := r.text("user"); user != "" && r.team().user(user) == nil {
		return nil, refuse("user_not_found")
	}
	all := []*File{}
	for _, f := range slices.Backward(r.w.files) {
		in := slices.Concat(f.Channels, f.Groups, f.IMs)
		if f.pending || f.deleted || f.teamID != r.token.TeamID ||
			r.has("user") && f.User != r.text("user") ||
			r.has("channel") && !slices.Contains(in, r.text("channel")) ||
			f.Created < int64(r.number("ts_from", 0)) || r.has("ts_to") && f.Created > int64(r.number("ts_to", 0)) {
			continue
		}
		all = append(all, f)
	}
	list, at := pages(r, all)
	return struct {
		Files  []*File `json:"files"`
		Paging paging  `json:"paging"`
	}{list, at}, nil
}

// filesDelete deletes a file. Apps delete their own alone.
//
// https://docs.slack.dev/reference/methods/files.delete
func filesDelete(r *Request) (any, error) {
	f, err := r.seen()
	switch {
	case err != nil:
		return nil, err
	case f.User != r.token.UserID:
		return nil, refuse("cant_delete_file")
	}
	f.deleted, f.content = true, nil
	r.w.filed("file_deleted", r.team(), f, "")
	return nil, nil
}

// filesUpload was retired in November 2025.
//
// https://docs.slack.dev/changelog/2024-04-a-better-way-to-upload-files-is-here-to-stay
func filesUpload(r *Request) (any, error) { return nil, refuse("method_deprecated") }

// filesSharedPublicURL makes a file public.
//
// https://docs.slack.dev/reference/methods/files.sharedPublicURL
func filesSharedPublicURL(r *Request) (any, error) {
	return r.publish(func(f *File) {
		f.PublicURLShared, f.PermalinkPublic = true, "https://slack-files.com/"+f.teamID+"-"+f.ID+"-be1a0be1a0"
		r.w.filed("file_public", r.team(), f, "")
	})
}

// filesRevokePublicURL takes that back.
//
// https://docs.slack.dev/reference/methods/files.revokePublicURL
func filesRevokePublicURL(r *Request) (any, error) {
	return r.publish(func(f *File) { f.PublicURLShared, f.PermalinkPublic = false, "" })
}

func (r *Request) publish(change func(*File)) (any, error) {
	f, err := r.seen()
	if err != nil {
		return nil, refuse("file_not_found")
	}
	change(f)
	return struct {
		File *File `json:"file"`
	}{f}, nil
}
