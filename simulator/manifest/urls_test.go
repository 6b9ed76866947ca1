package manifest_test

import (
	"fmt"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/manifest"
)

// places is every URL of a manifest on a line.
func places(m *manifest.Manifest) []string {
	var all []string
	for _, u := range manifest.URLs(m) {
		all = append(all, fmt.Sprintf("%d:%d %s %q %s %s (%s)", u.Line, u.Column, u.Surface, u.Name, u.URL, u.Pointer, u.Label()))
	}
	return all
}

var _ = Describe("The URLs of a manifest", func() {
	It("stand in one order, whatever the file's", func() {
		Expect(places(read(`
oauth_config: {redirect_urls: ["https://a.example/r1", "https://a.example/r2"]}
settings:
  event_subscriptions: {request_url: "https://a.example/e"}
  interactivity:
    message_menu_options_url: https://a.example/o
    request_url: https://a.example/i
    is_enabled: true
features:
  code_channels: {slash_command_url: "https://a.example/cc"}
  slash_commands:
    - {command: /z, url: "https://a.example/z"}
    - {command: /none}
    - {command: /a, url: "https://a.example/a"}
display_information: {name: x}
`))).To(Equal([]string{
			`12:21 command "/z" https://a.example/z /features/slash_commands/0/url (/z)`,
			`14:21 command "/a" https://a.example/a /features/slash_commands/2/url (/a)`,
			`10:19 command "" https://a.example/cc /features/code_channels/slash_command_url (code channels)`,
			`7:5 action "" https://a.example/i /settings/interactivity/request_url (interactivity)`,
			`6:5 options "" https://a.example/o /settings/interactivity/message_menu_options_url (options load URL)`,
			`4:25 event "" https://a.example/e /settings/event_subscriptions/request_url (events)`,
			`2:32 redirect "" https://a.example/r1 /oauth_config/redirect_urls/0 (redirect)`,
			`2:56 redirect "" https://a.example/r2 /oauth_config/redirect_urls/1 (redirect)`,
		}))
	})

	It("leave out those of interactivity while it is off", func() {
		Expect(places(read("display_information: {name: x}\nsettings: {interactivity: {is_enabled: false, request_url: 'https://a.example'}}\n"))).To(BeEmpty())
	})

	It("leave out what is no text", func() {
		Expect(places(read("display_information: {name: x}\nsettings: {event_subscriptions: {request_url: 5}}\noauth_config: {redirect_urls: [null, {}]}\n"))).To(BeEmpty())
	})
})
