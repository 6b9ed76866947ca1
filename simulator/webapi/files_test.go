package webapi_test

import (
	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"belay/simulator/webapi"
)

var _ = Describe("files", func() {
	var s *slack
	BeforeEach(func() { s = open() })

	begun := func() (ticket, id string) {
		answer := s.call("files.getUploadURLExternal", args{"filename": "Deploy log.txt", "length": "5"})
		Expect(answer).To(succeed())
		url := answer["upload_url"].(string)
		Expect(url).To(HavePrefix("https://files.slack.com/upload/v1/"))
		return url[len("https://files.slack.com/upload/v1/"):], answer["file_id"].(string)
	}
	complete := func(id string, more args) map[string]any {
		a := args{"files": []any{map[string]string{"id": id, "title": "The log"}}}
		for name, value := range more {
			a[name] = value
		}
		return s.call("files.completeUploadExternal", a)
	}

	It("are uploaded in three steps, and shared", func() {
		ticket, id := begun()
		Expect(s.call("files.info", args{"file": id})).To(failWith("file_not_found"))
		Expect(complete(id, nil)).To(failWith("file_update_failed"))
		Expect(s.Upload(ticket, []byte("done\n"))).To(BeTrue())
		Expect(complete(id, args{"channel_id": webapi.GeneralChannel, "initial_comment": "Look"})).To(succeed())
		Expect(s.Upload(ticket, []byte("again"))).To(BeFalse())
		info := s.call("files.info", args{"file": id})
		Expect(info["file"]).To(And(
			HaveKeyWithValue("title", "The log"), HaveKeyWithValue("mimetype", "text/plain"), HaveKeyWithValue("size", 5.0),
			HaveKeyWithValue("channels", ConsistOf(webapi.GeneralChannel)), HaveKeyWithValue("is_public", true)))
		messages := s.Snapshot().Teams[0].Channels[0].Messages
		Expect(messages).To(ConsistOf(And(HaveField("Subtype", "file_share"), HaveField("Text", "Look"), HaveField("Files", HaveLen(1)))))
		var types []string
		for _, h := range s.Happened {
			types = append(types, h.Type)
		}
		Expect(types).To(Equal([]string{"file_created", "message", "file_shared"}))
	})

	It("are read by those who may", func() {
		ticket, id := begun()
		s.Upload(ticket, []byte("done\n"))
		complete(id, nil)
		path := "/files-pri/" + webapi.DefaultTeam + "-" + id + "/deploy_log.txt"
		content, sort, may := s.Download(path, "Bearer "+botToken)
		Expect(may).To(BeTrue())
		Expect(string(content)).To(Equal("done\n"))
		Expect(sort).To(Equal("text/plain"))
		_, _, may = s.Download(path, "")
		Expect(may).To(BeFalse())
		_, _, may = s.Download("/files-pri/T1-F1/x", "Bearer "+botToken)
		Expect(may).To(BeFalse())
	})

	It("are listed, newest first, and deleted by their owner", func() {
		var ids []string
		for range 3 {
			ticket, id := begun()
			s.Upload(ticket, []byte("x"))
			complete(id, nil)
			ids = append(ids, id)
		}
		list := s.call("files.list", args{"count": "2"})
		Expect(list["files"]).To(HaveExactElements(HaveKeyWithValue("id", ids[2]), HaveKeyWithValue("id", ids[1])))
		Expect(list["paging"]).To(And(HaveKeyWithValue("total", 3.0), HaveKeyWithValue("pages", 2.0)))
		Expect(s.as(userToken, "files.delete", args{"file": ids[0]})).To(failWith("cant_delete_file"))
		Expect(s.call("files.delete", args{"file": ids[0]})).To(succeed())
		Expect(s.call("files.info", args{"file": ids[0]})).To(failWith("file_deleted"))
	})

	It("are not shared where the app is not", func() {
		ticket, id := begun()
		s.Upload(ticket, []byte("x"))
		Expect(complete(id, args{"channel_id": "C1"})).To(failWith("channel_not_found"))
		Expect(s.call("files.upload", args{"content": "x"})).To(failWith("method_deprecated"))
		Expect(s.call("files.getUploadURLExternal", args{"filename": "x", "length": "0"})).To(failWith("invalid_arguments"))
	})
})

