package store

import (
	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
)

// The columns of the inbox's tables, in the order in which rows are written and read.
const (
	conversationCols = `id, number, account_id, chat, contact_id, identity_id, subject, status, unanswered, waiting_since,
		assignee_id, team_id, priority, snoozed_until, seq, last_text, last_direction, last_at, last_inbound_at,
		last_outbound_at, lead_id, request_id, merged_into, closed_at, created_at, updated_at, answer_id, last_author, wrote_at, spam_at, followed`
	messageCols = `id, conversation_id, account_id, seq, direction, kind, author_kind, author_id, text, html, files, reply_to,
		state, error_code, error_text, remote_id, event_key, reaction, cause_kind, cause_id, cause_depth,
		release_at, sent_at, edited_at, deleted_at, created_at, updated_at, media, album`
	contactCols  = `id, name, name_key, company_id, owner_id, language, fields, created_at, updated_at, merged_into`
	identityCols = `id, contact_id, scope, address, verified, created_at`
	leadCols     = `id, contact_id, conversation_id, account_id, team_id, owner_id, status, pipeline_id, stage_id, source, utm,
		lost_reason, fields, created_at, updated_at, campaign, score`
	requestCols = `id, number, contact_id, conversation_id, account_id, team_id, owner_id, subject, type, priority, status,
		due_at, resolution, fields, resolved_at, created_at, updated_at, category, checklist`
)

var (
	conversationTable = newTable("conversations", conversationCols, upsert(conversationCols))
	messageTable      = newTable("messages", messageCols, "")
	messageUpdate     = newTable("messages", messageCols, upsert(messageCols))
	contactTable      = newTable("contacts", contactCols, upsert(contactCols))
	identityTable     = newTable("identities", identityCols, "")
	leadTable         = newTable("leads", leadCols, upsert(leadCols))
	requestTable      = newTable("requests", requestCols, upsert(requestCols))
	receivedTable     = newTable("received", "id, account_id, key, at, outcome, message_id, conversation_id, raw, error", "")
	parkedTable       = newTable("parked", "id, account_id, remote_id, event, at", "")
	fileTable         = newTable("files", "id, hash, name, type, size, owner_kind, owner_id, owner_ref, used, created_at", "")
	messageFileTable  = newTable("message_files", "message_id, position, file_id, content_id, inline", "")
	timelineTable     = newTable("timeline", "id, conversation_id, at, type, cause_kind, cause_id, cause_depth, data", "")
	feedTable         = newTable("feed", "at, type, object_id, conversation_id, cause_kind, cause_id, was_team, was_agent, was_account", "")
	jobTable          = newTable("jobs", "kind, key, payload, due_at, created_at, together", "")
	labelSetTable     = newTable("conversation_labels", "conversation_id, label_id", "")
	cursorTable       = newTable("cursors", "account_id, stream, cursor", " ON CONFLICT (account_id, stream) DO UPDATE SET cursor = excluded.cursor")
)

func conversationArgs(args []any, c *inbox.Conversation) []any {
	return append(args, int64(c.ID), c.Number, int64(c.AccountID), c.Chat, int64(c.ContactID), int64(c.IdentityID), c.Subject,
		string(c.Status), c.Unanswered, micros(c.WaitingSince), int64(c.AssigneeID), int64(c.TeamID), string(c.Priority),
		micros(c.SnoozedUntil), c.Seq, c.LastText, string(c.LastDirection), micros(c.LastAt), micros(c.LastInboundAt),
		micros(c.LastOutboundAt), int64(c.LeadID), int64(c.RequestID), int64(c.MergedInto), micros(c.ClosedAt),
		micros(c.CreatedAt), micros(c.UpdatedAt), int64(c.AnswerID), c.LastAuthor, micros(c.WroteAt), micros(c.SpamAt), c.Followed)
}

func conversationDest(c *inbox.Conversation) []any {
	return []any{&c.ID, &c.Number, &c.AccountID, &c.Chat, &c.ContactID, &c.IdentityID, &c.Subject, &c.Status, &c.Unanswered,
		timeCol{&c.WaitingSince}, &c.AssigneeID, &c.TeamID, &c.Priority, timeCol{&c.SnoozedUntil}, &c.Seq, &c.LastText,
		&c.LastDirection, timeCol{&c.LastAt}, timeCol{&c.LastInboundAt}, timeCol{&c.LastOutboundAt}, &c.LeadID, &c.RequestID,
		&c.MergedInto, timeCol{&c.ClosedAt}, timeCol{&c.CreatedAt}, timeCol{&c.UpdatedAt}, &c.AnswerID, &c.LastAuthor, timeCol{&c.WroteAt},
		timeCol{&c.SpamAt}, &c.Followed}
}

func messageArgs(args []any, m *inbox.Message) []any {
	var seq any
	if m.Seq != 0 {
		seq = m.Seq
	}
	return append(args, int64(m.ID), int64(m.ConversationID), int64(m.AccountID), seq, string(m.Direction), string(m.Kind),
		m.Author.Kind, m.Author.ID, m.Text, m.HTML, int64(len(m.Files)), int64(m.ReplyTo), string(m.State), m.ErrorCode, m.ErrorText,
		m.RemoteID, m.EventKey, m.Reaction, string(m.Cause.Kind), m.Cause.ID, int64(m.Cause.Depth),
		micros(m.ReleaseAt), micros(m.SentAt), micros(m.EditedAt), micros(m.DeletedAt), micros(m.CreatedAt), micros(m.UpdatedAt),
		int64(len(m.Media)), m.Album)
}

