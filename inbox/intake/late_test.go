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

// TestWhenTheContactWrote keeps two times apart: the network's, from which its window counts, and
// ours, from which somebody waits. The date of a mail, which anybody may forge, moves only the first.
func TestWhenTheContactWrote(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct{ at, wrote time.Time }{
		"hours on its way":      {now.Add(-7 * time.Hour), now.Add(-7 * time.Hour)},
		"of no date":            {time.Time{}, now},
		"a clock that is ahead": {now.Add(time.Hour), now},
		"finer than is kept":    {now.Add(-time.Hour + 5), now.Add(-time.Hour)},
	} {
		for _, mail := range []bool{false, true} {
			st := &intake.State{
				Now:           now,
				Accounts:      map[channels.AccountID]intake.Account{1: {ID: 1}},
				Received:      map[intake.EventRef]channels.Outcome{},
				Identities:    map[intake.IdentityRef]contact.Identity{},
				People:        map[contact.ID]*intake.Person{},
				Threads:       map[intake.ThreadRef]*inbox.Conversation{},
				Conversations: map[inbox.ConversationID]*inbox.Conversation{},
				Remotes:       map[intake.RemoteRef]*inbox.Message{},
				Requests:      map[pipeline.RequestID]*pipeline.Request{},
				Mentions:      map[intake.RemoteRef][]*inbox.Mention{},
				Parties:       map[inbox.ConversationID][]inbox.Party{},
				Orphans:       map[inbox.ConversationID]map[string]bool{},
			}
			ev := channels.Event{
				Key: "k", At: c.at, Direction: channels.Inward, Chat: "chat", Sender: channels.Sender{Scope: "phone", Address: "+1", Verified: true},
				Message: &channels.Message{RemoteID: "r", Text: "Hello"},
			}
			if mail {
				ev.Sender = channels.Sender{Scope: "email", Address: "a@example.com", Verified: true}
				ev.Message.From = &channels.Address{Scope: "email", Address: "a@example.com"}
			}
			_, outcomes := intake.Decide([]intake.Arrival{{AccountID: 1, Event: ev}}, st, intake.Policy{}, &plainIDs{})
			got := st.Conversations[inbox.ConversationID(outcomes[0].ConversationID)]
			if got == nil {
				t.Fatalf("%s: outcome %+v", name, outcomes[0])
			}
			if !got.WroteAt.Equal(c.wrote) || !got.LastInboundAt.Equal(now) || !got.WaitingSince.Equal(now) {
				t.Errorf("%s (mail %t): written %s, want %s; it came %s, somebody waits since %s", name, mail, got.WroteAt, c.wrote, got.LastInboundAt, got.WaitingSince)
			}
		}
	}
}
