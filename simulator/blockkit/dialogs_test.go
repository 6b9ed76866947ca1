package blockkit_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/blockkit"
)

var _ = Describe("ValidateDialog", func() {
	const field = `{"type":"text","label":"A","name":"a"}`
	dialog := func(elements string) string {
		return `{"title":"T","callback_id":"c","elements":` + elements + `}`
	}
	element := func(more string) string {
		return dialog(`[{"type":"text","label":"A","name":"a",` + more + `}]`)
	}
	menu := func(more string) string {
		return dialog(`[{"type":"select","label":"A","name":"a"` + more + `}]`)
	}
	numbered := func(n int) string {
		var items []string
		for i := range n {
			items = append(items, `{"type":"text","label":"A","name":"`+long(i+1)+`"}`)
		}
		return list(items...)
	}
	const choice = `{"label":"a","value":"b"}`

	DescribeTable("passes as it is documented", func(dialog string) {
		Expect(blockkit.ValidateDialog(dialog)).To(BeEmpty())
	},
		Entry("one at its limits", `{"title":"`+long(24)+`","callback_id":"`+long(255)+`","submit_label":"`+long(24)+`","state":"`+long(3000)+`",
			"notify_on_cancel":true,"elements":`+numbered(10)+`}`),
		Entry("a text element at its limits", element(`"hint":"`+long(150)+`","placeholder":"`+long(150)+`","value":"`+long(150)+`",
			"min_length":0,"max_length":150,"subtype":"email","optional":true`)),
		Entry("a long name and label", dialog(`[{"type":"textarea","label":"`+long(48)+`","name":"`+long(300)+`","value":"`+long(3000)+`","max_length":3000}]`)),
		Entry("a menu of 100", menu(`,"options":`+copies(100, `{"label":"`+long(75)+`","value":"`+long(75)+`"}`))),
		Entry("a menu of groups", menu(`,"option_groups":[{"label":"g","options":[`+choice+`]}]`)),
		Entry("a menu of users", menu(`,"data_source":"users"`)),
		Entry("a menu from elsewhere", menu(`,"data_source":"external","min_query_length":1`)),
	)

	DescribeTable("refuses in the words of dialog.open", func(dialog, line string) {
		found := blockkit.ValidateDialog(dialog)
		Expect(found).To(HaveLen(1))
		Expect(found[0].String()).To(Equal(line))
		Expect(found[0].Code).To(Equal("validation_errors"))
	},
		Entry("no object", `[]`, "The field `dialog` must be an object"),
		Entry("no title", `{"callback_id":"c","elements":`+list(field)+`}`, "The field `title` is required"),
		Entry("no callback_id", `{"title":"c","elements":`+list(field)+`}`, "The field `callback_id` is required"),
		Entry("no elements", `{"title":"c","callback_id":"c"}`, "The field `elements` is required"),
		Entry("a title of 25", `{"title":"`+long(25)+`","callback_id":"c","elements":`+list(field)+`}`, "The field `title` cannot be longer than 24 characters"),
		Entry("two words to submit", `{"title":"T","callback_id":"c","submit_label":"Do it","elements":`+list(field)+`}`, "The field `submit_label` can only be one word"),
		Entry("a submit label of 25", `{"title":"T","callback_id":"c","submit_label":"`+long(25)+`","elements":`+list(field)+`}`,
			"The field `submit_label` cannot be longer than 24 characters"),
		Entry("a callback_id of 256", `{"title":"T","callback_id":"`+long(256)+`","elements":`+list(field)+`}`, "The field `callback_id` cannot be longer than 255 characters"),
		Entry("3001 of state", `{"title":"T","callback_id":"c","state":"`+long(3001)+`","elements":`+list(field)+`}`, "The field `state` cannot be longer than 3000 characters"),
		Entry("elements that are no list", dialog(`{}`), "The field `elements` must be a list"),
		Entry("an empty list", dialog(`[]`), "The field `elements` has to include at least one element"),
		Entry("11 elements", dialog(numbered(11)), "The field `elements` cannot include more than ten elements"),
		Entry("a text for an element", dialog(`["a"]`), "Element 0 must be an object"),
		Entry("no type", dialog(`[{"label":"A","name":"a"}]`), "Element 0 is missing required field `type`"),
		Entry("no name", dialog(`[{"label":"A","type":"text"}]`), "Element 0 is missing required field `name`"),
		Entry("no label", dialog(`[{"type":"text","name":"a"}]`), "Element 0 is missing required field `label`"),
		Entry("an unknown type", dialog(`[{"type":"date","label":"A","name":"a"}]`), "Element 0 has an invalid `type`"),
		Entry("a name twice", dialog(list(field, field)), "Element 1 has a repeated name"),
		Entry("a name of 301", dialog(`[{"type":"text","label":"A","name":"`+long(301)+`"}]`), "Element 0 field `name` cannot be longer than 300 characters"),
		Entry("a label of 49", dialog(`[{"type":"text","label":"`+long(49)+`","name":"a"}]`), "Element 0 field `label` cannot be longer than 48 characters"),
		Entry("a hint of 151", element(`"hint":"`+long(151)+`"`), "Element 0 field `hint` cannot be longer than 150 characters"),
		Entry("a placeholder of 151", element(`"placeholder":"`+long(151)+`"`), "Element 0 field `placeholder` cannot be longer than 150 characters"),
		Entry("a value of 151", element(`"value":"`+long(151)+`"`), "Element 0 field `value` cannot be longer than 150 characters"),
		Entry("a subtype that is no text", element(`"subtype":[]`), "Element 0 has an invalid `subtype`"),
		Entry("a minimum below 0", element(`"min_length":-1`), "Element 0 field `min_length` must be between 0 and 150 (inclusive)"),
		Entry("a maximum over 150", element(`"max_length":151`), "Element 0 field `max_length` must be between 1 and 150 (inclusive)"),
		Entry("a long textarea", dialog(`[{"type":"textarea","label":"A","name":"a","value":"`+long(3001)+`"}]`), "Element 0 field `value` cannot be longer than 3000 characters"),
		Entry("a menu without options", menu(``), "Element 0 field `options` must be a list"),
		Entry("a menu of none", menu(`,"options":[]`), "Element 0 field `options` must have at least one option"),
		Entry("a menu of 101", menu(`,"options":`+copies(101, choice)), "Element 0 field `options` must have fewer than 100 options"),
		Entry("an option without a label", menu(`,"options":[{"value":"a"}]`), "Element 0 `options` item is missing required field `label`"),
		Entry("an option without a value", menu(`,"options":[{"label":"a"}]`), "Element 0 `options` item is missing required field `value`"),
		Entry("an option's label of 76", menu(`,"options":[{"label":"`+long(76)+`","value":"a"}]`), "Element 0 `options` item `label` field cannot exceed 75 characters"),
		Entry("an option's value of 76", menu(`,"options":[{"label":"a","value":"`+long(76)+`"}]`), "Element 0 `options` item `value` field cannot exceed 75 characters"),
	)
})