// messageRow is a message as scanned, with what its struct holds differently.
type messageRow struct {
	inbox.Message
	files int64
	media int64
}

// counted makes room for what the message has in other tables, so that it is written
// back with as many.
func (m *messageRow) counted() {
	m.Files, m.Media = make([]inbox.File, m.files), make([]inbox.Media, m.media)
}

func (m *messageRow) dest() []any {
	return []any{&m.ID, &m.ConversationID, &m.AccountID, nullInt{&m.Seq}, &m.Direction, &m.Kind, &m.Author.Kind, &m.Author.ID,
		&m.Text, &m.HTML, &m.files, &m.ReplyTo, &m.State, &m.ErrorCode, &m.ErrorText, &m.RemoteID, &m.EventKey, &m.Reaction,
		&m.Cause.Kind, &m.Cause.ID, &m.Cause.Depth, timeCol{&m.ReleaseAt}, timeCol{&m.SentAt}, timeCol{&m.EditedAt},
		timeCol{&m.DeletedAt}, timeCol{&m.CreatedAt}, timeCol{&m.UpdatedAt}, &m.media, &m.Album}
}

// nullInt scans NULL as 0.
type nullInt struct{ n *int64 }

func (c nullInt) Scan(v any) error {
	*c.n, _ = v.(int64)
	return nil
}

func contactArgs(args []any, p *contact.Contact) []any {
	return append(args, int64(p.ID), p.Name, contact.Fold(p.Name), p.CompanyID, p.OwnerID, p.Language, jsonMap(p.Fields), micros(p.CreatedAt), micros(p.UpdatedAt),
		int64(p.MergedInto))
}

func contactDest(p *contact.Contact) []any {
	var key string
	return []any{&p.ID, &p.Name, &key, &p.CompanyID, &p.OwnerID, &p.Language, jsonCol{&p.Fields}, timeCol{&p.CreatedAt}, timeCol{&p.UpdatedAt},
		&p.MergedInto}
}

func identityArgs(args []any, i *contact.Identity) []any {
	return append(args, int64(i.ID), int64(i.ContactID), i.Scope, i.Address, i.Verified, micros(i.CreatedAt))
}

func identityDest(i *contact.Identity) []any {
	return []any{&i.ID, &i.ContactID, &i.Scope, &i.Address, &i.Verified, timeCol{&i.CreatedAt}}
}

func leadArgs(args []any, l *pipeline.Lead) []any {
	return append(args, int64(l.ID), int64(l.ContactID), l.ConversationID, l.AccountID, l.TeamID, l.OwnerID, string(l.Status),
		l.PipelineID, l.StageID, l.Source, jsonMap(l.UTM), l.LostReason, jsonMap(l.Fields), micros(l.CreatedAt), micros(l.UpdatedAt),
		l.Campaign, int64(l.Score))
}

func leadDest(l *pipeline.Lead) []any {
	return []any{&l.ID, &l.ContactID, &l.ConversationID, &l.AccountID, &l.TeamID, &l.OwnerID, &l.Status, &l.PipelineID,
		&l.StageID, &l.Source, jsonCol{&l.UTM}, &l.LostReason, jsonCol{&l.Fields}, timeCol{&l.CreatedAt}, timeCol{&l.UpdatedAt},
		&l.Campaign, &l.Score}
}

func requestArgs(args []any, r *pipeline.Request) []any {
	return append(args, int64(r.ID), r.Number, int64(r.ContactID), r.ConversationID, r.AccountID, r.TeamID, r.OwnerID, r.Subject,
		r.Type, r.Priority, string(r.Status), micros(r.DueAt), r.Resolution, jsonMap(r.Fields), micros(r.ResolvedAt),
		micros(r.CreatedAt), micros(r.UpdatedAt), r.Category, checklistText(r.Checklist))
}

// checklistText is a checklist as it is stored; nearly all are empty.
func checklistText(list []pipeline.Step) string {
	if len(list) == 0 {
		return "[]"
	}
	return jsonText(list)
}

func requestDest(r *pipeline.Request) []any {
	return []any{&r.ID, &r.Number, &r.ContactID, &r.ConversationID, &r.AccountID, &r.TeamID, &r.OwnerID, &r.Subject, &r.Type,
		&r.Priority, &r.Status, timeCol{&r.DueAt}, &r.Resolution, jsonCol{&r.Fields}, timeCol{&r.ResolvedAt},
		timeCol{&r.CreatedAt}, timeCol{&r.UpdatedAt}, &r.Category, jsonCol{&r.Checklist}}
}

func receivedArgs(args []any, r inbox.ReceivedEvent) []any {
	return append(args, r.ID, int64(r.AccountID), string(r.Key), micros(r.At), string(r.Outcome), int64(r.MessageID),
		int64(r.ConversationID), r.Raw, r.Error)
}
