package strictyaml_test

import (
	"errors"
	"fmt"
	"net/netip"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/internal/strictyaml"
)

// suite has a field of every sort.
type suite struct {
	Name     string           `yaml:"name,required"`
	Version  int              `yaml:"version"`
	Small    uint8            `yaml:"small"`
	Ratio    float64          `yaml:"ratio"`
	On       bool             `yaml:"on"`
	Tags     []string         `yaml:"tags"`
	Vars     map[string]int   `yaml:"vars"`
	Wait     time.Duration    `yaml:"wait"`
	Address  netip.Addr       `yaml:"address"`
	Next     *suite           `yaml:"next"`
	Anything any              `yaml:"anything"`
	Where    *strictyaml.Node `yaml:"where"`
	Place    strictyaml.Node  `yaml:"place"`
	Steps    []step           `yaml:"steps"`
	Common   common           `yaml:",inline"`
	Hidden   string           `yaml:"-"`
	Plain    string
}

type common struct {
	Team string `yaml:"team"`
}

// step is one verb with its argument, as a scenario has it.
type step struct {
	Verb string
	Text struct {
		Says string `yaml:"says,required"`
	}
}

// UnmarshalStrict reads the verb.
func (s *step) UnmarshalStrict(n *strictyaml.Node) error {
	if n.Kind != strictyaml.Object || len(n.Members) != 1 {
		return errors.New("wants one verb")
	}
	key, value := n.Members[0].Key, n.Members[0].Value
	s.Verb = key.Value
	if s.Verb == "shout" {
		return errors.Join(key.Mistake("unknown verb %q", s.Verb), value.Mistake("too loud"))
	}
	return value.Decode(&s.Text)
}

