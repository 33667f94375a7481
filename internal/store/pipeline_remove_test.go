package store_test

import (
	"context"
	"testing"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestADeletedLeadLeavesNoLinks deletes a lead that another contact's conversation names: one that took its
// conversation in, or that began while both were one contact.
func TestADeletedLeadLeavesNoLinks(t *testing.T) {
	t.Parallel()
	for name, tie := range map[string]func(t *testing.T, d *deskTest, theirs inbox.ConversationID, known contact.ID){
		"taken in": func(t *testing.T, d *deskTest, theirs inbox.ConversationID, _ contact.ID) {
			d.change(theirs, func(c, asked *inbox.Conversation) { c.Absorb(asked, d.Now()) })
		},
		"one with who stayed": func(t *testing.T, d *deskTest, theirs inbox.ConversationID, known contact.ID) {
			d.whileOne(d.row(actor.System()).ContactID, known, theirs)
		},
		"one with who went": func(t *testing.T, d *deskTest, theirs inbox.ConversationID, known contact.ID) {
			d.whileOne(known, d.row(actor.System()).ContactID, theirs)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				d := openDesk(t, db)
				known, err := contact.New(db, d.Now).Create(t.Context(), overseer, contact.Draft{Name: "Known", Identities: []contact.Address{{Scope: "phone", Address: addressOf(1, 1)}}})
				if err != nil {
					t.Fatal(err)
				}
				theirs := inbox.ConversationID(d.deliver(says(addressOf(1, 1), "known", "hello"))[0].ConversationID)
				lead := d.row(actor.System()).LeadID
				names := func(id inbox.ConversationID) pipeline.LeadID {
					t.Helper()
					row, found, err := db.ConversationRow(t.Context(), actor.System(), id)
					if err != nil || !found || id == theirs && row.ContactID != known.ID {
						t.Fatalf("conversation %d is with %d, %v", id, row.ContactID, err)
					}
					return row.LeadID
				}
				if names(theirs) != 0 {
					t.Fatal("who is known has a lead")
				}
				if tie(t, d, theirs, known.ID); names(theirs) != lead || lead == 0 {
					t.Fatalf("it names lead %d, not %d", names(theirs), lead)
				}
				if err := pipeline.New(db, d.Now).DeleteLead(t.Context(), overseer, lead); err != nil {
					t.Fatal(err)
				}
				if a, b := names(theirs), names(d.conv); a != 0 || b != 0 {
					t.Errorf("leads %d and %d are still named", a, b)
				}
			})
		})
	}
}

// overseer is an agent who sees everything.
var overseer = actor.Viewer{Scope: actor.All, AgentID: 1, Cause: actor.Cause{Kind: actor.Agent, ID: 1}}

// change changes a conversation and that of the visitor, as joining the mails of one thread does.
func (d *deskTest) change(id inbox.ConversationID, change func(c, asked *inbox.Conversation)) {
	d.t.Helper()
	err := d.db.Write(d.t.Context(), func(ctx context.Context) error {
		asked, _, err := d.db.LockConversation(ctx, overseer, d.conv)
		if err != nil {
			return err
		}
		c, _, err := d.db.LockConversation(ctx, overseer, id)
		if err != nil {
			return err
		}
		change(c, asked)
		ch := &inbox.Changes{}
		ch.Conversation(c, overseer.Cause, d.Now())
		ch.Conversation(asked, overseer.Cause, d.Now())
		return d.db.Save(ctx, ch)
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

// whileOne has a conversation name the visitor's lead while two contacts are one.
func (d *deskTest) whileOne(stays, goes contact.ID, theirs inbox.ConversationID) {
	d.t.Helper()
	people := contact.New(d.db, d.Now)
	merge, err := people.Merge(d.t.Context(), overseer, stays, goes)
	if err != nil {
		d.t.Fatal(err)
	}
	d.change(theirs, func(c, asked *inbox.Conversation) { c.LeadID = asked.LeadID })
	if _, err := people.Unmerge(d.t.Context(), overseer, merge); err != nil {
		d.t.Fatal(err)
	}
}
