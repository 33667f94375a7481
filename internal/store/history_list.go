package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/history"
	"parley/inbox/pipeline"
)

// partsOf is how many contacts that became part of one are read for its history.
const partsOf = 200

// HistoryOf implements history.Store.
func (db *DB) HistoryOf(ctx context.Context, v actor.Viewer, noun history.Noun, id int64, cursor string, limit int) (history.Page, bool, error) {
	after, err := parsePosition(cursor)
	if err != nil {
		return history.Page{}, false, err
	}
	objects, found, err := db.rememberedBy(ctx, v, noun, id)
	if err != nil || !found {
		return history.Page{}, false, err
	}
	b := &builder{}
	b.add("SELECT ", lineCols, " FROM (")
	for n, object := range objects {
		if n > 0 {
			b.add(" UNION ALL ")
		}
		b.add("SELECT * FROM (SELECT * FROM field_changes WHERE noun = ", b.arg(string(noun)), " AND object_id = ", b.arg(object))
		if after != nil {
			b.add(" AND (at, id) < (", b.arg(after.key), ", ", b.arg(after.id), ")")
		}
		b.add(" ORDER BY at DESC, id DESC LIMIT ", b.arg(int64(limit+1)), ") AS d")
	}
	b.add(") AS h", lineNames, b.arg(objects[0]), " ORDER BY h.at DESC, h.id DESC LIMIT ", b.arg(int64(limit+1)))
	page := history.Page{Of: objects[0]}
	err = db.each(ctx, b.text.String(), b.args, func(r *sql.Rows) error {
		l, err := scanLine(r)
		page.Items = append(page.Items, l)
		return err
	})
	if err != nil {
		return history.Page{}, false, fmt.Errorf("read history: %w", err)
	}
	if len(page.Items) > limit {
		page.Items = page.Items[:limit]
		last := &page.Items[limit-1]
		page.Next = position{key: micros(last.At), id: last.ID}.String()
	}
	return page, true, db.nameValues(ctx, v, page.Items)
}

// What a line is read from, and what names who made it and whose it is.
const (
	lineCols  = "h.id, h.noun, h.object_id, h.at, h.cause_kind, h.cause_id, h.field, h.was, h.became, COALESCE(g.name, w.name, ''), COALESCE(o.name, '')"
	lineNames = " LEFT JOIN agents g ON h.cause_kind = 'agent' AND g.id = h.cause_id LEFT JOIN triggers w ON h.cause_kind = 'trigger' AND w.id = h.cause_id" +
		" LEFT JOIN contacts o ON h.noun = 'contact' AND o.id = h.object_id AND o.id <> "
)

func scanLine(r scanner) (history.Line, error) {
	var l history.Line
	var from, to string
	err := r.Scan(&l.ID, &l.Noun, &l.ObjectID, timeCol{&l.At}, &l.Cause.Kind, &l.Cause.ID, &l.Field, &from, &to, &l.CauseName, &l.ObjectName)
	l.From, l.To = json.RawMessage(from), json.RawMessage(to)
	return l, err
}

// rememberedBy returns whose lines are an object's history, itself first, when the viewer may
// see it.
func (db *DB) rememberedBy(ctx context.Context, v actor.Viewer, noun history.Noun, id int64) (objects []int64, found bool, err error) {
	switch noun {
	case history.Contact:
		p, found, err := db.Contact(ctx, v, contact.ID(id))
		if err != nil || !found {
			return nil, false, err
		}
		parts, err := db.column(ctx, `SELECT id FROM contacts WHERE merged_into = $1 AND merged_into <> 0 ORDER BY id LIMIT $2`, int64(p.ID), int64(partsOf))
		return append([]int64{int64(p.ID)}, parts...), true, err
	case history.Lead:
		_, found, err = db.Lead(ctx, v, pipeline.LeadID(id))
	case history.Request:
		_, found, err = db.Request(ctx, v, pipeline.RequestID(id))
	}
	return []int64{id}, found, err
}

// namesOf are the queries that name what fields point to, and whose names are nobody's secret.
var namesOf = map[string]*keys{
	"owner_id": newKeys(`SELECT id, name FROM agents WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT"),
	"team_id":  newKeys(`SELECT id, name FROM teams WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT"),
	"stage_id": newKeys(`SELECT id, name FROM stages WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT"),
}

// nameValues fills in what ids are called, in one round trip.
func (db *DB) nameValues(ctx context.Context, v actor.Viewer, lines []history.Line) error {
	ids, names := map[string][]int64{}, map[string]map[int64]string{}
	for i := range lines {
		l := &lines[i]
		if namesOf[l.Field] == nil && l.Field != history.Merged {
			continue
		}
		for _, v := range []json.RawMessage{l.From, l.To} {
			if id := idOfValue(v); id != 0 {
				ids[l.Field] = append(ids[l.Field], id)
			}
		}
	}
	var questions []question
	for field, list := range ids {
		names[field] = map[int64]string{}
		scan := func(row scanner) error {
			var id int64
			var name string
			err := row.Scan(&id, &name)
			names[field][id] = name
			return err
		}
		if field == history.Merged {
			questions = append(questions, db.namesOfContacts(v, list, scan))
		} else {
			questions = append(questions, look(db, namesOf[field], list, plainID, scan)...)
		}
	}
	if err := db.ask(ctx, questions...); err != nil {
		return fmt.Errorf("name values: %w", err)
	}
	for i := range lines {
		l := &lines[i]
		l.FromName, l.ToName = names[l.Field][idOfValue(l.From)], names[l.Field][idOfValue(l.To)]
	}
	return nil
}

// namesOfContacts asks what the contacts are called that the viewer may see: who was once part of
// one whom they see may be another team's again. Who is part of another is seen as that one is.
func (db *DB) namesOfContacts(v actor.Viewer, ids []int64, scan func(scanner) error) question {
	slices.Sort(ids)
	b := &builder{}
	b.add("SELECT x.id, x.name FROM contacts x JOIN contacts p ON p.id = CASE x.merged_into WHEN 0 THEN x.id ELSE x.merged_into END WHERE x.id IN ",
		list(b, slices.Compact(ids)), " AND ", contactVisible(b, v))
	return question{text: db.on(b.text.String()), args: b.args, scan: scan}
}

// idOfValue reads the id that a value is, 0 where it is none.
func idOfValue(v json.RawMessage) int64 {
	var text string
	if json.Unmarshal(v, &text) != nil {
		return 0
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return id
}
