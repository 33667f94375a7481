package store_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// snapshot is all that tables say of messages and people of some conversations, for comparing.
func snapshot(t *testing.T, db *store.DB, of ...inbox.ConversationID) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, q := range []string{
		`SELECT COALESCE(SUM(id * (conversation_id + seq * 7)), 0) FROM messages WHERE conversation_id = $1`,
		`SELECT COALESCE(SUM(message_id * (conversation_id + seq * 7)), 0) FROM outbox WHERE conversation_id = $1`,
		`SELECT COALESCE(SUM(id * (conversation_id + seq * 7)), 0) FROM amendments WHERE conversation_id = $1`,
		`SELECT COALESCE(SUM(agent_id * (conversation_id + seq * 7)), 0) FROM reads WHERE conversation_id = $1`,
		`SELECT COALESCE(SUM(label_id), 0) FROM conversation_labels WHERE conversation_id = $1`,
		`SELECT COUNT(*) FROM drafts WHERE conversation_id = $1`,
		`SELECT COUNT(*) FROM participants WHERE conversation_id = $1`,
		`SELECT COUNT(*) FROM threads WHERE conversation_id = $1 AND arrived`,
		`SELECT COUNT(*) FROM threads WHERE conversation_id = $1 AND NOT arrived`,
		`SELECT COUNT(*) FROM notifications WHERE conversation_id = $1`,
		`SELECT COALESCE(SUM(agent_id + pinned_at + followed_at), 0) FROM watches WHERE conversation_id = $1`,
		`SELECT COUNT(*) FROM conversation_links WHERE conversation_id = $1 OR other_id = $1`,
		`SELECT COUNT(*) FROM origins WHERE conversation_id = $1`,
		`SELECT COUNT(*) FROM trigger_timers WHERE conversation_id = $1`,
	} {
		for i, c := range of {
			out[fmt.Sprint(i, " ", q)] = fmt.Sprint(number(t, db, q, int64(c)))
		}
	}
	return out
}

// talked has the desk's conversation hold five messages: asked, answered, asked twice, a note.
func (d *deskTest) talked() []inbox.MessageID {
	d.t.Helper()
	ids := []inbox.MessageID{inbox.MessageID(number(d.t, d.db, `SELECT id FROM messages WHERE conversation_id = $1`, int64(d.conv)))}
	d.add(time.Minute)
	ids = append(ids, d.write(d.anna, inbox.Answer{Text: "On its way"}).ID)
	d.sent()
	for n := range 2 {
		d.add(time.Minute)
		ids = append(ids, inbox.MessageID(d.deliver(says("v1", fmt.Sprint("s", n), fmt.Sprint("another question ", n)))[0].MessageID))
	}
	d.add(time.Minute)
	return append(ids, d.write(d.anna, inbox.Answer{Kind: inbox.KindNote, Text: "hm"}).ID)
}

// sent takes everything off the outbox, as if it had left.
func (d *deskTest) sent() { d.exec(`DELETE FROM outbox`) }

func (d *deskTest) exec(query string, args ...any) {
	d.t.Helper()
	if err := d.db.Write(d.t.Context(), func(ctx context.Context) error { return d.db.Exec(ctx, query, args...) }); err != nil {
		d.t.Fatal(err)
	}
}

func (d *deskTest) split(m inbox.MessageID, request bool) (inbox.SplitID, inbox.Row) {
	d.t.Helper()
	id, row, err := d.inbox.Split(d.t.Context(), d.anna, d.conv, inbox.Splitting{Message: m, Request: request})
	if err != nil {
		d.t.Fatalf("split: %v", err)
	}
	return id, row
}

