package store

import (
	"context"
	"errors"
	"slices"

	"parley/inbox"
)

// saveFiles writes new files and what they are attached to, and marks uploads as used.
func (db *DB) saveFiles(ctx context.Context, ch *inbox.Changes) error {
	err := put(ctx, db, fileTable, ch.Files, func(args []any, f *inbox.File) []any {
		return append(args, int64(f.ID), f.Hash, f.Name, f.Type, f.Size, f.OwnerKind, f.OwnerID, "", true, micros(f.CreatedAt))
	})
	if err != nil {
		return err
	}
	type link struct {
		message  inbox.MessageID
		position int
		file     inbox.File
	}
	var links []link
	for _, m := range ch.NewMessages {
		for i, f := range m.Files {
			links = append(links, link{m.ID, i, f})
		}
	}
	for _, a := range ch.Attached {
		links = append(links, link{a.MessageID, a.Position, a.File})
	}
	err = put(ctx, db, messageFileTable, links, func(args []any, l link) []any {
		return append(args, int64(l.message), int64(l.position), int64(l.file.ID), l.file.ContentID, l.file.Inline)
	})
	if err != nil {
		return err
	}
	return db.useUploads(ctx, ch)
}

// errUploadGone says that a message names an upload that housekeeping removed, that
// another message took, or that never was.
var errUploadGone = errors.New("upload of a message is gone")

// useUploads marks the uploads that messages take, each of which must be free.
func (db *DB) useUploads(ctx context.Context, ch *inbox.Changes) error {
	fresh := make(map[inbox.FileID]bool, len(ch.Files))
	for _, f := range ch.Files {
		fresh[f.ID] = true
	}
	var taken []inbox.FileID
	for _, m := range ch.NewMessages {
		for _, f := range m.Files {
			if !fresh[f.ID] {
				taken = append(taken, f.ID)
			}
		}
	}
	for _, a := range ch.Attached {
		if !fresh[a.File.ID] {
			taken = append(taken, a.File.ID)
		}
	}
	slices.Sort(taken)
	var free []inbox.FileID
	err := lookup(ctx, db, freeUploads, taken, idArg, func(row scanner) error {
		var id inbox.FileID
		err := row.Scan(&id)
		free = append(free, id)
		return err
	})
	if err != nil {
		return err
	}
	if !slices.Equal(free, taken) {
		return errUploadGone
	}
	return change(ctx, db, takeUploads, taken, idArg)
}

// Uploads are locked in the order of their ids.
var (
	freeUploads = newKeys(`SELECT id FROM files WHERE NOT used AND id IN (SELECT column1 FROM %s AS v) ORDER BY id
		FOR UPDATE -- only: postgres
		`, "BIGINT")
	takeUploads = newKeys(`UPDATE files SET used = TRUE WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
)
