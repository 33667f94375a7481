package store

import (
	"context"
	"fmt"
	"slices"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router/rules"
)

// A list with a rule may find nothing for long: how far one page looks, in conversations
// along one index, is bounded. Where the database judges alone it may look further than
// where each row that it lets pass is judged here.
const (
	lookExact = 10000
	lookAsked = 2000
	lookBatch = 500 // rows judged here at a time
)

// ruling is a rule as the database asks it.
type ruling struct {
	*inbox.Where
	engine Engine
	viewer actor.Viewer
	parts  rules.Part
	exact  bool // the database's verdict is the rule's
}

func (db *DB) ruling(v actor.Viewer, w *inbox.Where) *ruling {
	r := &ruling{Where: w, engine: db.engine, viewer: v, parts: w.Rule.Parts()}
	_, r.exact = r.writer(&builder{}).part(&r.parts)
	return r
}

func (r *ruling) writer(b *builder) *whereWriter {
	return &whereWriter{b: b, engine: r.engine, viewer: r.viewer, now: r.Now}
}

func (r *ruling) where(b *builder) string {
	text, _ := r.writer(b).part(&r.parts)
	return text
}

func (r *ruling) reach() int {
	if r.exact {
		return lookExact
	}
	return lookAsked
}

// judge keeps the rows that the rule holds of.
func (r *ruling) judge(ctx context.Context, rows []inbox.Row) ([]inbox.Row, error) {
	if r.exact || len(rows) == 0 {
		return rows, nil
	}
	facts, err := r.Facts(ctx, rows)
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	kept := make([]inbox.Row, 0, len(rows))
	for i := range rows {
		if r.Rule.Match(facts[i]) {
			kept = append(kept, rows[i])
		}
	}
	return kept, nil
}

// ruledConversations returns a page of a list with a rule. It ends where it is full or
// where it has looked far enough.
func (db *DB) ruledConversations(ctx context.Context, v actor.Viewer, f inbox.Filter, after *position) (inbox.Page[inbox.Row], error) {
	rule := db.ruling(v, f.Where)
	f = narrowed(f, v, &rule.parts)
	var page inbox.Page[inbox.Row]
	for phase, l := range phases(f) {
		if after != nil && after.phase > phase {
			continue
		}
		l.viewer, l.filter, l.rule = v, f, rule
		if after != nil && after.phase == phase {
			l.after = after
		}
		rows, end, err := db.look(ctx, &l, f.Limit+1-len(page.Items))
		if err != nil {
			return page, fmt.Errorf("list conversations by a rule: %w", err)
		}
		page.Items = append(page.Items, rows...)
		if len(page.Items) > f.Limit {
			page.Items = page.Items[:f.Limit]
			page.Next = positionOf(f, &page.Items[f.Limit-1]).String()
			break
		}
		if end != nil {
			end.phase = phase
			page.Next = end.String()
			break
		}
	}
	return page, db.fillRows(ctx, page.Items)
}

// look returns what a rule lets pass of one pass, at most want, and where it stopped
// looking, nil at the end.
func (db *DB) look(ctx context.Context, l *listing, want int) ([]inbox.Row, *position, error) {
	end, err := db.reached(ctx, l)
	if err != nil {
		return nil, nil, err
	}
	l.until, l.limit = end, lookBatch
	if l.rule.exact {
		l.limit = want
	}
	var out []inbox.Row
	for {
		rows, err := db.listConversations(ctx, l)
		if err != nil {
			return nil, nil, err
		}
		kept, err := l.rule.judge(ctx, rows)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, kept...)
		if len(out) >= want {
			return out[:want], end, nil
		}
		if len(rows) < l.limit {
			return out, end, nil
		}
		last := &rows[len(rows)-1]
		l.after = &position{key: micros(l.order.of(last)), id: int64(last.ID)}
	}
}

