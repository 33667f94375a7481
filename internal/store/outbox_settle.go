package store

import (
	"cmp"
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

// attemptCols is what settling looks at. Messages are locked before outbox rows, as by
// everybody else.
const attemptCols = `o.message_id, o.token, o.state, o.attempt, o.since, o.safe_resend, m.account_id, m.conversation_id,
	m.state, m.remote_id, m.sent_at, m.error_code, m.error_text, m.cause_kind, m.cause_id, m.cause_depth,
	EXISTS (SELECT 1 FROM mails e WHERE e.message_id = m.id)`

var (
	attempts = newKeys(`SELECT `+attemptCols+` FROM %s AS v CROSS JOIN outbox o CROSS JOIN messages m
		WHERE o.message_id = v.column1 AND o.token = v.column2 AND o.state <> 'queued' AND m.id = o.message_id
		ORDER BY m.id
		FOR UPDATE OF m, o -- only: postgres
		`, "BIGINT", "TEXT")
	settleMessages = newKeys(`UPDATE messages SET state = v.column2, remote_id = v.column3, sent_at = v.column4, error_code = v.column5,
		error_text = v.column6, updated_at = v.column7 FROM %s AS v WHERE messages.id = v.column1`,
		"BIGINT", "TEXT", "TEXT", "BIGINT", "TEXT", "TEXT", "BIGINT")
	settleOutbox = newKeys(`UPDATE outbox SET state = v.column2, token = v.column3, attempt = v.column4, since = v.column5, not_before = v.column6
		FROM %s AS v WHERE outbox.message_id = v.column1`, "BIGINT", "TEXT", "TEXT", "BIGINT", "BIGINT", "BIGINT")
	sentMails = newKeys(`INSERT INTO threads (account_id, remote_id, conversation_id, arrived, root, direct, by_scope, by_address)
		SELECT m.account_id, m.remote_id, m.conversation_id, TRUE, FALSE, FALSE, '', '' FROM messages m JOIN mails e ON e.message_id = m.id
		WHERE m.remote_id <> '' AND m.id IN (SELECT column1 FROM %s AS v) ON CONFLICT (account_id, remote_id, conversation_id) DO UPDATE SET arrived = TRUE, root = FALSE`, "BIGINT")
	parkedAmong = newKeys(`SELECT DISTINCT p.account_id, p.remote_id FROM %s AS v CROSS JOIN parked p
		WHERE p.account_id = v.column1 AND p.remote_id = v.column2`, "BIGINT", "TEXT")
)

// expiredClaims is a text of its own, as it is not asked by keys.
const expiredClaims = `SELECT ` + attemptCols + ` FROM outbox o CROSS JOIN messages m
	WHERE o.state = 'sending' AND o.claimed_until <= $1 AND m.id = o.message_id ORDER BY o.claimed_until LIMIT 256
	FOR UPDATE OF m, o SKIP LOCKED -- only: postgres
	`

// attempt is a claimed outbox row with its message.
type attempt struct {
	id      inbox.MessageID
	token   string
	state   string // of the outbox row: sending, uncertain, or gone to delete it
	tries   int
	since   time.Time
	due     time.Time
	safe    bool
	message inbox.Message // the columns that settling may change, and those it reports by
	told    bool          // whether open pages hear of it
	trouble bool          // its last attempt had gone wrong, or this one has: lists show that
	mail    bool
	parts   []string // remote ids of what the message became besides
}

func (a *attempt) dest() []any {
	m := &a.message
	return []any{&a.id, &a.token, &a.state, &a.tries, timeCol{&a.since}, &a.safe, &m.AccountID, &m.ConversationID,
		&m.State, &m.RemoteID, timeCol{&m.SentAt}, &m.ErrorCode, &m.ErrorText, &m.Cause.Kind, &m.Cause.ID, &m.Cause.Depth, &a.mail}
}

// rule applies a verdict to an attempt.
func (a *attempt) rule(v outbox.Verdict, now time.Time) {
	m := &a.message
	was := m.State
	defer func() { a.trouble = a.trouble || troubled(was) != troubled(m.State) }()
	if m.State == inbox.Queued {
		// A person resent it while this attempt was under way: whatever became of this
		// one, the message goes again.
		a.state, a.token, a.since, a.due = "queued", "", time.Time{}, now
		return
	}
	late := a.state == "uncertain"
	reached := m.State != inbox.Sending && m.State != inbox.Uncertain // a receipt by our own id came first
	if v.Outcome == outbox.Sent || reached {
		a.sent(v, now, reached)
		return
	}
	a.told = v.Outcome != outbox.Postponed
	if v.Outcome != outbox.Postponed { // what was wrong before still is
		m.ErrorCode, m.ErrorText = v.Code, v.Text
	}
	switch v.Outcome {
	case outbox.Retry, outbox.Postponed:
		if late {
			// People have seen it as uncertain, and later answers may have gone: only
			// a person sends it again.
			m.State, a.state = inbox.Failed, gone
			if v.Outcome == outbox.Postponed {
				untried := outbox.Untried()
				m.ErrorCode, m.ErrorText, a.told = untried.Code, untried.Text, true
			}
			return
		}
		m.State, a.state, a.token, a.due = inbox.Queued, "queued", "", v.NotBefore
		if v.Restart {
			a.since = time.Time{}
		}
		if v.Outcome == outbox.Postponed {
			a.tries--
		}
	case outbox.Failed:
		m.State, a.state = inbox.Failed, gone
	default:
		m.State, a.state = inbox.Uncertain, "uncertain" // with its token, for a late verdict
	}
}

// troubled tells whether a state is one that lists mark.
func troubled(s inbox.State) bool { return s == inbox.Failed || s == inbox.Uncertain }

func (a *attempt) sent(v outbox.Verdict, now time.Time, reached bool) {
	m := &a.message
	a.state, a.told = gone, true
	if !reached {
		m.State, m.ErrorCode, m.ErrorText = inbox.Sent, v.Code, v.Text
	}
	if v.RemoteID != "" {
		m.RemoteID = v.RemoteID
	}
	a.parts = v.Parts
	if m.SentAt = v.At; v.At.IsZero() {
		m.SentAt = now
	}
}

// gone marks an outbox row that is to be deleted.
const gone = "gone"

// Settle implements outbox.Source. One verdict that the database refuses does not fail
// the others: it is left to its lease.
func (o *Outbox) Settle(ctx context.Context, now time.Time, list []outbox.Settlement) error {
	err := o.db.Write(ctx, func(ctx context.Context) error { return o.settle(ctx, now, list) })
	switch {
	case err == nil:
		return nil
	case !o.db.IsDataError(err):
		return fmt.Errorf("settle messages: %w", err)
	case len(list) == 1:
		o.db.log.Error("verdict refused by the database", "message_id", list[0].Item.ID, "error", err)
		return nil
	}
	half := len(list) / 2
	return errors.Join(o.Settle(ctx, now, list[:half]), o.Settle(ctx, now, list[half:]))
}

func (o *Outbox) settle(ctx context.Context, now time.Time, list []outbox.Settlement) error {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b outbox.Settlement) int { return cmp.Compare(a.Item.ID, b.Item.ID) })
	var remotes []intake.RemoteRef
	for i := range list {
		if id := list[i].Verdict.RemoteID; id != "" {
			remotes = append(remotes, intake.RemoteRef{AccountID: list[i].Item.AccountID, RemoteID: id})
		}
	}
	if err := o.db.Lock(ctx, intake.RemoteLocks(remotes)); err != nil {
		return fmt.Errorf("lock remote ids: %w", err)
	}
	waiting, err := o.waiting(ctx, list, remotes)
	if err != nil {
		return fmt.Errorf("look for parked events: %w", err)
	}
	found := map[inbox.MessageID]*attempt{}
	key := func(args []any, s outbox.Settlement) []any { return append(args, s.Item.ID, s.Item.Token) }
	err = lookup(ctx, o.db, attempts, list, key, func(row scanner) error {
		a := &attempt{}
		err := row.Scan(a.dest()...)
		found[a.id] = a
		return err
	})
	if err != nil {
		return fmt.Errorf("load attempts: %w", err)
	}
	var ruled []*attempt
	for i := range list {
		a := found[inbox.MessageID(list[i].Item.ID)]
		if a == nil || a.token != list[i].Item.Token || a.state == gone || a.state == "queued" {
			continue
		}
		first := !slices.Contains(ruled, a)
		a.rule(list[i].Verdict, now)
		if first {
			ruled = append(ruled, a)
		}
	}
	return o.write(ctx, now, ruled, waiting)
}

