package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/search"
)

// mostPassed is how many entries SQLite's index may pass in one search for some of them.
const mostPassed = 200_000

// Few returns the ids of all messages that may pass a filter, when they are few; see search.Store.
func (db *DB) Few(ctx context.Context, v actor.Viewer, f *search.Filter, below int64, talks, messages int) (ids []int64, few bool, err error) {
	for _, way := range waysTo(v, f) {
		b := &builder{}
		way(b)
		b.add(" LIMIT ", b.arg(int64(talks)+1))
		found, err := db.column(ctx, b.text.String(), b.args...)
		if err != nil {
			return nil, false, err
		}
		if len(found) > talks {
			continue
		}
		ids, err = db.messagesWithin(ctx, v, f, found, below, messages+1)
		return ids, len(ids) <= messages, err
	}
	return nil, false, nil
}

// messagesWithin returns the messages of those of some conversations that the viewer may see and the filter lets pass.
func (db *DB) messagesWithin(ctx context.Context, v actor.Viewer, f *search.Filter, talks []int64, below int64, limit int) ([]int64, error) {
	if len(talks) == 0 {
		return nil, nil
	}
	b := &builder{}
	among, err := db.among(b, "c.id", talks)
	if err != nil {
		return nil, err
	}
	// Neither database may turn the join round, whatever it believes of the tables: it would read all messages.
	of := "conversations c CROSS JOIN messages m WHERE m.conversation_id = c.id AND "
	if db.engine == Postgres {
		of = "conversations c CROSS JOIN LATERAL (SELECT x.id FROM messages x WHERE x.conversation_id = c.id OFFSET 0) AS m WHERE "
	}
	b.add("SELECT m.id FROM ", of, among, " AND m.id < ", b.arg(below))
	within(b, v, f)
	b.add(" LIMIT ", b.arg(int64(limit)))
	ids, err := db.column(ctx, b.text.String(), b.args...)
	slices.Sort(ids)
	slices.Reverse(ids)
	return ids, err
}

// waysTo lists questions for the conversations within which all lies that the viewer may see and the filter lets pass.
// Each is answered from an index alone, so that one which has many answers costs no more than as many as are taken of it.
func waysTo(v actor.Viewer, f *search.Filter) []func(*builder) {
	var ways []func(*builder)
	if f.Label != 0 {
		ways = append(ways, func(b *builder) {
			b.add("SELECT conversation_id FROM conversation_labels WHERE label_id = ", b.arg(int64(f.Label)))
		})
	}
	if f.Assignee != nil {
		ways = append(ways, behind(f.Statuses, door{column: "assignee_id", value: int64(*f.Assignee)}))
	}
	if f.Team != nil {
		ways = append(ways, behind(f.Statuses, door{column: "team_id", value: int64(*f.Team)}))
	}
	if v.Scope != actor.All {
		ways = append(ways, behind(f.Statuses, doorsOf(v, "assignee_id")...))
	}
	if len(v.Accounts) > 0 {
		ways = append(ways, func(b *builder) { b.add("SELECT id FROM conversations WHERE account_id IN ", list(b, v.Accounts)) })
	}
	if len(f.Statuses) > 0 && !slices.Contains(f.Statuses, inbox.Closed) {
		ways = append(ways, behind(f.Statuses, door{}))
	}
	return ways
}

// behind asks for the conversations behind some doors that have one of some states, or any when there are none. The
// closed ones have indexes of their own; those that became part of another have no messages left.
func behind(statuses []inbox.Status, doors ...door) func(*builder) {
	return func(b *builder) {
		var parts []string
		for _, d := range doors {
			at := ""
			if d.column != "" {
				at = " AND " + d.column + " = " + b.arg(d.value)
			}
			if len(statuses) == 0 {
				parts = append(parts, "status <> 'closed'"+at)
			} else if live := slices.DeleteFunc(slices.Clone(statuses), func(s inbox.Status) bool { return s == inbox.Closed }); len(live) > 0 {
				parts = append(parts, "status <> 'closed' AND status IN "+listOf(b, live)+at)
			}
			if len(statuses) == 0 || slices.Contains(statuses, inbox.Closed) {
				parts = append(parts, "status = 'closed' AND merged_into = 0 AND spam_at = 0"+at)
			}
		}
		if len(parts) == 0 { // nobody's sight
			parts = []string{"1 = 0"}
		}
		b.add("SELECT id FROM (SELECT id FROM conversations WHERE ", strings.Join(parts, " UNION ALL SELECT id FROM conversations WHERE "), ") AS few")
	}
}

// Among returns those of some ids whose messages match; see search.Store.
func (db *DB) Among(ctx context.Context, m search.Match, ids []int64, below int64, n int) (hits []int64, next int64, err error) {
	begin, _ := slices.BinarySearchFunc(ids, below-1, func(id, last int64) int { return cmp.Compare(last, id) })
	ids = ids[begin:]
	if len(ids) > n {
		ids, next = ids[:n], ids[n-1]
	}
	if len(ids) == 0 {
		return nil, 0, nil
	}
	table := searchTables[search.OfMessages]
	if db.engine == Postgres {
		hits, err = db.column(ctx, `SELECT v.id FROM unnest($1::bigint[]) AS v(id)
			CROSS JOIN LATERAL (SELECT s.words FROM `+table+` s WHERE s.id = v.id OFFSET 0) AS s WHERE s.words @@ $2::tsquery ORDER BY v.id DESC`,
			ids, phrased(m, "'", " | ", " & "))
		return hits, next, err
	}
	return db.amongPassed(ctx, table, phrased(m, `"`, " OR ", " AND "), ids, next)
}

// amongPassed has the index pass all that matches between the first of some ids and the last: FTS5 goes on to the next
// match a thousand times while it looks one up.
func (db *DB) amongPassed(ctx context.Context, table, query string, ids []int64, next int64) ([]int64, int64, error) {
	highest, lowest := ids[0], ids[len(ids)-1]
	stop, err := db.column(ctx, `SELECT rowid FROM `+table+` WHERE `+table+` MATCH $1 AND rowid <= $2 AND rowid >= $3 ORDER BY rowid DESC LIMIT 1 OFFSET $4`,
		query, highest, lowest, int64(mostPassed))
	if err != nil {
		return nil, 0, err
	}
	if len(stop) > 0 {
		lowest, next = stop[0], stop[0]
	}
	b := &builder{}
	match, from, to := b.arg(query), b.arg(highest), b.arg(lowest)
	among, err := db.among(b, "+rowid", ids) // the plus keeps FTS5 from looking for them one by one
	if err != nil {
		return nil, 0, err
	}
	b.add("SELECT rowid FROM ", table, " WHERE ", table, " MATCH ", match, " AND rowid <= ", from, " AND rowid >= ", to, " AND ", among, " ORDER BY rowid DESC")
	hits, err := db.column(ctx, b.text.String(), b.args...)
	return hits, next, err
}
