package webapi_test

import (
	"fmt"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/webapi"
)

var _ = Describe("A search", func() {
	var s *slack
	BeforeEach(func() {
		seed := office()
		seed.Teams[0].Channels[1].Messages = []webapi.SeedMessage{{User: "ann", Text: "red apple"}, {User: "bob", Text: "green apple pie"}}
		seed.Teams[0].Channels[3].Messages = []webapi.SeedMessage{{User: "ann", Text: "secret apple"}}
		seed.Teams[0].Channels[5].Messages = []webapi.SeedMessage{{User: "bob", Text: "our apple"}}
		s = open(seeded(seed))
		s.Clock.Advance(24 * time.Hour)
		Expect(s.call("chat.postMessage", args{"channel": town, "text": "Late APPLE"})).To(succeed())
	})

	matches := func(answer map[string]any) []string {
		Expect(answer).To(succeed())
		return names(answer["messages"].(map[string]any)["matches"], "text")
	}

	DescribeTable("finds",
		func(query string, want ...string) {
			Expect(matches(s.as(userToken, "search.messages", args{"query": query}))).To(ConsistOf(want))
		},
		Entry("a word", "apple", "red apple", "green apple pie", "secret apple", "our apple", "Late APPLE"),
		Entry("several words, apart", "pie green", "green apple pie"),
		Entry("several words, together", `"apple pie"`, "green apple pie"),
		Entry("without a word", "apple -pie in:town", "red apple", "Late APPLE"),
		Entry("in a channel", "in:#secret apple", "secret apple"),
		Entry("from somebody", "apple from:@bob", "green apple pie", "our apple"),
		Entry("from the caller", "from:me apple", "red apple", "secret apple"),
		Entry("before a day", "apple before:2026-11-24 in:town", "red apple", "green apple pie"),
		Entry("on a day", "apple on:2026-11-24", "Late APPLE"),
		Entry("after a day", "apple after:2026-11-24"),
		Entry("nowhere", "apple in:nowhere"),
	)

	It("is newest first, and tells where", func() {
		answer := s.as(userToken, "search.messages", args{"query": "apple in:town", "highlight": "true"})
		Expect(answer).To(HaveKeyWithValue("query", "apple in:town"))
		first := answer["messages"].(map[string]any)["matches"].([]any)[0].(map[string]any)
		Expect(first).To(HaveKeyWithValue("text", "Late \ue000APPLE\ue001"))
		Expect(first).To(And(HaveKeyWithValue("username", "helper"), HaveKeyWithValue("channel", And(HaveKeyWithValue("id", town), HaveKeyWithValue("name", "town")))))
		Expect(first["permalink"]).To(MatchRegexp(`^https://office\.slack\.com/archives/%s/p\d{16}$`, town))
		oldest := s.as(userToken, "search.messages", args{"query": "apple in:town", "sort_dir": "asc"})
		Expect(matches(oldest)[0]).To(Equal("red apple"))
	})

	It("comes in numbered pages", func() {
		answer := s.as(userToken, "search.messages", args{"query": "apple", "count": "2", "page": "3"})["messages"].(map[string]any)
		Expect(answer["matches"]).To(HaveLen(1))
		Expect(fmt.Sprint(answer["paging"])).To(Equal("map[count:2 page:3 pages:3 total:5]"))
		Expect(answer["pagination"]).To(And(HaveKeyWithValue("first", 5.0), HaveKeyWithValue("last", 5.0), HaveKeyWithValue("total_count", 5.0)))
		beyond := s.as(userToken, "search.messages", args{"query": "apple", "count": "2", "page": "9"})["messages"].(map[string]any)
		Expect(beyond["matches"]).To(BeEmpty())
	})

	It("does not see what the caller does not", func() {
		seed := office()
		seed.Teams[0].Channels[4].Messages = []webapi.SeedMessage{{User: "ann", Text: "treasure"}}
		seed.Apps[0].Tokens = []webapi.SeedToken{{Token: "xoxp-bob", User: "bob"}}
		s = open(seeded(seed))
		Expect(matches(s.as("xoxp-bob", "search.messages", args{"query": "treasure"}))).To(BeEmpty())
		Expect(matches(s.as(userToken, "search.messages", args{"query": "treasure"}))).To(HaveLen(1))
	})

	It("is for people, who look for something", func() {
		Expect(s.call("search.messages", args{"query": "apple"})).To(failWith("not_allowed_token_type"))
		Expect(s.as(userToken, "search.all", args{"query": " "})).To(failWith("no_query"))
	})

	It("searches all at once", func() {
		answer := s.as(userToken, "search.all", args{"query": "pie"})
		Expect(matches(answer)).To(HaveLen(1))
		for _, key := range []string{"files", "posts"} {
			Expect(answer[key]).To(And(HaveKeyWithValue("total", 0.0), HaveKeyWithValue("matches", BeEmpty())))
		}
	})
})
