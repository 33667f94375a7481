package store_test

import (
	"fmt"
	"strings"
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// apart makes two conversations of a thread whose middle is missing, and returns them and
// the mail that joins them.
func (o *office) apart(name string) (late, early inbox.ConversationID, middle channels.Event) {
	o.t.Helper()
	id := func(n int) string { return fmt.Sprintf("%d.%s@x", n, name) }
	who := name + "@x.example"
	first := o.deliver(mail(id(4), who, []string{id(3)}), mail(id(5), who, []string{id(4)}))[0]
	second := o.deliver(mail(id(2), who, []string{id(1)}))[0]
	return inbox.ConversationID(first.ConversationID), inbox.ConversationID(second.ConversationID), mail(id(3), who, []string{id(2)})
}

// joined delivers the mails between and says which conversation is left of each two.
func (o *office) joined(c inbox.ConversationID, middle ...channels.Event) (kept inbox.ConversationID) {
	o.t.Helper()
	o.deliver(middle...)
	if to := number(o.t, o.db, `SELECT merged_into FROM conversations WHERE id = $1`, int64(c)); to != 0 {
		return inbox.ConversationID(to)
	}
	return c
}

// colleague adds agent 8.
func (o *office) colleague() {
	o.post.exec(`INSERT INTO agents (id, email, name, role, language, capacity, presence, skills, access, access_accounts, disabled, created_at)
		VALUES (8, 'b', 'Boris', 'admin', 'en', 0, 'online', '[]', 'all', '[]', FALSE, 1)`)
}

// TestJoinTakesAllAlong joins conversations that have all that one can have.
func TestJoinTakesAllAlong(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		o.colleague()
		a, b, middle := o.apart("ann")
		o.post.exec(`INSERT INTO labels (id, name, name_key, color, created_at) VALUES (1, 'one', 'one', '', 1), (2, 'two', 'two', '', 1)`)
		kinds := []inbox.MessageKind{inbox.KindMessage, inbox.KindNote} // what is for colleagues stays so
		for c, label := range map[inbox.ConversationID]int{a: 1, b: 2} {
			o.post.exec(`INSERT INTO conversation_labels (conversation_id, label_id) VALUES ($1, $2)`, int64(c), label)
			o.write(c, inbox.Answer{Text: "An answer"})
			o.post.exec(`INSERT INTO trigger_timers (trigger_id, conversation_id, due_at) VALUES (5, $1, 1)`, int64(c))
			o.post.exec(`INSERT INTO trigger_runs (id, trigger_id, event, conversation_id, at, depth, outcome, problem, why, steps)
				VALUES ($1, 5, $2, $3, 1, 0, 'done', '{}', '{}', '[]')`, label, fmt.Sprint("event ", label), int64(c))
			o.post.exec(`INSERT INTO routing_offers (conversation_id, team_id, agent_id, since, next_at, tried, visited) VALUES ($1, 1, 7, 1, 1, '[]', '[]')`, int64(c))
			o.post.exec(`INSERT INTO amendments (id, message_id, account_id, conversation_id, kind, text, html, emoji, cause_kind, cause_id, cause_depth, asked_at, seq, place, state, not_before)
				VALUES ($1, 1, 1, $2, 'edit', 'x', '', '', 'agent', 7, 0, 1, 1, 0, 'failed', 1)`, label, int64(c))
			o.post.exec(`INSERT INTO absence_moves (absence_id, conversation_id) VALUES (3, $1)`, int64(c))
			o.post.exec(`INSERT INTO notifications (id, agent_id, key, kind, conversation_id, number, message_id, at, badge, sound)
				VALUES ($1, 7, $2, 'message', $3, 1, 0, 1, TRUE, TRUE)`, label, fmt.Sprint("key ", label), int64(c))
			o.post.exec(`INSERT INTO away_mails (agent_id, conversation_id, at) VALUES (7, $1, 1)`, int64(c))
			o.post.exec(`INSERT INTO reads (agent_id, conversation_id, seq) VALUES (7, $1, 1)`, int64(c))
			o.post.exec(`INSERT INTO watches (agent_id, conversation_id, pinned_at, followed_at) VALUES (7, $1, $2, $3)`, int64(c), label-1, 2-label)
			o.post.exec(`INSERT INTO spam (conversation_id, before) VALUES ($1, '{}')`, int64(c))
			o.post.exec(`INSERT INTO conversation_links (conversation_id, other_id, at) VALUES (1, $1, 1)`, int64(c))
			o.post.exec(`INSERT INTO origins (conversation_id, page, referrer, utm) VALUES ($1, $2, '', '{}')`, int64(c), fmt.Sprint("page ", label))
			o.post.exec(`INSERT INTO drafts (agent_id, conversation_id, kind, text, html, head, files, buttons, version, updated_at)
				VALUES (7, $1, $2, $3, $4, '', $5, $6, $7, 1)`, int64(c), string(kinds[label-1]), fmt.Sprint("text ", label), fmt.Sprint("<p>", label, "</p>"),
				fmt.Sprintf(`[%d]`, label), fmt.Sprintf(`[[{"text":"choice %d"}]]`, label), label)
		}
		o.post.exec(`INSERT INTO drafts (agent_id, conversation_id, kind, text, html, head, files, buttons, version, updated_at)
			VALUES (8, $1, 'message', 'alone', '', '', '[]', '[[{"text":"choice"}]]', 1, 1)`, int64(b))
		kept := o.joined(a, middle)
		for _, table := range []string{
			"messages", "outbox", "timeline", "leads", "requests", "conversation_labels", "reads", "drafts", "participants", "threads", "trigger_runs", "trigger_timers", "origins",
			"routing_offers", "absence_moves", "amendments", "notifications", "away_mails", "watches", "spam",
		} {
			if n := number(t, db, `SELECT COUNT(*) FROM `+table+` x JOIN conversations c ON c.id = x.conversation_id WHERE c.merged_into <> 0`); n != 0 {
				t.Errorf("%d rows of %s were left behind", n, table)
			}
		}
		// Whoever adds a table has to say what a join does with it.
		columns := `SELECT COUNT(*) FROM sqlite_master m JOIN pragma_table_info(m.name) p ON p.name = 'conversation_id' WHERE m.type = 'table'`
		if db.Engine() == store.Postgres {
			columns = `SELECT COUNT(*) FROM information_schema.columns WHERE column_name = 'conversation_id' AND table_schema = current_schema()`
		}
		if n := number(t, db, columns); n != 26 { // those above, feed, received and duplicates; clocks and their pauses; links, by both that they name
			t.Errorf("%d tables name conversations", n)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM conversation_links WHERE conversation_id = 1 AND other_id = $1`, int64(kept)); n != 1 || number(t, db, `SELECT COUNT(*) FROM conversation_links`) != 1 {
			t.Errorf("%d links", n)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM watches WHERE conversation_id = $1 AND pinned_at = 1 AND followed_at = 1`, int64(kept)); n != 1 {
			t.Error("who watched either watches both no more")
		}
		if n := number(t, db, `SELECT COUNT(*) FROM conversation_labels WHERE conversation_id = $1`, int64(kept)); n != 2 {
			t.Errorf("%d labels", n)
		}
		d, found, err := db.Draft(t.Context(), 7, kept)
		if err != nil || !found || d.Version != 3 || len(d.Files) != 2 || d.Kind != inbox.KindNote ||
			!strings.Contains(d.Text, "text 1") || !strings.Contains(d.Text, "text 2") || !strings.Contains(d.HTML, "<p>1</p>") || !strings.Contains(d.HTML, "<p>2</p>") {
			t.Errorf("the draft: %+v, %v, %v", d, found, err)
		}
		if len(d.Buttons) != 2 || d.Buttons[0][0].Text == d.Buttons[1][0].Text {
			t.Errorf("its buttons: %+v", d.Buttons)
		}
		if from, err := db.Origin(t.Context(), kept); err != nil || from.Page != "page 1" {
			t.Errorf("it came from %+v, %v", from, err)
		}
		if d, found, err := db.Draft(t.Context(), 8, a); kept != a || err != nil || !found || d.Text != "alone" || d.Kind != inbox.KindMessage || len(d.Buttons) != 1 {
			t.Errorf("a draft that only the other one had: %+v, %v, %v", d, found, err)
		}
		// Whoever adds a column has to say what becomes of it.
		columns = `SELECT COUNT(*) FROM pragma_table_info('drafts')`
		if db.Engine() == store.Postgres {
			columns = `SELECT COUNT(*) FROM information_schema.columns WHERE table_name = 'drafts' AND table_schema = current_schema()`
		}
		if n := number(t, db, columns); n != 10 {
			t.Errorf("drafts have %d columns", n)
		}
		hold(t, db)
	})
}

