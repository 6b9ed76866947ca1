package webapi_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	slackgo "github.com/slack-go/slack"

	"belay/simulator/facts"
	"belay/simulator/webapi"
)

// A sample is a call whose answer has every key that is documented.
type sample struct {
	token string
	args  args
	// before are calls of the bot that come first.
	before []sample
	method string
}

// samples are by method. PARENT and REMINDER stand for what is made first.
var samples = map[string]sample{
	"apps.event.authorizations.list": {token: appToken, args: args{"event_context": eventContext("AOFFICE", town)}},
	"apps.uninstall":                 {args: args{"client_id": "0000000000.0000000001", "client_secret": "CLIENT SECRET"}},
	"apps.manifest.validate":         {token: "xoxe.xoxp-c", args: args{"manifest": `{"display_information":{"name":"n"}}`}},
	"blocks.validate":                {args: args{"blocks": "[]"}},
	"bots.info":                      {args: args{"bot": "BOFFICE"}},
	"conversations.archive":          {args: args{"channel": town}},
	"conversations.close":            {args: args{"channel": duo}, before: []sample{{method: "conversations.close", args: args{"channel": duo}}}},
	"conversations.create":           {args: args{"name": "n"}},
	"conversations.history":          {args: args{"channel": town, "limit": "1", "latest": "1999999999.000000"}},
	"conversations.info":             {args: args{"channel": town}},
	"conversations.invite":           {args: args{"channel": secret, "users": bob}},
	"conversations.join":             {args: args{"channel": town}},
	"conversations.kick":             {args: args{"channel": town, "user": bob}},
	"conversations.leave":            {args: args{"channel": town}},
	"conversations.list":             {},
	"conversations.mark":             {args: args{"channel": town, "ts": "1.0"}},
	"conversations.members":          {args: args{"channel": town}},
	"conversations.open":             {args: args{"channel": duo}},
	"conversations.rename":           {token: userToken, args: args{"channel": town, "name": "n"}},
	"conversations.replies":          {args: args{"channel": town, "ts": "PARENT", "limit": "1"}},
	"conversations.setPurpose":       {args: args{"channel": town, "purpose": "p"}},
	"conversations.setTopic":         {args: args{"channel": town, "topic": "t"}},
	"conversations.unarchive":        {args: args{"channel": town}, before: []sample{{method: "conversations.archive", args: args{"channel": town}}}},
	"dnd.info":                       {},
	"dnd.teamInfo":                   {args: args{"users": ann}},
	"emoji.list":                     {},
	"reminders.add":                  {token: userToken, args: args{"text": "t", "time": "90"}},
	"reminders.complete":             {token: userToken, args: args{"reminder": "REMINDER"}},
	"reminders.delete":               {token: userToken, args: args{"reminder": "REMINDER"}},
	"reminders.info":                 {token: userToken, args: args{"reminder": "REMINDER"}},
	"reminders.list":                 {token: userToken},
	"search.all":                     {token: userToken, args: args{"query": "q"}},
	"search.files":                   {token: userToken, args: args{"query": "q"}},
	"search.messages":                {token: userToken, args: args{"query": "q"}},
	"team.info":                      {},
	"team.preferences.list":          {},
	"team.profile.get":               {},
	"usergroups.create":              {args: args{"name": "n"}},
	"usergroups.disable":             {args: args{"usergroup": "SCREW"}},
	"usergroups.enable":              {args: args{"usergroup": "SCREW"}},
	"usergroups.list":                {},
	"usergroups.update":              {args: args{"usergroup": "SCREW", "name": "n"}},
	"usergroups.users.list":          {args: args{"usergroup": "SCREW"}},
	"usergroups.users.update":        {args: args{"usergroup": "SCREW", "users": bob}},
	"users.conversations":            {},
	"users.getPresence":              {},
	"users.identity":                 {token: userToken},
	"users.info":                     {args: args{"user": ann}},
	"users.list":                     {},
	"users.lookupByEmail":            {args: args{"email": "ann@example.com"}},
	"users.profile.get":              {args: args{"user": ann}},
	"users.profile.set":              {token: userToken, args: args{"name": "title", "value": "t"}},
	"users.setActive":                {},
	"users.setPresence":              {args: args{"presence": "away"}},
}

