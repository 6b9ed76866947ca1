package webapi

import "slices"

// remindersMethods are those of the family reminders.
var remindersMethods = map[string]serve{
	"reminders.add":      remindersAdd,
	"reminders.complete": remindersComplete,
	"reminders.delete":   remindersDelete,
	"reminders.info":     remindersInfo,
	"reminders.list":     remindersList,
}

// A Reminder is something that somebody wants to be told again.
//
// https://docs.slack.dev/reference/methods/reminders.add
type Reminder struct {
	ID        string `json:"id"`
	Creator   string `json:"creator"`
	User      string `json:"user"`
	Text      string `json:"text"`
	Recurring bool   `json:"recurring"`
	// Time and CompleteTS are missing in reminders that recur; a CompleteTS of zero
	// is one that is not done.
	Time       *int64 `json:"time,omitempty"`
	CompleteTS *int64 `json:"complete_ts,omitempty"`
}

// oneReminder is the answer of methods that tell of one reminder.
type oneReminder struct {
	Reminder Reminder `json:"reminder"`
}

// remindersAdd makes a reminder.
//
// https://docs.slack.dev/reference/methods/reminders.add
func remindersAdd(r *Request) (any, error) {
	u, err := r.userNamed("user")
	switch {
	case err != nil:
		return nil, err
	case u.IsBot:
		return nil, refuse("cannot_add_bot")
	case u.ID != r.token.UserID:
		// Since 2023, people make reminders for themselves alone.
		return nil, refuse("cannot_add_others")
	}
	at, recurring, ok := when(r.text("time"), r.w.now())
	if !ok {
		return nil, refuse("cannot_parse")
	}
	one := &Reminder{
		ID: r.w.newID("Rm"), Creator: r.token.UserID, User: u.ID, Text: r.text("text"),
		Recurring: recurring || r.has("recurrence"),
	}
	if !one.Recurring {
		one.Time, one.CompleteTS = new(at.Unix()), new(int64)
	}
	t := r.team()
	t.reminders = append(t.reminders, one)
	return oneReminder{*one}, nil
}

// reminder is the one that the argument names, if it is the caller's.
func (r *Request) reminder() (*Reminder, error) {
	for _, one := range r.team().reminders {
		if one.ID == r.text("reminder") && (one.User == r.token.UserID || one.Creator == r.token.UserID) {
			return one, nil
		}
	}
	return nil, refuse("not_found")
}

// remindersInfo tells of a reminder.
//
// https://docs.slack.dev/reference/methods/reminders.info
func remindersInfo(r *Request) (any, error) {
	one, err := r.reminder()
	if err != nil {
		return nil, err
	}
	return oneReminder{*one}, nil
}

// remindersComplete marks a reminder as done.
//
// https://docs.slack.dev/reference/methods/reminders.complete
func remindersComplete(r *Request) (any, error) {
	one, err := r.reminder()
	switch {
	case err != nil:
		return nil, err
	case one.Recurring:
		return nil, refuse("cannot_complete_recurring")
	}
	one.CompleteTS = new(r.w.now().Unix())
	return nil, nil
}

// remindersDelete forgets a reminder.
//
// https://docs.slack.dev/reference/methods/reminders.delete
func remindersDelete(r *Request) (any, error) {
	one, err := r.reminder()
	if err != nil {
		return nil, err
	}
	t := r.team()
	t.reminders = slices.DeleteFunc(t.reminders, func(other *Reminder) bool { return other == one })
	return nil, nil
}

// remindersList lists the caller's reminders.
//
// https://docs.slack.dev/reference/methods/reminders.list
func remindersList(r *Request) (any, error) {
	answer := struct {
		Reminders []Reminder `json:"reminders"`
	}{[]Reminder{}}
	for _, one := range r.team().reminders {
		if one.User == r.token.UserID || one.Creator == r.token.UserID {
			answer.Reminders = append(answer.Reminders, *one)
		}
	}
	return answer, nil
}
