package views

import (
	"context"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/router"
	"parley/router/rules"
)

// The fields that lists have besides router.StandingFields.
const (
	FieldMine   = "conversation.mine"   // the reader's own, so that one view serves a whole team
	FieldUnread = "conversation.unread" // by the reader
	FieldDue    = "conversation.due_at" // the earliest deadline that runs or was missed
)

// Schema is what conditions of views may speak of.
func Schema() *rules.Schema { return schema }

var schema = rules.NewSchema(append(router.StandingFields(),
	rules.Field{Name: FieldMine, Type: rules.Bool, Label: fault.T("Ответственный — тот, кто смотрит", "Assigned to whoever looks")},
	rules.Field{Name: FieldUnread, Type: rules.Bool, Label: fault.T("Не прочитан тем, кто смотрит", "Unread by whoever looks")},
	rules.Field{Name: FieldDue, Type: rules.Time, Label: fault.T("Ближайший срок ответа", "Nearest deadline of an answer")},
)...)

// facts returns how to learn what a view's rule is asked about, of rows that a viewer sees.
func (s *Service) facts(v actor.Viewer, now time.Time, calendar rules.Calendar) func(context.Context, []inbox.Row) ([]*rules.Facts, error) {
	return func(ctx context.Context, rows []inbox.Row) ([]*rules.Facts, error) {
		subjects := make([]router.Subject, len(rows))
		for i := range rows {
			subjects[i].Conversation = rows[i].ID
		}
		of, err := s.store.Snapshots(ctx, subjects, false)
		if err != nil {
			return nil, err
		}
		out := make([]*rules.Facts, len(rows))
		for i := range rows {
			f := schema.NewFacts(now, calendar)
			of[i].Standing(f)
			f.Bool(FieldMine, v.AgentID != 0 && int64(rows[i].AssigneeID) == v.AgentID)
			f.Bool(FieldUnread, rows[i].ReadSeq < rows[i].Seq)
			f.Time(FieldDue, rows[i].DueAt)
			out[i] = f
		}
		return out, nil
	}
}
