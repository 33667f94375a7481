package store

import (
	"context"
	"fmt"
	"strconv"

	"parley/inbox"
)

// forgetWords takes what deleted messages said before they were edited out of the timeline.
// That they were edited stays.
func (db *DB) forgetWords(ctx context.Context, messages []*inbox.Message) error {
	for _, m := range messages {
		if m.DeletedAt.IsZero() {
			continue
		}
		err := db.later(ctx, `
			UPDATE timeline SET data = json_remove(data, '$.was') -- only: sqlite
			UPDATE timeline SET data = CAST(CAST(data AS jsonb) - 'was' AS text) -- only: postgres
			WHERE conversation_id = $1 AND type = 'edited' AND data LIKE $2`, int64(m.ConversationID), `%"message_id":%"`+strconv.FormatInt(int64(m.ID), 10)+`"%`)
		if err != nil {
			return fmt.Errorf("forget words of a deleted message: %w", err)
		}
	}
	return nil
}
