package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/templates/quickreply"
	"parley/templates/wording"
)

var _ quickreply.Store = (*DB)(nil)

const quickReplyCols = `id, shortcut, shortcut_key, name, text, scope, owner_id, team_id, holder_id, language, folder, created_at, updated_at`

var quickReplyTable = newTable("quick_replies", quickReplyCols, upsert(quickReplyCols))

// seesQuick is the condition under which the viewer may see the reply r.
func seesQuick(b *builder, v actor.Viewer) string {
	if v.Scope == "" {
		return "1 = 0"
	}
	doors := "r.scope = 'all'"
	if v.AgentID != 0 {
		doors += " OR r.scope = 'mine' AND r.owner_id = " + b.arg(v.AgentID)
	}
	switch {
	case v.Scope == actor.All:
		doors += " OR r.scope = 'team'"
	case len(v.Teams) > 0:
		doors += " OR r.scope = 'team' AND r.team_id IN " + list(b, v.Teams)
	}
	return "(" + doors + ")"
}

// quickReplies reads replies that the viewer may see, by id; 0 is all.
func (db *DB) quickReplies(ctx context.Context, v actor.Viewer, id quickreply.ID) ([]quickreply.Reply, error) {
	if v.Scope == "" { // not further: PostgreSQL refuses arguments that no text names
		return nil, nil
	}
	b := &builder{}
	b.add(`SELECT r.id, r.shortcut, r.name, r.text, r.scope, r.owner_id, r.team_id, r.language, r.folder, r.uses, r.last_used_at, r.created_at, r.updated_at,
		COALESCE(u.uses, 0), COALESCE(u.last_used_at, 0), r.scope = 'team' AND t.id IS NULL
		FROM quick_replies r LEFT JOIN teams t ON t.id = r.team_id
		LEFT JOIN quick_reply_uses u ON u.reply_id = r.id AND u.agent_id <> 0 AND u.agent_id = `, b.arg(v.AgentID), ` WHERE `, seesQuick(b, v))
	if id != 0 {
		b.add(` AND r.id = `, b.arg(int64(id)))
	}
	b.add(` ORDER BY r.id LIMIT `, strconv.Itoa(quickreply.MaxReplies))
	var out []quickreply.Reply
	at := map[quickreply.ID]int{}
	err := db.each(ctx, b.text.String(), b.args, func(row *sql.Rows) error {
		var r quickreply.Reply
		err := row.Scan(&r.ID, &r.Shortcut, &r.Name, &r.Text, &r.Scope, &r.Owner, &r.Team, &r.Language, &r.Folder, &r.Uses, timeCol{&r.LastUsedAt},
			timeCol{&r.CreatedAt}, timeCol{&r.UpdatedAt}, &r.MyUses, timeCol{&r.MyLastUse}, &r.TeamGone)
		at[r.ID] = len(out)
		out = append(out, r)
		return err
	})
	if err != nil {
		return nil, err
	}
	b = &builder{}
	b.add(`SELECT x.reply_id, f.id, f.hash, f.name, f.type, f.size FROM quick_reply_files x JOIN files f ON f.id = x.file_id
		JOIN quick_replies r ON r.id = x.reply_id WHERE `, seesQuick(b, v))
	if id != 0 {
		b.add(` AND r.id = `, b.arg(int64(id)))
	}
	b.add(` ORDER BY x.reply_id, x.position`)
	return out, db.each(ctx, b.text.String(), b.args, func(row *sql.Rows) error {
		var reply quickreply.ID
		var f quickreply.File
		err := row.Scan(&reply, &f.ID, &f.Hash, &f.Name, &f.Type, &f.Size)
		if i, ok := at[reply]; ok {
			out[i].Files = append(out[i].Files, f)
		}
		return err
	})
}

// QuickReplies returns those that the viewer may see, by id.
func (db *DB) QuickReplies(ctx context.Context, v actor.Viewer) ([]quickreply.Reply, error) {
	return db.quickReplies(ctx, v, 0)
}

// QuickReply returns one that the viewer may see.
func (db *DB) QuickReply(ctx context.Context, v actor.Viewer, id quickreply.ID) (quickreply.Reply, bool, error) {
	if id <= 0 {
		return quickreply.Reply{}, false, nil
	}
	list, err := db.quickReplies(ctx, v, id)
	if err != nil || len(list) == 0 {
		return quickreply.Reply{}, false, err
	}
	return list[0], true, nil
}

// PutQuickReply adds or changes a reply, without its files and its use. Of two that
// take one shortcut at once, the unique key makes the second look again.
func (db *DB) PutQuickReply(ctx context.Context, r *quickreply.Reply) (quickreply.Put, error) {
	key := quickreply.Fold(r.Shortcut)
	var other int64
	taken, err := db.one(ctx, `SELECT id FROM quick_replies WHERE shortcut_key <> '' AND scope = $1 AND holder_id = $2 AND shortcut_key = $3 AND id <> $4`,
		[]any{string(r.Scope), r.Holder(), key, int64(r.ID)}, &other)
	if err != nil {
		return 0, fmt.Errorf("look shortcut up: %w", err)
	}
	if taken {
		return quickreply.Taken, nil
	}
	var others int
	if _, err := db.one(ctx, `SELECT COUNT(*) FROM quick_replies WHERE id <> $1`, []any{int64(r.ID)}, &others); err != nil {
		return 0, fmt.Errorf("count quick replies: %w", err)
	}
	if others >= quickreply.MaxReplies {
		return quickreply.Full, nil
	}
	return quickreply.Stored, db.changeShared(ctx, quickShelf, int64(r.ID), func() error {
		return put(ctx, db, quickReplyTable, []*quickreply.Reply{r}, func(args []any, r *quickreply.Reply) []any {
			return append(args, int64(r.ID), r.Shortcut, key, r.Name, r.Text, string(r.Scope), r.Owner, r.Team, r.Holder(), r.Language, r.Folder,
				micros(r.CreatedAt), micros(r.UpdatedAt))
		})
	})
}