// sampled is the office with a user group, a bot of a known id, and a thread.
func sampled() webapi.Seed {
	seed := office()
	seed.Apps[0].BotID = "BOFFICE"
	seed.Teams[0].Usergroups = []webapi.SeedUsergroup{{ID: "SCREW", Handle: "crew", Users: []string{"ann"}}}
	return seed
}

var _ = Describe("Every answer of a modelled method", func() {
	It("has the keys that are documented", func() {
		for method, one := range samples {
			s := open(seeded(sampled()))
			a := one.prepare(s)
			if one.token == "" {
				one.token = botToken
			}
			answer := s.as(one.token, method, a)
			Expect(answer).To(succeed(), "%s: %v", method, answer)
			fact, _ := facts.FindMethod(method)
			for _, key := range fact.Answers {
				Expect(answer).To(HaveKey(key), method)
			}
		}
	})

	It("is looked at", func() {
		families := []string{"apps", "blocks", "bots", "conversations", "dnd", "emoji", "reminders", "search", "team", "usergroups", "users"}
		for _, m := range webapi.Methods() {
			family, _, _ := strings.Cut(m.Name, ".")
			if m.Modelled() && slices.Contains(families, family) {
				Expect(samples).To(HaveKey(m.Name))
			}
		}
	})
})

// prepare makes what a sample needs, and returns its arguments.
func (one sample) prepare(s *slack) args {
	for _, first := range one.before {
		Expect(s.call(first.method, first.args)).To(succeed())
	}
	a := args{}
	for name, value := range one.args {
		switch value {
		case "PARENT":
			value = s.call("chat.postMessage", args{"channel": town, "text": "parent"})["ts"]
			for range 2 {
				Expect(s.call("chat.postMessage", args{"channel": town, "text": "reply", "thread_ts": value})).To(succeed())
			}
		case "CLIENT SECRET":
			credentials, err := s.Credentials("")
			Expect(err).NotTo(HaveOccurred())
			value = string(credentials.ClientSecret)
		case "REMINDER":
			value = s.as(userToken, "reminders.add", args{"text": "t", "time": "90"})["reminder"].(map[string]any)["id"]
		}
		a[name] = value
	}
	if _, asked := a["latest"]; asked {
		for range 2 {
			Expect(s.call("chat.postMessage", args{"channel": town, "text": "m"})).To(succeed())
		}
	}
	return a
}

var _ = Describe("slack-go", func() {
	It("reads the answers", func() {
		s := open(seeded(sampled()))
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			reply := s.Answer(webapi.Incoming{
				Name: strings.TrimPrefix(r.URL.Path, "/"), Verb: r.Method, Query: r.URL.RawQuery,
				ContentType: r.Header.Get("Content-Type"), Authorization: r.Header.Get("Authorization"), Body: body,
			})
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(reply.Body)
		}))
		DeferCleanup(server.Close)
		api := slackgo.New(botToken, slackgo.OptionAPIURL(server.URL+"/"))

		channels, _, err := api.GetConversations(&slackgo.GetConversationsParameters{Types: []string{"public_channel", "mpim", "im"}})
		Expect(err).NotTo(HaveOccurred())
		Expect(channels).To(ContainElements(
			And(HaveField("Name", "town"), HaveField("IsMember", true), HaveField("NumMembers", 5)),
			And(HaveField("ID", duo), HaveField("User", ann), HaveField("IsIM", true)),
			And(HaveField("ID", trio), HaveField("IsMpIM", true))))
		users, err := api.GetUsers()
		Expect(err).NotTo(HaveOccurred())
		Expect(users).To(ContainElement(And(HaveField("ID", ann), HaveField("Profile.Email", "ann@example.com"))))
		groups, err := api.GetUserGroups(slackgo.GetUserGroupsOptionIncludeUsers(true))
		Expect(err).NotTo(HaveOccurred())
		Expect(groups).To(ConsistOf(And(HaveField("Handle", "crew"), HaveField("Users", ConsistOf(ann)))))
		found, err := slackgo.New(userToken, slackgo.OptionAPIURL(server.URL+"/")).SearchMessages("nothing", slackgo.NewSearchParameters())
		Expect(err).NotTo(HaveOccurred())
		Expect(found.Matches).To(BeEmpty())
	})
})
