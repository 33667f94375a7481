package store

import (
	"strings"
	"time"

	"parley/inbox/actor"
	"parley/router/rules"
	"parley/router/views"
)

// Conditions of saved views become conditions of the database's as far as both mean exactly
// the same. What cannot be put so (a pattern, business hours, a text as a person wrote it)
// becomes what is surely true of every conversation that fulfils it, and the rule itself is
// asked about each row that comes. No expression here is ever NULL, so that NOT means not.

// whereWriter puts a rule into SQL over conversations c.
type whereWriter struct {
	b      *builder
	engine Engine
	viewer actor.Viewer
	now    time.Time
}

// always is the condition that leaves nobody out.
const always = "1 = 1"

// part returns a condition that holds of all that the part holds of; exact tells that it
// holds of nothing else.
func (w *whereWriter) part(p *rules.Part) (text string, exact bool) {
	switch p.Group {
	case "all":
		return w.group(p.Parts, " AND ", always)
	case "any":
		return w.group(p.Parts, " OR ", "1 = 0")
	case "not":
		args := len(w.b.args)
		text, exact := w.part(&p.Parts[0])
		if !exact { // whoever fulfils too little inside may still fulfil this
			w.b.args = w.b.args[:args] // PostgreSQL refuses arguments that no text names
			return always, false
		}
		return "NOT (" + text + ")", true
	}
	if text, ok := w.comparison(p); ok {
		return text, true
	}
	return always, false
}

func (w *whereWriter) group(parts []rules.Part, joint, empty string) (string, bool) {
	if len(parts) == 0 {
		return empty, true
	}
	list, exact := make([]string, len(parts)), true
	for i := range parts {
		var sure bool
		list[i], sure = w.part(&parts[i])
		exact = exact && sure
	}
	return "(" + strings.Join(list, joint) + ")", exact
}

// viewColumns are the fields that the database can compare. A scalar question about
// another table answers with what "empty" is when there is no row.
var viewColumns = map[string]string{
	"conversation.account":          "c.account_id",
	"conversation.status":           "c.status",
	"conversation.priority":         "c.priority",
	"conversation.assignee":         "c.assignee_id",
	"conversation.team":             "c.team_id",
	"conversation.unanswered":       "c.unanswered",
	"conversation.messages":         "c.seq",
	"conversation.created_at":       "c.created_at",
	"conversation.waiting_since":    "c.waiting_since",
	"conversation.last_inbound_at":  "c.last_inbound_at",
	"conversation.last_outbound_at": "c.last_outbound_at",
	"conversation.kind":             "COALESCE((SELECT x.kind FROM accounts x WHERE x.id = c.account_id), '')",
	views.FieldDue:                  "c.due_at",
	"contact.name":                  "COALESCE((SELECT x.name_key FROM contacts x WHERE x.id = c.contact_id), '')",
	"contact.owner":                 "COALESCE((SELECT x.owner_id FROM contacts x WHERE x.id = c.contact_id), 0)",
	"contact.known":                 "COALESCE((SELECT x.created_at < c.created_at FROM contacts x WHERE x.id = c.contact_id), FALSE)",
	"lead.status":                   "COALESCE((SELECT x.status FROM leads x WHERE x.id = c.lead_id), '')",
	"lead.owner":                    "COALESCE((SELECT x.owner_id FROM leads x WHERE x.id = c.lead_id), 0)",
	"request.status":                "COALESCE((SELECT x.status FROM requests x WHERE x.id = c.request_id), '')",
	"request.priority":              "COALESCE((SELECT x.priority FROM requests x WHERE x.id = c.request_id), '')",
	"request.owner":                 "COALESCE((SELECT x.owner_id FROM requests x WHERE x.id = c.request_id), 0)",
	"request.due_at":                "COALESCE((SELECT x.due_at FROM requests x WHERE x.id = c.request_id), 0)",
}

// comparison puts one comparison into SQL; ok is false when it cannot be put exactly.
func (w *whereWriter) comparison(p *rules.Part) (text string, ok bool) {
	switch p.Field.Name {
	case views.FieldMine:
		return w.truth("c.assignee_id = "+w.b.arg(w.viewer.AgentID)+" AND c.assignee_id <> 0", p), true
	case views.FieldUnread:
		return w.truth("NOT EXISTS (SELECT 1 FROM reads x WHERE x.agent_id = "+w.b.arg(w.viewer.AgentID)+" AND x.conversation_id = c.id AND x.seq >= c.seq) AND c.seq > 0", p), true
	case "conversation.labels":
		return w.labels(p)
	}
	column, known := viewColumns[p.Field.Name]
	if !known {
		return "", false
	}
	switch p.Field.Type {
	case rules.Bool:
		return w.truth(column, p), true
	case rules.Ref:
		return w.same(column, p, "0", func() string { return w.b.arg(p.IDs[0]) }, func() string { return list(w.b, p.IDs) })
	case rules.Choice, rules.Text:
		if text, ok := w.words(column, p); ok {
			return text, true
		}
		return w.same(column, p, "''", func() string { return w.b.arg(p.Text) }, func() string { return list(w.b, p.Texts) })
	case rules.Number:
		return w.number(column, p)
	case rules.Time:
		return w.time(column, p)
	}
	return "", false
}

