package desk

import (
	"context"
	"net/http"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/web/rest"
)

func (d *Desk) declareTimeline(api *rest.API) {
	rest.Add(api, rest.Op{ID: "list-timeline", Method: http.MethodGet, Path: "/conversations/{id}/timeline", Need: rest.Read("conversations"), Summary: "Everything that happened, with reasons"}, d.listTimeline)
}

// TimelineEntry is one thing that happened in a conversation.
type TimelineEntry struct {
	ID      rest.ID        `json:"id"`
	At      time.Time      `json:"at"`
	Type    string         `json:"type" doc:"message, status, assignment, team, priority, label, lead, request, answered, contact"`
	Cause   Cause          `json:"cause"`
	Message *Message       `json:"message"`
	Data    map[string]any `json:"data"`
}

// Cause is why something changed.
type Cause struct {
	Kind actor.Kind `json:"kind" doc:"agent, api, visitor, trigger, bot, mailing, clock, import, network"`
	ID   rest.Ref   `json:"id"`
	Name string     `json:"name,omitempty"`
}

// ShowCause is a cause as callers see it.
func ShowCause(c actor.Cause, name string) Cause {
	return Cause{Kind: c.Kind, ID: rest.RefOf(c.ID), Name: name}
}

func (d *Desk) showItem(who rest.Caller) func(inbox.TimelineItem) TimelineEntry {
	show := d.showMessage(who)
	return func(i inbox.TimelineItem) TimelineEntry { return showItem(i, show) }
}

func showItem(i inbox.TimelineItem, show func(inbox.Message) Message) TimelineEntry {
	if i.Message != nil {
		m := show(*i.Message)
		return TimelineEntry{
			ID: m.ID, At: m.CreatedAt, Type: "message", Cause: ShowCause(i.Message.Cause, i.Message.Author.Name), Message: &m, Data: map[string]any{},
		}
	}
	e := i.Entry
	data := e.Data
	if data == nil {
		data = map[string]any{}
	}
	return TimelineEntry{ID: rest.IDOf(e.ID), At: rest.Time(e.At), Type: e.Type, Cause: ShowCause(e.Cause, i.CauseName), Data: data}
}

type listTimeline struct {
	ByID
	rest.Paging
}

func (d *Desk) listTimeline(ctx context.Context, who rest.Caller, in *listTimeline) (*rest.Body[rest.Page[TimelineEntry]], error) {
	page, err := d.inbox.Timeline(ctx, who.Viewer, rest.Num[inbox.ConversationID](in.ID), in.Cursor, in.Limit)
	if err != nil {
		return nil, err
	}
	return rest.List(page.Items, page.Next, d.showItem(who)), nil
}
