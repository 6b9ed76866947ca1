//go:build e2e

package e2e_test

import (
	"context"
	"strconv"
	"time"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
	"github.com/slack-go/slack"

	"belay/simulator"
	"belay/simulator/webapi"
)

// goCalls are the methods of slack-go's client that belay models. Each gets what was
// made before: a channel, a message in it, and a trigger.
type goCall struct {
	name string
	call func(ctx context.Context, bot, user *slack.Client, m made) error
}

type made struct{ channel, ts, trigger, group string }

// just drops what a call answers besides its error.
func just[T any](_ T, err error) error { return err }

func just2[A, B any](_ A, _ B, err error) error { return err }

var goCalls = []goCall{
	{"auth.test", func(ctx context.Context, b, _ *slack.Client, _ made) error { return just(b.AuthTestContext(ctx)) }},
	{"team.info", func(ctx context.Context, b, _ *slack.Client, _ made) error { return just(b.GetTeamInfoContext(ctx)) }},
	{"bots.info", func(ctx context.Context, b, _ *slack.Client, _ made) error {
		return just(b.GetBotInfoContext(ctx, slack.GetBotInfoParameters{Bot: webapi.DefaultBot}))
	}},
	{"emoji.list", func(ctx context.Context, b, _ *slack.Client, _ made) error { return just(b.GetEmojiContext(ctx)) }},
	{"users.info", func(ctx context.Context, b, _ *slack.Client, _ made) error {
		return just(b.GetUserInfoContext(ctx, webapi.DefaultUser))
	}},
	{"users.list", func(ctx context.Context, b, _ *slack.Client, _ made) error { return just(b.GetUsersContext(ctx)) }},
	{"users.lookupByEmail", func(ctx context.Context, b, _ *slack.Client, _ made) error {
		return just(b.GetUserByEmailContext(ctx, "belay@example.com"))
	}},
	{"users.getPresence", func(ctx context.Context, b, _ *slack.Client, _ made) error {
		return just(b.GetUserPresenceContext(ctx, webapi.DefaultUser))
	}},
	{"users.profile.get", func(ctx context.Context, b, _ *slack.Client, _ made) error {
		return just(b.GetUserProfileContext(ctx, &slack.GetUserProfileParameters{UserID: webapi.DefaultUser}))
	}},
	{"users.conversations", func(ctx context.Context, b, _ *slack.Client, _ made) error {
		return just2(b.GetConversationsForUserContext(ctx, &slack.GetConversationsForUserParameters{UserID: webapi.DefaultUser}))
	}},
	{"conversations.list", func(ctx context.Context, b, _ *slack.Client, _ made) error {
		return just2(b.GetConversationsContext(ctx, &slack.GetConversationsParameters{}))
	}},
	{"conversations.info", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: m.channel}))
	}},
	{"conversations.invite", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.InviteUsersToConversationContext(ctx, m.channel, webapi.DefaultUser))
	}},
	{"conversations.members", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just2(b.GetUsersInConversationContext(ctx, &slack.GetUsersInConversationParameters{ChannelID: m.channel}))
	}},
	{"conversations.setTopic", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.SetTopicOfConversationContext(ctx, m.channel, "topic"))
	}},
	{"conversations.setPurpose", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.SetPurposeOfConversationContext(ctx, m.channel, "purpose"))
	}},
	{"conversations.rename", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.RenameConversationContext(ctx, m.channel, "deployments"))
	}},
	{"conversations.history", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: m.channel}))
	}},
	{"conversations.replies", func(ctx context.Context, b, _ *slack.Client, m made) error {
		_, _, _, err := b.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{ChannelID: m.channel, Timestamp: m.ts})
		return err
	}},
	{"conversations.mark", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return b.MarkConversationContext(ctx, m.channel, m.ts)
	}},
	{"conversations.kick", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return b.KickUserFromConversationContext(ctx, m.channel, webapi.DefaultUser)
	}},
	{"conversations.archive", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return b.ArchiveConversationContext(ctx, m.channel)
	}},
	{"conversations.unarchive", func(ctx context.Context, _, u *slack.Client, m made) error {
		return u.UnArchiveConversationContext(ctx, m.channel)
	}},
	{"conversations.join", func(ctx context.Context, b, _ *slack.Client, m made) error {
		_, _, _, err := b.JoinConversationContext(ctx, m.channel)
		return err
	}},
	{"conversations.open", func(ctx context.Context, b, _ *slack.Client, _ made) error {
		_, _, _, err := b.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{webapi.DefaultUser}})
		return err
	}},
	{"chat.update", func(ctx context.Context, b, _ *slack.Client, m made) error {
		_, _, _, err := b.UpdateMessageContext(ctx, m.channel, m.ts, slack.MsgOptionText("again", false))
		return err
	}},
	{"chat.postEphemeral", func(ctx context.Context, b, _ *slack.Client, _ made) error {
		return just(b.PostEphemeralContext(ctx, webapi.GeneralChannel, webapi.DefaultUser, slack.MsgOptionText("you", false)))
	}},
	{"chat.getPermalink", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: m.channel, Ts: m.ts}))
	}},
	{"chat.scheduleMessage", func(ctx context.Context, b, _ *slack.Client, m made) error {
		at := time.Now().Add(time.Hour).Unix()
		return just2(b.ScheduleMessageContext(ctx, m.channel, strconv.FormatInt(at, 10), slack.MsgOptionText("later", false)))
	}},
	{"chat.scheduledMessages.list", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just2(b.GetScheduledMessagesContext(ctx, &slack.GetScheduledMessagesParameters{Channel: m.channel}))
	}},
	{"reactions.add", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return b.AddReactionContext(ctx, "tada", slack.NewRefToMessage(m.channel, m.ts))
	}},
	{"reactions.get", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.GetReactionsContext(ctx, slack.NewRefToMessage(m.channel, m.ts), slack.NewGetReactionsParameters()))
	}},
	{"reactions.remove", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return b.RemoveReactionContext(ctx, "tada", slack.NewRefToMessage(m.channel, m.ts))
	}},
	{"pins.add", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return b.AddPinContext(ctx, m.channel, slack.NewRefToMessage(m.channel, m.ts))
	}},
	{"pins.list", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just2(b.ListPinsContext(ctx, m.channel))
	}},
	{"pins.remove", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return b.RemovePinContext(ctx, m.channel, slack.NewRefToMessage(m.channel, m.ts))
	}},
	{"bookmarks.add", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.AddBookmarkContext(ctx, m.channel, slack.AddBookmarkParameters{Title: "Docs", Type: "link", Link: "https://example.com"}))
	}},
	{"bookmarks.list", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.ListBookmarksContext(ctx, m.channel))
	}},
	{"search.messages", func(ctx context.Context, _, u *slack.Client, _ made) error {
		return just(u.SearchMessagesContext(ctx, "hello", slack.NewSearchParameters()))
	}},
	{"usergroups.list", func(ctx context.Context, b, _ *slack.Client, _ made) error { return just(b.GetUserGroupsContext(ctx)) }},
	{"usergroups.users.update", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.UpdateUserGroupMembersContext(ctx, m.group, webapi.DefaultUser))
	}},
	{"usergroups.users.list", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.GetUserGroupMembersContext(ctx, m.group))
	}},
	{"usergroups.disable", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.DisableUserGroupContext(ctx, m.group))
	}},
	{"usergroups.enable", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.EnableUserGroupContext(ctx, m.group))
	}},
	{"views.open", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.OpenViewContext(ctx, m.trigger, goModal))
	}},
	{"views.push", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.PushViewContext(ctx, m.trigger, goModal))
	}},
	{"views.publish", func(ctx context.Context, b, _ *slack.Client, _ made) error {
		return just(b.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: webapi.DefaultUser, View: slack.HomeTabViewRequest{
			Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}},
		}}))
	}},
	{"files.list", func(ctx context.Context, b, _ *slack.Client, _ made) error {
		return just2(b.GetFilesContext(ctx, slack.NewGetFilesParameters()))
	}},
	{"chat.delete", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just2(b.DeleteMessageContext(ctx, m.channel, m.ts))
	}},
	{"conversations.leave", func(ctx context.Context, b, _ *slack.Client, m made) error {
		return just(b.LeaveConversationContext(ctx, m.channel))
	}},
}

