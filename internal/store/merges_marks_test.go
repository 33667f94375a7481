package store_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/contact"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// with returns the conversations of a contact, the oldest first.
func (r *reunion) with(id contact.ID) []inbox.ConversationID {
	r.t.Helper()
	rows, err := r.db.Rows(r.t.Context(), `SELECT id FROM conversations WHERE contact_id = $1 ORDER BY id`, int64(id))
	if err != nil {
		r.t.Fatal(err)
	}
	var out []inbox.ConversationID
	for _, row := range rows {
		out = append(out, inbox.ConversationID(row[0]))
	}
	return out
}

// mark has people mark the conversations of both contacts in every way there is.
func (r *reunion) mark() {
	r.t.Helper()
	ctx := r.t.Context()
	limits := func(channels.AccountID) (channels.Limits, bool) {
		return channels.Limits{Text: channels.TextLimit{Max: 100, Unit: channels.UnitRunes}}, true
	}
	desk := inbox.New(r.db, limits, r.in.Now, slog.New(slog.DiscardHandler))
	olga := r.ada
	olga.AgentID, olga.Cause.ID = 8, 8
	must := func(err error) {
		r.t.Helper()
		if err != nil {
			r.t.Fatal(err)
		}
	}
	later := r.in.Now().Add(48 * time.Hour)
	for n, of := range [][]inbox.ConversationID{r.with(r.a), r.with(r.b)} {
		for at, p := range []inbox.Patch{{Pin: &yes, Follow: &yes}, {SnoozedUntil: &later}, {Spam: &yes}} {
			_, err := desk.Patch(ctx, r.ada, of[at], p)
			must(err)
		}
		_, err := desk.Patch(ctx, olga, of[n], inbox.Patch{Follow: &yes})
		must(err)
		must(desk.MarkRead(ctx, r.ada, of[0], 1))
		must(desk.MarkRead(ctx, olga, of[1], 1))
		_, err = desk.PutDraft(ctx, olga, of[0], inbox.Draft{Kind: inbox.KindNote, Text: "half"})
		must(err)
		rows, err := r.db.Rows(ctx, `SELECT id FROM messages WHERE conversation_id = $1 ORDER BY seq`, int64(of[3]))
		must(err)
		_, _, err = desk.Split(ctx, r.ada, of[3], inbox.Splitting{Message: inbox.MessageID(rows[1][0])})
		must(err)
		r.exec(`INSERT INTO note_mentions (agent_id, message_id, at) VALUES (8, $1, 1)`, rows[0][0])
		r.exec(`INSERT INTO conversation_labels (conversation_id, label_id) VALUES ($1, 1)`, int64(of[0]))
		r.exec(`INSERT INTO participants (conversation_id, scope, address, name, position) VALUES ($1, 'phone', '+1', '', 0)`, int64(of[0]))
		r.exec(`INSERT INTO origins (conversation_id, page, referrer, utm) VALUES ($1, 'page', '', '{}')`, int64(of[0]))
		r.exec(`INSERT INTO notifications (id, agent_id, key, kind, conversation_id, number, message_id, at, badge, sound) VALUES ($1, 8, $2, 'mention', $3, 1, $4, 1, TRUE, TRUE)`,
			int64(n+1), []string{"a", "b"}[n], int64(of[0]), rows[0][0])
	}
	r.exec(`INSERT INTO labels (id, name, name_key, color, created_at) VALUES (1, 'one', 'one', '', 1)`)
	must(desk.Link(ctx, r.ada, r.with(r.a)[0], r.with(r.b)[0]))
	namesake, other := r.person("Anna Ivanova", 3, 1), r.person("Boris", 4, 1)
	for _, id := range []contact.ID{r.a, r.b} {
		must(r.people.SetDistinct(ctx, r.ada, id, other, true))
	}
	must(r.people.SetDistinct(ctx, r.ada, r.b, namesake, true))
}

// TestMarksOverAMergeOfContacts merges two contacts whose conversations are marked in every way, and takes
// it back: no table but those that tell of the merge has another row.
func TestMarksOverAMergeOfContacts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := meet(t, db, 5, 60)
		r.mark()
		before := r.tables()
		for _, table := range []string{"watches", "reads", "spam", "splits", "conversation_links", "note_mentions", "contact_distinct", "search_pairs",
			"conversation_labels", "participants", "origins", "drafts", "notifications"} {
			if len(before[table]) == 0 {
				t.Errorf("there is nothing in %s", table)
			}
		}
		id := r.merge()
		merged := r.tables()
		for _, table := range []string{"watches", "reads", "spam", "splits", "conversation_links", "note_mentions", "contact_distinct", "drafts"} {
			if !slices.Equal(merged[table], before[table]) {
				t.Errorf("merged, %s differs:\n%s", table, strings.Join(apart(before[table], merged[table]), "\n"))
			}
		}
		if slices.Equal(merged["conversations"], before["conversations"]) || slices.Equal(merged["search_pairs"], before["search_pairs"]) {
			t.Error("the merge changes nothing")
		}
		r.unmerge(id)
		for table, rows := range r.tables() {
			if !slices.Equal(rows, before[table]) {
				t.Errorf("%s differs:\n%s", table, strings.Join(apart(before[table], rows), "\n"))
			}
		}
		hold(t, db)
	})
}
