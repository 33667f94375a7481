package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/search"
)

// searchTables are the tables of the two indexes.
var searchTables = map[search.Index]string{search.OfMessages: "search_messages", search.OfPeople: "search_people"}

// Completions returns stored words that begin so, the shortest first.
func (db *DB) Completions(ctx context.Context, beginning string, limit int) ([]string, error) {
	var out []string
	err := db.each(ctx, `SELECT word FROM (SELECT word FROM search_words WHERE word >= $1 AND word < $2 ORDER BY word LIMIT 1000) AS w
		ORDER BY LENGTH(word), word LIMIT $3`, []any{beginning, beginning + "\U0010FFFF", int64(limit)}, func(r *sql.Rows) error {
		var word string
		err := r.Scan(&word)
		out = append(out, word)
		return err
	})
	return out, err
}

// KnownWords returns those of some words that are stored.
func (db *DB) KnownWords(ctx context.Context, words []string) ([]string, error) {
	var arg any = words
	if db.engine == SQLite {
		arg = jsonText(words)
	}
	var out []string
	err := db.each(ctx, `
		SELECT word FROM search_words WHERE word = ANY($1::text[]) -- only: postgres
		SELECT word FROM search_words WHERE word IN (SELECT value FROM json_each($1)) -- only: sqlite
	`, []any{arg}, func(r *sql.Rows) error {
		var word string
		err := r.Scan(&word)
		out = append(out, word)
		return err
	})
	return out, err
}

// Candidates returns the ids of entries that match, descending, below an id.
func (db *DB) Candidates(ctx context.Context, index search.Index, m search.Match, below int64, n int) (ids []int64, next int64, err error) {
	if db.engine == Postgres {
		return db.gin(ctx, searchTables[index], m, below, n)
	}
	table := searchTables[index]
	ids, err = db.column(ctx, `SELECT rowid FROM `+table+` WHERE `+table+` MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3`,
		phrased(m, `"`, " OR ", " AND "), below, int64(n))
	if len(ids) == n {
		next = ids[n-1]
	}
	return ids, next, err
}

