package payload

import "strings"

// file is a text file as messages and inputs show it.
//
// https://docs.slack.dev/reference/objects/file-object
func file(name string, created any) Object {
	base := "https://files.slack.com/files-pri/" + StandInTeam + "-" + StandInFile + "/"
	path := strings.ReplaceAll(name, " ", "_")
	return Object{
		{"id", StandInFile}, {"created", created}, {"timestamp", created}, {"name", name}, {"title", name},
		{"mimetype", "text/plain"}, {"filetype", "text"}, {"pretty_type", "Plain Text"}, {"user", StandInUser},
		{"user_team", StandInTeam}, {"editable", true}, {"size", 5}, {"mode", "snippet"}, {"is_external", false},
		{"external_type", ""}, {"is_public", true}, {"public_url_shared", false}, {"display_as_bot", false}, {"username", ""},
		{"url_private", base + path}, {"url_private_download", base + "download/" + path},
		{"permalink", "https://" + domain + ".slack.com/files/" + StandInUser + "/" + StandInFile + "/" + path},
		{"permalink_public", "https://slack-files.com/" + StandInTeam + "-" + StandInFile + "-be1a000000"},
		{"edit_link", "https://" + domain + ".slack.com/files/" + StandInUser + "/" + StandInFile + "/" + path + "/edit"},
		{"preview", "belay"}, {"is_starred", false}, {"has_rich_preview", false}, {"file_access", "visible"},
	}
}
