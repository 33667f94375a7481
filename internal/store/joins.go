package store

import (
	"context"
	"slices"
	"strings"

	"parley/inbox"
)

// joinSteps move what belongs to one conversation ("gone") to another ("kept"), in this
// order; {joins} names a table of joins v with the columns gone, kept and shift, and
// {gone} narrows a column to them, because PostgreSQL may join the wrong way round.
//
// Left where they are: lines of the log of events and of the feed, which say what was true
// then; the log finds conversations by their messages. Jobs name messages, or find a snooze
// that is over. Clocks and their pauses tell what the gone one was promised; they end with
// it, and the kept one has its own.
var joinSteps = []joinStep{
	newJoinStep(`UPDATE messages SET conversation_id = v.kept, seq = messages.seq + v.shift FROM {joins} WHERE messages.conversation_id = v.gone AND messages.conversation_id {gone}`),
	newJoinStep(`UPDATE outbox SET conversation_id = v.kept, seq = outbox.seq + v.shift FROM {joins} WHERE outbox.conversation_id = v.gone AND outbox.conversation_id {gone}`),
	newJoinStep(`UPDATE amendments SET conversation_id = v.kept, seq = amendments.seq + v.shift FROM {joins} WHERE amendments.conversation_id = v.gone AND amendments.conversation_id {gone}`),
	newJoinStep(`UPDATE timeline SET conversation_id = v.kept FROM {joins} WHERE timeline.conversation_id = v.gone AND timeline.conversation_id {gone}`),
	newJoinStep(`UPDATE trigger_runs SET conversation_id = v.kept FROM {joins} WHERE trigger_runs.conversation_id = v.gone AND trigger_runs.conversation_id {gone}`),
	// Leads and requests are found by whose they are: they have no index by conversation.
	newJoinStep(`UPDATE leads SET conversation_id = v.kept FROM {joins}, conversations c WHERE c.id = v.gone AND leads.contact_id = c.contact_id AND leads.conversation_id = v.gone`),
	newJoinStep(`UPDATE requests SET conversation_id = v.kept FROM {joins}, conversations c WHERE c.id = v.gone AND requests.contact_id = c.contact_id AND requests.conversation_id = v.gone`),
	newJoinStep(`INSERT INTO conversation_labels (conversation_id, label_id)
		SELECT v.kept, l.label_id FROM {joins} JOIN conversation_labels l ON l.conversation_id = v.gone WHERE l.conversation_id {gone} ON CONFLICT DO NOTHING`),
	// Who had read all of the kept one has read as far in the joined one as they had in the
	// other; for whoever had not, what they had not read comes before.
	newJoinStep(`INSERT INTO reads (agent_id, conversation_id, seq)
		SELECT r.agent_id, v.kept, v.shift + r.seq FROM {joins} CROSS JOIN agents a JOIN reads r ON r.agent_id = a.id AND r.conversation_id = v.gone
		LEFT JOIN reads k ON k.agent_id = a.id AND k.conversation_id = v.kept WHERE COALESCE(k.seq, 0) >= v.shift
		ON CONFLICT (agent_id, conversation_id) DO UPDATE SET seq = excluded.seq WHERE reads.seq < excluded.seq`),
	// Two drafts of one writer become one, so that nothing written is lost, and a note where
	// one of them was: what was meant for colleagues must not go out by mistake. A new
	// version tells the page that holds the old one.
	newJoinStep(`INSERT INTO drafts (agent_id, conversation_id, kind, text, html, head, files, buttons, version, updated_at)
		SELECT d.agent_id, v.kept, d.kind, d.text, d.html, d.head, d.files, d.buttons, d.version, d.updated_at
		FROM {joins} CROSS JOIN agents a JOIN drafts d ON d.agent_id = a.id AND d.conversation_id = v.gone WHERE d.conversation_id {gone}
		ON CONFLICT (agent_id, conversation_id) DO UPDATE SET
		text = CASE WHEN drafts.text = '' OR excluded.text = '' THEN drafts.text || excluded.text ELSE drafts.text || CHR(10) || CHR(10) || excluded.text END, -- only: postgres
		text = CASE WHEN drafts.text = '' OR excluded.text = '' THEN drafts.text || excluded.text ELSE drafts.text || CHAR(10, 10) || excluded.text END, -- only: sqlite
		kind = CASE WHEN drafts.kind = excluded.kind THEN drafts.kind ELSE 'note' END,
		html = drafts.html || excluded.html,
		head = CASE WHEN drafts.head = '' THEN excluded.head ELSE drafts.head END,
		files = CASE WHEN drafts.files = '[]' THEN excluded.files WHEN excluded.files = '[]' THEN drafts.files
			ELSE SUBSTR(drafts.files, 1, LENGTH(drafts.files) - 1) || ',' || SUBSTR(excluded.files, 2) END,
		buttons = CASE WHEN drafts.buttons = '' THEN excluded.buttons WHEN excluded.buttons = '' THEN drafts.buttons
			ELSE SUBSTR(drafts.buttons, 1, LENGTH(drafts.buttons) - 1) || ',' || SUBSTR(excluded.buttons, 2) END,
		version = CASE WHEN drafts.version > excluded.version THEN drafts.version ELSE excluded.version END + 1,
		updated_at = CASE WHEN drafts.updated_at > excluded.updated_at THEN drafts.updated_at ELSE excluded.updated_at END`),
	newJoinStep(`INSERT INTO participants (conversation_id, scope, address, name, position)
		SELECT v.kept, p.scope, p.address, p.name, p.position FROM {joins} JOIN participants p ON p.conversation_id = v.gone WHERE p.conversation_id {gone} ON CONFLICT DO NOTHING`),
	newJoinStep(`INSERT INTO threads (account_id, remote_id, conversation_id, arrived, root, direct, by_scope, by_address)
		SELECT t.account_id, t.remote_id, v.kept, t.arrived, t.root, t.direct, t.by_scope, t.by_address FROM {joins} JOIN threads t ON t.conversation_id = v.gone
		WHERE t.conversation_id {gone}
		ON CONFLICT (account_id, remote_id, conversation_id) DO UPDATE SET arrived = threads.arrived OR excluded.arrived`),
	newJoinStep(`UPDATE threads SET root = FALSE FROM {joins} WHERE v.rooted = 1 AND threads.conversation_id = v.kept AND threads.root AND threads.conversation_id {kept}`),
	newJoinStep(`INSERT INTO origins (conversation_id, page, referrer, utm)
		SELECT v.kept, o.page, o.referrer, o.utm FROM {joins} JOIN origins o ON o.conversation_id = v.gone WHERE o.conversation_id {gone} ON CONFLICT DO NOTHING`),
	newJoinStep(`INSERT INTO watches (agent_id, conversation_id, pinned_at, followed_at)
		SELECT w.agent_id, v.kept, w.pinned_at, w.followed_at FROM {joins} JOIN watches w ON w.conversation_id = v.gone WHERE w.conversation_id {gone}
		ON CONFLICT (agent_id, conversation_id) DO UPDATE SET
		pinned_at = CASE WHEN watches.pinned_at > excluded.pinned_at THEN watches.pinned_at ELSE excluded.pinned_at END,
		followed_at = CASE WHEN watches.followed_at > excluded.followed_at THEN watches.followed_at ELSE excluded.followed_at END`),
	newJoinStep(`DELETE FROM watches WHERE conversation_id {gone}`),
	newJoinStep(`INSERT INTO conversation_links (conversation_id, other_id, at)
		SELECT CASE WHEN x.other < v.kept THEN x.other ELSE v.kept END, CASE WHEN x.other < v.kept THEN v.kept ELSE x.other END, x.at
		FROM {joins} JOIN (SELECT conversation_id AS one, other_id AS other, at FROM conversation_links UNION ALL SELECT other_id, conversation_id, at FROM conversation_links) x
		ON x.one = v.gone WHERE x.one {gone} AND x.other <> v.kept ON CONFLICT DO NOTHING`),
	newJoinStep(`DELETE FROM conversation_links WHERE conversation_id {gone} OR other_id {gone}`),
	newJoinStep(`DELETE FROM spam WHERE conversation_id {gone}`), // it was put aside; what took it in says for itself
	newJoinStep(`DELETE FROM origins WHERE conversation_id {gone}`),
	newJoinStep(`DELETE FROM conversation_labels WHERE conversation_id {gone}`),
	newJoinStep(`DELETE FROM trigger_timers WHERE conversation_id {gone}`), // the jobs behind them find the kept one
	newJoinStep(`UPDATE notifications SET conversation_id = v.kept FROM {joins} WHERE notifications.conversation_id = v.gone AND notifications.conversation_id {gone}`),
	newJoinStep(`DELETE FROM away_mails WHERE conversation_id {gone}`),     // one about the kept one may follow
	newJoinStep(`DELETE FROM routing_offers WHERE conversation_id {gone}`), // the kept one is handed out by itself
	newJoinStep(`DELETE FROM absence_moves WHERE conversation_id {gone}`),
	newJoinStep(`DELETE FROM participants WHERE conversation_id {gone}`),
	newJoinStep(`DELETE FROM threads WHERE conversation_id {gone}`),
	newJoinStep(`DELETE FROM reads WHERE agent_id IN (SELECT id FROM agents) AND conversation_id {gone}`),
	newJoinStep(`DELETE FROM drafts WHERE agent_id IN (SELECT id FROM agents) AND conversation_id {gone}`),
}