// column reads a query's only column.
func (db *DB) column(ctx context.Context, query string, args ...any) ([]int64, error) {
	var out []int64
	err := db.each(ctx, query, args, func(r *sql.Rows) error {
		var id int64
		err := r.Scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}

// phrased writes a match in the language of an index. Tokens hold nothing that has a meaning
// in either.
func phrased(m search.Match, quote, or, and string) string {
	groups := make([]string, len(m))
	for i, group := range m {
		tokens := make([]string, len(group))
		for j, token := range group {
			tokens[j] = quote + token + quote
		}
		groups[i] = "(" + strings.Join(tokens, or) + ")"
	}
	return strings.Join(groups, and)
}

// Of looking on PostgreSQL: how many of the newest entries are tried one by one at first, how
// many before anything is concluded from them, and how many at most; and from which share of hits
// on a match is so common that trying more is quicker than asking the index, which can only give
// all at once.
const (
	ginFirst  = 400
	ginEnough = 3000
	ginMost   = 20_000
	ginCommon = 0.002
	ginAtOnce = 8192 // are taken at least of what the index gave
)

// gin looks among the newest entries first, one by one: what is common is found there. What is
// not is so rare that the index can give it all.
func (db *DB) gin(ctx context.Context, table string, m search.Match, below int64, n int) (ids []int64, next int64, err error) {
	query := phrased(m, "'", " | ", " & ")
	for window, tried := ginFirst, 0; ; {
		hits, floor, err := db.tried(ctx, table, query, below, window)
		ids, tried = append(ids, hits...), tried+window
		if err != nil || floor == 0 || len(ids) >= n || tried >= ginMost {
			return ids, floor, err
		}
		below = floor
		share := float64(len(ids)) / float64(tried)
		if tried >= ginEnough && share < ginCommon {
			break
		}
		window = ginEnough
		if len(ids) > 0 { // as many as should hold the rest
			window = min(int(1.5*float64(n-len(ids))/share)+1, ginMost)
		}
	}
	n = max(n, ginAtOnce)
	rest, err := db.column(ctx, `WITH h AS MATERIALIZED (SELECT id FROM `+table+` WHERE words @@ $1::tsquery)
		SELECT id FROM h WHERE id < $2 ORDER BY id DESC LIMIT $3`, query, below, int64(n))
	if len(rest) == n {
		next = rest[n-1]
	}
	return append(ids, rest...), next, err
}

// tried tries some entries below an id one by one; floor is the last of them, 0 at the end.
func (db *DB) tried(ctx context.Context, table, query string, below int64, window int) (hits []int64, floor int64, err error) {
	err = db.each(ctx, `WITH w AS MATERIALIZED (SELECT id, words FROM `+table+` WHERE id < $2 ORDER BY id DESC LIMIT $3)
		SELECT id, TRUE FROM (SELECT id FROM w WHERE words @@ $1::tsquery ORDER BY id DESC) AS h
		UNION ALL SELECT COALESCE(MIN(id), 0), FALSE FROM w HAVING COUNT(*) = $3`, []any{query, below, int64(window)}, func(r *sql.Rows) error {
		var id int64
		var hit bool
		err := r.Scan(&id, &hit)
		if hit {
			hits = append(hits, id)
		} else {
			floor = id
		}
		return err
	})
	return hits, floor, err
}

// among is the condition that a column is one of many ids.
func (db *DB) among(b *builder, column string, ids []int64) (string, error) {
	if db.engine == Postgres {
		return column + " = ANY(" + b.arg(ids) + "::bigint[])", nil
	}
	text, err := json.Marshal(ids)
	if err != nil {
		return "", fmt.Errorf("list ids: %w", err)
	}
	return column + " IN (SELECT value FROM json_each(" + b.arg(string(text)) + "))", nil
}

// written is when a message m was written; see inbox.Message.Written.
const written = `CASE WHEN m.sent_at = 0 OR m.sent_at > m.created_at THEN m.created_at ELSE m.sent_at END`

// passing returns those of some messages that the viewer may see and the filter lets pass,
// newest first.
func (db *DB) passing(ctx context.Context, v actor.Viewer, f *search.Filter, ids []int64, limit int) ([]int64, error) {
	b := &builder{}
	among, err := db.among(b, "m.id", ids)
	if err != nil {
		return nil, err
	}
	b.add("SELECT m.id FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE ", among, " AND m.deleted_at = 0")
	within(b, v, f)
	and := func(column, sign string, value int64) { b.add(" AND ", column, sign, b.arg(value)) }
	if f.Account != 0 {
		and("m.account_id", " = ", int64(f.Account))
	}
	if !f.From.IsZero() {
		and(written, " >= ", micros(f.From))
	}
	if !f.To.IsZero() {
		and(written, " < ", micros(f.To))
	}
	if f.HasFile {
		b.add(" AND m.files > 0")
	}
	b.add(" ORDER BY m.id DESC LIMIT ", b.arg(int64(limit)))
	return db.column(ctx, b.text.String(), b.args...)
}

// within adds what is asked of the conversation c of a message: the viewer may see it, and the filter lets it pass.
func within(b *builder, v actor.Viewer, f *search.Filter) {
	b.add(" AND c.spam_at = 0 AND ", visible(b, v, sightOf("c", "assignee_id")))
	if f.Team != nil {
		b.add(" AND c.team_id = ", b.arg(int64(*f.Team)))
	}
	if f.Assignee != nil {
		b.add(" AND c.assignee_id = ", b.arg(int64(*f.Assignee)))
	}
	if f.Label != 0 {
		b.add(" AND EXISTS (SELECT 1 FROM conversation_labels x WHERE x.conversation_id = c.id AND x.label_id = ", b.arg(int64(f.Label)), ")")
	}
	if len(f.Statuses) > 0 {
		b.add(" AND c.status IN ", listOf(b, f.Statuses))
	}
}

// FoundPeople returns those of some contacts that the viewer may see, newest first.
func (db *DB) FoundPeople(ctx context.Context, v actor.Viewer, ids []int64, limit int) ([]contact.Contact, error) {
	b := &builder{}
	among, err := db.among(b, "p.id", ids)
	if err != nil {
		return nil, err
	}
	b.add("SELECT ", prefixed("p", contactCols), " FROM contacts p WHERE p.merged_into = 0 AND ", among, " AND ", contactVisible(b, v),
		" ORDER BY p.id DESC LIMIT ", b.arg(int64(limit)))
	list, err := db.contacts(ctx, b.text.String(), b.args...)
	if err != nil {
		return nil, err
	}
	return list, db.fillIdentities(ctx, list)
}