var _ = Describe("reactions, pins and bookmarks", func() {
	var s *slack
	var ts string
	BeforeEach(func() {
		s = open()
		ts = s.call("chat.postMessage", args{"channel": "general", "text": "hi"})["ts"].(string)
		s.Happened = nil
	})
	on := func(name string) args {
		return args{"channel": webapi.GeneralChannel, "timestamp": ts, "name": name}
	}

	It("are put on messages once", func() {
		Expect(s.call("reactions.add", on("thumbsup"))).To(succeed())
		Expect(s.call("reactions.add", on("thumbsup"))).To(failWith("already_reacted"))
		Expect(s.as(userToken, "reactions.add", on("thumbsup"))).To(succeed())
		Expect(s.call("reactions.add", on("Not An Emoji"))).To(failWith("invalid_name"))
		answer := s.call("reactions.get", on(""))
		Expect(answer["message"]).To(HaveKeyWithValue("reactions", ConsistOf(And(HaveKeyWithValue("name", "thumbsup"), HaveKeyWithValue("count", 2.0)))))
		Expect(s.Events[len(s.Events)-1]).To(And(
			HaveKeyWithValue("type", "reaction_added"), HaveKeyWithValue("user", webapi.DefaultUser), HaveKeyWithValue("item_user", webapi.DefaultBotUser),
			HaveKeyWithValue("item", And(HaveKeyWithValue("type", "message"), HaveKeyWithValue("ts", ts)))))
		Expect(s.call("reactions.list", nil)["items"]).To(HaveLen(1))
		Expect(s.call("reactions.remove", on("thumbsup"))).To(succeed())
		Expect(s.call("reactions.remove", on("thumbsup"))).To(failWith("no_reaction"))
		Expect(s.Unreact(webapi.DefaultTeam, webapi.GeneralChannel, ts, webapi.DefaultUser, "thumbsup")).To(Succeed())
		Expect(s.call("reactions.get", on(""))["message"]).NotTo(HaveKey("reactions"))
	})

	It("do not take more than 23 emoji of one user", func() {
		for i := range 23 {
			Expect(s.call("reactions.add", on("e"+string(rune('a'+i))))).To(succeed())
		}
		Expect(s.call("reactions.add", on("one_more"))).To(failWith("too_many_reactions"))
	})

	It("name messages that are there", func() {
		Expect(s.call("reactions.add", args{"channel": webapi.GeneralChannel, "timestamp": "1.2", "name": "x"})).To(failWith("message_not_found"))
		Expect(s.call("reactions.add", args{"channel": webapi.GeneralChannel, "timestamp": "now", "name": "x"})).To(failWith("bad_timestamp"))
		Expect(s.call("pins.add", args{"channel": webapi.GeneralChannel})).To(failWith("no_item_specified"))
	})

	It("pin messages", func() {
		Expect(s.call("pins.add", on(""))).To(succeed())
		Expect(s.call("pins.add", on(""))).To(failWith("already_pinned"))
		items := s.call("pins.list", args{"channel": webapi.GeneralChannel})["items"]
		Expect(items).To(ConsistOf(HaveKeyWithValue("message", And(HaveKeyWithValue("ts", ts), HaveKeyWithValue("pinned_to", ConsistOf(webapi.GeneralChannel))))))
		Expect(s.Happened[0].Type).To(Equal("pin_added"))
		Expect(s.call("pins.remove", on(""))).To(succeed())
		Expect(s.call("pins.remove", on(""))).To(failWith("no_pin"))
	})

	It("keep links", func() {
		add := args{"channel_id": webapi.GeneralChannel, "title": "Docs", "type": "link", "link": "https://example.com"}
		answer := s.call("bookmarks.add", add)
		Expect(answer).To(succeed())
		id := answer["bookmark"].(map[string]any)["id"].(string)
		Expect(s.call("bookmarks.edit", args{"channel_id": webapi.GeneralChannel, "bookmark_id": id, "title": "Manual"})["bookmark"]).To(And(
			HaveKeyWithValue("title", "Manual"), HaveKeyWithValue("link", "https://example.com")))
		Expect(s.call("bookmarks.list", args{"channel_id": webapi.GeneralChannel})["bookmarks"]).To(HaveLen(1))
		Expect(s.call("bookmarks.remove", args{"channel_id": webapi.GeneralChannel, "bookmark_id": id})).To(succeed())
		Expect(s.call("bookmarks.remove", args{"channel_id": webapi.GeneralChannel, "bookmark_id": id})).To(failWith("not_found"))
		add["link"] = "example"
		Expect(s.call("bookmarks.add", add)).To(failWith("invalid_link"))
	})
})
