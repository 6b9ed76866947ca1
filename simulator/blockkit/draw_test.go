package blockkit_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/rivo/uniseg"

	"belay/checks/checkstest"
	"belay/simulator/blockkit"
)

var names = map[string]string{"U1": "ann", "U2": "bob", "C1": "general", "S1": "ops"}

func name(id string) string { return names[id] }

var _ = Describe("Draw", func() {
	DescribeTable("draws what a person sees", func(sample string) {
		raw, err := os.ReadFile(filepath.Join("testdata", "draw", sample+".json"))
		Expect(err).NotTo(HaveOccurred())
		for suffix, o := range map[string]blockkit.DrawOptions{
			"txt":        {Width: 72, Name: name},
			"narrow.txt": {Width: 36, ASCII: true},
		} {
			drawing := blockkit.Draw(raw, o)
			fits(drawing, o.Width)
			Expect(checkstest.Golden(filepath.Join("testdata", "draw", sample+"."+suffix), drawing.String()+"\n")).To(Succeed())
		}
	},
		Entry("a message", "message"),
		Entry("a modal", "modal"),
		Entry("a Home tab", "home"),
		Entry("rich text", "rich_text"),
		Entry("tables and charts", "tables"),
		Entry("cards, containers and plans", "cards"),
		Entry("legacy attachments", "attachments"),
		Entry("East Asian text", "wide"),
		Entry("hostile text", "hostile"),
	)

	DescribeTable("turns mrkdwn to readable text", func(mrkdwn, want string) {
		message, err := json.Marshal(map[string]string{"text": mrkdwn})
		Expect(err).NotTo(HaveOccurred())
		Expect(blockkit.Draw(message, blockkit.DrawOptions{Name: name}).String()).To(Equal(want))
	},
		Entry("a link with a label", `<https://example.com|here>`, `here (https://example.com)`),
		Entry("a link", `<https://example.com/a?b=1&amp;c>`, `https://example.com/a?b=1&c`),
		Entry("a link that Slack made itself", `<http://example.com|example.com>`, `http://example.com`),
		Entry("an address", `<mailto:a@example.com|a@example.com>`, `a@example.com`),
		Entry("an address with a name", `<mailto:a@example.com|Ann>`, `Ann (a@example.com)`),
		Entry("a user who is known", `<@U1>`, `@ann`),
		Entry("a user who is not", `<@U9>`, `@U9`),
		Entry("a user with a name", `<@U9|carl>`, `@carl`),
		Entry("a channel", `<#C1>`, `#general`),
		Entry("a channel with a name", `<#C9|random>`, `#random`),
		Entry("all who are here", `<!here>`, `@here`),
		Entry("all who are here, with a label", `<!here|here>`, `@here`),
		Entry("a user group", `<!subteam^S9|@ops>`, `@ops`),
		Entry("a date", `<!date^1392734382^{date}^https://example.com|Feb 18>`, `Feb 18`),
		Entry("entities", `1 &lt; 2 &amp;&amp; 3 &gt; 2 &amp;lt;`, `1 < 2 && 3 > 2 &lt;`),
		Entry("marks, which stay", `*a* _b_ ~c~`+" `d`", `*a* _b_ ~c~ `+"`d`"),
		Entry("an angle that opens nothing", `a < b > c`, `a < b > c`),
		Entry("an angle that is not closed", `a < b`, `a < b`),
		Entry("two angles", `<<@U1>`, `<@ann`),
		Entry("an empty angle", `<>`, `<>`),
		Entry("a quote", "> a\n&gt;b\nc", "│ a\n│ b\nc"),
	)

	It("draws a message's text where there are no blocks", func() {
		Expect(blockkit.Draw(`{"text":"hello","blocks":[]}`, blockkit.DrawOptions{}).String()).To(Equal("hello"))
		Expect(blockkit.Draw(`{"text":"<@U1>","mrkdwn":false}`, blockkit.DrawOptions{}).String()).To(Equal("<@U1>"))
	})

	It("draws nothing where there is nothing", func() {
		for _, nothing := range []string{``, `null`, `[]`, `{}`, `7`, `{"type`} {
			Expect(blockkit.Draw(nothing, blockkit.DrawOptions{}).String()).To(BeEmpty())
		}
	})

	It("says where what is interactive stands", func() {
		raw, err := os.ReadFile(filepath.Join("testdata", "draw", "message.json"))
		Expect(err).NotTo(HaveOccurred())
		var shown []string
		for _, line := range blockkit.Draw(raw, blockkit.DrawOptions{Width: 72}) {
			for _, spot := range line.Spots {
				shown = append(shown, spot.Element.ActionID+" "+columnsOf(line.Text, spot.Column, spot.Width))
			}
		}
		Expect(shown).To(Equal([]string{
			"yes [ Approve ]", "no [ Deny ]", "where [ Choose… ▾ ]", "day [ Select a date ▾ ]", "more [ ⋯ ]",
			"c ☑ *Tests*", "c ☐ Lint", "r ○ Fast", "r ◉ Slow", "fb [ Good ]", "fb [ Bad ]", "del [ Delete ]",
		}))
	})

	DescribeTable("survives hostile input", func(what string) {
		drawing := blockkit.Draw(what, blockkit.DrawOptions{Width: 40})
		fits(drawing, 40)
		Expect(len(drawing)).To(BeNumerically("<=", 2001))
		Expect(len(blockkit.Interactives(what))).To(BeNumerically("<=", 100_001))
	},
		Entry("a million angles", `{"text":"`+strings.Repeat("<", 1_000_000)+`"}`),
		Entry("a word of a million letters", `{"text":"`+strings.Repeat("a", 1_000_000)+`"}`),
		Entry("100,000 accents on one letter", `{"text":"a`+strings.Repeat("\u0301", 100_000)+`"}`),
		Entry("100,000 sequences that do not end", `{"text":"`+strings.Repeat(`\u001b]`, 100_000)+`"}`),
		Entry("100,000 buttons", `[{"type":"actions","elements":`+copies(100_000, `{"type":"button"}`)+`}]`),
		Entry("10,000 options, all chosen", `[{"type":"actions","elements":[{"type":"checkboxes","options":`+copies(10_000, `{"value":"a"}`)+
			`,"initial_options":`+copies(10_000, `{"value":"a"}`)+`}]}]`),
		Entry("a table of 100,000 columns", `[{"type":"table","rows":[`+copies(100_000, `{}`)+`]}]`),
		Entry("a table of 100,000 rows", `[{"type":"table","rows":`+copies(100_000, `[{}]`)+`}]`),
		Entry("a deep nest of containers", strings.Repeat(`[{"type":"container","child_blocks":`, 3000)+"[]"+strings.Repeat("}]", 3000)),
		Entry("endless numbers", `[{"type":"rich_text","elements":[{"type":"rich_text_list","style":"ordered","indent":1e999,"offset":1e999,"border":-1e999,
			"elements":[{}]}]},{"type":"data_visualization","chart":{"segments":[{"value":1e999},{"value":-1e999}]}},
			{"type":"input","element":{"type":"datetimepicker","initial_date_time":1e999}}]`),
	)

	It("ends where it would be too long", func() {
		drawing := blockkit.Draw(`{"text":"`+strings.Repeat(`a\n`, 5000)+`"}`, blockkit.DrawOptions{})
		Expect(drawing).To(HaveLen(2001))
		Expect(drawing[2000].Text).To(Equal("…"))
	})
})

// fits expects that a drawing keeps to its width and holds no control characters.
func fits(d blockkit.Drawing, width int) {
	GinkgoHelper()
	Expect(misfit(d, width)).To(BeEmpty())
}

// misfit is what is wrong with a drawing, or "".
func misfit(d blockkit.Drawing, width int) string {
	for _, line := range d {
		if uniseg.StringWidth(line.Text) > width {
			return "too wide: " + line.Text
		}
		for _, r := range line.Text {
			if unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' {
				return "control character: " + line.Text
			}
		}
		for _, spot := range line.Spots {
			if spot.Column < 0 || spot.Column+spot.Width > uniseg.StringWidth(line.Text) {
				return "a spot beside its line: " + line.Text
			}
		}
	}
	return ""
}

// columnsOf is what stands in some columns of a line without wide characters.
func columnsOf(line string, from, count int) string { return string([]rune(line)[from : from+count]) }
