package intake

import (
	"slices"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
)

// Arrival is an event of an account, as delivered.
type Arrival struct {
	AccountID channels.AccountID
	Event     channels.Event
	// Parked is set for an event whose wait is over: the row that it waited in.
	Parked int64
}

// Decide says what a batch of events changes. It is pure but for the rows of state,
// which it owns, and the ids it takes from supply. Outcomes are in the order of the
// arrivals.
func Decide(arrivals []Arrival, st *State, policy Policy, supply Supply) (*inbox.Changes, []channels.Outcome) {
	d := &decision{state: st, policy: policy, supply: supply, out: &inbox.Changes{}}
	outcomes := make([]channels.Outcome, len(arrivals))
	for i := range arrivals {
		outcomes[i] = d.arrive(&arrivals[i])
	}
	d.follow(outcomes)
	return d.out, outcomes
}

// follow corrects outcomes whose conversation was joined to another later in the batch.
func (d *decision) follow(outcomes []channels.Outcome) {
	for _, j := range d.out.Joins {
		for i := range outcomes {
			if o := &outcomes[i]; o.ConversationID == int64(j.From) {
				o.ConversationID = int64(j.Into)
				if o.Seq != 0 {
					o.Seq += j.Shift
				}
			}
		}
	}
}

type decision struct {
	state  *State
	policy Policy
	supply Supply
	out    *inbox.Changes
}

// arrive decides one event and logs it under its key. One of an account that has been
// deleted leaves nothing: nobody could see it.
func (d *decision) arrive(a *Arrival) channels.Outcome {
	ev := &a.Event
	if _, known := d.state.Accounts[a.AccountID]; !known {
		return channels.Outcome{Key: ev.Key, Kind: channels.OutcomeIgnored, At: d.state.Now}
	}
	ref := EventRef{a.AccountID, ev.Key}
	if a.Parked != 0 {
		if !d.stillParked(a) {
			return channels.Outcome{Key: ev.Key, Kind: channels.OutcomeIgnored, At: d.state.Now}
		}
	} else if before, ok := d.state.Received[ref]; ok {
		before.Key = ev.Key
		before.Kind = channels.OutcomeDuplicate
		d.again(a, &before)
		return before
	}
	var o channels.Outcome
	messages := len(d.out.NewMessages)
	problem := check(a)
	switch {
	case problem != "":
		o.Kind = channels.OutcomeQuarantined
	case ev.Ignored:
		o.Kind = channels.OutcomeIgnored
	case ev.Message != nil:
		o = d.message(a)
	case ev.Receipt != nil:
		o = d.refer(a, remoteOf(ev), d.receipt)
	case ev.Edit != nil:
		o = d.refer(a, remoteOf(ev), d.edit)
	case ev.Delete != nil:
		o = d.refer(a, remoteOf(ev), d.withdraw)
	case ev.Reaction != nil:
		o = d.refer(a, remoteOf(ev), d.react)
	}
	o.Key = ev.Key
	if o.At.IsZero() {
		o.At = d.state.Now
	}
	d.state.Received[ref] = o
	row := inbox.ReceivedEvent{
		AccountID: a.AccountID, Key: ev.Key, At: d.state.Now, Outcome: o.Kind,
		MessageID: inbox.MessageID(o.MessageID), ConversationID: inbox.ConversationID(o.ConversationID),
		Raw: string(ev.Raw), Error: problem,
	}
	if row.Error == "" && o.Kind == channels.OutcomeAuto && o.MessageID == 0 {
		row.Error = ev.Hint
	}
	if a.Parked != 0 {
		d.out.Late = append(d.out.Late, row)
		return o
	}
	row.ID = d.supply.ID()
	d.out.Received = append(d.out.Received, row)
	if len(d.out.NewMessages) == messages {
		d.blobs(ev, row.ID)
	}
	return o
}

// blobs notes the stored files of an event that no message holds.
func (d *decision) blobs(ev *channels.Event, id int64) {
	seen := map[string]bool{"": true}
	note := func(hash string) {
		if !seen[hash] {
			seen[hash] = true
			d.out.Blobs = append(d.out.Blobs, inbox.EventBlob{ReceivedID: id, Hash: hash})
		}
	}
	if ev.Original != nil {
		note(ev.Original.Hash)
	}
	if ev.Message != nil {
		for _, f := range ev.Message.Files {
			if f.ID == 0 {
				note(f.Hash)
			}
		}
	}
}

// again notes that an event came in once more; one line per event, however often.
func (d *decision) again(a *Arrival, before *channels.Outcome) {
	for _, have := range d.out.Duplicates {
		if have.AccountID == a.AccountID && have.Key == a.Event.Key {
			have.Times++
			return
		}
	}
	dup := &inbox.Duplicate{
		ID: d.supply.ID(), AccountID: a.AccountID, Key: a.Event.Key, At: d.state.Now, Times: 1,
		MessageID: inbox.MessageID(before.MessageID), ConversationID: inbox.ConversationID(before.ConversationID),
	}
	d.out.Duplicates = append(d.out.Duplicates, dup)
	d.blobs(&a.Event, dup.ID)
}

