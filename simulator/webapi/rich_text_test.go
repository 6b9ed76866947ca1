package webapi_test

import (
	"encoding/json"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/blockkit"
	"belay/simulator/webapi"
)

var _ = Describe("The blocks of a text", func() {
	// elements are those that Slack makes of a text, in short: type=value+style.
	elements := func(text string) []string {
		s := open()
		m, err := s.Post(webapi.Draft{TeamID: webapi.DefaultTeam, ChannelID: "general", UserID: webapi.DefaultUser, Body: webapi.Body{Text: text}})
		Expect(err).NotTo(HaveOccurred())
		Expect(blockkit.Validate(blockkit.Message, m.Blocks)).To(BeEmpty(), string(m.Blocks))
		var blocks []struct {
			Elements []struct {
				Type     string           `json:"type"`
				Elements []map[string]any `json:"elements"`
			} `json:"elements"`
		}
		Expect(json.Unmarshal(m.Blocks, &blocks)).To(Succeed())
		var all []string
		for _, of := range blocks[0].Elements {
			if of.Type == "rich_text_preformatted" {
				all = append(all, "pre")
			}
			for _, e := range of.Elements {
				one := e["type"].(string)
				for _, name := range []string{"user_id", "channel_id", "usergroup_id", "range", "url", "name", "text"} {
					if value, ok := e[name]; ok {
						one += "=" + value.(string)
					}
				}
				if style, ok := e["style"].(map[string]any); ok {
					for _, name := range []string{"bold", "italic", "strike", "code"} {
						if style[name] == true {
							one += "+" + name
						}
					}
				}
				all = append(all, one)
			}
		}
		return all
	}

	DescribeTable("are rich text",
		func(text string, want ...string) { Expect(elements(text)).To(Equal(want)) },
		Entry(nil, "hello", "text=hello"),
		Entry(nil, "<@U1> and <@U2|ann>", "user=U1", "text= and ", "user=U2"),
		Entry(nil, "<#C1|general> <!here> <!subteam^S1|@ops>", "channel=C1", "text= ", "broadcast=here", "text= ", "usergroup=S1"),
		Entry(nil, "<https://example.com/?a=1&amp;b=2|the docs>.", "link=https://example.com/?a=1&b=2=the docs", "text=."),
		Entry(nil, "1 &lt; 2 &amp; 3 < 4 > 5", "text=1 < 2 & 3 < 4 > 5"),
		Entry(nil, "ok :thumbsup: at 12:30:00 :+1:", "text=ok ", "emoji=thumbsup", "text= at 12:30:00 ", "emoji=+1"),
		Entry(nil, "*a* _b_ ~c~ `d *e*`", "text=a+bold", "text= ", "text=b+italic", "text= ", "text=c+strike", "text= ", "text=d *e*+code"),
		Entry(nil, "*very _much <@U1>_*", "text=very +bold", "text=much +bold+italic", "user=U1+bold+italic"),
		Entry(nil, "2 * 3 * 4, snake_case_name, *open", "text=2 * 3 * 4, snake_case_name, *open"),
		Entry(nil, "see:\n```\nx := *y\n```\ndone", "text=see:", "pre", "text=x := *y", "text=done"),
		Entry(nil, "``` ``", "text=``` ``"),
		Entry(nil, "<@> <> <#|x> <!date^1^x|y> <nothing>", "text=<@> <> <#|x> <!date^1^x|y> <nothing>"),
	)

	It("are made of any text in little time", func() {
		for _, text := range []string{"*a ", "<@", "`", ":a", "_*~"} {
			Expect(elements(strings.Repeat(text, 10_000))).NotTo(BeEmpty())
		}
	})
})
