package webapi

import "fmt"

// avatar is where a picture of that many pixels would be. It leads nowhere.
func avatar(pixels int) string {
	return fmt.Sprintf("https://avatars.slack-edge.example/belay/%d.png", pixels)
}