// TestSplitOfAChat ends the first part and goes on with the second; taken back, all is as it was.
func TestSplitOfAChat(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		list := d.talked()
		d.exec(`INSERT INTO labels (id, name, name_key, color, created_at) VALUES (1, 'one', 'one', '', 1)`)
		d.patch(d.anna, inbox.Patch{Follow: &yes, AddLabels: []inbox.LabelID{1}})
		if err := d.inbox.MarkRead(t.Context(), d.anna, d.conv, 4); err != nil {
			t.Fatal(err)
		}
		d.exec(`INSERT INTO drafts (agent_id, conversation_id, kind, text, html, head, files, buttons, version, updated_at) VALUES (1, $1, 'message', 'half', '', '', '[]', '', 1, 1)`, int64(d.conv))
		d.exec(`INSERT INTO notifications (id, agent_id, key, kind, conversation_id, number, message_id, at, badge, sound) VALUES (1, 1, 'a', 'message', $1, 1, $2, 1, TRUE, TRUE), (2, 1, 'b', 'message', $1, 1, $3, 1, TRUE, TRUE)`,
			int64(d.conv), int64(list[0]), int64(list[3]))
		d.exec(`INSERT INTO amendments (id, message_id, account_id, conversation_id, kind, text, html, emoji, cause_kind, cause_id, cause_depth, asked_at, seq, place, state, not_before)
			VALUES (1, $2, 1, $1, 'reaction', '', '', 'x', 'agent', 1, 0, 1, 4, 0, 'failed', 1)`, int64(d.conv), int64(list[2]))
		was, before := d.row(d.anna), snapshot(t, db, d.conv)
		d.add(time.Minute)
		id, row := d.split(list[2], false)
		first := d.row(d.anna)
		if first.Status != inbox.Closed || first.Unanswered || first.Seq != 2 || first.LastText != "On its way" || first.LastDirection != inbox.Outbound || first.AnswerID != list[1] {
			t.Errorf("the first part: %+v", first)
		}
		if row.Status != inbox.Open || !row.Unanswered || row.Seq != 3 || row.LastText != "another question 1" || row.Chat != was.Chat || row.AnswerID != 0 || row.AssigneeID != 1 ||
			!row.WaitingSince.Equal(was.WaitingSince) || !row.CreatedAt.After(was.CreatedAt) || row.RequestID != was.RequestID || !row.Following || len(row.Labels) != 1 || row.ReadSeq != 2 || first.ReadSeq != 2 {
			t.Errorf("the second part: %+v, the first was read up to %d", row, first.ReadSeq)
		}
		for q, want := range map[string][2]int64{
			`SELECT COUNT(*) FROM drafts WHERE conversation_id = $1`:                                 {0, 1},
			`SELECT COUNT(*) FROM notifications WHERE conversation_id = $1`:                          {1, 1},
			`SELECT COUNT(*) FROM amendments WHERE conversation_id = $1 AND seq = 2`:                 {0, 1},
			`SELECT COUNT(*) FROM conversation_links WHERE $1 IN (conversation_id, other_id)`:        {1, 1},
			`SELECT COUNT(*) FROM timeline WHERE conversation_id = $1 AND type = 'split'`:            {1, 1},
			`SELECT COUNT(*) FROM feed WHERE conversation_id = $1 AND type = 'conversation.created'`: {1, 0},
		} {
			for i, c := range []inbox.ConversationID{d.conv, row.ID} {
				if n := number(t, db, q, int64(c)); n != want[i] {
					t.Errorf("%s of part %d: %d, want %d", q, i+1, n, want[i])
				}
			}
		}
		if n := number(t, db, `SELECT COUNT(*) FROM feed WHERE type = 'messages.moved' AND conversation_id = $1 AND object_id = $1`, int64(row.ID)); n != 1 {
			t.Errorf("pages are told %d times", n)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM feed f JOIN messages m ON m.id = f.object_id WHERE f.type = 'message.updated' AND f.conversation_id = $1`, int64(row.ID)); n != 0 {
			t.Errorf("pages are told of %d messages besides", n)
		}
		hold(t, db)
		d.add(time.Minute)
		if _, err := d.inbox.Unsplit(t.Context(), d.anna, id); err != nil {
			t.Fatal(err)
		}
		is := d.row(d.anna)
		is.UpdatedAt = was.UpdatedAt
		if !reflect.DeepEqual(is, was) {
			t.Errorf("taken back it is\n%+v, was\n%+v", is, was)
		}
		if after := snapshot(t, db, d.conv); !reflect.DeepEqual(after, before) {
			for q, n := range before {
				if after[q] != n {
					t.Errorf("%s: %s, was %s", q, after[q], n)
				}
			}
		}
		if list, err := d.inbox.Joined(t.Context(), d.anna, d.conv); err != nil || len(list) != 0 {
			t.Errorf("what is left of it shows: %+v, %v", list, err)
		}
		if got := d.listed(d.anna, inbox.Filter{}); !slices.Equal(got, []inbox.ConversationID{d.conv}) {
			t.Errorf("lists have %v", got)
		}
		if _, err := d.inbox.Unsplit(t.Context(), d.anna, id); !errors.Is(err, inbox.ErrSplitUndone) {
			t.Errorf("twice: %v", err)
		}
		hold(t, db)
	})
}

// TestSplitGoesOn takes a split back after the talk went on in the second part.
func TestSplitGoesOn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		list := d.talked()
		id, row := d.split(list[2], true)
		if row.RequestID == 0 || row.RequestID == d.row(d.anna).RequestID {
			t.Errorf("its request is %d", row.RequestID)
		}
		d.add(time.Minute)
		if out := d.deliver(says("v1", "more", "and one more thing")); out[0].ConversationID != int64(row.ID) || out[0].Seq != 4 {
			t.Errorf("what comes goes to %+v", out[0])
		}
		if _, err := d.inbox.Unsplit(t.Context(), d.anna, id); err != nil {
			t.Fatal(err)
		}
		is := d.row(d.anna)
		if is.Status != inbox.Open || !is.Unanswered || is.Seq != 6 || is.LastText != "and one more thing" {
			t.Errorf("it is %+v", is)
		}
		if r := readRequest(t, db, row.RequestID); r.Status.Active() {
			t.Errorf("the request that was made is %s", r.Status)
		}
		hold(t, db)
	})
}

// TestSplitIsRefused where it cannot be, with a word that says why.
func TestSplitIsRefused(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		list := d.talked()
		other := d.elsewhere()
		refused := func(what, code string, m inbox.MessageID) {
			t.Helper()
			_, _, err := d.inbox.Split(t.Context(), d.anna, d.conv, inbox.Splitting{Message: m})
			if f := refusal(t, err); f.Code != code && (len(f.Fields) == 0 || f.Fields[0].Code != code) {
				t.Errorf("%s: %v, want %s", what, err, code)
			}
		}
		refused("from the first message", "first", list[0])
		refused("from a message of another one", "unknown", inbox.MessageID(number(t, db, `SELECT id FROM messages WHERE conversation_id = $1`, int64(other))))
		waits := d.write(d.anna, inbox.Answer{Text: "later", SendAt: d.Now().Add(time.Hour)})
		refused("while one waits", "messages_waiting", list[2])
		if _, err := d.inbox.Undo(t.Context(), d.anna, waits.ID); err != nil {
			t.Fatal(err)
		}
		d.write(d.anna, inbox.Answer{Text: "now"})
		refused("while one is on its way", "messages_on_their_way", list[2])
		d.sent()
		d.patch(d.anna, inbox.Patch{Spam: &yes})
		refused("of spam", "spam", list[2])
		d.patch(d.anna, inbox.Patch{Spam: &no})
		stranger := d.boris
		stranger.Scope = actor.Own
		if _, _, err := d.inbox.Split(t.Context(), stranger, d.conv, inbox.Splitting{Message: list[2]}); !errors.Is(err, inbox.ErrNoConversation) {
			t.Errorf("by somebody who may not see it: %v", err)
		}
		closed := inbox.Closed
		d.patch(d.anna, inbox.Patch{Status: &closed})
		id, row := d.split(list[3], true)
		if row.Status != inbox.Closed || row.Unanswered || row.RequestID != d.row(d.anna).RequestID {
			t.Errorf("of a closed one: %+v", row)
		}
		if _, err := d.inbox.Merge(t.Context(), d.anna, d.conv, row.ID); err != nil {
			t.Fatal(err)
		}
		_, err := d.inbox.Unsplit(t.Context(), d.anna, id)
		if f := refusal(t, err); f.Code != "split_moved_on" {
			t.Errorf("after a merge: %v", err)
		}
	})
}

// TestEveryTableOfASplit: whoever adds a table that names a conversation says in splitSteps what a
// split does with it.
func TestEveryTableOfASplit(t *testing.T) {
	t.Parallel()
	decided := []string{
		"outbox", "amendments", "notifications", "threads", "participants", "reads", "messages", // moved, or divided
		"conversation_labels", "watches", "drafts", "conversation_links", // copied, moved and linked by package inbox
		"timeline", "trigger_runs", "trigger_timers", "clocks", "clock_pauses", "received", "duplicates", "feed", "away_mails", "routing_offers", "absence_moves", "origins", // stay
		"leads", "requests", // of the first part; the second names them
		"spam", // there is none: it is refused
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		columns := `SELECT COUNT(*) FROM sqlite_master m JOIN pragma_table_info(m.name) p ON p.name = 'conversation_id' WHERE m.type = 'table'`
		if db.Engine() == store.Postgres {
			columns = `SELECT COUNT(*) FROM information_schema.columns WHERE column_name = 'conversation_id' AND table_schema = current_schema()`
		}
		if n := number(t, db, columns); n != int64(len(decided)) {
			t.Errorf("%d tables name conversations, %d are decided", n, len(decided))
		}
		for _, table := range decided {
			number(t, db, `SELECT COUNT(*) FROM `+table+` WHERE conversation_id = 0`)
		}
	})
}

// TestSplitOfAThread gives a thread of mails two roots: what answers a mail comes where it is.
func TestSplitOfAThread(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		who := "ann@x.example"
		first := o.deliver(mail("1@x", who, nil))[0]
		conv := inbox.ConversationID(first.ConversationID)
		second := o.deliver(mail("2@x", who, []string{"1@x"}))[0]
		o.deliver(mail("3@x", who, []string{"1@x", "2@x"}))
		subject := "Another matter"
		id, row, err := o.inbox.Split(t.Context(), agent(), conv, inbox.Splitting{Message: inbox.MessageID(second.MessageID), Subject: &subject})
		if err != nil {
			t.Fatal(err)
		}
		if row.Status != inbox.Open || !row.Unanswered || row.Seq != 2 || row.Subject != subject || row.Chat == "" {
			t.Errorf("the second part: %+v", row)
		}
		if left, err := o.inbox.Get(t.Context(), agent(), conv); err != nil || left.Status != inbox.Open || !left.Unanswered || left.Seq != 1 || left.Chat == row.Chat {
			t.Errorf("the first part: %+v, %v", left, err)
		}
		for name, c := range map[string]struct {
			ev   channels.Event
			want inbox.ConversationID
		}{
			"an answer in the second part":         {mail("5@x", who, []string{"1@x", "2@x", "3@x"}), row.ID},
			"to the mail where it was split":       {mail("6@x", who, []string{"1@x", "2@x"}), row.ID},
			"to the mail before, in the first one": {mail("4@x", who, []string{"1@x"}), conv},
		} {
			if out := o.deliver(c.ev); out[0].ConversationID != int64(c.want) {
				t.Errorf("%s goes to %d, want %d", name, out[0].ConversationID, c.want)
			}
		}
		if n := number(t, db, `SELECT COUNT(*) FROM threads WHERE conversation_id = $1 AND remote_id IN ('2@x', '3@x') AND arrived`, int64(conv)); n != 0 {
			t.Errorf("%d mails of the second part are known in the first", n)
		}
		_, err = o.inbox.Unsplit(t.Context(), agent(), id)
		if f := refusal(t, err); f.Code != "split_overtaken" {
			t.Errorf("with a newer mail in the first part: %v", err)
		}
		hold(t, db)
	})
}

// TestSplitOfAThreadAndBack leaves a thread as it was.
func TestSplitOfAThreadAndBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := openOffice(t, db)
		who := "ann@x.example"
		conv := inbox.ConversationID(o.deliver(mail("1@x", who, []string{"0@x"}))[0].ConversationID)
		second := o.deliver(mail("2@x", who, []string{"0@x", "1@x"}))[0]
		before := snapshot(t, db, conv)
		was, err := o.inbox.Get(t.Context(), agent(), conv)
		if err != nil {
			t.Fatal(err)
		}
		id, _, err := o.inbox.Split(t.Context(), agent(), conv, inbox.Splitting{Message: inbox.MessageID(second.MessageID)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.inbox.Unsplit(t.Context(), agent(), id); err != nil {
			t.Fatal(err)
		}
		is, err := o.inbox.Get(t.Context(), agent(), conv)
		if is.UpdatedAt = was.UpdatedAt; err != nil || !reflect.DeepEqual(is, was) {
			t.Errorf("it is\n%+v, was\n%+v, %v", is, was, err)
		}
		if after := snapshot(t, db, conv); !reflect.DeepEqual(after, before) {
			t.Errorf("it is\n%v, was\n%v", after, before)
		}
		hold(t, db)
	})
}
