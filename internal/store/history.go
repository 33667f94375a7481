package store

import (
	"context"
	"fmt"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/history"
	"parley/inbox/pipeline"
)

var (
	changeTable = newTable("field_changes", "noun, object_id, at, cause_kind, cause_id, field, was, became", "")
	wasContacts = newKeys(`SELECT `+contactCols+` FROM contacts WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	wasLeads    = newKeys(`SELECT `+leadCols+` FROM leads WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	wasRequests = newKeys(`SELECT `+requestCols+` FROM requests WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	noValue     = []byte("null")
)

// noticeKey is what a notice is about: "contact.updated" and an id.
type noticeKey struct {
	typ string
	id  int64
}

// remembered collects the lines that one operation adds to histories.
type remembered struct {
	notices map[noticeKey]inbox.Notice
	lines   []history.Line
}

// saveHistory writes what the operation changes about contacts, leads and requests. Whatever
// changes them is saved here, so nobody can forget it; who did it is told by the notices. It
// runs before the rows are written and reads what they were, in one round trip, and only when
// something was changed that was there before.
func (db *DB) saveHistory(ctx context.Context, ch *inbox.Changes) error {
	if len(ch.Contacts)+len(ch.Identities)+len(ch.Leads)+len(ch.Requests) == 0 {
		return nil
	}
	p := &remembered{notices: map[noticeKey]inbox.Notice{}}
	for _, n := range ch.Feed {
		p.notices[noticeKey{n.Type, n.ObjectID}] = n
	}
	contacts := compared(db, p, history.Contact, wasContacts, ch.Contacts, idOfContact, contactDest, history.OfContact)
	leads := compared(db, p, history.Lead, wasLeads, ch.Leads, idOfLead, leadDest, history.OfLead)
	requests := compared(db, p, history.Request, wasRequests, ch.Requests, idOfRequest, requestDest, history.OfRequest)
	if err := db.ask(ctx, append(append(contacts, leads...), requests...)...); err != nil {
		return fmt.Errorf("read what was there: %w", err)
	}
	for _, i := range ch.Identities {
		if n, ok := p.notice(history.Contact, "updated", int64(i.ContactID)); ok {
			p.add(history.Contact, n, history.Change{Field: history.Identity, From: noValue, To: history.AddressOf(i)})
		} else if _, made := p.notice(history.Contact, "created", int64(i.ContactID)); !made {
			p.add(history.Contact, inbox.Notice{At: i.CreatedAt, ObjectID: int64(i.ContactID), Cause: actor.Cause{Kind: actor.Visitor, ID: int64(i.ContactID)}},
				history.Change{Field: history.Identity, From: noValue, To: history.AddressOf(i)})
		}
	}
	return db.addLines(ctx, p.lines)
}

func idOfContact(c *contact.Contact) int64  { return int64(c.ID) }
func idOfLead(l *pipeline.Lead) int64       { return int64(l.ID) }
func idOfRequest(r *pipeline.Request) int64 { return int64(r.ID) }

func (p *remembered) notice(noun history.Noun, verb string, id int64) (inbox.Notice, bool) {
	n, ok := p.notices[noticeKey{string(noun) + "." + verb, id}]
	return n, ok
}

func (p *remembered) add(noun history.Noun, n inbox.Notice, changes ...history.Change) {
	for _, c := range changes {
		p.lines = append(p.lines, history.Line{Noun: noun, ObjectID: n.ObjectID, At: n.At, Cause: n.Cause, Field: c.Field, From: c.From, To: c.To})
	}
}

// compared makes the questions that read what changed objects were, and notes how they differ.
func compared[T any](db *DB, p *remembered, noun history.Noun, k *keys, items []*T, id func(*T) int64, dest func(*T) []any, differ func(was, is *T) []history.Change) []question {
	changed := map[int64]*T{}
	var ids []int64
	for _, item := range items {
		if n, made := p.notice(noun, "created", id(item)); made {
			if byHand(n.Cause) {
				p.add(noun, n, history.Change{Field: history.Created, From: noValue, To: noValue})
			}
			continue
		}
		if _, ok := p.notice(noun, "updated", id(item)); ok && changed[id(item)] == nil {
			ids = append(ids, id(item))
		}
		changed[id(item)] = item
	}
	return look(db, k, ids, plainID, func(row scanner) error {
		var was T
		if err := row.Scan(dest(&was)...); err != nil {
			return err
		}
		is := changed[id(&was)]
		if is == nil {
			return nil // a look-up is filled up by repeating its last key
		}
		delete(changed, id(&was))
		n, _ := p.notice(noun, "updated", id(&was))
		p.add(noun, n, differ(&was, is)...)
		return nil
	})
}

// byHand tells whether a cause is somebody or something that could have done otherwise. What a
// message makes is explained by the message, and costs no further row.
func byHand(c actor.Cause) bool {
	switch c.Kind {
	case actor.Visitor, actor.Network, "":
		return false
	default:
		return true
	}
}

// addLines writes lines; they get their ids in this order.
func (db *DB) addLines(ctx context.Context, lines []history.Line) error {
	return put(ctx, db, changeTable, lines, func(args []any, l history.Line) []any {
		return append(args, string(l.Noun), l.ObjectID, micros(l.At), string(l.Cause.Kind), l.Cause.ID, l.Field, string(l.From), string(l.To))
	})
}

// addLine writes one line about what is changed by a statement of its own.
func (db *DB) addLine(ctx context.Context, noun history.Noun, id int64, at time.Time, cause actor.Cause, changes ...history.Change) error {
	p := &remembered{}
	p.add(noun, inbox.Notice{At: at, ObjectID: id, Cause: cause}, changes...)
	if err := db.addLines(ctx, p.lines); err != nil {
		return fmt.Errorf("add to history: %w", err)
	}
	return nil
}

// forgetHistory removes the lines of contacts that are being deleted: of the one, and of those
// who had become part of it. It runs while their rows are still there.
func (db *DB) forgetHistory(ctx context.Context, id contact.ID) error {
	_, err := db.exec(ctx, `DELETE FROM field_changes WHERE noun = 'contact' AND (object_id = $1
		OR object_id IN (SELECT id FROM contacts WHERE merged_into = $1 AND merged_into <> 0))`, int64(id))
	if err != nil {
		return fmt.Errorf("forget history: %w", err)
	}
	return nil
}