// Expire implements outbox.Source.
func (o *Outbox) Expire(ctx context.Context, now time.Time) (int, error) {
	var list []*attempt
	err := o.db.Write(ctx, func(ctx context.Context) error {
		list = nil
		err := o.db.each(ctx, expiredClaims, []any{micros(now)}, func(row *sql.Rows) error {
			a := &attempt{}
			list = append(list, a)
			return row.Scan(a.dest()...)
		})
		if err != nil {
			return err
		}
		for _, a := range list {
			v := outbox.Interrupted()
			if a.safe {
				v.Outcome, v.NotBefore = outbox.Retry, now
			}
			a.rule(v, now)
		}
		return o.write(ctx, now, list, nil)
	})
	if err != nil {
		return 0, fmt.Errorf("expire claims: %w", err)
	}
	return len(list), nil
}

// write stores attempts as they were ruled, gives the messages what was parked for
// them, and tells open pages.
func (o *Outbox) write(ctx context.Context, now time.Time, list []*attempt, waiting map[intake.RemoteRef]bool) error {
	if len(list) == 0 {
		return nil
	}
	err := change(ctx, o.db, settleMessages, list, func(args []any, a *attempt) []any {
		m := &a.message
		return append(args, int64(a.id), string(m.State), m.RemoteID, micros(m.SentAt), m.ErrorCode, m.ErrorText, micros(now))
	})
	if err != nil {
		return fmt.Errorf("save messages: %w", err)
	}
	var over, mails []inbox.MessageID
	var kept []*attempt
	for _, a := range list {
		if a.mail && a.message.RemoteID != "" {
			mails = append(mails, a.id)
		}
		if a.state == gone {
			over = append(over, a.id)
			continue
		}
		kept = append(kept, a)
		if a.state == "queued" && !a.due.After(now) {
			leave(ctx, OutboxQueued)
		}
	}
	if err := change(ctx, o.db, outboxGone, over, idArg); err != nil {
		return fmt.Errorf("save outbox: %w", err)
	}
	if err := change(ctx, o.db, sentMails, mails, idArg); err != nil {
		return fmt.Errorf("save threads: %w", err)
	}
	err = change(ctx, o.db, settleOutbox, kept, func(args []any, a *attempt) []any {
		return append(args, int64(a.id), a.state, a.token, int64(a.tries), micros(a.since), micros(a.due))
	})
	if err != nil {
		return fmt.Errorf("save outbox: %w", err)
	}
	ch, err := o.rematch(ctx, now, list, waiting)
	if err != nil {
		return fmt.Errorf("apply parked events: %w", err)
	}
	for _, a := range list {
		m := &a.message
		for _, id := range a.parts {
			ch.Parts = append(ch.Parts, inbox.Part{AccountID: m.AccountID, RemoteID: id, MessageID: a.id})
		}
		rematched := slices.ContainsFunc(ch.Messages, func(x *inbox.Message) bool { return x.ID == a.id })
		if a.told && !rematched {
			ch.Feed = append(ch.Feed, inbox.Notice{At: now, Type: "message.updated", ObjectID: int64(a.id), ConversationID: m.ConversationID, Cause: m.Cause})
		}
		if a.trouble {
			ch.Renew(m.ConversationID, m.Cause, now)
		}
	}
	return o.db.Save(ctx, ch)
}

