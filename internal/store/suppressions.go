package store

import (
	"context"
	"database/sql"
	"fmt"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/suppression"
)

const suppressionCols = "id, kind, scope, address, reason, word, cause_kind, cause_id, at"

// suppressionTable keeps the first word: whoever says STOP twice has said it.
var suppressionTable = newTable("suppressions", suppressionCols, " ON CONFLICT (scope, address, kind) DO NOTHING")

func suppressionDest(s *suppression.Suppression) []any {
	return []any{&s.ID, &s.Kind, &s.Scope, &s.Address, &s.Reason, &s.Word, &s.Cause.Kind, &s.Cause.ID, timeCol{&s.At}}
}

func (db *DB) saveSuppressions(ctx context.Context, ch *inbox.Changes) error {
	for _, k := range ch.Allowed {
		_, err := db.exec(ctx, `DELETE FROM suppressions WHERE scope = $1 AND address = $2 AND kind = $3`, k.Scope, k.Address, string(k.Kind))
		if err != nil {
			return err
		}
	}
	return put(ctx, db, suppressionTable, ch.Suppressions, func(args []any, s suppression.Suppression) []any {
		return append(args, s.ID, string(s.Kind), s.Scope, s.Address, string(s.Reason), s.Word, string(s.Cause.Kind), s.Cause.ID, micros(s.At))
	})
}

// SuppressionIn returns what keeps the contact of a conversation from being written to there.
func (db *DB) SuppressionIn(ctx context.Context, c inbox.ConversationID) (s suppression.Suppression, found bool, err error) {
	found, err = db.one(ctx, `SELECT `+prefixed("s", suppressionCols)+` FROM conversations c JOIN accounts a ON a.id = c.account_id
		JOIN identities i ON i.id = c.identity_id JOIN suppressions s ON s.scope = i.scope AND s.address = i.address AND s.kind = a.kind
		WHERE c.id = $1`, []any{int64(c)}, suppressionDest(&s)...)
	if err != nil {
		return s, false, fmt.Errorf("read suppression: %w", err)
	}
	return s, found, nil
}

// SuppressionOf returns what keeps an address from being written to by an account.
func (db *DB) SuppressionOf(ctx context.Context, account channels.AccountID, scope, address string) (s suppression.Suppression, found bool, err error) {
	found, err = db.one(ctx, `SELECT `+prefixed("s", suppressionCols)+` FROM accounts a JOIN suppressions s ON s.kind = a.kind
		WHERE a.id = $1 AND s.scope = $2 AND s.address = $3`, []any{int64(account), scope, address}, suppressionDest(&s)...)
	if err != nil {
		return s, false, fmt.Errorf("read suppression: %w", err)
	}
	return s, found, nil
}

// Suppressions returns those of a contact's addresses, the oldest first.
func (db *DB) Suppressions(ctx context.Context, id contact.ID) (out []suppression.Suppression, err error) {
	err = db.each(ctx, `SELECT `+prefixed("s", suppressionCols)+` FROM identities i JOIN suppressions s ON s.scope = i.scope AND s.address = i.address
		WHERE i.contact_id = $1 ORDER BY s.id`, []any{int64(id)}, func(r *sql.Rows) error {
		var s suppression.Suppression
		err := r.Scan(suppressionDest(&s)...)
		out = append(out, s)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read suppressions: %w", err)
	}
	return out, nil
}