// truth compares something true or false.
func (w *whereWriter) truth(column string, p *rules.Part) string {
	if p.Truth == (p.Op == rules.Equals) {
		return "(" + column + ")"
	}
	return "NOT (" + column + ")"
}

// same compares what is one of many, of which one is "empty".
func (w *whereWriter) same(column string, p *rules.Part, empty string, one, many func() string) (string, bool) {
	switch p.Op {
	case rules.Equals:
		return column + " = " + one(), true
	case rules.NotEquals:
		return column + " <> " + one(), true
	case rules.In:
		return column + " IN " + many(), true
	case rules.NotIn:
		return column + " NOT IN " + many(), true
	case rules.Empty:
		return column + " = " + empty, true
	case rules.NotEmpty:
		return column + " <> " + empty, true
	}
	return "", false
}

// words looks into a text that stands in the database as rules.Fold makes it.
func (w *whereWriter) words(column string, p *rules.Part) (string, bool) {
	find := "strpos("
	if w.engine == SQLite {
		find = "instr("
	}
	switch p.Op {
	case rules.Contains:
		return find + column + ", " + w.b.arg(p.Text) + ") > 0", true
	case rules.NotContains:
		return find + column + ", " + w.b.arg(p.Text) + ") = 0", true
	case rules.StartsWith:
		return find + column + ", " + w.b.arg(p.Text) + ") = 1", true
	}
	return "", false
}

// number compares a number that is always there.
func (w *whereWriter) number(column string, p *rules.Part) (string, bool) {
	arg := func(n float64) string { return "CAST(" + w.b.arg(n) + " AS DOUBLE PRECISION)" }
	if sign := signs[p.Op]; sign != "" {
		return column + sign + arg(p.Number), true
	}
	switch p.Op {
	case rules.Empty:
		return "1 = 0", true
	case rules.NotEmpty:
		return always, true
	case rules.In, rules.NotIn:
		many := make([]string, len(p.Numbers))
		for i, n := range p.Numbers {
			many[i] = arg(n)
		}
		text := column + " IN (" + strings.Join(many, ", ") + ")"
		if p.Op == rules.NotIn {
			text = "NOT (" + text + ")"
		}
		return text, true
	}
	return "", false
}

// signs are the comparisons that look alike in SQL.
var signs = map[rules.Op]string{
	rules.Equals: " = ", rules.NotEquals: " <> ", rules.GT: " > ", rules.GTE: " >= ", rules.LT: " < ", rules.LTE: " <= ",
}

// time compares a time, of which 0 is none.
func (w *whereWriter) time(column string, p *rules.Part) (string, bool) {
	at := p.Time
	if p.Relative {
		at = w.now.Add(-p.Ago)
	}
	switch p.Op {
	case rules.Empty:
		return column + " = 0", true
	case rules.NotEmpty:
		return column + " <> 0", true
	case rules.GT, rules.LT:
		return "(" + column + " <> 0 AND " + column + signs[p.Op] + w.b.arg(at.UnixMicro()) + ")", true
	case rules.WithinHours, rules.NotWithinHours:
		if !p.Relative {
			return "", false // the schedule knows
		}
		between := column + " BETWEEN " + w.b.arg(at.UnixMicro()) + " AND " + w.b.arg(w.now.Add(p.Ago).UnixMicro())
		if p.Op == rules.NotWithinHours {
			between = "NOT (" + between + ")"
		}
		return "(" + column + " <> 0 AND " + between + ")", true
	}
	return "", false
}

// labels looks among a conversation's labels.
func (w *whereWriter) labels(p *rules.Part) (string, bool) {
	const some = "EXISTS (SELECT 1 FROM conversation_labels x WHERE x.conversation_id = c.id"
	switch p.Op {
	case rules.Contains, rules.In:
		return some + " AND x.label_id IN " + list(w.b, p.IDs) + ")", true
	case rules.NotContains, rules.NotIn:
		return "NOT " + some + " AND x.label_id IN " + list(w.b, p.IDs) + ")", true
	case rules.Empty:
		return "NOT " + some + ")", true
	case rules.NotEmpty:
		return some + ")", true
	}
	return "", false
}
