package blockkit_test

import (
	"fmt"
	"maps"
	"slices"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/blockkit"
)

const (
	button   = `{"type":"button","text":{"type":"plain_text","text":"a"}}`
	rich     = `{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"a"}]}]}`
	picture  = `{"type":"image","image_url":"https://example.com/a.png","alt_text":"a"}`
	rawText  = `{"type":"raw_text","text":"a"}`
	fullCard = `{"type":"card","block_id":"c","icon":` + picture + `,"hero_image":` + picture + `,"title":{"type":"mrkdwn","text":"a","verbatim":false},` +
		`"subtitle":{"type":"plain_text","text":"b"},"body":{"type":"mrkdwn","text":"c"},"subtext":{"type":"mrkdwn","text":"d"},"actions":[` + button + `]}`
	bars = `{"type":"bar","series":[{"name":"a","data":[{"label":"x","value":-1.5}]}],"axis_config":{"categories":["x"],"x_label":"a","y_label":"b"}}`
)

// A sample is a correct block, and where it may stand.
type sample struct {
	block    string
	surfaces []blockkit.Surface
}

var everywhere = []blockkit.Surface{blockkit.Message, blockkit.Modal, blockkit.Home}

// blockSamples has a correct block of every type, with all its fields.
var blockSamples = map[string]sample{
	"section": {`{"type":"section","block_id":"a","text":{"type":"mrkdwn","text":"*a*"},"fields":[{"type":"mrkdwn","text":"a"},` +
		`{"type":"plain_text","text":"b","emoji":true}],"accessory":` + button + `,"expand":true}`, everywhere},
	"header":  {`{"type":"header","text":{"type":"plain_text","text":"a"},"level":4}`, everywhere},
	"divider": {`{"type":"divider"}`, everywhere},
	"image":   {`{"type":"image","title":{"type":"plain_text","text":"a"},"image_url":"https://example.com/a.png","alt_text":""}`, everywhere},
	"context": {`{"type":"context","elements":[` + picture + `,{"type":"mrkdwn","text":"a"},{"type":"plain_text","text":"b","emoji":true}]}`, everywhere},
	"context_actions": {`{"type":"context_actions","elements":[` + elementSamples["feedback_buttons"] + `,{"type":"icon_button","icon":"trash",` +
		`"text":{"type":"plain_text","text":"a"},"action_id":"other"}]}`, []blockkit.Surface{blockkit.Message}},
	"actions": {`{"type":"actions","elements":` + copies(25, button) + `}`, everywhere},
	"input": {`{"type":"input","label":{"type":"plain_text","text":"a"},"hint":{"type":"plain_text","text":"b"},"optional":true,` +
		`"dispatch_action":true,"element":{"type":"plain_text_input"}}`, everywhere},
	"file": {`{"type":"file","external_id":"ABCD1","source":"remote"}`, []blockkit.Surface{blockkit.Message}},
	"video": {`{"type":"video","title":{"type":"plain_text","text":"a"},"title_url":"https://example.com","description":{"type":"plain_text","text":"b"},` +
		`"video_url":"https://example.com/v","alt_text":"c","thumbnail_url":"https://example.com/t.jpg","author_name":null,"provider_name":"d"}`, everywhere},
	"rich_text": {`{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"a","style":{"bold":true}},{"type":"emoji","name":"wave"},` +
		`{"type":"from_the_future"}]},{"type":"rich_text_list","style":"bullet","indent":1,"border":0,"elements":[{"type":"rich_text_section","elements":[]}]},` +
		`{"type":"rich_text_quote","elements":[]},{"type":"rich_text_preformatted","elements":[{"type":"link","url":"https://example.com"}],"border":0}]}`, everywhere},
	"markdown": {`{"type":"markdown","text":"**a**"}`, []blockkit.Surface{blockkit.Message}},
	"alert":    {`{"type":"alert","text":{"type":"mrkdwn","text":"a"},"level":"info"}`, []blockkit.Surface{blockkit.Modal}},
	"card":     {fullCard, everywhere},
	"carousel": {`{"type":"carousel","elements":` + copies(10, fullCard) + `}`, []blockkit.Surface{blockkit.Message, blockkit.Home}},
	"container": {`{"type":"container","title":{"type":"plain_text","text":"a"},"subtitle":{"type":"mrkdwn","text":"b"},"width":"full","icon":` + picture +
		`,"is_collapsible":true,"default_collapsed":true,"child_blocks":[{"type":"divider"},` + rich + `,{"type":"table","rows":[[` + rawText + `]]}]}`,
		[]blockkit.Surface{blockkit.Message, blockkit.Home}},
	"table": {`{"type":"table","column_settings":[{"is_wrapped":true},null,{"align":"right"}],"rows":` + copies(100, copies(20, rawText)) + `}`,
		[]blockkit.Surface{blockkit.Message, blockkit.Home}},
	"data_table": {`{"type":"data_table","caption":"a","page_size":100,"row_header_column_index":0,"rows":[[` + rawText + `,` + rawText + `],[` + rich +
		`,{"type":"raw_number","value":1.5,"text":"1.5"}]]}`, []blockkit.Surface{blockkit.Message, blockkit.Home}},
	"data_visualization": {`{"type":"data_visualization","title":"a","chart":` + bars + `}`, []blockkit.Surface{blockkit.Message}},
	"plan": {`{"type":"plan","title":"a","tasks":[{"task_id":"1","title":"a","status":"pending","details":` + rich + `},` +
		`{"type":"task_card","task_id":"2","title":"b","status":"complete"}]}`, []blockkit.Surface{blockkit.Message}},
	"task_card": {`{"type":"task_card","task_id":"1","title":"a","status":"in_progress","output":` + rich +
		`,"sources":[{"type":"url","url":"https://example.com","text":"b"}]}`, []blockkit.Surface{blockkit.Message}},
	"call":         {`{"type":"call","call_id":"R0E69JAIF"}`, everywhere},
	"contact_card": {`{"type":"contact_card"}`, everywhere},
	"callout":      {`{"type":"callout"}`, everywhere},
	"canvas_table": {`{"type":"canvas_table"}`, everywhere},
	"layout":       {`{"type":"layout"}`, everywhere},
}

