package store

import (
	"parley/inbox"
	"parley/inbox/intake"
)

var (
	partTable  = newTable("message_parts", "account_id, remote_id, message_id", " ON CONFLICT (account_id, remote_id) DO NOTHING")
	refsByPart = newProbe(`SELECT m.id, m.conversation_id, COALESCE(m.seq, 0), p.account_id, p.remote_id FROM %s AS v CROSS JOIN message_parts p
		JOIN messages m ON m.id = p.message_id WHERE p.account_id = v.column1 AND p.remote_id = v.column2`, "BIGINT", "TEXT")
)

func partArgs(args []any, p inbox.Part) []any {
	return append(args, int64(p.AccountID), p.RemoteID, int64(p.MessageID))
}

// parts finds the messages whose further parts events speak of.
func (l *loader) parts() []question {
	return look(l.db, refsByPart, l.need.Parts, remoteArgs, func(row scanner) error {
		var r reference
		var ref intake.RemoteRef
		err := row.Scan(&r.id, &r.conversation, &r.seq, &ref.AccountID, &ref.RemoteID)
		l.refs[r.id] = r
		l.ofParts[ref] = r.id
		return err
	})
}

// resolveParts lets a message be found by its further parts.
func (l *loader) resolveParts() {
	for ref, id := range l.ofParts {
		if m := l.st.Messages[id]; m != nil && l.st.Remotes[ref] == nil {
			l.st.Remotes[ref] = m
		}
	}
}