// waiting tells which remote ids, whose locks the caller holds, something is parked
// for. If so, it locks what applying that may touch in the order in which intake does,
// as the messages of the verdicts are locked next.
func (o *Outbox) waiting(ctx context.Context, list []outbox.Settlement, remotes []intake.RemoteRef) (map[intake.RemoteRef]bool, error) {
	waiting := map[intake.RemoteRef]bool{}
	err := lookup(ctx, o.db, parkedAmong, remotes, remoteArgs, func(row scanner) error {
		var r intake.RemoteRef
		err := row.Scan(&r.AccountID, &r.RemoteID)
		waiting[r] = true
		return err
	})
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	need := intake.Need{UpTo: true}
	for i := range list {
		need.Messages = append(need.Messages, inbox.MessageID(list[i].Item.ID))
	}
	_, err = o.db.LoadIntake(ctx, need)
	return waiting, err
}

// rematch applies events that came for these remote ids before they were known. The
// caller holds their locks.
func (o *Outbox) rematch(ctx context.Context, now time.Time, list []*attempt, waiting map[intake.RemoteRef]bool) (*inbox.Changes, error) {
	if len(waiting) == 0 {
		return &inbox.Changes{}, nil
	}
	need := intake.Need{UpTo: true}
	for _, a := range list {
		ref := intake.RemoteRef{AccountID: a.message.AccountID, RemoteID: a.message.RemoteID}
		if waiting[ref] {
			need.Messages = append(need.Messages, a.id)
			need.Arriving = append(need.Arriving, ref)
		}
	}
	st, err := o.db.LoadIntake(ctx, need)
	if err != nil {
		return nil, err
	}
	st.Now = now
	return intake.Rematch(st), nil
}