var _ = Describe("A block", func() {
	It("passes, with all it may hold, on the surfaces that are documented for it", func() {
		for name, s := range blockSamples {
			for _, surface := range everywhere {
				found := judge(surface, list(s.block))
				if slices.Contains(s.surfaces, surface) {
					Expect(found).To(BeEmpty(), fmt.Sprintf("%s in a %s", name, surface))
				} else {
					Expect(found).To(HaveLen(1), fmt.Sprintf("%s in a %s", name, surface))
				}
			}
		}
	})

	It("has a correct sample for every type of the table", func() {
		Expect(slices.Sorted(maps.Keys(blockSamples))).To(Equal(blockkit.BlockTypes()))
	})

	DescribeTable("passes at its limits", func(block string) {
		clean(blockkit.Message, block)
	},
		Entry("a section of 3000 characters", `{"type":"section","text":`+mrkdwn(long(3000))+`}`),
		Entry("a section of ten fields alone", `{"type":"section","fields":`+copies(10, plain(long(2000)))+`}`),
		Entry("a section with an empty list of fields beside its text", `{"type":"section","text":`+plain("a")+`,"fields":[]}`),
		Entry("a context of ten", `{"type":"context","elements":`+copies(10, mrkdwn("a"))+`}`),
		Entry("an input of 2000 characters", `{"type":"input","label":`+plain(long(2000))+`,"hint":`+plain(long(2000))+`,"element":{"type":"users_select"}}`),
		Entry("12,000 characters of markdown", `{"type":"markdown","text":"`+long(12000)+`"}`),
		Entry("a file input that dispatches nothing", `{"type":"input","dispatch_action":false,"label":`+plain("a")+`,"element":{"type":"file_input"}}`),
	)

	DescribeTable("keeps its limits", func(block, message, pointer string) {
		refused(block, message, pointer)
	},
		Entry("3000 characters of a section", `{"type":"section","text":`+mrkdwn(long(3001))+`}`,
			"must be less than 3001 characters", "/blocks/0/text/text"),
		Entry("10 fields", `{"type":"section","fields":`+copies(11, mrkdwn("a"))+`}`, "no more than 10 items allowed", "/blocks/0/fields"),
		Entry("2000 characters of a field", `{"type":"section","fields":[`+mrkdwn("a")+`,`+mrkdwn(long(2001))+`]}`,
			"must be less than 2001 characters", "/blocks/0/fields/1/text"),
		Entry("a section's text or fields", `{"type":"section","accessory":`+button+`}`, "must define either `text` or `fields`", "/blocks/0/type"),
		Entry("a section's fields that are none", `{"type":"section","fields":[]}`, "must define either `text` or `fields`", "/blocks/0/type"),
		Entry("150 characters of a header", `{"type":"header","text":`+plain(long(151))+`}`, "must be less than 151 characters", "/blocks/0/text/text"),
		Entry("four levels of a header", `{"type":"header","text":`+plain("a")+`,"level":5}`, "must be less than 4", "/blocks/0/level"),
		Entry("3000 characters of an image's url", `{"type":"image","alt_text":"a","image_url":"`+long(3001)+`"}`,
			"must be less than 3001 characters", "/blocks/0/image_url"),
		Entry("2000 characters of an image's alt_text", `{"type":"image","image_url":"https://example.com/a.png","alt_text":"`+long(2001)+`"}`,
			"must be less than 2001 characters", "/blocks/0/alt_text"),
		Entry("2000 characters of an image's title", `{"type":"image","image_url":"https://example.com/a.png","alt_text":"a","title":`+plain(long(2001))+`}`,
			"must be less than 2001 characters", "/blocks/0/title/text"),
		Entry("10 elements of a context", `{"type":"context","elements":`+copies(11, mrkdwn("a"))+`}`, "no more than 10 items allowed", "/blocks/0/elements"),
		Entry("one element of a context", `{"type":"context","elements":[]}`, "must provide at least 1 items", "/blocks/0/elements"),
		Entry("25 elements of actions", `{"type":"actions","elements":`+copies(26, button)+`}`, "no more than 25 items allowed", "/blocks/0/elements"),
		Entry("one element of actions", `{"type":"actions","elements":[]}`, "must provide at least 1 items", "/blocks/0/elements"),
		Entry("unlike action_ids in actions", `{"type":"actions","elements":[{"type":"users_select","action_id":"x"},{"type":"users_select","action_id":"x"}]}`,
			"`action_id` \"x\" already exists", "/blocks/0/elements/1/action_id"),
		Entry("5 elements of context actions", `{"type":"context_actions","elements":`+copies(6, button)+`}`, "no more than 5 items allowed", "/blocks/0/elements"),
		Entry("2000 characters of a label", `{"type":"input","label":`+plain(long(2001))+`,"element":{"type":"users_select"}}`,
			"must be less than 2001 characters", "/blocks/0/label/text"),
		Entry("2000 characters of a hint", `{"type":"input","label":`+plain("a")+`,"hint":`+plain(long(2001))+`,"element":{"type":"users_select"}}`,
			"must be less than 2001 characters", "/blocks/0/hint/text"),
		Entry("an input's element", `{"type":"input","label":`+plain("a")+`}`, "missing required field: element", "/blocks/0"),
		Entry("no file input that dispatches", `{"type":"input","dispatch_action":true,"label":`+plain("a")+`,"element":{"type":"file_input"}}`,
			"unsupported type: file_input", "/blocks/0/element/type"),
		Entry("a file's external_id", `{"type":"file","source":"remote"}`, "missing required field: external_id", "/blocks/0"),
		Entry("under 200 characters of a video's title", `{"type":"video","title":`+plain(long(200))+`,"alt_text":"a","thumbnail_url":"b","video_url":"c"}`,
			"must be less than 200 characters", "/blocks/0/title/text"),
		Entry("under 50 characters of a video's author", `{"type":"video","title":`+plain("a")+`,"alt_text":"a","thumbnail_url":"b","video_url":"c","author_name":"`+long(50)+`"}`,
			"must be less than 50 characters", "/blocks/0/author_name"),
		Entry("a video's url", `{"type":"video","title":`+plain("a")+`,"alt_text":"a","thumbnail_url":"b"}`, "missing required field: video_url", "/blocks/0"),
		Entry("12,000 characters of markdown", `{"type":"markdown","text":"`+long(12001)+`"}`, "must be less than 12001 characters", "/blocks/0/text"),
	)

	It("counts the markdown of a message together, and says so once", func() {
		half := `{"type":"markdown","text":"` + long(6001) + `"}`
		Expect(judge(blockkit.Message, list(half, half, half))).To(ConsistOf("must be less than 12001 characters [json-pointer:/blocks/1/text]"))
	})

	It("may use an action_id again in another block", func() {
		clean(blockkit.Message, `{"type":"actions","elements":[{"type":"users_select","action_id":"x"}]}`,
			`{"type":"actions","elements":[{"type":"users_select","action_id":"x"}]}`)
	})

	It("keeps the 200 characters of an alert", func() {
		Expect(judge(blockkit.Modal, list(`{"type":"alert","text":`+plain(long(201))+`}`))).To(
			ConsistOf("must be less than 201 characters [json-pointer:/blocks/0/text/text]"))
		Expect(judge(blockkit.Modal, list(`{"type":"alert","text":`+plain("a")+`,"level":"fatal"}`))).To(
			ConsistOf("must be a valid enum value [json-pointer:/blocks/0/level]"))
	})
})