// reached finds the last conversation that a page looks at; nil = it looks at all that
// are left.
func (db *DB) reached(ctx context.Context, l *listing) (*position, error) {
	bare := *l
	bare.rule, bare.bare, bare.limit = nil, true, l.rule.reach()
	b := &builder{}
	b.add("SELECT k.at, k.id FROM (")
	if !bare.doors(b) {
		return nil, nil
	}
	b.add(") AS k ORDER BY k.at", l.order.direction(), ", k.id", l.order.direction(), " LIMIT 1 OFFSET ", b.arg(int64(l.rule.reach()-1)))
	end := &position{}
	found, err := db.one(ctx, b.text.String(), b.args, &end.key, &end.id)
	if err != nil || !found {
		return nil, err
	}
	return end, nil
}

// Tally counts what a filter with a rule selects, up to inbox.CountCap, as far as a page
// would look.
func (db *DB) Tally(ctx context.Context, v actor.Viewer, f inbox.Filter) (inbox.Tally, error) {
	rule := db.ruling(v, f.Where)
	f = narrowed(f, v, &rule.parts)
	f.Sort = inbox.Newest
	l := phases(f)[0]
	l.viewer, l.filter, l.rule = v, f, rule
	var n inbox.Tally
	if !rule.exact {
		rows, end, err := db.look(ctx, &l, inbox.CountCap)
		if err != nil {
			return n, fmt.Errorf("count conversations by a rule: %w", err)
		}
		n.Count, n.More = len(rows), end != nil
		return n, nil
	}
	end, err := db.reached(ctx, &l)
	if err != nil {
		return n, fmt.Errorf("count conversations by a rule: %w", err)
	}
	l.until, l.limit = end, inbox.CountCap
	b := &builder{}
	b.add("SELECT COUNT(*) FROM (")
	if !l.doors(b) {
		return n, nil
	}
	b.add(") AS n")
	if _, err := db.one(ctx, b.text.String(), b.args, &n.Count); err != nil {
		return n, fmt.Errorf("count conversations by a rule: %w", err)
	}
	n.Count, n.More = min(n.Count, inbox.CountCap), end != nil
	return n, nil
}

// narrowed takes from what a rule always asks for the parts that an index answers: they
// choose the range that is looked at. The rule itself is asked all the same.
func narrowed(f inbox.Filter, v actor.Viewer, p *rules.Part) inbox.Filter {
	if p.Group == "all" {
		for i := range p.Parts {
			f = narrowed(f, v, &p.Parts[i])
		}
		return f
	}
	if p.Group != "" {
		return f
	}
	switch p.Field.Name {
	case "conversation.status":
		if len(f.Statuses) == 0 {
			f.Statuses = statusesOf(p)
		}
	case "conversation.unanswered":
		if f.Unanswered == nil && p.Truth == (p.Op == rules.Equals) {
			yes := true
			f.Unanswered = &yes
		}
	case "conversation.assignee":
		f.Assignee = oneOf(f.Assignee, p)
	case "conversation.mine":
		if f.Assignee == nil && v.AgentID != 0 && p.Truth == (p.Op == rules.Equals) {
			me := inbox.AgentID(v.AgentID)
			f.Assignee = &me
		}
	case "conversation.team":
		f.Team = oneOf(f.Team, p)
	}
	return f
}

// statusesOf are the statuses that a comparison lets pass; none = no narrowing.
func statusesOf(p *rules.Part) (out []inbox.Status) {
	switch p.Op {
	case rules.Equals:
		return []inbox.Status{inbox.Status(p.Text)}
	case rules.In:
		for _, text := range p.Texts {
			out = append(out, inbox.Status(text))
		}
	case rules.NotEquals, rules.NotIn:
		for _, s := range []inbox.Status{inbox.Open, inbox.Pending, inbox.Snoozed, inbox.Closed} {
			if string(s) != p.Text && !slices.Contains(p.Texts, string(s)) {
				out = append(out, s)
			}
		}
	}
	return out
}

// oneOf is the single id that a comparison lets pass, 0 for nobody; what a caller asked
// for already stays.
func oneOf[T ~int64](have *T, p *rules.Part) *T {
	var id T
	switch {
	case have != nil:
		return have
	case p.Op == rules.Equals:
		id = T(p.IDs[0])
	case p.Op != rules.Empty:
		return nil
	}
	return &id
}
