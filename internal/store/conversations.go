package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
)

// order is a keyset order over conversations.
type order struct {
	column string
	desc   bool
}

func (o order) direction() string {
	if o.desc {
		return " DESC"
	}
	return ""
}

// of returns what a row is ordered by.
func (o order) of(r *inbox.Row) time.Time {
	return map[string]time.Time{"due_at": r.DueAt, "waiting_since": r.WaitingSince, "last_at": r.LastAt}[o.column]
}

// listing is one ordered pass over the conversations that a viewer may see.
type listing struct {
	viewer  actor.Viewer
	filter  inbox.Filter
	order   order
	waiting *bool // restrict to those unanswered or not
	due     *bool // restrict to those with a deadline or without
	after   *position
	skip    int // begin so many behind the first
	limit   int

	// rule is a saved view's, which looks no further than until.
	rule  *ruling
	until *position
	bare  bool // only what an index alone answers, with the key that it is ordered by
}

// position is where a page ended.
type position struct {
	phase int
	key   int64
	id    int64
}

func (p position) String() string { return fmt.Sprintf("%d.%d.%d", p.phase, p.key, p.id) }

func parsePosition(cursor string) (*position, error) {
	if cursor == "" {
		return nil, nil
	}
	var p position
	if n, err := fmt.Sscanf(cursor, "%d.%d.%d", &p.phase, &p.key, &p.id); err != nil || n != 3 || p.String() != cursor {
		return nil, errBadCursor
	}
	return &p, nil
}

// Conversations returns a page of what the viewer may see.
func (db *DB) Conversations(ctx context.Context, v actor.Viewer, f inbox.Filter) (inbox.Page[inbox.Row], error) {
	after, err := parsePosition(f.Cursor)
	if err != nil {
		return inbox.Page[inbox.Row]{}, err
	}
	if f, err = db.unpinned(ctx, v, f); err != nil {
		return inbox.Page[inbox.Row]{}, err
	}
	if f.Where != nil {
		return db.ruledConversations(ctx, v, f, after)
	}
	if f.Before != "" {
		return db.conversationsBefore(ctx, v, f)
	}
	var rows []inbox.Row
	skip := min(f.Skip, inbox.SizeCap)
	for phase, l := range phases(f) {
		if after != nil && after.phase > phase {
			continue
		}
		l.viewer, l.filter, l.limit = v, f, f.Limit+1-len(rows)
		if after != nil && after.phase == phase {
			l.after = after
		}
		if passed, err := db.pass(ctx, &l, &skip); err != nil {
			return inbox.Page[inbox.Row]{}, err
		} else if passed {
			continue
		}
		part, err := db.listConversations(ctx, &l)
		if err != nil {
			return inbox.Page[inbox.Row]{}, fmt.Errorf("list conversations: %w", err)
		}
		rows = append(rows, part...)
		if len(rows) > f.Limit {
			break
		}
	}
	page := inbox.Page[inbox.Row]{Items: rows}
	if len(rows) > f.Limit {
		page.Items = rows[:f.Limit]
		last := &page.Items[f.Limit-1]
		page.Next = positionOf(f, last).String()
	}
	if len(rows) > 0 && (after != nil || f.Skip > 0) {
		page.Prev = positionOf(f, &rows[0]).String()
	}
	return page, db.fillRows(ctx, page.Items)
}

// phases are the passes of a list, one after the other. By what is due: first what has
// a deadline, the next first; then who waits for an answer without one, the longest
// first; and what waits for nobody, newest first.
func phases(f inbox.Filter) []listing {
	yes, no := true, false
	newest := listing{order: order{"last_at", true}}
	waiting := listing{order: order{"waiting_since", false}, waiting: &yes}
	asked := f.Unanswered != nil && *f.Unanswered
	switch {
	case f.Spam: // it waits for nothing
		return []listing{{order: order{"last_at", f.Sort != inbox.Oldest}}}
	case f.Sort == inbox.Oldest && asked:
		return []listing{waiting}
	case f.Sort == inbox.Oldest:
		return []listing{{order: order{"last_at", false}}}
	case f.Sort == inbox.Due:
		due, rest := listing{order: order{"due_at", false}, due: &yes}, newest
		waiting.due, rest.due = &no, &no
		switch {
		case asked:
			return []listing{due, waiting}
		case f.Unanswered != nil:
			return []listing{due, rest}
		}
		rest.waiting = &no
		return []listing{due, waiting, rest}
	default:
		return []listing{newest}
	}
}

// positionOf tells where a row stands: in the first pass that it is in.
func positionOf(f inbox.Filter, r *inbox.Row) position {
	for phase, l := range phases(f) {
		if l.due != nil && *l.due == r.DueAt.IsZero() || l.waiting != nil && *l.waiting != r.Unanswered {
			continue
		}
		return position{phase: phase, key: micros(l.order.of(r)), id: int64(r.ID)}
	}
	return position{}
}