// DeleteQuickReply removes a reply. Its files become uploads that nothing took.
func (db *DB) DeleteQuickReply(ctx context.Context, id quickreply.ID) error {
	return db.changeShared(ctx, quickShelf, int64(id), func() error { return db.deleteQuickReply(ctx, id) })
}

func (db *DB) deleteQuickReply(ctx context.Context, id quickreply.ID) error {
	for _, query := range []string{
		`UPDATE files SET used = FALSE WHERE id IN (SELECT file_id FROM quick_reply_files WHERE reply_id = $1)`,
		`DELETE FROM quick_reply_files WHERE reply_id = $1`,
		`DELETE FROM quick_reply_uses WHERE reply_id = $1`,
		`DELETE FROM quick_replies WHERE id = $1`,
	} {
		if _, err := db.exec(ctx, query, int64(id)); err != nil {
			return err
		}
	}
	return nil
}

// UseQuickReplies counts one use of each that the viewer may see.
func (db *DB) UseQuickReplies(ctx context.Context, v actor.Viewer, ids []quickreply.ID, at time.Time) error {
	for _, id := range ids {
		b := &builder{}
		b.add(`UPDATE quick_replies AS r SET uses = uses + 1, last_used_at = `, b.arg(micros(at)), ` WHERE r.id = `, b.arg(int64(id)), ` AND `, seesQuick(b, v))
		n, err := db.exec(ctx, b.text.String(), b.args...)
		if err != nil {
			return err
		}
		if n == 0 || v.AgentID == 0 {
			continue
		}
		_, err = db.exec(ctx, `INSERT INTO quick_reply_uses (reply_id, agent_id, uses, last_used_at) VALUES ($1, $2, 1, $3)
			ON CONFLICT (reply_id, agent_id) DO UPDATE SET uses = quick_reply_uses.uses + 1, last_used_at = excluded.last_used_at`,
			int64(id), v.AgentID, micros(at))
		if err != nil {
			return err
		}
	}
	return nil
}

// TeamThere tells whether there is such a team.
func (db *DB) TeamThere(ctx context.Context, id int64) (bool, error) {
	return db.TeamExists(ctx, inbox.TeamID(id))
}

// ConversationValues returns what texts may say about a conversation, and its contact's language.
func (db *DB) ConversationValues(ctx context.Context, v actor.Viewer, conversation int64) (wording.Values, string, bool, error) {
	b := &builder{}
	b.add(`SELECT c.contact_id, c.number, c.subject, COALESCE(p.name, ''), COALESCE(p.language, ''), COALESCE(a.name, ''), COALESCE(t.name, ''),
		COALESCE(q.number, 0), COALESCE(q.subject, ''), COALESCE(q.type, ''), COALESCE(l.source, '')
		FROM conversations c LEFT JOIN contacts p ON p.id = c.contact_id LEFT JOIN accounts a ON a.id = c.account_id LEFT JOIN teams t ON t.id = c.team_id
		LEFT JOIN requests q ON q.id = c.request_id LEFT JOIN leads l ON l.id = c.lead_id
		WHERE c.id = `, b.arg(conversation), ` AND `, visible(b, v, sightOf("c", "assignee_id")))
	var contact, number, request int64
	var subject, name, language, account, team, about, kind, source string
	found, err := db.one(ctx, b.text.String(), b.args, &contact, &number, &subject, &name, &language, &account, &team, &request, &about, &kind, &source)
	if err != nil || !found {
		return nil, "", false, err
	}
	values := wording.Values{
		wording.ContactName: wording.Called(name), wording.ContactFirstName: wording.FirstName(wording.Called(name)),
		wording.ConversationNumber: strconv.FormatInt(number, 10), wording.ConversationSubject: subject,
		wording.RequestSubject: about, wording.RequestType: kind, wording.LeadSource: source, wording.AccountName: account, wording.TeamName: team,
	}
	if request != 0 {
		values[wording.RequestNumber] = strconv.FormatInt(request, 10)
	}
	names := map[string]string{"email": wording.ContactEmail, "phone": wording.ContactPhone}
	err = db.each(ctx, `SELECT scope, address FROM identities WHERE contact_id = $1 AND scope IN ('email', 'phone') ORDER BY verified DESC, id LIMIT 20`,
		[]any{contact}, func(row *sql.Rows) error {
			var scope, address string
			err := row.Scan(&scope, &address)
			if values[names[scope]] == "" {
				values[names[scope]] = address
			}
			return err
		})
	return values, language, true, err
}
