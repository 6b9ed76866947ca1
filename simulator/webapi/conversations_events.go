package webapi

// The events that conversations make. Their shapes are those of
// https://docs.slack.dev/reference/events.

// happenMember tells that somebody came or went.
func (w *Workspace) happenMember(sort string, t *Team, c *Channel, user, inviter string) {
	ts := w.newTS()
	w.happen(Happening{
		TeamID: t.ID, Type: sort, ChannelID: c.ID, UserID: user, Members: append([]string{}, c.Members...),
		Event: func() any {
			return struct {
				Type    string `json:"type"`
				User    string `json:"user"`
				Channel string `json:"channel"`
				// ChannelType is the letter with which the id begins.
				ChannelType string `json:"channel_type"`
				Team        string `json:"team"`
				Inviter     string `json:"inviter,omitempty"`
				Enterprise  string `json:"enterprise,omitempty"`
				EventTS     string `json:"event_ts"`
			}{sort, user, c.ID, c.ID[:1], t.ID, inviter, t.EnterpriseID, ts}
		},
	})
}

// happenLeft tells an app that its bot is no longer in a conversation.
func (w *Workspace) happenLeft(t *Team, c *Channel, user, actor string) {
	for _, a := range w.apps {
		if a.BotUserID != user {
			continue
		}
		sort, ts := c.word()+"_left", w.newTS()
		w.happen(Happening{
			TeamID: t.ID, Type: sort, ChannelID: c.ID, UserID: user, AppID: a.ID, Members: []string{user},
			Event: func() any {
				return struct {
					Type    string `json:"type"`
					Channel string `json:"channel"`
					ActorID string `json:"actor_id"`
					EventTS string `json:"event_ts"`
				}{sort, c.ID, actor, ts}
			},
		})
	}
}

// happenCreated tells of a new public channel. Of private ones, only who is in them
// learns, by coming in.
func (w *Workspace) happenCreated(t *Team, c *Channel) {
	if c.private() {
		return
	}
	ts := w.newTS()
	type channel struct {
		ID             string `json:"id"`
		IsChannel      bool   `json:"is_channel"`
		Name           string `json:"name"`
		NameNormalized string `json:"name_normalized"`
		Created        int64  `json:"created"`
		Creator        string `json:"creator"`
		IsShared       bool   `json:"is_shared"`
		IsOrgShared    bool   `json:"is_org_shared"`
		ContextTeamID  string `json:"context_team_id"`
	}
	w.happen(Happening{
		TeamID: t.ID, Type: "channel_created", ChannelID: c.ID, UserID: c.Creator,
		Event: func() any {
			return struct {
				Type    string  `json:"type"`
				Channel channel `json:"channel"`
				EventTS string  `json:"event_ts"`
			}{"channel_created", channel{c.ID, true, c.Name, c.Name, c.Created, c.Creator, false, false, t.ID}, ts}
		},
	})
}

// happenRename tells of a new name.
func (w *Workspace) happenRename(t *Team, c *Channel, user string) {
	sort, ts := c.word()+"_rename", w.newTS()
	type channel struct {
		ID             string `json:"id"`
		IsChannel      bool   `json:"is_channel"`
		IsMPIM         bool   `json:"is_mpim"`
		Name           string `json:"name"`
		NameNormalized string `json:"name_normalized"`
		Created        int64  `json:"created"`
	}
	w.happen(Happening{
		TeamID: t.ID, Type: sort, ChannelID: c.ID, UserID: user, Members: c.witnesses(),
		Event: func() any {
			return struct {
				Type    string  `json:"type"`
				Channel channel `json:"channel"`
				EventTS string  `json:"event_ts"`
			}{sort, channel{c.ID, c.ID[0] != 'G', false, c.Name, c.Name, c.Created}, ts}
		},
	})
}

// happenArchive tells that a conversation was archived, unarchived or deleted: what is
// one of these words.
func (w *Workspace) happenArchive(t *Team, c *Channel, what, user string) {
	sort, ts := c.word()+"_"+what, w.newTS()
	var moved *int
	if what == "archive" {
		moved = new(int)
	}
	w.happen(Happening{
		TeamID: t.ID, Type: sort, ChannelID: c.ID, UserID: user, Members: c.witnesses(),
		Event: func() any {
			return struct {
				Type    string `json:"type"`
				Channel string `json:"channel"`
				User    string `json:"user,omitempty"`
				IsMoved *int   `json:"is_moved,omitempty"`
				EventTS string `json:"event_ts"`
			}{sort, c.ID, user, moved, ts}
		},
	})
}

// happenIMCreated tells of a new direct message.
func (w *Workspace) happenIMCreated(c *Channel) {
	ts := w.newTS()
	type channel struct {
		ID      string `json:"id"`
		Created int64  `json:"created"`
		IsIM    bool   `json:"is_im"`
		User    string `json:"user"`
	}
	w.happen(Happening{
		TeamID: c.TeamID, Type: "im_created", ChannelID: c.ID, UserID: c.Creator, Members: c.Members,
		Event: func() any {
			return struct {
				Type    string  `json:"type"`
				User    string  `json:"user"`
				Channel channel `json:"channel"`
				EventTS string  `json:"event_ts"`
			}{"im_created", c.Creator, channel{c.ID, c.Created, true, c.other(c.Creator)}, ts}
		},
	})
}

// happenOpen tells that somebody opened or closed a direct message or a group's: what
// is open or close.
func (w *Workspace) happenOpen(c *Channel, what, user string) {
	sort, ts := "im_"+what, w.newTS()
	if c.Sort == "mpim" {
		sort = "group_" + what
	}
	w.happen(Happening{
		TeamID: c.TeamID, Type: sort, ChannelID: c.ID, UserID: user, Members: []string{user},
		Event: func() any {
			return struct {
				Type    string `json:"type"`
				User    string `json:"user"`
				Channel string `json:"channel"`
				EventTS string `json:"event_ts"`
			}{sort, user, c.ID, ts}
		},
	})
}
