package tui_test

import (
	"encoding/json"
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/checks"
	"belay/tui"
)

// A board is a clipboard.
type board struct{ text string }

func (b *board) copy(text string) error {
	b.text = text
	return nil
}

// done presses a key and does what it started.
func done(m tui.Model, key string) tui.Model {
	next, cmd := m.Update(keyMsg(key))
	if cmd == nil {
		return next.(tui.Model)
	}
	return updated(next.(tui.Model), cmd())
}

var _ = Describe("copying", func() {
	It("hands on curl, which signs when it runs and holds no secret", func() {
		b := &board{}
		m := done(at(120, 40, tui.Options{Report: sample(), Copy: b.copy}), "y")
		Expect(screen(m)).To(ContainSubstring("copied as curl"))
		Expect(b.text).To(SatisfyAll(
			ContainSubstring("curl"), ContainSubstring("$SLACK_SIGNING_SECRET"), ContainSubstring("openssl"),
			Not(ContainSubstring("718b057c87057720a4f7962c2040218b0c7340dd1fb63b1df34176b88205d63f"))))
	})
	It("hands on a result as JSON, and a section", func() {
		b := &board{}
		m := done(at(120, 40, tui.Options{Report: sample(), Copy: b.copy}), "Y")
		Expect(screen(m)).To(ContainSubstring("copied ack.deadline as JSON"))
		var r checks.Result
		Expect(json.Unmarshal([]byte(b.text), &r)).To(Succeed())
		Expect(r.Check).To(Equal("ack.deadline"))
		m = done(pressed(m, "up"), "Y")
		Expect(screen(m)).To(ContainSubstring("copied the section as JSON"))
		var s checks.Section
		Expect(json.Unmarshal([]byte(b.text), &s)).To(Succeed())
		Expect(s.Results).To(HaveLen(19))
	})
	It("hides hosts under privacy", func() {
		b := &board{}
		done(at(120, 40, tui.Options{Report: sample(), Copy: b.copy}, "P"), "y")
		Expect(b.text).To(SatisfyAll(ContainSubstring("https://host-1/slack/commands"), Not(ContainSubstring("bot.example.com"))))
	})
	It("says what cannot be copied", func() {
		b := &board{}
		m := done(at(120, 40, tui.Options{Report: sample(), Copy: b.copy}, "g"), "y")
		Expect(screen(m)).To(ContainSubstring("no exchange is kept of this row"))
		m = done(at(120, 40, tui.Options{Report: sample(), Copy: func(string) error { return errors.New("no room") }}), "Y")
		Expect(screen(m)).To(ContainSubstring("could not copy: no room"))
		m = done(at(120, 40, tui.Options{Report: sample()}), "Y")
		Expect(screen(m)).To(ContainSubstring("no clipboard"))
	})
})

var _ = Describe("saving", func() {
	saving := func(o tui.Options, keys ...string) (tui.Model, tea.Cmd) {
		o.Report = sample()
		m := at(120, 40, o, append([]string{"s"}, keys...)...)
		next, cmd := m.Update(keyMsg("enter"))
		return next.(tui.Model), cmd
	}
	It("writes the report to the name that was typed", func() {
		var name string
		var got checks.Report
		m, cmd := saving(tui.Options{Save: func(n string, r checks.Report) error {
			name, got = n, r
			return nil
		}}, "ctrl+u", "a", ".", "m", "d")
		Expect(screen(updated(m, cmd()))).To(ContainSubstring("saved a.md"))
		Expect(name).To(Equal("a.md"))
		Expect(got).To(Equal(sample()))
	})
	It("offers a name", func() {
		var name string
		_, cmd := saving(tui.Options{Save: func(n string, _ checks.Report) error {
			name = n
			return nil
		}})
		cmd()
		Expect(name).To(Equal("belay-check-20261123-212307.json"))
	})
	It("saves nothing without a name, nor after Esc", func() {
		_, cmd := saving(tui.Options{Save: nowhere}, "ctrl+u")
		Expect(cmd).To(BeNil())
		m := at(120, 40, tui.Options{Report: sample(), Save: nowhere}, "s", "esc")
		Expect(screen(m)).NotTo(ContainSubstring("save as"))
	})
	It("says why it could not", func() {
		m, cmd := saving(tui.Options{Save: func(string, checks.Report) error { return errors.New("file exists") }})
		Expect(screen(updated(m, cmd()))).To(ContainSubstring("could not save: file exists"))
		Expect(screen(at(80, 24, tui.Options{Report: sample()}, "s"))).To(ContainSubstring("there is nowhere to save"))
	})
})

var _ = It("hides hosts and names in all that is shown, and shows them again", func() {
	tabs := []string{"1", "2", "3", "4", "5", "6", "7"}
	m := at(120, 60, tui.Options{Report: saved("parsed")}, "P")
	for _, key := range tabs {
		Expect(screen(pressed(m, key))).NotTo(ContainSubstring("deploy-bot.belay.example"), "tab "+key)
	}
	Expect(screen(pressed(m, "P"))).To(ContainSubstring("deploy-bot.belay.example"))
})

var _ = It("hides names that an app's users have", func() {
	r := sample()
	x := &r.Sections[0].Results[11].Evidence.Exchanges[0]
	x.Request.Body = "user_name=erika.musterfrau&user_id=U0ERIKA77&text=hello+erika.musterfrau&channel_name=secret-plans"
	x.Response.Body = `{"text":"Good morning, Erika.Musterfrau, in secret-plans. Mail: erika@firm.example"}`
	for _, key := range []string{"2", "3", "7", "Y"} {
		b := &board{}
		m := done(at(200, 60, tui.Options{Report: r, Copy: b.copy}, "P"), key)
		text := strings.ToLower(screen(m) + b.text)
		for _, name := range []string{"musterfrau", "u0erika77", "secret-plans", "firm.example"} {
			Expect(text).NotTo(ContainSubstring(name))
		}
	}
})