var goModal = slack.ModalViewRequest{
	Type: slack.VTModal, Title: slack.NewTextBlockObject("plain_text", "Ask", false, false),
	Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}},
}

var _ = Describe("slack-go's client", func() {
	It("decodes the answers of the modelled methods", func(ctx SpecContext) {
		s, err := simulator.Start(simulator.Options{})
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(s.Close)
		bot := slack.New("xoxb-belay", slack.OptionAPIURL(s.API()))
		user := slack.New("xoxp-belay", slack.OptionAPIURL(s.API()))
		channel, err := bot.CreateConversationContext(ctx, slack.CreateConversationParams{ChannelName: "deploys"})
		Expect(err).NotTo(HaveOccurred())
		_, ts, err := bot.PostMessageContext(ctx, channel.ID, slack.MsgOptionText("hello", false))
		Expect(err).NotTo(HaveOccurred())
		group, err := bot.CreateUserGroupContext(ctx, slack.UserGroup{Name: "Deployers"})
		Expect(err).NotTo(HaveOccurred())
		for _, c := range goCalls {
			trigger := s.Workspace().NewTrigger(webapi.Trigger{TeamID: webapi.DefaultTeam, UserID: webapi.DefaultUser, AppID: webapi.DefaultApp})
			Expect(c.call(ctx, bot, user, made{channel.ID, ts, trigger, group.ID})).To(Succeed(), c.name)
			Expect(s.Calls()[len(s.Calls())-1]).To(And(HaveField("API", c.name), HaveField("Modelled", true)))
		}
		Expect(s.Findings()).To(BeEmpty())
	}, SpecTimeout(time.Minute))

	DescribeTable("gets Slack's own error for a wrong argument of",
		func(ctx SpecContext, method, code string, call func(context.Context, *slack.Client) error) {
			s, err := simulator.Start(simulator.Options{})
			Expect(err).NotTo(HaveOccurred())
			DeferCleanup(s.Close)
			Expect(call(ctx, slack.New("xoxb-belay", slack.OptionAPIURL(s.API())))).To(MatchError(code))
			Expect(s.Calls()).To(ConsistOf(And(HaveField("API", method), HaveField("Error", code))))
		},
		wrong("bots.info", "bot_not_found", func(ctx context.Context, b *slack.Client) error {
			return just(b.GetBotInfoContext(ctx, slack.GetBotInfoParameters{Bot: "B1"}))
		}),
		wrong("users.lookupByEmail", "users_not_found", func(ctx context.Context, b *slack.Client) error {
			return just(b.GetUserByEmailContext(ctx, "nobody@example.com"))
		}),
		wrong("users.profile.get", "user_not_found", func(ctx context.Context, b *slack.Client) error {
			return just(b.GetUserProfileContext(ctx, &slack.GetUserProfileParameters{UserID: "U1"}))
		}),
		wrong("conversations.info", "channel_not_found", func(ctx context.Context, b *slack.Client) error {
			return just(b.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: "C1"}))
		}),
		wrong("conversations.history", "channel_not_found", func(ctx context.Context, b *slack.Client) error {
			return just(b.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: "C1"}))
		}),
		wrong("conversations.list", "invalid_cursor", func(ctx context.Context, b *slack.Client) error {
			return just2(b.GetConversationsContext(ctx, &slack.GetConversationsParameters{Cursor: "nowhere"}))
		}),
		wrong("conversations.create", "name_taken", func(ctx context.Context, b *slack.Client) error {
			return just(b.CreateConversationContext(ctx, slack.CreateConversationParams{ChannelName: "general"}))
		}),
		wrong("conversations.invite", "user_not_found", func(ctx context.Context, b *slack.Client) error {
			return just(b.InviteUsersToConversationContext(ctx, webapi.GeneralChannel, "U1"))
		}),
		wrong("chat.update", "message_not_found", func(ctx context.Context, b *slack.Client) error {
			_, _, _, err := b.UpdateMessageContext(ctx, webapi.GeneralChannel, "1.000001", slack.MsgOptionText("x", false))
			return err
		}),
		wrong("chat.delete", "message_not_found", func(ctx context.Context, b *slack.Client) error {
			return just2(b.DeleteMessageContext(ctx, webapi.GeneralChannel, "1.000001"))
		}),
		wrong("chat.postEphemeral", "user_not_in_channel", func(ctx context.Context, b *slack.Client) error {
			return just(b.PostEphemeralContext(ctx, webapi.GeneralChannel, "U1", slack.MsgOptionText("x", false)))
		}),
		wrong("chat.scheduleMessage", "time_in_past", func(ctx context.Context, b *slack.Client) error {
			return just2(b.ScheduleMessageContext(ctx, webapi.GeneralChannel, "1", slack.MsgOptionText("x", false)))
		}),
		wrong("chat.getPermalink", "message_not_found", func(ctx context.Context, b *slack.Client) error {
			return just(b.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: webapi.GeneralChannel, Ts: "1.000001"}))
		}),
		wrong("reactions.remove", "message_not_found", func(ctx context.Context, b *slack.Client) error {
			return b.RemoveReactionContext(ctx, "tada", slack.NewRefToMessage(webapi.GeneralChannel, "1.000001"))
		}),
		wrong("pins.add", "message_not_found", func(ctx context.Context, b *slack.Client) error {
			return b.AddPinContext(ctx, webapi.GeneralChannel, slack.NewRefToMessage(webapi.GeneralChannel, "1.000001"))
		}),
		wrong("bookmarks.list", "channel_not_found", func(ctx context.Context, b *slack.Client) error {
			return just(b.ListBookmarksContext(ctx, "C1"))
		}),
		wrong("search.messages", "not_allowed_token_type", func(ctx context.Context, b *slack.Client) error {
			return just(b.SearchMessagesContext(ctx, "hello", slack.NewSearchParameters()))
		}),
		wrong("usergroups.users.list", "no_such_subteam", func(ctx context.Context, b *slack.Client) error {
			return just(b.GetUserGroupMembersContext(ctx, "S1"))
		}),
		wrong("files.info", "file_not_found", func(ctx context.Context, b *slack.Client) error {
			_, _, _, err := b.GetFileInfoContext(ctx, "F1", 10, 1)
			return err
		}),
		wrong("views.publish", "invalid_arguments", func(ctx context.Context, b *slack.Client) error {
			return just(b.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: "U1", View: slack.HomeTabViewRequest{
				Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}},
			}}))
		}),
	)

	It("gets Slack's own errors", func(ctx SpecContext) {
		s, err := simulator.Start(simulator.Options{})
		Expect(err).NotTo(HaveOccurred())
		DeferCleanup(s.Close)
		bot := slack.New("xoxb-belay", slack.OptionAPIURL(s.API()))
		_, _, err = bot.PostMessageContext(ctx, "C1", slack.MsgOptionText("x", false))
		Expect(err).To(MatchError("channel_not_found"))
		_, err = bot.GetUserInfoContext(ctx, "U1")
		Expect(err).To(MatchError("user_not_found"))
		_, err = bot.OpenViewContext(ctx, "1.2.3", goModal)
		Expect(err).To(MatchError("invalid_trigger_id"))
		_, err = slack.New("nothing", slack.OptionAPIURL(s.API())).AuthTestContext(ctx)
		Expect(err).To(MatchError("invalid_auth"))
		s.Workspace().Limit("auth.test", time.Second)
		_, err = bot.AuthTestContext(ctx)
		var limited *slack.RateLimitedError
		Expect(err).To(BeAssignableToTypeOf(limited))
	}, SpecTimeout(time.Minute))
})

// wrong is an entry that is named like its method.
func wrong(method, code string, call func(context.Context, *slack.Client) error) TableEntry {
	return Entry(method, method, code, call)
}
