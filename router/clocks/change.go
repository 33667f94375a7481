package clocks

import (
	"encoding/json"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
)

// JobChanges is the kind of job that holds changes of one conversation; app routes it to
// Service.Run.
const JobChanges = "clocks.changes"

// Change is how a conversation stood after an operation, as far as clocks care.
type Change struct {
	Conversation inbox.ConversationID `json:"conversation"`
	At           time.Time            `json:"at"`
	Status       inbox.Status         `json:"status"`
	Waiting      bool                 `json:"waiting,omitempty"` // for an answer
	Since        time.Time            `json:"since,omitzero"`
	// Answered says that the wait ended by an answer, not by somebody's word that none
	// is needed.
	Answered bool `json:"answered,omitempty"`
	// Anew says that what policies ask about may have changed.
	Anew bool `json:"anew,omitempty"`
	// Moved says that its status was set by this operation: before, it may not have been put off.
	Moved bool `json:"moved,omitempty"`
	// Spam says that it is put aside; Back that it was, until this operation.
	Spam  bool        `json:"spam,omitempty"`
	Back  bool        `json:"back,omitempty"`
	Cause actor.Cause `json:"cause"`
}

// Listen adds to an operation's changes the jobs that clocks need, one per conversation.
// It is called before every save, and without policies it costs a look at a pointer.
func (b *Book) Listen(ch *inbox.Changes) {
	if len(b.page.Load().policies) == 0 {
		return
	}
	for _, c := range ch.Conversations {
		if n, ok := changeOf(ch, c); ok {
			ch.FollowUps = append(ch.FollowUps, followUp(n))
		}
	}
}

// changeOf reads what an operation did to a conversation; ok is false when no clock can
// be concerned, as by a note or by history.
func changeOf(ch *inbox.Changes, c *inbox.Conversation) (n Change, ok bool) {
	n = Change{Conversation: c.ID, At: c.UpdatedAt, Status: c.Status, Waiting: c.Unanswered, Since: c.WaitingSince, Spam: !c.SpamAt.IsZero()}
	ok = c.MergedInto != 0 // what was joined to another has no line of its own: that one tells of it
	for i := range ch.Timeline {
		e := &ch.Timeline[i]
		if e.ConversationID != c.ID {
			continue
		}
		switch e.Type {
		case "spam":
			ok, n.Cause, n.Back, n.Moved = true, e.Cause, !n.Spam, true
		case "status", "answered", "merge", "split":
			ok, n.Cause, n.Moved = true, e.Cause, n.Moved || e.Type != "answered"
		case "priority", "team", "label", "assignment", "request":
			ok, n.Anew, n.Cause = true, true, e.Cause
		}
	}
	for _, list := range [][]*inbox.Message{ch.NewMessages, ch.Messages} {
		for _, m := range list {
			if m.ConversationID != c.ID || m.Kind != inbox.KindMessage || m.Cause.Kind == actor.Import {
				continue
			}
			ok = true
			if m.Direction == inbox.Outbound && !m.Automatic && !machine(m.Cause.Kind) {
				n.Answered = true
			}
			if n.Cause.Kind == "" {
				n.Cause = m.Cause
			}
		}
	}
	return n, ok && n.Cause.Kind != actor.Import
}

// machine tells whether no person acts.
func machine(k actor.Kind) bool {
	return k == actor.Trigger || k == actor.Bot || k == actor.Mailing || k == actor.Clock || k == actor.Rule
}

func followUp(n Change) inbox.FollowUp {
	payload, err := json.Marshal(n)
	if err != nil { // times beyond the year 9999, which the house does not make
		payload = []byte("{}")
	}
	return inbox.FollowUp{Kind: JobChanges, Key: JobKey(n.Conversation), Payload: string(payload), Due: n.At, Together: true}
}
