package store

import (
	"context"
	"fmt"

	"parley/inbox"
)

// originTable keeps what was known first: where a conversation came from does not change.
var originTable = newTable("origins", "conversation_id, page, referrer, utm", " ON CONFLICT (conversation_id) DO NOTHING")

func originArgs(args []any, o inbox.Origin) []any {
	return append(args, int64(o.ConversationID), o.Page, o.Referrer, jsonMap(o.UTM))
}

// Origin returns where a conversation came from; one that is not known is zero.
func (db *DB) Origin(ctx context.Context, c inbox.ConversationID) (inbox.Origin, error) {
	o := inbox.Origin{ConversationID: c}
	_, err := db.one(ctx, `SELECT page, referrer, utm FROM origins WHERE conversation_id = $1`, []any{int64(c)}, &o.Page, &o.Referrer, jsonCol{&o.UTM})
	if err != nil {
		return o, fmt.Errorf("read origin: %w", err)
	}
	return o, nil
}
