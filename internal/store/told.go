package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"parley/inbox"
	"parley/internal/notify"
)

var _ notify.Bells = (*DB)(nil)

const toldCols = `id, agent_id, key, kind, conversation_id, number, message_id, by_id, at, badge, sound`

var (
	toldTable = newTable("notifications", toldCols, " ON CONFLICT (agent_id, key) DO NOTHING")
	toldByID  = newKeys(`SELECT `+toldCols+` FROM notifications WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
)

func toldArgs(args []any, t *notify.Told) []any {
	return append(args, t.ID, t.Agent, t.Key, string(t.Kind), t.Conversation, t.Number, t.Message, t.By, micros(t.At), t.Badge, t.Sound)
}

func toldDest(t *notify.Told) []any {
	return []any{&t.ID, &t.Agent, &t.Key, &t.Kind, &t.Conversation, &t.Number, &t.Message, &t.By, timeCol{&t.At}, &t.Badge, &t.Sound}
}

// AddTold keeps what an agent is told and tells their pages, unless they were told before.
func (db *DB) AddTold(ctx context.Context, t *notify.Told) (fresh bool, err error) {
	n, err := db.exec(ctx, toldTable.text(db.engine, 1), toldArgs(nil, t)...)
	if err != nil {
		return false, fmt.Errorf("keep notification: %w", err)
	}
	if n == 0 || !t.Badge && !t.Sound {
		return n > 0, nil
	}
	return true, db.saveFeed(ctx, []inbox.Notice{{At: t.At, Type: "notification.created", ObjectID: t.ID, ConversationID: inbox.ConversationID(t.Conversation)}})
}

// Told returns what an agent was told.
func (db *DB) Told(ctx context.Context, id int64) (t notify.Told, found bool, err error) {
	found, err = db.one(ctx, `SELECT `+toldCols+` FROM notifications WHERE id = $1`, []any{id}, toldDest(&t)...)
	return t, found, err
}

// FeedTold returns what agents were told by id, as FeedConversations.
func (db *DB) FeedTold(ctx context.Context, ids []int64) (out []notify.Told, err error) {
	err = lookup(ctx, db, toldByID, ids, idArg, func(row scanner) error {
		var t notify.Told
		err := row.Scan(toldDest(&t)...)
		out = append(out, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read notifications: %w", err)
	}
	return out, nil
}

// hereFor is how long an agent counts as seen: nodes note who is there every hereFor/3.
const hereFor = time.Minute

// Hearer returns how an agent is reached as of now. Who is disabled, set themselves to
// away or offline, or was not seen at a page for a while, is away.
func (db *DB) Hearer(ctx context.Context, agent int64, now time.Time) (h notify.Hearer, found bool, err error) {
	var prefs, presence string
	var gone int64
	var auto bool
	found, err = db.one(ctx, `SELECT a.id, a.email, a.name, a.language, a.disabled, a.presence, a.auto_away, a.gone_at, a.here_at, COALESCE(p.prefs, '')
		FROM agents a LEFT JOIN notify_prefs p ON p.agent_id = a.id WHERE a.id = $1`, []any{agent},
		&h.Agent, &h.Email, &h.Name, &h.Language, &h.Disabled, &presence, &auto, &gone, timeCol{&h.Here}, &prefs)
	if err != nil {
		return h, false, fmt.Errorf("find agent to tell: %w", err)
	}
	h.Prefs = notify.ReadPrefs(prefs)
	set := presence == "away" || presence == "offline"
	h.Apart = set && !auto
	h.Away = set || gone > 0 || now.Sub(h.Here) > hereFor
	return h, found, nil
}

// SetPrefs stores how an agent wishes to be told.
func (db *DB) SetPrefs(ctx context.Context, agent int64, p notify.Prefs) error {
	return db.Write(ctx, func(ctx context.Context) error {
		_, err := db.exec(ctx, `INSERT INTO notify_prefs (agent_id, prefs) VALUES ($1, $2)
			ON CONFLICT (agent_id) DO UPDATE SET prefs = excluded.prefs`, agent, jsonText(p))
		return err
	})
}

// Quote returns what a message says, and who wrote it.
func (db *DB) Quote(ctx context.Context, message int64) (q notify.Quoted, found bool, err error) {
	list, err := db.FeedMessages(ctx, []inbox.MessageID{inbox.MessageID(message)})
	if err != nil || len(list) == 0 || !list[0].DeletedAt.IsZero() {
		return q, false, err
	}
	return notify.Quoted{Author: list[0].Author.Name, Text: list[0].Text}, true, nil
}

// NoteMailed notes that an agent who is away gets a mail about a conversation; false when
// they got one since they left.
func (db *DB) NoteMailed(ctx context.Context, agent, conversation int64, at time.Time) (first bool, err error) {
	n, err := db.exec(ctx, `INSERT INTO away_mails (agent_id, conversation_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, agent, conversation, micros(at))
	return n == 1, err
}

// cameBack lets an agent who is back get mails again.
func (db *DB) cameBack(ctx context.Context, agent int64) error {
	_, err := db.exec(ctx, `DELETE FROM away_mails WHERE agent_id = $1`, agent)
	return err
}

const subscriptionCols = `id, agent_id, session_id, hash, sealed, browser, created_at`

var subscriptionTable = newTable("push_subscriptions", subscriptionCols, ` ON CONFLICT (hash) DO UPDATE SET id = excluded.id, agent_id = excluded.agent_id,
	session_id = excluded.session_id, sealed = excluded.sealed, browser = excluded.browser, created_at = excluded.created_at`)

func subscriptionDest(s *notify.Subscription) []any {
	return []any{&s.ID, &s.Agent, &s.Session, &s.Hash, &s.Sealed, &s.Browser, timeCol{&s.CreatedAt}}
}

// PutSubscription keeps a browser, and at most so many of an agent.
func (db *DB) PutSubscription(ctx context.Context, s notify.Subscription, most int) error {
	return db.Write(ctx, func(ctx context.Context) error {
		_, err := db.exec(ctx, subscriptionTable.text(db.engine, 1), s.ID, s.Agent, s.Session, s.Hash, s.Sealed, s.Browser, micros(s.CreatedAt))
		if err != nil {
			return fmt.Errorf("keep subscription: %w", err)
		}
		_, err = db.exec(ctx, `DELETE FROM push_subscriptions WHERE agent_id = $1 AND id NOT IN (
			SELECT id FROM push_subscriptions WHERE agent_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2)`, s.Agent, int64(most))
		return err
	})
}

// subscriptionsLive are those whose sessions last at $1.
const subscriptionsLive = `FROM push_subscriptions p JOIN sessions s ON s.id = p.session_id AND s.agent_id = p.agent_id WHERE s.expires_at > $1`

// SubscriptionsOf returns the browsers of an agent.
func (db *DB) SubscriptionsOf(ctx context.Context, agent int64, now time.Time) (list []notify.Subscription, err error) {
	err = db.each(ctx, `SELECT `+prefixed("p", subscriptionCols)+` `+subscriptionsLive+` AND p.agent_id = $2 ORDER BY p.id`, []any{micros(now), agent}, func(row *sql.Rows) error {
		var s notify.Subscription
		err := row.Scan(subscriptionDest(&s)...)
		list = append(list, s)
		return err
	})
	return list, err
}

// Subscription returns one whose session lasts.
func (db *DB) Subscription(ctx context.Context, id int64, now time.Time) (s notify.Subscription, found bool, err error) {
	found, err = db.one(ctx, `SELECT `+prefixed("p", subscriptionCols)+` `+subscriptionsLive+` AND p.id = $2`, []any{micros(now), id}, subscriptionDest(&s)...)
	return s, found, err
}

// DropSubscription removes one of an agent, or with 0 of anybody.
func (db *DB) DropSubscription(ctx context.Context, agent, id int64) (found bool, err error) {
	err = db.Write(ctx, func(ctx context.Context) error {
		n, err := db.exec(ctx, `DELETE FROM push_subscriptions WHERE id = $1 AND (agent_id = $2 OR $2 = 0)`, id, agent)
		found = n > 0
		return err
	})
	return found, err
}
