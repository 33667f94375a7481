package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/inbox/search"
)

// Progress tells how far the search index got.
func (db *DB) Progress(ctx context.Context) (search.Progress, error) {
	var p search.Progress
	_, err := db.one(ctx, `SELECT feed, messages, people FROM search_progress WHERE id = 1`, nil, &p.Feed, &p.Messages, &p.People)
	return p, err
}

// MessagesBelow returns ids of messages, descending, at most limit.
func (db *DB) MessagesBelow(ctx context.Context, id int64, limit int) ([]int64, error) {
	return db.column(ctx, `SELECT id FROM messages WHERE id < $1 ORDER BY id DESC LIMIT $2`, id, int64(limit))
}

// PeopleBelow returns ids of contacts, descending, at most limit.
func (db *DB) PeopleBelow(ctx context.Context, id int64, limit int) ([]int64, error) {
	return db.column(ctx, `SELECT id FROM contacts WHERE id < $1 ORDER BY id DESC LIMIT $2`, id, int64(limit))
}

var (
	indexedMessages = newKeys(`SELECT m.id, m.account_id, `+written+`, m.created_at, m.text, COALESCE(e.head, ''), m.deleted_at <> 0,
		m.edited_at <> 0 OR m.files > 0 OR m.seq IS NULL OR m.kind = 'note' FROM messages m`+mailsOf+`WHERE m.id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	indexedFiles = newKeys(`SELECT x.message_id, f.name FROM message_files x JOIN files f ON f.id = x.file_id
		WHERE NOT x.inline AND x.message_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	indexedPeople    = newKeys(`SELECT id, name, merged_into <> 0 FROM contacts WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	indexedFormer    = newKeys(`SELECT merged_into, name FROM contacts WHERE merged_into <> 0 AND merged_into IN (SELECT column1 FROM %s AS v) ORDER BY id`, "BIGINT")
	indexedAddresses = newKeys(`SELECT contact_id, scope, address FROM identities WHERE contact_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
)

func plainID(args []any, id int64) []any { return append(args, id) }

// IndexedMessages returns what is indexed of messages by id.
func (db *DB) IndexedMessages(ctx context.Context, ids []int64) ([]search.MessageText, error) {
	out := make([]search.MessageText, len(ids))
	index := make(map[int64]int, len(ids))
	for i, id := range ids {
		out[i], index[id] = search.MessageText{ID: id, Gone: true}, i
	}
	texts := look(db, indexedMessages, ids, plainID, func(r scanner) error {
		var m search.MessageText
		var head struct{ Subject string }
		err := r.Scan(&m.ID, &m.AccountID, timeCol{&m.At}, timeCol{&m.Created}, &m.Text, jsonCol{&head}, &m.Gone, &m.Amended)
		m.Subject = head.Subject
		if i, ok := index[m.ID]; ok {
			m.Files = out[i].Files
			out[i] = m
		}
		return err
	})
	files := look(db, indexedFiles, ids, plainID, func(r scanner) error {
		var id int64
		var name string
		err := r.Scan(&id, &name)
		if i, ok := index[id]; ok {
			out[i].Files = append(out[i].Files, name)
		}
		return err
	})
	return out, db.ask(ctx, append(texts, files...)...)
}

// IndexedPeople returns what is indexed of contacts by id.
func (db *DB) IndexedPeople(ctx context.Context, ids []int64) ([]search.PersonText, error) {
	out := make([]search.PersonText, len(ids))
	index := make(map[int64]int, len(ids))
	for i, id := range ids {
		out[i], index[id] = search.PersonText{ID: id, Gone: true}, i
	}
	names := look(db, indexedPeople, ids, plainID, func(r scanner) error {
		var p search.PersonText
		err := r.Scan(&p.ID, &p.Name, &p.Gone)
		if i, ok := index[p.ID]; ok {
			out[i] = p
		}
		return err
	})
	former := look(db, indexedFormer, ids, plainID, func(r scanner) error {
		var id int64
		var name string
		err := r.Scan(&id, &name)
		if i, ok := index[id]; ok {
			out[i].Former = append(out[i].Former, name)
		}
		return err
	})
	addresses := look(db, indexedAddresses, ids, plainID, func(r scanner) error {
		var id int64
		var a search.Address
		err := r.Scan(&id, &a.Scope, &a.Address)
		if i, ok := index[id]; ok {
			out[i].Addresses = append(out[i].Addresses, a)
		}
		return err
	})
	return out, db.ask(ctx, slices.Concat(names, former, addresses)...)
}

// Enter writes entries of the search index and how far it got with them. The row that says so
// is taken first: who finds it changed was too late.
func (db *DB) Enter(ctx context.Context, was, is search.Progress, messages, people []search.Document, words []string) (entered bool, took time.Duration, err error) {
	err = db.Bulk(ctx, func(ctx context.Context) error {
		begun := time.Now()
		n, err := db.exec(ctx, `UPDATE search_progress SET feed = $1, messages = $2, people = $3 WHERE id = 1 AND feed = $4 AND messages = $5 AND people = $6`,
			is.Feed, is.Messages, is.People, was.Feed, was.Messages, was.People)
		if entered = n > 0; err != nil || !entered {
			return err
		}
		if err := db.enterAll(ctx, searchTables[search.OfMessages], messages); err != nil {
			return err
		}
		if err := db.enterAll(ctx, searchTables[search.OfPeople], people); err != nil {
			return err
		}
		err = db.enterWords(ctx, words)
		took = time.Since(begun)
		return err
	})
	return entered, took, err
}

func (db *DB) enterAll(ctx context.Context, table string, list []search.Document) error {
	var ids, gone []int64
	var texts []string
	for _, d := range list {
		if len(d.Tokens) == 0 {
			gone = append(gone, d.ID)
			continue
		}
		ids, texts = append(ids, d.ID), append(texts, strings.Join(d.Tokens, " "))
	}
	if db.engine == Postgres {
		if len(gone) > 0 {
			if err := db.later(ctx, `DELETE FROM `+table+` WHERE id = ANY($1::bigint[])`, gone); err != nil {
				return err
			}
		}
		if len(ids) == 0 {
			return nil
		}
		return db.later(ctx, `INSERT INTO `+table+` (id, words)
			SELECT v.id, array_to_tsvector(string_to_array(v.words, ' ')) FROM unnest($1::bigint[], $2::text[]) AS v(id, words)
			ON CONFLICT (id) DO UPDATE SET words = excluded.words`, ids, texts)
	}
	for _, id := range gone {
		if err := db.later(ctx, `DELETE FROM `+table+` WHERE rowid = $1`, id); err != nil {
			return err
		}
	}
	for i, id := range ids {
		if err := db.later(ctx, `REPLACE INTO `+table+` (rowid, words) VALUES ($1, $2)`, id, texts[i]); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) enterWords(ctx context.Context, words []string) error {
	if len(words) == 0 {
		return nil
	}
	if db.engine == Postgres {
		return db.later(ctx, `INSERT INTO search_words (word) SELECT v FROM unnest($1::text[]) AS v ON CONFLICT DO NOTHING`, words)
	}
	return db.later(ctx, `INSERT OR IGNORE INTO search_words (word) SELECT value FROM json_each($1)`, jsonText(words))
}

// Reindex empties the search index and what is known of duplicates, so that it is made anew, newest first. Words that were
// stored stay, because indexers remember them.
func (db *DB) Reindex(ctx context.Context) error {
	return db.Write(ctx, func(ctx context.Context) error {
		if err := db.emptyDuplicatePairs(ctx); err != nil {
			return err
		}
		return db.emptyIndex(ctx)
	})
}

func (db *DB) emptyIndex(ctx context.Context) error {
	if _, err := db.exec(ctx, `UPDATE search_progress SET feed = (SELECT COALESCE(MAX(id), 0) FROM feed), messages = $1, people = $1 WHERE id = 1`, search.Newest); err != nil {
		return fmt.Errorf("begin index anew: %w", err)
	}
	for _, table := range searchTables {
		if _, err := db.exec(ctx, `
			INSERT INTO `+table+` (`+table+`) VALUES ('delete-all') -- only: sqlite
			TRUNCATE `+table+` -- only: postgres
		`); err != nil {
			return fmt.Errorf("empty %s: %w", table, err)
		}
	}
	return nil
}
