package blockkit_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/blockkit"
)

var _ = Describe("Interactives", func() {
	listed := func(what any) []string {
		var lines []string
		for _, i := range blockkit.Interactives(what) {
			lines = append(lines, fmt.Sprintf("%s %s/%s %s %q", i.Pointer, i.BlockID, i.ActionID, i.Type, i.Label))
		}
		return lines
	}
	sample := func(name string) []byte {
		GinkgoHelper()
		raw, err := os.ReadFile(filepath.Join("testdata", "draw", name+".json"))
		Expect(err).NotTo(HaveOccurred())
		return raw
	}

	It("lists a message's, as a person would call them", func() {
		Expect(listed(sample("message"))).To(Equal([]string{
			`/blocks/4/elements/0 b/yes button "Approve"`,
			`/blocks/4/elements/1 b/no button "Deny"`,
			`/blocks/4/elements/2 b/where static_select "Choose…"`,
			`/blocks/4/elements/3 b/day datepicker "Select a date"`,
			`/blocks/4/elements/4 b/more overflow "more"`,
			`/blocks/4/elements/5 b/c checkboxes "c"`,
			`/blocks/4/elements/6 b/r radio_buttons "r"`,
			`/blocks/7/elements/0 /fb feedback_buttons "fb"`,
			`/blocks/7/elements/1 /del icon_button "Delete"`,
		}))
	})

	It("lists those inside of cards and containers, with the block's id", func() {
		Expect(listed(sample("cards"))).To(Equal([]string{
			`/blocks/0/actions/0 c1/book button "Book"`,
			`/blocks/2/elements/0/actions/0 c2/one button "Take one"`,
			`/blocks/2/elements/1/actions/0 c2/two button "Take two"`,
			`/blocks/4/child_blocks/1/elements/0 c3/read button "Read"`,
		}))
	})

	It("lists those of attachments", func() {
		Expect(listed(sample("attachments"))).To(Equal([]string{
			`/attachments/0/actions/0 /take button "Take it"`,
			`/attachments/0/actions/1 /list select "Assign…"`,
			`/attachments/2/blocks/1/elements/0 /in button "Inside"`,
		}))
		found := blockkit.Interactives(sample("attachments"))
		Expect(found[0]).To(HaveField("CallbackID", "ticket"))
		Expect(found[1].Options).To(HaveExactElements(HaveField("Selected", false), HaveField("Selected", true)))
		Expect(found[2]).To(HaveField("Attachment", 3))
	})

	It("lists a modal's inputs by their labels, and its buttons", func() {
		Expect(listed(sample("modal"))).To(Equal([]string{
			`/view/blocks/1/element why/t plain_text_input "Reason"`,
			`/view/blocks/2/element /d datepicker "From"`,
			`/view/blocks/3/element /dt datetimepicker "Until"`,
			`/view/blocks/4/element /u multi_users_select "Who stands in"`,
			`/view/blocks/5/element /k static_select "Kind"`,
			`/view/blocks/6/element /n number_input "Days"`,
			`/view/blocks/7/element /f file_input "Note"`,
			`/view/blocks/8/accessory /cs conversations_select "Team"`,
			`/view/close / close "Cancel"`,
			`/view/submit / submit "Send"`,
		}))
		found := blockkit.Interactives(sample("modal"))
		Expect(found[0]).To(And(HaveField("Input", true), HaveField("Dispatches", false), HaveField("CallbackID", "leave")))
		Expect(found[7]).To(And(HaveField("Input", false), HaveField("Dispatches", true)))
	})

	It("gives the choices of a menu, and which is made", func() {
		kind := blockkit.Interactives(sample("modal"))[4]
		Expect(kind.Options).To(HaveExactElements(
			And(HaveField("Label", "Holiday"), HaveField("Value", "h"), HaveField("Group", "Paid"), HaveField("Selected", false)),
			And(HaveField("Label", "Care"), HaveField("Selected", true)),
		))
	})

	It("gives both feedback buttons", func() {
		Expect(blockkit.Interactives(sample("message"))[7].Options).To(HaveExactElements(
			And(HaveField("Label", "Good"), HaveField("Value", "g")), HaveField("Label", "Bad")))
	})

	It("tells an input that dispatches", func() {
		found := blockkit.Interactives(`[{"type":"input","dispatch_action":true,"label":` + plain("A") + `,"element":{"type":"plain_text_input"}}]`)
		Expect(found).To(HaveExactElements(And(HaveField("Input", true), HaveField("Dispatches", true))))
	})

	It("finds none in what is no message", func() {
		Expect(blockkit.Interactives(`{"type`)).To(BeEmpty())
		Expect(blockkit.Interactives(nil)).To(BeEmpty())
	})
})

var _ = Describe("FillBlockIDs", func() {
	It("names what the app did not, and keeps what it did", func() {
		var message any
		Expect(json.Unmarshal([]byte(`{"blocks":[
			{"type":"divider"},
			{"type":"actions","block_id":"mine","elements":[{"type":"button"},{"type":"button","action_id":"own"}]},
			{"type":"section","block_id":"","accessory":{"type":"image"}},
			{"type":"container","child_blocks":[{"type":"divider"}]},
			{"type":"carousel","block_id":"c","elements":[{"type":"card","actions":[{"type":"button"}]}]}],
			"attachments":[{"blocks":[{"type":"divider"}]}]}`), &message)).To(Succeed())
		next := 0
		blockkit.FillBlockIDs(message, func() string { next++; return fmt.Sprint("id", next) })
		filled, err := json.Marshal(message)
		Expect(err).NotTo(HaveOccurred())
		Expect(filled).To(MatchJSON(`{"blocks":[
			{"type":"divider","block_id":"id1"},
			{"type":"actions","block_id":"mine","elements":[{"type":"button","action_id":"id2"},{"type":"button","action_id":"own"}]},
			{"type":"section","block_id":"id3","accessory":{"type":"image"}},
			{"type":"container","block_id":"id4","child_blocks":[{"type":"divider","block_id":"id5"}]},
			{"type":"carousel","block_id":"c","elements":[{"type":"card","actions":[{"type":"button","action_id":"id6"}]}]}],
			"attachments":[{"blocks":[{"type":"divider","block_id":"id7"}]}]}`))
	})
})
