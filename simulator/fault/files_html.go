package fault

// FilesHTML is what a file without authorisation is. Apps keep it as the file.
var FilesHTML = Sort{
	Name: "files_html", Title: "answers files with the page to sign in, and status 200", Only: "files",
	make: NotJSON.make,
}
