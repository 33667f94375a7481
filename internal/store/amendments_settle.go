package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/inbox"
	"parley/inbox/intake"
	"parley/internal/outbox"
)

var (
	// amendmentsUnderWay finds those of verdicts; their messages are locked before them, as by everybody else.
	amendmentsUnderWay = newKeys(`SELECT `+prefixed("a", amendmentCols)+`, a.error_code, a.error_text, a.attempt, a.since FROM %s AS v CROSS JOIN amendments a
		WHERE a.id = v.column1 AND a.token = v.column2 AND a.state = 'sending' ORDER BY a.id
		FOR UPDATE OF a -- only: postgres
		`, "BIGINT", "TEXT")
	messagesOfAmendments = newKeys(`SELECT DISTINCT message_id FROM amendments WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	settleAmendments     = newKeys(`UPDATE amendments SET state = v.column2, error_code = v.column3, error_text = v.column4, attempt = v.column5, since = v.column6,
		not_before = v.column7, token = '' FROM %s AS v WHERE amendments.id = v.column1`, "BIGINT", "TEXT", "TEXT", "TEXT", "BIGINT", "BIGINT", "BIGINT")
	// pastReactions go when another one of the same message comes about.
	pastReactions = newKeys(`DELETE FROM amendments WHERE kind = 'reaction' AND state = 'done' AND message_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	ofMessage     = newKeys(`DELETE FROM amendments WHERE state <> 'sending' AND message_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
)

// deed is an amendment that was claimed, with what settling counts.
type deed struct {
	inbox.Amendment
	tries int
	since time.Time
	due   time.Time
}

// Settle implements outbox.Source. One verdict that the database refuses does not fail the others.
func (o *Amending) Settle(ctx context.Context, now time.Time, list []outbox.Settlement) error {
	err := o.db.Write(ctx, func(ctx context.Context) error { return o.settle(ctx, now, list) })
	switch {
	case err == nil:
		return nil
	case !o.db.IsDataError(err):
		return fmt.Errorf("settle amendments: %w", err)
	case len(list) == 1:
		o.db.log.Error("verdict refused by the database", "message_id", list[0].Item.Out.MessageID, "error", err)
		return nil
	}
	half := len(list) / 2
	return errors.Join(o.Settle(ctx, now, list[:half]), o.Settle(ctx, now, list[half:]))
}

func (o *Amending) settle(ctx context.Context, now time.Time, list []outbox.Settlement) error {
	var ids []inbox.AmendmentID
	verdicts := make(map[inbox.AmendmentID]outbox.Verdict, len(list))
	for _, s := range list {
		id := inbox.AmendmentID(s.Item.ID)
		ids, verdicts[id] = append(ids, id), s.Verdict
	}
	slices.Sort(ids)
	st, err := o.lock(ctx, slices.Compact(ids))
	if err != nil {
		return err
	}
	var found []*deed
	key := func(args []any, s outbox.Settlement) []any { return append(args, s.Item.ID, s.Item.Token) }
	err = lookup(ctx, o.db, amendmentsUnderWay, list, key, func(row scanner) error {
		d := &deed{}
		err := row.Scan(append(amendmentDest(&d.Amendment), &d.tries, timeCol{&d.since})...)
		if !slices.ContainsFunc(found, func(x *deed) bool { return x.ID == d.ID }) {
			found = append(found, d)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("load amendments: %w", err)
	}
	for _, d := range found {
		d.rule(verdicts[d.ID], now)
	}
	return o.write(ctx, now, st, found)
}

// lock holds the messages of amendments with their conversations.
func (o *Amending) lock(ctx context.Context, ids []inbox.AmendmentID) (*intake.State, error) {
	need := intake.Need{}
	err := lookup(ctx, o.db, messagesOfAmendments, ids, idArg, func(row scanner) error {
		var id inbox.MessageID
		err := row.Scan(&id)
		need.Messages = append(need.Messages, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find messages of amendments: %w", err)
	}
	slices.Sort(need.Messages)
	st, err := o.db.LoadIntake(ctx, need)
	if err != nil {
		return nil, fmt.Errorf("load messages of amendments: %w", err)
	}
	return st, nil
}

// rule applies a verdict.
func (d *deed) rule(v outbox.Verdict, now time.Time) {
	if v.Outcome != outbox.Postponed {
		d.ErrorCode, d.ErrorText = v.Code, v.Text
	}
	switch v.Outcome {
	case outbox.Sent:
		d.State, d.ErrorCode, d.ErrorText = inbox.AmendDone, "", ""
	case outbox.Retry, outbox.Postponed:
		d.State, d.due = inbox.AmendQueued, v.NotBefore
		if v.Restart {
			d.since = time.Time{}
		}
		if v.Outcome == outbox.Postponed {
			if d.tries--; d.tries == 0 {
				d.since = time.Time{}
			}
		}
	case outbox.Failed:
		d.State = inbox.AmendFailed
	default:
		d.State = inbox.AmendUncertain
	}
	if d.due.IsZero() {
		d.due = now
	}
}

// write stores amendments as they were ruled, changes the messages of those that came about, and tells open pages.
func (o *Amending) write(ctx context.Context, now time.Time, st *intake.State, list []*deed) error {
	if len(list) == 0 {
		return nil
	}
	ch := &inbox.Changes{}
	var kept []*deed
	var over []inbox.AmendmentID
	var reacted, withdrawn []inbox.MessageID
	for _, d := range list {
		m := st.Messages[d.MessageID]
		if m == nil || st.Conversations[m.ConversationID] == nil {
			over = append(over, d.ID)
			continue
		}
		if d.State != inbox.AmendDone {
			kept = append(kept, d)
			ch.Update(m, d.Cause, now)
			continue
		}
		d.Carried(ch, st.Conversations[m.ConversationID], m, now)
		if d.Kind == inbox.AmendReaction {
			reacted = append(reacted, d.MessageID)
		}
		if d.Kind == inbox.AmendReaction && d.Emoji != "" {
			kept = append(kept, d)
			continue
		}
		if over = append(over, d.ID); d.Kind == inbox.AmendDelete {
			withdrawn = append(withdrawn, d.MessageID)
		}
	}
	leave(ctx, OutboxQueued) // others of the conversations may go now
	for _, step := range []error{
		change(ctx, o.db, pastReactions, reacted, idArg),
		change(ctx, o.db, amendmentsGone, over, idArg),
		change(ctx, o.db, settleAmendments, kept, func(args []any, d *deed) []any {
			return append(args, int64(d.ID), string(d.State), d.ErrorCode, d.ErrorText, int64(d.tries), micros(d.since), micros(d.due))
		}),
		change(ctx, o.db, ofMessage, withdrawn, idArg),
	} {
		if step != nil {
			return fmt.Errorf("save amendments: %w", step)
		}
	}
	return o.db.Save(ctx, ch)
}

// expiredAmendments are claims whose lease has run out.
const expiredAmendments = `SELECT id, token FROM amendments WHERE state = 'sending' AND claimed_until <= $1 ORDER BY claimed_until, id LIMIT 256`

// Expire implements outbox.Source. What was under way goes again: doing it twice does no harm.
func (o *Amending) Expire(ctx context.Context, now time.Time) (int, error) {
	var list []outbox.Settlement
	err := o.db.Write(ctx, func(ctx context.Context) error {
		list = nil
		err := o.db.each(ctx, expiredAmendments, []any{micros(now)}, func(row *sql.Rows) error {
			interrupted := outbox.Interrupted()
			interrupted.Outcome, interrupted.NotBefore = outbox.Retry, now
			s := outbox.Settlement{Verdict: interrupted}
			err := row.Scan(&s.Item.ID, &s.Item.Token)
			list = append(list, s)
			return err
		})
		if err != nil || len(list) == 0 {
			return err
		}
		return o.settle(ctx, now, list)
	})
	if err != nil {
		return 0, fmt.Errorf("expire amendments: %w", err)
	}
	return len(list), nil
}
