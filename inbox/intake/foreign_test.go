package intake_test

import (
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/intake"
)

// plainIDs gives ids and numbers from one counter.
type plainIDs struct{ last int64 }

func (p *plainIDs) ID() int64                 { p.last++; return p.last }
func (p *plainIDs) ConversationNumber() int64 { return p.ID() }
func (p *plainIDs) RequestNumber() int64      { return p.ID() }
func (p *plainIDs) Rewind()                   {}
func (p *plainIDs) Release()                  {}

// TestReceiptOfAnotherChat has a visitor guess the id of a message to somebody else.
func TestReceiptOfAnotherChat(t *testing.T) {
	t.Parallel()
	for chat, want := range map[string]inbox.State{"theirs": inbox.Sent, "own": inbox.Read, "": inbox.Read} {
		m := &inbox.Message{ID: 12, ConversationID: 10, AccountID: 1, Seq: 1, Direction: inbox.Outbound, Kind: inbox.KindMessage, State: inbox.Sent}
		st := &intake.State{
			Accounts:      map[channels.AccountID]intake.Account{1: {ID: 1}},
			Received:      map[intake.EventRef]channels.Outcome{},
			Messages:      map[inbox.MessageID]*inbox.Message{12: m},
			Conversations: map[inbox.ConversationID]*inbox.Conversation{10: {ID: 10, AccountID: 1, Chat: "own", Seq: 1}},
		}
		ev := channels.Event{Key: "r", Direction: channels.Inward, Chat: chat, Receipt: &channels.Receipt{MessageID: 12, State: channels.Read, UpTo: true}}
		_, outcomes := intake.Decide([]intake.Arrival{{AccountID: 1, Event: ev}}, st, intake.DefaultPolicy(), &plainIDs{})
		if m.State != want {
			t.Errorf("from the chat %q the message became %q (%s), want %q", chat, m.State, outcomes[0].Kind, want)
		}
	}
}

// TestReadingOnSaysNothingOfWhatMayNeverHaveCome has a contact read a message behind one whose fate nobody knows.
func TestReadingOnSaysNothingOfWhatMayNeverHaveCome(t *testing.T) {
	t.Parallel()
	for before, want := range map[inbox.State]inbox.State{
		inbox.Sent: inbox.Read, inbox.Delivered: inbox.Read, inbox.Uncertain: inbox.Uncertain, inbox.Sending: inbox.Sending, inbox.Failed: inbox.Failed,
	} {
		ours := func(id inbox.MessageID, s inbox.State) *inbox.Message {
			return &inbox.Message{ID: id, ConversationID: 10, AccountID: 1, Seq: int64(id), Direction: inbox.Outbound, Kind: inbox.KindMessage, State: s}
		}
		earlier, read := ours(1, before), ours(2, inbox.Sent)
		st := &intake.State{
			Accounts:      map[channels.AccountID]intake.Account{1: {ID: 1}},
			Received:      map[intake.EventRef]channels.Outcome{},
			Messages:      map[inbox.MessageID]*inbox.Message{1: earlier, 2: read},
			Earlier:       map[inbox.ConversationID][]*inbox.Message{10: {earlier}},
			Conversations: map[inbox.ConversationID]*inbox.Conversation{10: {ID: 10, AccountID: 1, Chat: "own", Seq: 2}},
		}
		ev := channels.Event{Key: "r", Direction: channels.Inward, Chat: "own", Receipt: &channels.Receipt{MessageID: 2, State: channels.Read, UpTo: true}}
		intake.Decide([]intake.Arrival{{AccountID: 1, Event: ev}}, st, intake.DefaultPolicy(), &plainIDs{})
		if read.State != inbox.Read || earlier.State != want {
			t.Errorf("behind a message that is %s: it is %s, want %s; the one that was read is %s", before, earlier.State, want, read.State)
		}
	}
}
