package inbox

import (
	"strconv"
	"time"

	"parley/channels"
	"parley/inbox/actor"
)

// AmendmentID names an amendment.
type AmendmentID int64

// AmendmentKind is what an amendment does to a message that was sent.
type AmendmentKind string

// The kinds of amendments.
const (
	AmendText     AmendmentKind = "edit"
	AmendDelete   AmendmentKind = "delete"
	AmendReaction AmendmentKind = "reaction"
)

// AmendmentState is how far an amendment came.
type AmendmentState string

// The states of an amendment: queued → sending → done, or failed, or uncertain. What is done about a text is part of
// the message from then on and its amendment is gone; a reaction stays as long as it stands.
const (
	AmendQueued    AmendmentState = "queued"
	AmendSending   AmendmentState = "sending"
	AmendDone      AmendmentState = "done"
	AmendFailed    AmendmentState = "failed"
	AmendUncertain AmendmentState = "uncertain"
)

// Amendment is what somebody on our side wants to change of a message that its network has. Until the network took it
// the message is as the contact sees it; what is wanted, and why it did not come about, is seen here.
type Amendment struct {
	ID             AmendmentID
	MessageID      MessageID
	AccountID      channels.AccountID
	ConversationID ConversationID
	Kind           AmendmentKind
	Text, HTML     string // of an edit
	Emoji          string // of a reaction; "" takes it back
	Cause          actor.Cause
	AskedAt        time.Time
	// Seq is the conversation's last message when it was asked for: what was queued before it goes first. Place is its
	// own place among the amendments of the conversation.
	Seq, Place int64

	State     AmendmentState
	ErrorCode string
	ErrorText string
}

// Waits tells whether an amendment is still on its way.
func (a *Amendment) Waits() bool { return a.State == AmendQueued || a.State == AmendSending }

// OwnReaction is the reaction of our side that the network has, "" where there is none.
func (m *Message) OwnReaction() string {
	emoji, place := "", int64(-1)
	for _, a := range m.Amendments {
		if a.Kind == AmendReaction && a.State == AmendDone && a.Place > place {
			emoji, place = a.Emoji, a.Place
		}
	}
	return emoji
}

// Carried writes into the message what the network has carried out. c and m are locked.
func (a *Amendment) Carried(ch *Changes, c *Conversation, m *Message, now time.Time) {
	data := map[string]any{"message_id": strconv.FormatInt(int64(m.ID), 10)}
	if m.Kind == KindNote { // its line is to call it so
		data["note"] = true
	}
	shown := c.Shows(m)
	switch a.Kind {
	case AmendText:
		data["was"] = Preview(m.Text, len(m.Files))
		m.Text, m.HTML, m.EditedAt = a.Text, a.HTML, now
		if shown {
			c.LastText = m.Line()
			ch.Conversation(c, a.Cause, now)
		}
		ch.Enter(int64(a.ID), m.ConversationID, "edited", a.Cause, now, data)
	case AmendDelete: // what it said is not to be read in the timeline or in lists either
		m.DeletedAt = now
		if shown {
			c.LastText = ""
			ch.Conversation(c, a.Cause, now)
		}
		ch.Enter(int64(a.ID), m.ConversationID, "deleted", a.Cause, now, data)
	}
	ch.Update(m, a.Cause, now)
}