// joinStep is a statement by database: PostgreSQL gets all joins as arrays, SQLite one
// after the other, because it has no round trips.
type joinStep map[Engine]string

func newJoinStep(text string) joinStep {
	return joinStep{
		Postgres: strings.NewReplacer(
			"{joins}", "unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) AS v(gone, kept, shift, rooted)",
			"{gone}", "= ANY($1::bigint[])", "{kept}", "= ANY($2::bigint[])").Replace(text),
		SQLite: strings.NewReplacer("{joins}", "(SELECT $1 AS gone, $2 AS kept, $3 AS shift, $4 AS rooted) AS v", "{gone}", "= $1", "{kept}", "= $2").Replace(text),
	}
}

// saveJoins moves everything of conversations to those that they turned out to be part of,
// and tells open pages where the messages are. However many there are, it waits once.
func (db *DB) saveJoins(ctx context.Context, ch *inbox.Changes) error {
	if len(ch.Joins) == 0 {
		return nil
	}
	tellMoved(ch)
	for _, round := range rounds(ch.Joins) {
		for _, step := range joinSteps {
			if err := db.takeStep(ctx, step, round); err != nil {
				return err
			}
		}
	}
	return nil
}

func (db *DB) takeStep(ctx context.Context, step joinStep, round []inbox.Join) error {
	text := step[db.engine]
	most := 1 // the gone ones alone
	if strings.Contains(text, "$4") {
		most = 4
	}
	if db.engine == SQLite {
		for _, j := range round {
			args := []any{int64(j.From), int64(j.Into), j.Shift, rooted(j)}
			if err := db.later(ctx, text, args[:most]...); err != nil {
				return err
			}
		}
		return nil
	}
	lists := [4][]int64{}
	for _, j := range round {
		for i, n := range []int64{int64(j.From), int64(j.Into), j.Shift, rooted(j)} {
			lists[i] = append(lists[i], n)
		}
	}
	args := []any{lists[0], lists[1], lists[2], lists[3]}
	return db.later(ctx, text, args[:most]...)
}