// stillParked takes an event out of what is parked, if nothing else has.
func (d *decision) stillParked(a *Arrival) bool {
	ref := RemoteRef{a.AccountID, a.Event.Message.RemoteID}
	for i, p := range d.state.Parked[ref] {
		if p.ID == a.Parked {
			d.state.Parked[ref] = slices.Delete(d.state.Parked[ref], i, i+1)
			d.out.Unparked = append(d.out.Unparked, p.ID)
			return true
		}
	}
	return false
}

// check returns why an event cannot be taken, "" when it can.
func check(a *Arrival) string {
	ev := &a.Event
	payloads := 0
	for _, set := range []bool{ev.Message != nil, ev.Edit != nil, ev.Delete != nil, ev.Reaction != nil, ev.Receipt != nil} {
		if set {
			payloads++
		}
	}
	switch {
	case ev.Problem != "":
		return ev.Problem
	case ev.Ignored && payloads == 0:
		return ""
	case payloads != 1:
		return "event has no or several payloads"
	case len(ev.Chat) > channels.MaxChat:
		return "chat id is too long"
	case tooLong(ev):
		return "an address or a message's id is too long"
	case ev.Message != nil && ev.Chat == "":
		return "message has no chat"
	case ev.Message != nil && (ev.Sender.Scope == "" || ev.Sender.Address == ""):
		return "message has no sender"
	case ev.Message != nil && len(ev.Message.Text)+len(ev.Message.HTML) > channels.MaxText,
		ev.Edit != nil && len(ev.Edit.Text)+len(ev.Edit.HTML) > channels.MaxText:
		return "message text is too long"
	case ev.Message != nil && len(ev.Message.Files) > channels.MaxMessageFiles:
		return "message has too many files"
	case ev.Receipt != nil && !known(ev.Receipt.State):
		return "receipt reports an unknown state"
	}
	return ""
}

// Bounds on what identifies something, in bytes. An index of PostgreSQL holds about 2,700 bytes.
const (
	maxAddress = 512
	maxExtra   = 20
)

// tooLong tells whether a look-up key of the event exceeds what can be looked up.
func tooLong(ev *channels.Event) bool {
	if len(remoteOf(ev)) > maxAddress || len(ev.Sender.Scope) > maxAddress || len(ev.Sender.Address) > maxAddress {
		return true
	}
	if ev.Message != nil && (len(ev.Message.RemoteID) > maxAddress || len(ev.Message.ReplyTo) > maxAddress) {
		return true
	}
	return len(ev.Sender.Extra) > maxExtra || slices.ContainsFunc(ev.Sender.Extra, func(x channels.Address) bool {
		return len(x.Scope) > maxAddress || len(x.Address) > maxAddress
	})
}

func known(s channels.DeliveryState) bool {
	return s == channels.Accepted || s == channels.Delivered || s == channels.Read || s == channels.DeliveryFailed
}

// cause is what the changes of an event are put down to.
func cause(ev *channels.Event, contactID int64) actor.Cause {
	switch {
	case ev.Historic:
		return actor.Cause{Kind: actor.Import}
	case ev.Direction == channels.Echo:
		return actor.Cause{Kind: actor.Network}
	default:
		return actor.Cause{Kind: actor.Visitor, ID: contactID}
	}
}

// remoteOf returns the network's id of the message an event refers to.
func remoteOf(ev *channels.Event) string {
	switch {
	case ev.Receipt != nil:
		return ev.Receipt.RemoteID
	case ev.Edit != nil:
		return ev.Edit.RemoteID
	case ev.Delete != nil:
		return ev.Delete.RemoteID
	case ev.Reaction != nil:
		return ev.Reaction.RemoteID
	}
	return ""
}

// oursOf returns our own id of the message an event refers to, 0 when it names none.
func oursOf(ev *channels.Event) int64 {
	switch {
	case ev.Receipt != nil:
		return ev.Receipt.MessageID
	case ev.Edit != nil:
		return ev.Edit.MessageID
	case ev.Delete != nil:
		return ev.Delete.MessageID
	case ev.Reaction != nil:
		return ev.Reaction.MessageID
	}
	return 0
}

// stamp gives a message its time: the network's for historic ones unless its clock is
// ahead, else now, and never before its predecessor in the conversation. A time in the
// future would keep the conversation at the top, and push all that follows there.
func stamp(ev *channels.Event, c *inbox.Conversation, now time.Time) time.Time {
	if ev.Historic && !ev.At.IsZero() && ev.At.Before(now) {
		return ev.At.UTC().Truncate(time.Microsecond)
	}
	if !now.After(c.LastAt) {
		return c.LastAt.Add(time.Microsecond)
	}
	return now
}
