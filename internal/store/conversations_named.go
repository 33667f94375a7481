package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"parley/inbox"
	"parley/inbox/actor"
)

// named is the condition of lists that are few conversations by their nature: what the viewer
// pinned or follows, and what belongs to one request. They are found one by one, and what an
// index says of other lists is asked of each. "" is another list.
func (l *listing) named() string {
	f, me := &l.filter, strconv.FormatInt(l.viewer.AgentID, 10)
	var parts []string
	if f.Pinned != nil && *f.Pinned {
		parts = append(parts, "c.id IN (SELECT w.conversation_id FROM watches w WHERE w.agent_id = "+me+" AND w.pinned_at > 0)")
	}
	if f.Following {
		parts = append(parts, "c.id IN (SELECT w.conversation_id FROM watches w WHERE w.agent_id = "+me+" AND w.followed_at > 0)")
	}
	if f.Mentioned {
		parts = append(parts, "c.id IN ("+mentionedIn(me)+")")
	}
	if f.Request != 0 {
		parts = append(parts, "c.request_id <> 0 AND c.request_id = "+strconv.FormatInt(int64(f.Request), 10))
	}
	if len(parts) == 0 {
		return ""
	}
	parts = append(parts, "c.merged_into = 0 AND c.spam_at = 0")
	if l.due != nil && *l.due {
		parts = append(parts, "c.due_at > 0")
	}
	if l.waits() {
		parts = append(parts, "c.unanswered")
	}
	if len(f.Statuses) == 1 && f.Statuses[0] == inbox.Closed {
		parts = append(parts, "c.status = 'closed'")
	}
	return strings.Join(parts, " AND ")
}

// maxMentions is how many notes "where I was named" goes back: a list of nobody reads on for years,
// and every page of it looks at each of them.
const maxMentions = 1000

// mentionedIn selects the conversations in which the latest notes that name an agent are read: a
// note of one that was made part of another is read there.
func mentionedIn(agent string) string {
	return `WITH RECURSIVE up(id, next) AS (
		SELECT x.id, x.merged_into FROM (SELECT message_id FROM note_mentions WHERE agent_id = ` + agent + ` ORDER BY message_id DESC LIMIT ` + strconv.Itoa(maxMentions) + `) n
			JOIN messages m ON m.id = n.message_id JOIN conversations x ON x.id = m.conversation_id WHERE m.deleted_at = 0
		UNION SELECT x.id, x.merged_into FROM up JOIN conversations x ON x.id = up.next WHERE up.next <> 0)
		SELECT up.id FROM up WHERE up.next = 0`
}

// unpinned has a filter that leaves out what the viewer pinned name what that is.
func (db *DB) unpinned(ctx context.Context, v actor.Viewer, f inbox.Filter) (inbox.Filter, error) {
	if f.Pinned == nil || *f.Pinned || v.AgentID == 0 {
		return f, nil
	}
	ids, err := db.column(ctx, `SELECT conversation_id FROM watches WHERE agent_id = $1 AND pinned_at > 0`, v.AgentID)
	if err != nil {
		return f, fmt.Errorf("find pins: %w", err)
	}
	f.Except = make([]inbox.ConversationID, len(ids))
	for i, id := range ids {
		f.Except[i] = inbox.ConversationID(id)
	}
	return f, nil
}

// listOfIDs adds ids and returns them as a parenthesised list.
func listOfIDs[T ~int64](b *builder, values []T) string {
	out := make([]int64, len(values))
	for i, v := range values {
		out[i] = int64(v)
	}
	return list(b, out)
}
