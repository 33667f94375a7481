package store_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/intake"
	"parley/internal/store"
)

// entrance is intake over a database, with a clock that tests move.
type entrance struct {
	t  testing.TB
	db *store.DB
	*intake.Service

	mu  sync.Mutex
	now time.Time
}

// enter starts intake; store is the database or something around it.
func enter(t testing.TB, db *store.DB, around intake.Store) *entrance {
	t.Helper()
	d := &entrance{t: t, db: db, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	workers := 1
	if db.Engine() == store.Postgres {
		workers = 4
	}
	if around == nil {
		around = db
	}
	connect(t, db, 1, 2, 10, 11)
	d.Service = intake.New(intake.Options{Store: around, Log: slog.New(slog.DiscardHandler), Now: d.Now, Workers: workers})
	d.Start()
	t.Cleanup(d.Stop)
	return d
}

// connect makes accounts that events can arrive from, as far as they are missing.
func connect(t testing.TB, db *store.DB, list ...channels.AccountID) {
	t.Helper()
	err := db.Write(t.Context(), func(ctx context.Context) error {
		for _, id := range list {
			if err := db.Exec(ctx, `INSERT INTO accounts (id, kind, name, config, created_at, updated_at) VALUES ($1, 'fake', 'fake', '{}', 1, 1)
				ON CONFLICT DO NOTHING`, int64(id)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("connect accounts: %v", err)
	}
}

func (d *entrance) Now() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

func (d *entrance) add(by time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = d.now.Add(by)
}

func (d *entrance) account(id channels.AccountID) channels.Inbound {
	return d.For(id, func(context.Context, channels.Status) {})
}

// deliver hands events of account 1 in as one batch.
func (d *entrance) deliver(events ...channels.Event) []channels.Outcome {
	d.t.Helper()
	return d.batch(channels.Batch{Events: events})
}

func (d *entrance) batch(b channels.Batch) []channels.Outcome {
	d.t.Helper()
	out, err := d.account(1).Deliver(d.t.Context(), b)
	if err != nil {
		d.t.Fatalf("deliver: %v", err)
	}
	if len(out) != len(b.Events) {
		d.t.Fatalf("%d outcomes of %d events", len(out), len(b.Events))
	}
	return out
}

// says is a message of a visitor.
func says(visitor, key, text string) channels.Event {
	return channels.Event{
		Key: channels.EventKey(key), Direction: channels.Inward, Chat: visitor,
		Sender:  channels.Sender{Scope: "phone", Address: visitor, Name: "Visitor " + visitor},
		Message: &channels.Message{RemoteID: "r-" + key, Text: text}, Raw: []byte(`{"key":"` + key + `"}`),
	}
}

// echo is an answer that our side sent elsewhere.
func echo(visitor, key, remote string) channels.Event {
	ev := says(visitor, key, "from the phone")
	ev.Direction, ev.Message.RemoteID = channels.Echo, remote
	return ev
}

func receiptOf(visitor, key, remote string, state channels.DeliveryState) channels.Event {
	return channels.Event{Key: channels.EventKey(key), Chat: visitor, Receipt: &channels.Receipt{RemoteID: remote, State: state}}
}

// number returns the one integer of a query.
func number(t testing.TB, db *store.DB, query string, args ...any) int64 {
	t.Helper()
	rows, err := db.Rows(t.Context(), query, args...)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%s: %v, %v", query, rows, err)
	}
	return rows[0][0]
}

// hold checks what must be true of any inbox after any history.
func hold(t testing.TB, db *store.DB) {
	t.Helper()
	for what, query := range map[string]string{
		"a conversation whose messages are not 1, 2, 3 …": `SELECT c.id FROM conversations c LEFT JOIN messages m ON m.conversation_id = c.id
			GROUP BY c.id, c.seq HAVING COUNT(m.id) <> c.seq OR COALESCE(MAX(m.seq), 0) <> c.seq OR COALESCE(MIN(m.seq), 1) <> 1`,
		"a thread with two open conversations": `SELECT MIN(id) FROM conversations WHERE status <> 'closed' AND merged_into = 0
			GROUP BY account_id, chat HAVING COUNT(*) > 1`,
		"a contact with two open leads":              `SELECT contact_id FROM leads WHERE status = 'open' GROUP BY contact_id HAVING COUNT(*) > 1`,
		"a contact with two active requests":         `SELECT contact_id FROM requests WHERE status IN ('open', 'pending') GROUP BY contact_id HAVING COUNT(*) > 1`,
		"an address of two contacts":                 `SELECT MIN(id) FROM identities WHERE verified GROUP BY scope, address HAVING COUNT(*) > 1`,
		"a message that a redelivery made twice":     `SELECT MIN(id) FROM messages WHERE event_key <> '' GROUP BY account_id, event_key HAVING COUNT(*) > 1`,
		"a message of no conversation":               `SELECT m.id FROM messages m LEFT JOIN conversations c ON c.id = m.conversation_id WHERE c.id IS NULL`,
		"a conversation of no contact":               `SELECT c.id FROM conversations c LEFT JOIN contacts p ON p.id = c.contact_id WHERE p.id IS NULL`,
		"a wait without its beginning":               `SELECT id FROM conversations WHERE unanswered <> (waiting_since > 0)`,
		"an event whose message is missing":          `SELECT r.id FROM received r LEFT JOIN messages m ON m.id = r.message_id WHERE r.message_id <> 0 AND m.id IS NULL`,
		"something parked although its message came": `SELECT p.id FROM parked p JOIN messages m ON m.account_id = p.account_id AND m.remote_id = p.remote_id`,
	} {
		rows, err := db.Rows(t.Context(), query)
		if err != nil {
			t.Errorf("look for %s: %v", what, err)
		}
		if len(rows) > 0 {
			t.Errorf("there is %s: %v", what, rows)
		}
	}
}

// setConversation changes a conversation as an agent would, and saves it.
func setConversation(t testing.TB, db *store.DB, id int64, change func(c *inbox.Conversation)) {
	t.Helper()
	err := db.Write(t.Context(), func(ctx context.Context) error {
		c, err := db.LockedConversation(ctx, inbox.ConversationID(id))
		if err != nil {
			return err
		}
		change(c)
		return db.Save(ctx, &inbox.Changes{Conversations: []*inbox.Conversation{c}})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (d *entrance) close(id int64) {
	d.t.Helper()
	setConversation(d.t, d.db, id, func(c *inbox.Conversation) { c.Status, c.ClosedAt = inbox.Closed, d.Now() })
}

func named(n int) string { return fmt.Sprintf("+1555%04d", n) }
