package facts_test

import (
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/facts"
)

var _ = Describe("The methods", func() {
	It("are all that are documented, once each, by name", func() {
		var names []string
		for _, m := range facts.Methods() {
			names = append(names, m.Name)
		}
		Expect(names).To(HaveLen(322))
		Expect(slices.IsSorted(names)).To(BeTrue())
		Expect(slices.Compact(slices.Clone(names))).To(Equal(names))
	})

	It("have facts of the right form", func() {
		for _, m := range facts.Methods() {
			Expect(m.Verb).To(BeElementOf("GET", "POST"), m.Name)
			Expect(m.Tier).To(BeElementOf("t1", "t2", "t3", "t4", "t5", ""), m.Name)
			for _, name := range m.Required {
				Expect(m.Args).To(HaveKey(name), m.Name)
			}
			for name, sort := range m.Args {
				Expect(sort).To(MatchRegexp(`^(string(:[a-z_]+)?|integer(:paging)?|number|boolean|array|object)$`), m.Name+" "+name)
			}
			for kind := range m.Scopes {
				Expect(kind).To(BeElementOf("bot", "user", "configuration", "seamless_user"), m.Name)
			}
		}
	})

	It("are found by their exact name", func() {
		m, ok := facts.FindMethod("chat.postMessage")
		Expect(ok).To(BeTrue())
		Expect(m.Required).To(Equal([]string{"channel"}))
		Expect(m.HasError("not_in_channel")).To(BeTrue())
		_, ok = facts.FindMethod("chat.postmessage")
		Expect(ok).To(BeFalse())
	})

	It("let a stream take chunks in place of text", func() {
		m, _ := facts.FindMethod("chat.appendStream")
		Expect(m.Required).NotTo(ContainElement("markdown_text"))
	})
})
