package intake_test

import (
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/intake"
	"parley/inbox/pipeline"
)

// TestNoticesOpenNoWindow has a network speak of its own accord in a chat whose contact has long been silent.
func TestNoticesOpenNoWindow(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	wrote := now.Add(-48 * time.Hour)
	for nature, want := range map[channels.Nature]time.Time{channels.NaturePerson: now, channels.NatureNotice: wrote, channels.NatureAutoReply: wrote} {
		c := &inbox.Conversation{ID: 10, AccountID: 1, Chat: "chat", ContactID: 1, Seq: 1, Status: inbox.Open, LastInboundAt: wrote, WroteAt: wrote, LastAt: wrote}
		st := &intake.State{
			Now:           now,
			Accounts:      map[channels.AccountID]intake.Account{1: {ID: 1}},
			Received:      map[intake.EventRef]channels.Outcome{},
			Identities:    map[intake.IdentityRef]contact.Identity{{Scope: "phone", Address: "+1"}: {ID: 2, ContactID: 1}},
			People:        map[contact.ID]*intake.Person{1: {Contact: &contact.Contact{ID: 1}, OpenLead: 5}},
			Threads:       map[intake.ThreadRef]*inbox.Conversation{{AccountID: 1, Chat: "chat"}: c},
			Conversations: map[inbox.ConversationID]*inbox.Conversation{10: c},
			Remotes:       map[intake.RemoteRef]*inbox.Message{},
			Requests:      map[pipeline.RequestID]*pipeline.Request{},
		}
		ev := channels.Event{
			Key: "k", Direction: channels.Inward, Nature: nature, Chat: "chat", Sender: channels.Sender{Scope: "phone", Address: "+1", Verified: true},
			Message: &channels.Message{Text: "The number has changed"},
		}
		_, outcomes := intake.Decide([]intake.Arrival{{AccountID: 1, Event: ev}}, st, intake.Policy{}, &plainIDs{})
		if !c.LastInboundAt.Equal(want) || !c.WroteAt.Equal(want) || c.Seq != 2 {
			t.Errorf("%q became %s: the contact wrote at %s, want %s", nature, outcomes[0].Kind, c.LastInboundAt, want)
		}
	}
}