func rooted(j inbox.Join) int64 {
	if j.Rooted {
		return 1
	}
	return 0
}

// rounds divides joins into runs in which no conversation takes part twice, so that each
// statement sees what the joins before have left.
func rounds(joins []inbox.Join) [][]inbox.Join {
	var out [][]inbox.Join
	seen := map[inbox.ConversationID]bool{}
	from := 0
	for i, j := range joins {
		if seen[j.From] || seen[j.Into] {
			out = append(out, joins[from:i])
			from = i
			clear(seen)
		}
		seen[j.From], seen[j.Into] = true, true
	}
	return append(out, joins[from:])
}

// tellMoved tells open pages where messages will have moved to.
func tellMoved(ch *inbox.Changes) {
	home := map[inbox.ConversationID]inbox.ConversationID{}
	for _, j := range slices.Backward(ch.Joins) { // where a later join leads is known by then
		home[j.From] = j.Into
		if last, moved := home[j.Into]; moved {
			home[j.From] = last
		}
	}
	at, told := ch.Feed[len(ch.Feed)-1], map[inbox.ConversationID]bool{}
	for _, j := range ch.Joins {
		if c := home[j.From]; !told[c] {
			told[c] = true
			ch.Feed = append(ch.Feed, inbox.Notice{At: at.At, Type: inbox.MessagesMoved, ObjectID: int64(c), ConversationID: c, Cause: at.Cause})
		}
	}
}
