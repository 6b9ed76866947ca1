package simulator

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

// uploadFile takes the content that an app posts to an upload URL: the body itself, or
// the file of a form.
//
// https://docs.slack.dev/messaging/working-with-files#uploading_files
func (s *Server) uploadFile(w http.ResponseWriter, r *http.Request) {
	content, err := uploaded(r)
	if err != nil {
		http.Error(w, "the upload could not be read", http.StatusBadRequest)
		return
	}
	if !s.workspace.Upload(strings.TrimPrefix(r.URL.Path, "/upload/v1/"), content) {
		http.NotFound(w, r)
		return
	}
	fmt.Fprintf(w, "OK - %d", len(content))
}

func uploaded(r *http.Request) ([]byte, error) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		return io.ReadAll(r.Body)
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, err
	}
	for {
		part, err := parts.NextPart()
		if err != nil {
			return nil, err
		}
		// The field is called file or filename; any file will do.
		if part.FileName() != "" || part.FormName() == "file" || part.FormName() == "filename" {
			return io.ReadAll(part)
		}
	}
}

// downloadFile answers a url_private. Who may not read it gets the login page, with
// status 200, as Slack's answer is.
func (s *Server) downloadFile(w http.ResponseWriter, r *http.Request) {
	content, mimetype, may := s.workspace.Download(r.URL.Path, r.Header.Get("Authorization"))
	if !may {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in to Slack</body></html>")
		return
	}
	w.Header().Set("Content-Type", mimetype)
	_, _ = w.Write(content)
}
