package store

import "parley/inbox"

// ways finds when messages are tried again, and what has to go before them.
var ways = newKeys(`SELECT o.message_id, CASE WHEN o.since > 0 THEN o.not_before ELSE 0 END, COALESCE((SELECT p.message_id FROM outbox p
	WHERE p.conversation_id = o.conversation_id AND p.seq < o.seq AND p.state <> 'uncertain' ORDER BY p.seq DESC LIMIT 1), 0)
	FROM outbox o WHERE o.state = 'queued' AND o.message_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")

// waysOf asks what messages that wait to be sent wait for.
func (db *DB) waysOf(list []inbox.Message) []question {
	index := map[inbox.MessageID]int{}
	var ids []inbox.MessageID
	for i := range list {
		if list[i].State == inbox.Queued {
			ids = append(ids, list[i].ID)
			index[list[i].ID] = i
		}
	}
	return look(db, ways, ids, idArg, func(row scanner) error {
		var id inbox.MessageID
		var w inbox.Way
		err := row.Scan(&id, timeCol{&w.NextAttempt}, &w.WaitsFor)
		if i, ok := index[id]; ok && err == nil {
			list[i].Way = w
		}
		return err
	})
}