var _ = Describe("Decoding", func() {
	It("fills every sort of field", func() {
		var got suite
		Expect(strictyaml.Decode("a.yaml", []byte(`
name: deploy
version: 0x10
small: 255
ratio: 1_000.5
on: true
tags: [a, "1"]
vars: {x: 1, 2: 3}
wait: 1m30s
address: 127.0.0.1
next: {name: other}
anything: {a: [1, 2.5, x, true, null], b: 1e3}
where: [1]
place: here
steps: [{say: {says: hello}}]
team: T1
plain: yes
`), &got)).To(Succeed())
		Expect(got.Version).To(Equal(16))
		Expect(got.Small).To(BeEquivalentTo(255))
		Expect(got.Ratio).To(Equal(1000.5))
		Expect(got.On).To(BeTrue())
		Expect(got.Tags).To(Equal([]string{"a", "1"}))
		Expect(got.Vars).To(Equal(map[string]int{"x": 1, "2": 3}))
		Expect(got.Wait).To(Equal(90 * time.Second))
		Expect(got.Address.String()).To(Equal("127.0.0.1"))
		Expect(got.Next.Name).To(Equal("other"))
		Expect(got.Anything).To(Equal(map[string]any{"a": []any{1, 2.5, "x", true, nil}, "b": 1000.0}))
		Expect(got.Where.Line).To(Equal(13))
		Expect(got.Place.Column).To(Equal(8))
		Expect(got.Steps[0].Text.Says).To(Equal("hello"))
		Expect(got.Common.Team).To(Equal("T1"))
		Expect(got.Plain).To(Equal("yes"))
	})

	DescribeTable("tells all mistakes at once",
		func(text string, mistakes ...string) {
			var got suite
			Expect(told(strictyaml.Decode("a.yaml", []byte(text), &got))).To(Equal(mistakes))
		},
		Entry("unknown fields, with what was probably meant", "name: x\ntgas: [a]\nnext:\n  name: x\n  nmae: y\nxyz: 1\n",
			`2:1: unknown field "tgas": did you mean "tags"?`, `5:3: unknown field "nmae": did you mean "name"?`,
			`6:1: unknown field "xyz"`),
		Entry("a field beside a key that is given twice", "name: x\nname: y\nsmal: 1\nversion: x\n",
			`2:1: the key "name" is given twice, first on line 1`, `3:1: unknown field "smal": did you mean "small"?`,
			`4:10: wants a whole number, got the text "x"`),
		Entry("a missing field", "version: 1\nnext: {name: }\n",
			`1:1: the field "name" is missing`, `2:7: the field "name" is missing`),
		Entry("text that is none", "name: 5\nteam: true\nplain: [x]\n",
			"1:7: wants text, got the number 5: put it in quotes", "2:7: wants text, got true: put it in quotes",
			"3:8: wants text, got a list"),
		Entry("numbers that are none, or too large", "name: x\nversion: 99999999999999999999\nsmall: 256\nratio: x\n",
			"2:10: wants a whole number, got the number 99999999999999999999",
			"3:8: wants a whole number of at most 8 bits, from 0, got the number 256", `4:8: wants a number, got the text "x"`),
		Entry("a negative number where there can be none", "name: x\nsmall: -1\nversion: 1.5\n",
			"2:8: wants a whole number of at most 8 bits, from 0, got the number -1", "3:10: wants a whole number, got the number 1.5"),
		Entry("booleans that are none", "name: x\non: yes\nnext: {name: y, on: \"true\"}\n",
			`2:5: wants true or false, got the text "yes"`, `3:21: wants true or false, got the text "true": leave the quotes away`),
		Entry("lists and objects that are none", "name: x\ntags: a\nvars: [1]\nnext: 1\nsteps: {}\n",
			`2:7: wants a list, got the text "a"`, "3:7: wants an object, got a list", "4:7: wants an object, got the number 1",
			"5:8: wants a list, got an object"),
		Entry("a list with a wrong item", "name: x\ntags: [a, 1]\nvars: {x: y}\n",
			"2:11: wants text, got the number 1: put it in quotes", `3:11: wants a whole number, got the text "y"`),
		Entry("durations and addresses that are none", "name: x\nwait: 3 minutes\naddress: [a]\n",
			`2:7: wants a duration such as 1m30s, got the text "3 minutes": time: unknown unit " minutes" in duration "3 minutes"`,
			"3:10: wants text, got a list"),
		Entry("what an Unmarshaler says", "name: x\nsteps:\n  - {say: {}}\n  - {}\n  - {shout: x}\n  - {say: {says: x, loud: y}}\n",
			`3:11: the field "says" is missing`, "4:5: wants one verb", `5:6: unknown verb "shout"`, "5:13: too loud",
			`6:21: unknown field "loud": known are says`),
		Entry("no object at all", "[1]\n", "1:1: wants an object, got a list"),
	)

	It("says where in the document each mistake is", func() {
		var got suite
		err := strictyaml.Decode("a.json", []byte(`{"name": "x", "steps": [{"say": {"says": 1}}], "tags": [2]}`), &got)
		var e *strictyaml.Error
		Expect(errors.As(err, &e)).To(BeTrue())
		Expect(e.Mistakes[0].Path).To(Equal("/steps/0/says"))
		Expect(e.Mistakes[1].Path).To(Equal("/tags/0"))
		Expect(e.Mistakes[1].File).To(Equal("a.json"))
	})

	It("tells a hundred mistakes, and counts the rest", func() {
		text := "name: x\ntags:\n"
		for i := range 150 {
			text += fmt.Sprintf("  - %d\n", i)
		}
		var got suite
		err := strictyaml.Decode("a.yaml", []byte(text), &got)
		Expect(told(err)).To(HaveLen(100))
		Expect(err.Error()).To(HaveSuffix("\nand 50 more"))
	})

	It("leaves what null says as it is", func() {
		got := suite{Plain: "before", On: true}
		Expect(strictyaml.Decode("a.yaml", []byte("name: x\nplain: ~\non:\nnext: null\n"), &got)).To(Succeed())
		Expect(got.Plain).To(Equal("before"))
		Expect(got.Next).To(BeNil())
	})

	It("refuses to decode into what cannot be filled", func() {
		Expect(strictyaml.Decode("a.yaml", []byte("a: 1"), suite{})).To(MatchError(ContainSubstring("a pointer is needed")))
	})
})
