package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/intake"
	"parley/inbox/pipeline"
)

// The look-ups of intake: one round trip each, however many events a batch has.
var (
	receivedByKey = newProbe(`SELECT r.account_id, r.key, r.outcome, r.message_id, COALESCE(m.conversation_id, r.conversation_id), COALESCE(m.seq, 0), COALESCE(m.created_at, r.at)
		FROM %s AS v CROSS JOIN received r LEFT JOIN messages m ON m.id = r.message_id
		WHERE r.account_id = v.column1 AND r.key = v.column2`, "BIGINT", "TEXT")
	identityByAddress = newProbe(`SELECT i.id, i.contact_id, i.scope, i.address, i.verified, i.created_at FROM %s AS v CROSS JOIN identities i
		WHERE i.scope = v.column1 AND i.address = v.column2 AND i.verified`, "TEXT", "TEXT")
	contactByID = newKeys(`SELECT `+contactCols+` FROM contacts WHERE id IN (SELECT column1 FROM %s AS v) ORDER BY id
		FOR UPDATE -- only: postgres
		`, "BIGINT")
	openLeads    = newKeys(`SELECT contact_id, id FROM leads WHERE status = 'open' AND contact_id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
	openRequests = newKeys(`SELECT `+requestCols+` FROM requests WHERE status IN ('open', 'pending')
		AND contact_id IN (SELECT column1 FROM %s AS v) ORDER BY id`, "BIGINT")
	requestsByID = newKeys(`SELECT `+requestCols+` FROM requests WHERE id IN (SELECT column1 FROM %s AS v) ORDER BY id
		FOR UPDATE -- only: postgres
		`, "BIGINT")
	conversationsByID = newKeys(`SELECT `+conversationCols+` FROM conversations WHERE id IN (SELECT column1 FROM %s AS v) ORDER BY id
		FOR UPDATE -- only: postgres
		`, "BIGINT")
	messagesByID = newKeys(`SELECT `+messageCols+` FROM messages WHERE id IN (SELECT column1 FROM %s AS v) ORDER BY id
		FOR UPDATE -- only: postgres
		`, "BIGINT")
	parkedByRemote = newProbe(`SELECT p.id, p.account_id, p.remote_id, p.event, p.at FROM %s AS v CROSS JOIN parked p
		WHERE p.account_id = v.column1 AND p.remote_id = v.column2 ORDER BY p.id`, "BIGINT", "TEXT")
	accountsByID = newKeys(`SELECT id, kind, team_id, CASE kind WHEN 'email' THEN config ELSE '' END FROM accounts WHERE id IN (SELECT column1 FROM %s AS v)`, "BIGINT")
)

// LoadIntake reads everything that the decision on a batch looks at; see intake.Store.
func (db *DB) LoadIntake(ctx context.Context, need intake.Need) (*intake.State, error) {
	st := &intake.State{
		Accounts: map[channels.AccountID]intake.Account{}, Received: map[intake.EventRef]channels.Outcome{},
		Identities: map[intake.IdentityRef]contact.Identity{}, People: map[contact.ID]*intake.Person{},
		Threads: map[intake.ThreadRef]*inbox.Conversation{}, Conversations: map[inbox.ConversationID]*inbox.Conversation{},
		Remotes: map[intake.RemoteRef]*inbox.Message{}, Albums: map[intake.AlbumRef]*inbox.Message{}, Messages: map[inbox.MessageID]*inbox.Message{},
		Earlier: map[inbox.ConversationID][]*inbox.Message{}, Parked: map[intake.RemoteRef][]inbox.Parked{},
		Requests: map[pipeline.RequestID]*pipeline.Request{}, Mentions: map[intake.RemoteRef][]*inbox.Mention{},
		Parties: map[inbox.ConversationID][]inbox.Party{}, Orphans: map[inbox.ConversationID]map[string]bool{},
		Busy: map[inbox.ConversationID]bool{},
	}
	l := loader{
		db: db, ctx: ctx, need: &need, st: st,
		threads: map[inbox.ConversationID]bool{}, refs: map[inbox.MessageID]reference{}, before: map[inbox.MessageID]bool{},
		ofParts: map[intake.RemoteRef]inbox.MessageID{},
	}
	if err := l.first(); err != nil {
		return nil, fmt.Errorf("find what a batch touches: %w", err)
	}
	if err := l.current(); err != nil {
		return nil, fmt.Errorf("find what mails continue: %w", err)
	}
	if err := l.second(); err != nil {
		return nil, fmt.Errorf("read what a batch touches: %w", err)
	}
	if err := l.third(); err != nil {
		return nil, fmt.Errorf("read what that refers to: %w", err)
	}
	return st, nil
}

// loader fills a state for one batch, in three rounds: what is known of the batch's
// keys, the people and conversations that this names, and what those name in turn.
type loader struct {
	db   *DB
	ctx  context.Context
	need *intake.Need
	st   *intake.State

	threads map[inbox.ConversationID]bool // of the batch's threads, or going on where mails belong
	refs    map[inbox.MessageID]reference // messages that events speak of
	before  map[inbox.MessageID]bool      // messages that a receipt covers besides
	further []inbox.ConversationID        // that mails may continue
	ofParts map[intake.RemoteRef]inbox.MessageID
}

// first looks the batch's keys up. It takes no locks on rows.
func (l *loader) first() error {
	return l.db.ask(l.ctx, slices.Concat(l.received(), l.accounts(), l.identities(), l.threadIDs(), l.references(), l.parts(), l.albums(), l.parked(), l.mentions())...)
}

// second locks and reads people and then conversations.
func (l *loader) second() error {
	people := l.contactIDs()
	err := l.db.ask(l.ctx, slices.Concat(l.people(people), l.leads(people), l.openRequests(people), l.conversations(), l.covered())...)
	// Somebody may have deleted a contact between the two rounds; its addresses went along.
	maps.DeleteFunc(l.st.Identities, func(_ intake.IdentityRef, i contact.Identity) bool { return l.st.People[i.ContactID] == nil })
	return err
}

// third locks and reads messages, and requests that the conversations are linked to.
func (l *loader) third() error {
	if err := l.db.ask(l.ctx, slices.Concat(l.messages(), l.linkedRequests(), l.company(), l.busy(), l.offers(), l.held())...); err != nil {
		return err
	}
	l.resolveParts()
	for _, list := range l.st.Earlier {
		slices.SortFunc(list, func(a, b *inbox.Message) int { return cmp.Compare(a.Seq, b.Seq) })
	}
	return l.pipeline()
}

func (l *loader) received() []question {
	args := func(args []any, r intake.EventRef) []any { return append(args, int64(r.AccountID), string(r.Key)) }
	return look(l.db, receivedByKey, l.need.Events, args, func(row scanner) error {
		var ref intake.EventRef
		var o channels.Outcome
		err := row.Scan(&ref.AccountID, &ref.Key, &o.Kind, &o.MessageID, &o.ConversationID, &o.Seq, timeCol{&o.At})
		l.st.Received[ref] = o
		return err
	})
}

func (l *loader) accounts() []question {
	return look(l.db, accountsByID, l.need.Accounts, idArg, func(row scanner) error {
		var a intake.Account
		var config string
		err := row.Scan(&a.ID, &a.Kind, &a.TeamID, &config)
		a.Own = ownAddresses(config)
		l.st.Accounts[a.ID] = a
		return err
	})
}

func (l *loader) identities() []question {
	args := func(args []any, r intake.IdentityRef) []any { return append(args, r.Scope, r.Address) }
	return look(l.db, identityByAddress, l.need.Identities, args, func(row scanner) error {
		var i contact.Identity
		err := row.Scan(identityDest(&i)...)
		l.st.Identities[intake.IdentityRef{Scope: i.Scope, Address: i.Address}] = i
		return err
	})
}

// contactIDs are the contacts of known identities.
func (l *loader) contactIDs() []contact.ID {
	var people []contact.ID
	for _, i := range l.st.Identities {
		people = append(people, i.ContactID)
	}
	slices.Sort(people)
	return slices.Compact(people)
}

func (l *loader) people(ids []contact.ID) []question {
	return look(l.db, contactByID, ids, idArg, func(row scanner) error {
		c := &contact.Contact{}
		err := row.Scan(contactDest(c)...)
		l.st.People[c.ID] = &intake.Person{Contact: c}
		return err
	})
}

func (l *loader) leads(people []contact.ID) []question {
	return look(l.db, openLeads, people, idArg, func(row scanner) error {
		var who contact.ID
		var lead pipeline.LeadID
		err := row.Scan(&who, &lead)
		if p := l.st.People[who]; p != nil {
			p.OpenLead = lead
		}
		return err
	})
}

// openRequests reads the active requests of known contacts.
func (l *loader) openRequests(people []contact.ID) []question {
	return look(l.db, openRequests, people, idArg, func(row scanner) error {
		r, err := l.request(row)
		if err == nil && l.st.People[r.ContactID] != nil {
			l.st.People[r.ContactID].Request = r
		}
		return err
	})
}

// linkedRequests reads those that the loaded conversations are linked to.
func (l *loader) linkedRequests() []question {
	var linked []pipeline.RequestID
	for _, c := range l.st.Threads {
		if c.RequestID != 0 && l.st.Requests[c.RequestID] == nil {
			linked = append(linked, c.RequestID)
		}
	}
	slices.Sort(linked)
	return look(l.db, requestsByID, slices.Compact(linked), idArg, func(row scanner) error {
		_, err := l.request(row)
		return err
	})
}

// request takes a row, once.
func (l *loader) request(row scanner) (*pipeline.Request, error) {
	r := &pipeline.Request{}
	if err := row.Scan(requestDest(r)...); err != nil {
		return nil, err
	}
	if have := l.st.Requests[r.ID]; have != nil {
		return have, nil
	}
	l.st.Requests[r.ID] = r
	return r, nil
}

func (l *loader) parked() []question {
	return look(l.db, parkedByRemote, l.need.Arriving, remoteArgs, func(row scanner) error {
		var p inbox.Parked
		if err := row.Scan(&p.ID, &p.AccountID, &p.RemoteID, jsonCol{&p.Event}, timeCol{&p.At}); err != nil {
			return err
		}
		ref := intake.RemoteRef{AccountID: p.AccountID, RemoteID: p.RemoteID}
		if !slices.ContainsFunc(l.st.Parked[ref], func(x inbox.Parked) bool { return x.ID == p.ID }) {
			l.st.Parked[ref] = append(l.st.Parked[ref], p)
		}
		return nil
	})
}

// pipeline is where a stranger's lead begins.
func (l *loader) pipeline() (err error) {
	if len(l.st.Identities) == len(l.need.Identities) {
		return nil
	}
	l.st.Pipeline, err = l.db.defaultPipeline(l.ctx)
	return err
}

func remoteArgs(args []any, r intake.RemoteRef) []any {
	return append(args, int64(r.AccountID), r.RemoteID)
}

// Cursor returns the committed cursor of an account's stream, "" when there is none.
func (db *DB) Cursor(ctx context.Context, account channels.AccountID, stream string) (string, error) {
	var cursor string
	_, err := db.one(ctx, `SELECT cursor FROM cursors WHERE account_id = $1 AND stream = $2`, []any{int64(account), stream}, &cursor)
	return cursor, err
}
