package store

import (
	"context"
	"slices"
	"time"

	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/router"
)

// The look-ups of facts: two round trips, however many events there are.
var (
	factConversations = newKeys(`SELECT `+conversationCols+` FROM conversations WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	factMessages      = newKeys(`SELECT `+prefixed("m", messageCols)+`, COALESCE(e.head, ''), COALESCE(e.nature, '') FROM messages m`+mailsOf+`
		WHERE m.id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	factContacts  = newKeys(`SELECT `+contactCols+` FROM contacts WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	factAddresses = newKeys(`SELECT contact_id, address FROM identities WHERE contact_id IN (SELECT column1 FROM %s AS v) ORDER BY id`, "BIGINT")
	factDeadlines = newKeys(`SELECT id, due_at FROM conversations WHERE due_at > 0 AND id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	factLeads     = newKeys(`SELECT `+leadCols+` FROM leads WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	factRequests  = newKeys(`SELECT `+requestCols+` FROM requests WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	factAccounts  = newKeys(`SELECT id, kind, name FROM accounts WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
)

// facts are what was read of a batch.
type facts struct {
	conversations map[inbox.ConversationID]*inbox.Conversation
	labels        map[inbox.ConversationID][]inbox.LabelID
	due           map[inbox.ConversationID]time.Time
	messages      map[inbox.MessageID]*inbox.Message
	contacts      map[contact.ID]*contact.Contact
	addresses     map[contact.ID][]string
	leads         map[pipeline.LeadID]*pipeline.Lead
	requests      map[pipeline.RequestID]*pipeline.Request
	accounts      map[int64][2]string // kind, name
}

// Snapshots returns what is known of each subject; see router.Facts.
func (db *DB) Snapshots(ctx context.Context, of []router.Subject, lock bool) ([]router.Snapshot, error) {
	f := &facts{
		conversations: map[inbox.ConversationID]*inbox.Conversation{}, labels: map[inbox.ConversationID][]inbox.LabelID{}, due: map[inbox.ConversationID]time.Time{},
		messages: map[inbox.MessageID]*inbox.Message{}, contacts: map[contact.ID]*contact.Contact{}, addresses: map[contact.ID][]string{},
		leads: map[pipeline.LeadID]*pipeline.Lead{}, requests: map[pipeline.RequestID]*pipeline.Request{}, accounts: map[int64][2]string{},
	}
	if err := db.ask(ctx, f.first(ctx, db, of, lock)...); err != nil {
		return nil, err
	}
	if err := db.ask(ctx, f.second(db, of)...); err != nil {
		return nil, err
	}
	if err := db.ask(ctx, f.people(db)...); err != nil {
		return nil, err
	}
	out := make([]router.Snapshot, len(of))
	for i, s := range of {
		out[i] = f.snapshot(s)
	}
	return out, nil
}

// distinctIDs returns those that are not 0, ascending and each once, so that locks are taken in
// one order.
func distinctIDs[S any, T ~int64](list []S, of func(*S) T) []T {
	var out []T
	for i := range list {
		if id := of(&list[i]); id != 0 {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// first reads, and locks, conversations; and messages.
func (f *facts) first(ctx context.Context, db *DB, of []router.Subject, lock bool) []question {
	conversations := factConversations
	if lock {
		conversations = conversationsByID
	}
	about := distinctIDs(of, func(s *router.Subject) inbox.ConversationID { return s.Conversation })
	list := look(db, conversations, about, idArg, func(row scanner) error {
		c := &inbox.Conversation{}
		err := row.Scan(conversationDest(c)...)
		if lock {
			remember(ctx, c)
		}
		f.conversations[c.ID] = c
		return err
	})
	list = append(list, look(db, labelsOfMany, about, idArg, func(row scanner) error {
		var c inbox.ConversationID
		var l inbox.LabelID
		err := row.Scan(&c, &l)
		if !slices.Contains(f.labels[c], l) { // a chunk repeats its last key
			f.labels[c] = append(f.labels[c], l)
		}
		return err
	})...)
	list = append(list, look(db, factDeadlines, about, idArg, func(row scanner) error {
		var c inbox.ConversationID
		var at time.Time
		err := row.Scan(&c, timeCol{&at})
		f.due[c] = at
		return err
	})...)
	said := distinctIDs(of, func(s *router.Subject) inbox.MessageID { return s.Message })
	return append(list, look(db, factMessages, said, idArg, func(row scanner) error {
		var m messageRow
		err := row.Scan(append(m.dest(), jsonCol{&m.Head}, &m.Nature)...)
		m.counted()
		if !m.DeletedAt.IsZero() {
			m.Empty()
		}
		f.messages[m.ID] = &m.Message
		return err
	})...)
}

// second reads what the conversations name.
func (f *facts) second(db *DB, of []router.Subject) []question {
	var all []inbox.Conversation
	for _, c := range f.conversations {
		all = append(all, *c)
	}
	leads := distinctIDs(all, func(c *inbox.Conversation) pipeline.LeadID { return c.LeadID })
	leads = append(leads, distinctIDs(of, func(s *router.Subject) pipeline.LeadID { return s.Lead })...)
	requests := distinctIDs(all, func(c *inbox.Conversation) pipeline.RequestID { return c.RequestID })
	requests = append(requests, distinctIDs(of, func(s *router.Subject) pipeline.RequestID { return s.Request })...)
	list := look(db, factLeads, leads, idArg, func(row scanner) error {
		l := &pipeline.Lead{}
		err := row.Scan(leadDest(l)...)
		f.leads[l.ID] = l
		return err
	})
	list = append(list, look(db, factRequests, requests, idArg, func(row scanner) error {
		r := &pipeline.Request{}
		err := row.Scan(requestDest(r)...)
		f.requests[r.ID] = r
		return err
	})...)
	accounts := distinctIDs(all, func(c *inbox.Conversation) int64 { return int64(c.AccountID) })
	return append(list, look(db, factAccounts, accounts, idArg, func(row scanner) error {
		var id int64
		var kind, name string
		err := row.Scan(&id, &kind, &name)
		f.accounts[id] = [2]string{kind, name}
		return err
	})...)
}

// people reads the contacts of all these.
func (f *facts) people(db *DB) []question {
	var who []contact.ID
	for _, c := range f.conversations {
		who = append(who, c.ContactID)
	}
	for _, l := range f.leads {
		who = append(who, l.ContactID)
	}
	for _, r := range f.requests {
		who = append(who, r.ContactID)
	}
	who = distinctIDs(who, func(id *contact.ID) contact.ID { return *id })
	list := look(db, factContacts, who, idArg, func(row scanner) error {
		p := &contact.Contact{}
		err := row.Scan(contactDest(p)...)
		f.contacts[p.ID] = p
		return err
	})
	return append(list, look(db, factAddresses, who, idArg, func(row scanner) error {
		var id contact.ID
		var address string
		err := row.Scan(&id, &address)
		if !slices.Contains(f.addresses[id], address) {
			f.addresses[id] = append(f.addresses[id], address)
		}
		return err
	})...)
}

func (f *facts) snapshot(s router.Subject) router.Snapshot {
	out := router.Snapshot{Message: f.messages[s.Message], Lead: f.leads[s.Lead], Request: f.requests[s.Request]}
	var who contact.ID
	if c := f.conversations[s.Conversation]; c != nil {
		own := *c // events of one conversation do not share what runs change
		out.Conversation, out.Labels, who = &own, f.labels[c.ID], c.ContactID
		out.DueAt = f.due[c.ID]
		account := f.accounts[int64(c.AccountID)]
		out.AccountKind, out.AccountName = account[0], account[1]
		if out.Lead == nil {
			out.Lead = f.leads[c.LeadID]
		}
		if out.Request == nil {
			out.Request = f.requests[c.RequestID]
		}
	} else if out.Lead != nil {
		who = out.Lead.ContactID
	} else if out.Request != nil {
		who = out.Request.ContactID
	}
	out.Contact, out.Addresses = f.contacts[who], f.addresses[who]
	return out
}