// TestReadAcrossAJoin has an agent who has read everything, and one who has not.
func TestReadAcrossAJoin(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		o.colleague()
		a, b, middle := o.apart("ann") // of two messages and of one
		o.post.exec(`INSERT INTO reads (agent_id, conversation_id, seq) VALUES (7, $1, 2), (7, $2, 1), (8, $1, 1), (8, $2, 1)`, int64(a), int64(b))
		kept := o.joined(a, middle)
		for who, want := range map[int64]int64{7: 3, 8: 1} {
			if n := number(t, db, `SELECT seq FROM reads WHERE agent_id = $1 AND conversation_id = $2`, who, int64(kept)); n != want {
				t.Errorf("agent %d has read up to %d, want %d", who, n, want)
			}
		}
		if n := number(t, db, `SELECT seq FROM conversations WHERE id = $1`, int64(kept)); n != 4 {
			t.Errorf("%d messages", n)
		}
		hold(t, db)
	})
}

// TestManyJoinsAtOnce joins chains of conversations and others beside them in one batch.
func TestManyJoinsAtOnce(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		var between []channels.Event
		for i := range 5 {
			_, _, middle := o.apart(fmt.Sprint("p", i))
			between = append(between, middle)
		}
		for n := 7; n > 1; n -= 2 { // 7, 5, 3 each begin a conversation
			o.deliver(mail(fmt.Sprintf("%d.chain@x", n), "ann@x.example", []string{fmt.Sprintf("%d.chain@x", n-1)}))
		}
		for _, n := range []int{6, 4, 2} {
			between = append(between, mail(fmt.Sprintf("%d.chain@x", n), "ann@x.example", []string{fmt.Sprintf("%d.chain@x", n-1)}))
		}
		out := o.deliver(between...)
		if n := number(t, db, `SELECT COUNT(*) FROM conversations WHERE merged_into = 0`); n != 6 {
			t.Errorf("%d conversations, want 6", n)
		}
		if n := number(t, db, `SELECT COUNT(DISTINCT conversation_id) FROM messages`); n != 6 {
			t.Errorf("messages in %d conversations, want 6", n)
		}
		for _, x := range out {
			if c := o.message(x.MessageID).ConversationID; int64(c) != x.ConversationID {
				t.Errorf("%s: said to be in %d, is in %d", x.Key, x.ConversationID, c)
			}
		}
		if n := number(t, db, `SELECT COUNT(*) FROM feed f JOIN conversations c ON c.id = f.conversation_id WHERE f.type = 'messages.moved' AND c.merged_into <> 0`); n != 0 {
			t.Errorf("pages are told of %d conversations that are gone", n)
		}
		// Every conversation that was joined is told of once, however many have come to it.
		if n := number(t, db, `SELECT COUNT(*) FROM feed WHERE type = 'messages.moved'`); n != 6 {
			t.Errorf("pages are told %d times", n)
		}
		hold(t, db)
	})
}
