package store

import (
	"context"
	"fmt"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
)

// fileStays is the condition that a file f hangs on no deleted message: nobody gets what was in one.
const fileStays = ` AND NOT EXISTS (SELECT 1 FROM message_files z JOIN messages d ON d.id = z.message_id WHERE z.file_id = f.id AND d.deleted_at <> 0)`

const fileCols = `f.id, f.hash, f.name, f.type, f.size, f.owner_kind, f.owner_id, f.created_at`

func fileDest(f *inbox.File) []any {
	return []any{&f.ID, &f.Hash, &f.Name, &f.Type, &f.Size, &f.OwnerKind, &f.OwnerID, timeCol{&f.CreatedAt}}
}

// AddFile stores the row of an upload, which belongs to its uploader until a message
// takes it. The uploader makes sure afterwards that the blob is still there.
func (db *DB) AddFile(ctx context.Context, f inbox.File, owner inbox.FileOwner) error {
	err := db.Write(ctx, func(ctx context.Context) error {
		if err := db.lockHash(ctx, f.Hash); err != nil {
			return err
		}
		_, err := db.exec(ctx, `INSERT INTO files (id, hash, name, type, size, owner_kind, owner_id, owner_ref, used, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, FALSE, $9)`,
			int64(f.ID), f.Hash, f.Name, f.Type, f.Size, owner.Kind, owner.ID, owner.Ref, micros(f.CreatedAt))
		return err
	})
	if err != nil {
		return fmt.Errorf("add file: %w", err)
	}
	return nil
}

// File returns a file that the viewer uploaded, or that hangs on a conversation or a
// quick reply they may see.
func (db *DB) File(ctx context.Context, v actor.Viewer, id inbox.FileID) (f inbox.File, found bool, err error) {
	b := &builder{}
	b.add("SELECT ", fileCols, " FROM files f WHERE f.id = ", b.arg(int64(id)), " AND (f.owner_kind = ", b.arg(string(v.Cause.Kind)),
		" AND f.owner_id = ", b.arg(v.Cause.ID), " OR EXISTS (SELECT 1 FROM message_files x JOIN messages m ON m.id = x.message_id",
		" JOIN conversations c ON c.id = m.conversation_id WHERE x.file_id = f.id AND ", visible(b, v, sightOf("c", "assignee_id")), ")",
		" OR EXISTS (SELECT 1 FROM quick_reply_files q JOIN quick_replies r ON r.id = q.reply_id WHERE q.file_id = f.id AND ", seesQuick(b, v), "))", fileStays)
	found, err = db.one(ctx, b.text.String(), b.args, fileDest(&f)...)
	if err != nil {
		return f, false, fmt.Errorf("read file: %w", err)
	}
	return f, found, nil
}

// ChatFile returns a file that a visitor uploaded or that hangs on a message which the
// visitor of the chat may read.
func (db *DB) ChatFile(ctx context.Context, account channels.AccountID, chat string, id inbox.FileID) (f inbox.File, found bool, err error) {
	found, err = db.one(ctx, `SELECT `+fileCols+` FROM files f WHERE f.id = $1 AND (f.owner_kind = 'visitor' AND f.owner_id = $2 AND f.owner_ref = $3
		OR EXISTS (SELECT 1 FROM message_files x JOIN messages m ON m.id = x.message_id JOIN conversations c ON c.id = m.conversation_id
			WHERE x.file_id = f.id AND c.account_id = $2 AND c.chat = $3 AND `+chatSees+`))`+fileStays,
		[]any{int64(id), int64(account), chat}, fileDest(&f)...)
	if err != nil {
		return f, false, fmt.Errorf("read file of chat: %w", err)
	}
	return f, found, nil
}

// AccountFile returns a file of any chat of an account, for who holds its signed address.
func (db *DB) AccountFile(ctx context.Context, account channels.AccountID, id inbox.FileID) (f inbox.File, found bool, err error) {
	found, err = db.one(ctx, `SELECT `+fileCols+` FROM files f WHERE f.id = $1 AND (f.owner_kind = 'visitor' AND f.owner_id = $2
		OR EXISTS (SELECT 1 FROM message_files x JOIN messages m ON m.id = x.message_id
			WHERE x.file_id = f.id AND m.account_id = $2 AND `+chatSees+`))`+fileStays,
		[]any{int64(id), int64(account)}, fileDest(&f)...)
	if err != nil {
		return f, false, fmt.Errorf("read file of account: %w", err)
	}
	return f, found, nil
}