// rowCols and rowJoins are a conversation c as lists show it, with reads r and watches w of the viewer.
var rowCols = prefixed("c", conversationCols) + `, COALESCE(p.name, ''), COALESCE(a.kind, ''), COALESCE(r.seq, 0), COALESCE(w.pinned_at, 0) > 0, COALESCE(w.followed_at, 0) > 0, c.due_at, COALESCE(o.state, '')`

const rowJoins = ` LEFT JOIN contacts p ON p.id = c.contact_id LEFT JOIN accounts a ON a.id = c.account_id LEFT JOIN messages o ON o.id = c.answer_id`

// ownJoins joins what the viewer alone has of a conversation c.
func ownJoins(b *builder, v actor.Viewer) string {
	me := b.arg(v.AgentID)
	return " LEFT JOIN reads r ON r.agent_id = " + me + " AND r.conversation_id = c.id LEFT JOIN watches w ON w.agent_id = " + me + " AND w.conversation_id = c.id"
}

func rowDest(r *inbox.Row) []any {
	return append(conversationDest(&r.Conversation), &r.ContactName, &r.AccountKind, &r.ReadSeq, &r.Pinned, &r.Following, timeCol{&r.DueAt}, &r.Answer)
}

// listConversations merges the doors of the viewer: each is one range of one index.
func (db *DB) listConversations(ctx context.Context, l *listing) ([]inbox.Row, error) {
	b := &builder{}
	b.add("SELECT ", rowCols, " FROM (")
	if !l.window(b) {
		return nil, nil
	}
	b.add(") AS k JOIN conversations c ON c.id = k.id", rowJoins,
		ownJoins(b, l.viewer),
		" ORDER BY c.", l.order.column, l.order.direction(), ", c.id", l.order.direction(), " LIMIT ", b.arg(int64(l.limit)))
	rows, err := db.query(ctx, b.text.String(), b.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []inbox.Row
	for rows.Next() {
		var r inbox.Row
		if err := rows.Scan(rowDest(&r)...); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// doors writes the union of index ranges that the list is merged from; false when
// there is nothing to see.
func (l *listing) doors(b *builder) bool {
	first, doors := true, l.usefulDoors()
	for _, d := range doors {
		for _, half := range l.halves() {
			if !first {
				b.add(union(len(doors)))
			}
			first = false
			picked, shown := "c.id", "id"
			if l.bare {
				picked, shown = "c.id, c."+l.order.column+" AS at", "id, at"
			}
			b.add("SELECT ", shown, " FROM (SELECT ", picked, " FROM conversations c WHERE ", half)
			l.where(b, d)
			if l.order.column != "" {
				b.add(" ORDER BY c.", l.order.column, l.order.direction(), ", c.id", l.order.direction())
			}
			b.add(" LIMIT ", b.arg(int64(l.limit)), ") AS d")
		}
	}
	return !first
}

// usefulDoors leaves out doors that the filter shuts anyway.
func (l *listing) usefulDoors() []door {
	all := doorsOf(l.viewer, "assignee_id")
	if len(all) > 0 && l.filter.Assignee != nil && l.viewer.AgentID != 0 && int64(*l.filter.Assignee) == l.viewer.AgentID {
		return []door{{column: "assignee_id", value: l.viewer.AgentID}}
	}
	return slices.DeleteFunc(all, func(d door) bool {
		return d.column == "team_id" && l.filter.Team != nil && d.value != int64(*l.filter.Team)
	})
}

// halves returns the conditions of the partial indexes that the list needs: the live
// half, of it what is put off, the closed half, or those who wait. What is closed or merged waits for nothing.
func (l *listing) halves() []string {
	const live, closed, waiting = "c.status <> 'closed'", "c.status = 'closed' AND c.merged_into = 0 AND c.spam_at = 0", "c.unanswered"
	if l.filter.Spam {
		return []string{"c.spam_at > 0"}
	}
	if named := l.named(); named != "" {
		return []string{named}
	}
	if l.due != nil && *l.due {
		return []string{"c.due_at > 0"}
	}
	if l.waits() {
		return []string{waiting}
	}
	statuses := l.filter.Statuses
	switch {
	case len(statuses) == 0:
		return []string{live, closed}
	case len(statuses) == 1 && statuses[0] == inbox.Snoozed:
		return []string{"c.status = 'snoozed'"}
	case !slices.Contains(statuses, inbox.Closed):
		return []string{live}
	case len(statuses) == 1:
		return []string{closed}
	default:
		return []string{live, closed}
	}
}

// waits tells whether only conversations without an answer are asked for.
func (l *listing) waits() bool {
	return l.waiting != nil && *l.waiting || l.filter.Unanswered != nil && *l.filter.Unanswered
}

func (l *listing) where(b *builder, d door) {
	f := &l.filter
	and := func(parts ...string) { b.add(append([]string{" AND "}, parts...)...) }
	if d.column != "" {
		and("c.", d.column, " = ", b.arg(d.value))
	}
	if len(l.viewer.Accounts) > 0 && !l.bare {
		and("c.account_id IN ", list(b, l.viewer.Accounts))
	}
	if len(f.Except) > 0 {
		and("c.id NOT IN ", listOfIDs(b, f.Except))
	}
	if len(f.Statuses) > 0 && !(len(f.Statuses) == 1 && f.Statuses[0] == inbox.Closed) {
		and("c.status IN ", listOf(b, f.Statuses))
	}
	if !l.bare {
		l.whereState(and)
	}
	if f.Assignee != nil && d.column != "assignee_id" {
		and("c.assignee_id = ", b.arg(int64(*f.Assignee)))
	} else if f.Assignee != nil && d.value != int64(*f.Assignee) {
		and("1 = 0")
	}
	if f.Team != nil && d.column != "team_id" {
		and("c.team_id = ", b.arg(int64(*f.Team)))
	}
	if !l.bare {
		l.whereRest(b, and)
	}
	behind, before := " > ", " <= "
	if l.order.desc {
		behind, before = " < ", " >= "
	}
	if l.after != nil {
		and("(c.", l.order.column, ", c.id)", behind, "(", b.arg(l.after.key), ", ", b.arg(l.after.id), ")")
	}
	if l.until != nil {
		and("(c.", l.order.column, ", c.id)", before, "(", b.arg(l.until.key), ", ", b.arg(l.until.id), ")")
	}
	if l.rule != nil {
		and(l.rule.where(b))
	}
}

// whereState narrows to those who wait, or have a deadline, where no index does.
func (l *listing) whereState(and func(parts ...string)) {
	f := &l.filter
	if !l.waits() && (l.waiting != nil || f.Unanswered != nil) {
		and("NOT c.unanswered")
	}
	if l.due != nil && *l.due && l.waits() {
		and("c.unanswered")
	}
	if l.due != nil && !*l.due {
		and("c.due_at = 0")
	}
}

func (l *listing) whereRest(b *builder, and func(parts ...string)) {
	f := &l.filter
	if f.Account != 0 {
		and("c.account_id = ", b.arg(int64(f.Account)))
	}
	if f.Contact != 0 {
		and("c.contact_id = ", b.arg(int64(f.Contact)))
	}
	if f.Label != 0 {
		and("EXISTS (SELECT 1 FROM conversation_labels x WHERE x.conversation_id = c.id AND x.label_id = ", b.arg(int64(f.Label)), ")")
	}
	if f.Unread {
		and("NOT EXISTS (SELECT 1 FROM reads x WHERE x.agent_id = ", b.arg(l.viewer.AgentID), " AND x.conversation_id = c.id AND x.seq >= c.seq)")
	}
	if key := contact.Fold(f.Query); key != "" {
		number, err := strconv.ParseInt(strings.TrimPrefix(key, "#"), 10, 64)
		if err != nil {
			number = -1
		}
		and("(c.number = ", b.arg(number), " OR c.contact_id IN (SELECT x.id FROM contacts x WHERE x.name_key >= ", b.arg(key),
			" AND x.name_key < ", b.arg(key+"\U0010FFFF"), "))")
	}
}

// listOf adds text values and returns them as a parenthesised list.
func listOf[T ~string](b *builder, values []T) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return list(b, out)
}

// ConversationRow returns one conversation that the viewer may see.
func (db *DB) ConversationRow(ctx context.Context, v actor.Viewer, id inbox.ConversationID) (inbox.Row, bool, error) {
	b := &builder{}
	b.add("SELECT ", rowCols, " FROM conversations c", rowJoins,
		ownJoins(b, v), " WHERE c.id = ", b.arg(int64(id)),
		" AND ", visible(b, v, sightOf("c", "assignee_id")))
	var r inbox.Row
	found, err := db.one(ctx, b.text.String(), b.args, rowDest(&r)...)
	if err != nil || !found {
		return r, false, err
	}
	one := []inbox.Row{r}
	err = db.fillRows(ctx, one)
	return one[0], true, err
}

// LockConversation returns a conversation that the viewer may see, locked until the
// transaction ends.
func (db *DB) LockConversation(ctx context.Context, v actor.Viewer, id inbox.ConversationID) (*inbox.Conversation, bool, error) {
	b := &builder{}
	b.add("SELECT ", prefixed("c", conversationCols), " FROM conversations c WHERE c.id = ", b.arg(int64(id)), " AND ", visible(b, v, sightOf("c", "assignee_id")))
	if db.engine == Postgres {
		b.add(" FOR UPDATE")
	}
	c := &inbox.Conversation{}
	found, err := db.one(ctx, b.text.String(), b.args, conversationDest(c)...)
	if found && err == nil {
		remember(ctx, c)
	}
	return c, found, err
}

// Counts counts the conversations of each view, up to the cap.
func (db *DB) Counts(ctx context.Context, v actor.Viewer) (inbox.Counts, error) {
	me, nobody, yes := inbox.AgentID(v.AgentID), inbox.AgentID(0), true
	open := []inbox.Status{inbox.Open}
	var c inbox.Counts
	for _, x := range []struct {
		to *int
		f  inbox.Filter
	}{
		{&c.Mine, inbox.Filter{Statuses: open, Assignee: &me}},
		{&c.Unassigned, inbox.Filter{Statuses: open, Assignee: &nobody}},
		{&c.Unanswered, inbox.Filter{Statuses: open, Unanswered: &yes}},
		{&c.All, inbox.Filter{Statuses: open}},
		{&c.Snoozed, inbox.Filter{Statuses: []inbox.Status{inbox.Snoozed}}},
	} {
		if x.f.Assignee == &me && me == 0 {
			continue
		}
		l := listing{viewer: v, filter: x.f, limit: inbox.CountCap}
		b := &builder{}
		b.add("SELECT COUNT(*) FROM (")
		if !l.doors(b) {
			continue
		}
		b.add(") AS n")
		if _, err := db.one(ctx, b.text.String(), b.args, x.to); err != nil {
			return c, fmt.Errorf("count conversations: %w", err)
		}
		*x.to = min(*x.to, inbox.CountCap)
	}
	return c, nil
}

var labelsOfMany = newKeys(`SELECT conversation_id, label_id FROM conversation_labels WHERE conversation_id IN (SELECT column1 FROM %s AS v) ORDER BY label_id`, "BIGINT")

// fillRows gives rows what stands in other tables.
func (db *DB) fillRows(ctx context.Context, rows []inbox.Row) error {
	return db.ask(ctx, slices.Concat(db.labelsOf(rows), db.clocksOf(rows))...)
}

// labelsOf asks for the labels of rows.
func (db *DB) labelsOf(rows []inbox.Row) []question {
	index := make(map[inbox.ConversationID]int, len(rows))
	ids := make([]inbox.ConversationID, len(rows))
	for i := range rows {
		ids[i], index[rows[i].ID] = rows[i].ID, i
	}
	return look(db, labelsOfMany, ids, idArg, func(row scanner) error {
		var c inbox.ConversationID
		var l inbox.LabelID
		err := row.Scan(&c, &l)
		if i, ok := index[c]; ok && err == nil && !slices.Contains(rows[i].Labels, l) {
			rows[i].Labels = append(rows[i].Labels, l)
		}
		return err
	})
}

// OpenConversation finds the thread's conversation that is not closed.
func (db *DB) OpenConversation(ctx context.Context, account channels.AccountID, chat string) (*inbox.Conversation, bool, error) {
	c := &inbox.Conversation{}
	found, err := db.one(ctx, `SELECT `+conversationCols+` FROM conversations WHERE account_id = $1 AND chat = $2 AND status <> 'closed' AND merged_into = 0`,
		[]any{int64(account), chat}, conversationDest(c)...)
	return c, found, err
}

// MarkRead notes how far an agent has read; never back.
func (db *DB) MarkRead(ctx context.Context, agent inbox.AgentID, c inbox.ConversationID, seq int64) error {
	_, err := db.exec(ctx, `INSERT INTO reads (agent_id, conversation_id, seq) VALUES ($1, $2, $3)
		ON CONFLICT (agent_id, conversation_id) DO UPDATE SET seq = excluded.seq WHERE reads.seq < excluded.seq`, int64(agent), int64(c), seq)
	return err
}

// Assignable tells whether an agent can be given conversations.
func (db *DB) Assignable(ctx context.Context, id inbox.AgentID) (bool, error) {
	var n int64
	found, err := db.one(ctx, `SELECT id FROM agents WHERE id = $1 AND NOT disabled`, []any{int64(id)}, &n)
	return found, err
}

// TeamExists tells whether there is such a team.
func (db *DB) TeamExists(ctx context.Context, id inbox.TeamID) (bool, error) {
	var n int64
	found, err := db.one(ctx, `SELECT id FROM teams WHERE id = $1`, []any{int64(id)}, &n)
	return found, err
}
