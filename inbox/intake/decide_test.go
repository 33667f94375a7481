package intake_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/intake"
	"parley/inbox/pipeline"
)

const week = 7 * 24 * time.Hour

// settled is a world with one contact, Ann, whose conversation on account 1 is as
// given, holding an inbound message "in" and our answer "out".
func settled(status inbox.Status) *world {
	w := newWorld()
	w.last = 100
	earlier := w.now.Add(-time.Hour)
	w.contacts[1] = contact.Contact{ID: 1, Name: "Ann", CreatedAt: earlier}
	w.identities = []contact.Identity{{ID: 2, ContactID: 1, Scope: "phone", Address: "ann", Verified: true}}
	c := inbox.Conversation{ID: 10, Number: 1, AccountID: 1, Chat: "chat", ContactID: 1, IdentityID: 2, Status: status, Priority: inbox.High,
		AssigneeID: 3, Seq: 2, LastText: "answer", LastDirection: inbox.Outbound, LastAt: earlier, LeadID: 20, RequestID: 30}
	if status == inbox.Closed {
		c.ClosedAt = earlier
	}
	w.conversations[10] = c
	w.messages[11] = inbox.Message{ID: 11, ConversationID: 10, AccountID: 1, Seq: 1, Direction: inbox.Inbound, Kind: inbox.KindMessage, State: inbox.Received, RemoteID: "in", Text: "question"}
	w.messages[12] = inbox.Message{ID: 12, ConversationID: 10, AccountID: 1, Seq: 2, Direction: inbox.Outbound, Kind: inbox.KindMessage, State: inbox.Sent, RemoteID: "out", Text: "answer"}
	w.leads[20] = pipeline.Lead{ID: 20, ContactID: 1, Status: pipeline.LeadOpen}
	w.requests[30] = pipeline.Request{ID: 30, Number: 1, ContactID: 1, ConversationID: 10, Status: pipeline.RequestOpen}
	return w
}

// unsure is settled with an answer whose attempt ended without a clear outcome.
func unsure() *world {
	w := settled(inbox.Open)
	m := w.messages[12]
	m.State, m.RemoteID = inbox.Uncertain, ""
	w.messages[12] = m
	return w
}

// text is a message of a sender in a chat.
func text(chat, sender string, edit ...func(*channels.Event)) channels.Event {
	ev := channels.Event{Key: "key", Direction: channels.Inward, Chat: chat, Sender: channels.Sender{Scope: "phone", Address: sender, Name: "Name"},
		Message: &channels.Message{RemoteID: "new", Text: "hello"}, Raw: []byte("raw")}
	for _, e := range edit {
		e(&ev)
	}
	return ev
}

func historic(ev *channels.Event) {
	ev.Historic, ev.At = true, time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)
}
func echoed(ev *channels.Event)    { ev.Direction = channels.Echo }
func automatic(ev *channels.Event) { ev.Nature = channels.NatureNotice }

// sum is what a decision changes, in few words.
func sum(ch *inbox.Changes) string {
	var words []string
	for _, c := range []struct {
		name string
		n    int
	}{
		{"contact", len(ch.Contacts)}, {"identity", len(ch.Identities)}, {"conversation", len(ch.Conversations)}, {"message", len(ch.NewMessages)},
		{"update", len(ch.Messages)}, {"file", len(ch.Files)}, {"lead", len(ch.Leads)}, {"request", len(ch.Requests)}, {"parked", len(ch.Parked)},
		{"unparked", len(ch.Unparked)},
	} {
		if c.n > 0 {
			words = append(words, fmt.Sprintf("%d %s", c.n, c.name))
		}
	}
	return strings.Join(words, ", ")
}

func TestDecide(t *testing.T) {
	t.Parallel()
	type facts = map[string]any
	for _, c := range []struct {
		name    string
		world   *world
		ev      channels.Event
		want    channels.OutcomeKind
		changes string
		conv    facts // of the message's conversation afterwards
	}{
		{"a stranger", newWorld(), text("c", "x"), channels.OutcomeMessage,
			"1 contact, 1 identity, 1 conversation, 1 message, 1 lead, 1 request",
			facts{"status": inbox.Open, "unanswered": true, "seq": int64(1), "team": inbox.TeamID(5), "last": "hello"}},
		{"what a trap caught", newWorld(), channels.Event{Key: "spam", Ignored: true, Raw: []byte("x")}, channels.OutcomeIgnored, "", nil},
		{"a stranger's echo: we wrote first", newWorld(), text("c", "x", echoed), channels.OutcomeEcho,
			"1 contact, 1 identity, 1 conversation, 1 message", facts{"status": inbox.Open, "unanswered": false, "seq": int64(1)}},
		{"a stranger of the past", newWorld(), text("c", "x", historic), channels.OutcomeHistoric,
			"1 contact, 1 identity, 1 conversation, 1 message", facts{"status": inbox.Closed, "unanswered": false}},
		{"a machine", newWorld(), text("c", "x", automatic), channels.OutcomeAuto,
			"1 contact, 1 identity, 1 conversation, 1 message", facts{"status": inbox.Open, "unanswered": false}},
		{"a reply", settled(inbox.Open), text("chat", "ann"), channels.OutcomeReply,
			"1 conversation, 1 message", facts{"status": inbox.Open, "unanswered": true, "seq": int64(3), "id": inbox.ConversationID(10)}},
		{"a reply to a pending one", settled(inbox.Pending), text("chat", "ann"), channels.OutcomeReply,
			"1 conversation, 1 message", facts{"status": inbox.Open}},
		{"a reply to a snoozed one", settled(inbox.Snoozed), text("chat", "ann"), channels.OutcomeReply,
			"1 conversation, 1 message", facts{"status": inbox.Open}},
		{"a machine's reply to a pending one", settled(inbox.Pending), text("chat", "ann", automatic), channels.OutcomeAuto,
			"1 conversation, 1 message", facts{"status": inbox.Pending, "unanswered": false}},
		{"our echo in a pending one", settled(inbox.Pending), text("chat", "ann", echoed), channels.OutcomeEcho,
			"1 conversation, 1 message", facts{"status": inbox.Pending, "unanswered": false}},
		{"a reply to a closed one", settled(inbox.Closed), text("chat", "ann"), channels.OutcomeReply,
			"1 conversation, 1 message", facts{"status": inbox.Open, "id": inbox.ConversationID(10), "seq": int64(3)}},
		{"a reply to one closed too long ago", later(settled(inbox.Closed), week), text("chat", "ann"), channels.OutcomeMessage,
			"1 conversation, 1 message", facts{"status": inbox.Open, "seq": int64(1)}},
		{"the past of a closed one", later(settled(inbox.Closed), 9*week), text("chat", "ann", historic), channels.OutcomeHistoric,
			"1 conversation, 1 message", facts{"status": inbox.Closed, "id": inbox.ConversationID(10), "last": "answer"}},
		{"somebody known, in another chat", settled(inbox.Open), text("other", "ann"), channels.OutcomeMessage,
			"1 conversation, 1 message", facts{"status": inbox.Open, "seq": int64(1), "request": pipeline.RequestID(30)}},
		{"somebody known, whose request was resolved", resolved(settled(inbox.Open)), text("chat", "ann"), channels.OutcomeReply,
			"1 conversation, 1 message, 1 request", facts{"request": pipeline.RequestID(30)}},
		{"somebody known, without a request, in another chat", resolved(settled(inbox.Open)), text("other", "ann"), channels.OutcomeMessage,
			"1 conversation, 1 message, 1 request", facts{}},
		{"a proven further address of somebody known", settled(inbox.Open), text("other", "web-1", func(ev *channels.Event) {
			ev.Sender.Extra = []channels.Address{{Scope: "phone", Address: "ann", Verified: true}}
		}), channels.OutcomeMessage, "1 identity, 1 conversation, 1 message", facts{"contact": contact.ID(1)}},
		{"an address that was merely typed", settled(inbox.Open), text("other", "web-1", func(ev *channels.Event) {
			ev.Sender.Extra = []channels.Address{{Scope: "phone", Address: "ann"}}
		}), channels.OutcomeMessage, "1 contact, 2 identity, 1 conversation, 1 message, 1 lead, 1 request", facts{}},
		{"files, one of them uploaded before", settled(inbox.Open), text("chat", "ann", func(ev *channels.Event) {
			ev.Message.Text, ev.Message.Files = "", []channels.File{{ID: 9, Hash: "a"}, {Hash: "b"}}
		}), channels.OutcomeReply, "1 conversation, 1 message, 1 file", facts{"last": "📎"}},
		{"our own message, come back", settled(inbox.Open), text("chat", "ann", echoed, func(ev *channels.Event) { ev.Message.RemoteID = "out" }),
			channels.OutcomeDuplicate, "", nil},

		{"delivered", settled(inbox.Open), channels.Event{Receipt: &channels.Receipt{RemoteID: "out", State: channels.Delivered}}, channels.OutcomeReceipt, "1 update", nil},
		{"delivered, by our id", settled(inbox.Open), channels.Event{Receipt: &channels.Receipt{MessageID: 12, State: channels.Delivered}}, channels.OutcomeReceipt, "1 update", nil},
		{"taken by the network after all", unsure(), channels.Event{Receipt: &channels.Receipt{MessageID: 12, State: channels.Accepted}}, channels.OutcomeReceipt, "1 update", nil},
		{"taken by the network, as it said", settled(inbox.Open), channels.Event{Receipt: &channels.Receipt{RemoteID: "out", State: channels.Accepted}}, channels.OutcomeReceipt, "", nil},
		{"delivered, of an inbound one", settled(inbox.Open), channels.Event{Receipt: &channels.Receipt{RemoteID: "in", State: channels.Delivered}}, channels.OutcomeIgnored, "", nil},
		{"delivered, of nothing", settled(inbox.Open), channels.Event{Receipt: &channels.Receipt{MessageID: 99, State: channels.Delivered}}, channels.OutcomeIgnored, "", nil},
		{"delivered, unknown yet", settled(inbox.Open), channels.Event{Receipt: &channels.Receipt{RemoteID: "?", State: channels.Delivered}}, channels.OutcomeParked, "1 parked", nil},
		{"an edit of the last message", settled(inbox.Open), channels.Event{Edit: &channels.Edit{RemoteID: "out", Text: "better"}}, channels.OutcomeEdit, "1 conversation, 1 update", nil},
		{"an edit of an earlier one", settled(inbox.Open), channels.Event{Edit: &channels.Edit{RemoteID: "in", Text: "better"}}, channels.OutcomeEdit, "1 update", nil},
		{"a withdrawal", settled(inbox.Open), channels.Event{Delete: &channels.Delete{RemoteID: "in"}}, channels.OutcomeDelete, "1 update", nil},
		{"a withdrawal of the last message", settled(inbox.Open), channels.Event{Delete: &channels.Delete{RemoteID: "out"}}, channels.OutcomeDelete,
			"1 conversation, 1 update", facts{"last": "", "status": inbox.Open}},
		{"a reaction", settled(inbox.Open), channels.Event{Reaction: &channels.Reaction{RemoteID: "out", Emoji: "👍"}}, channels.OutcomeReaction, "1 update", nil},

		{"nothing at all", newWorld(), channels.Event{}, channels.OutcomeQuarantined, "", nil},
		{"two things at once", newWorld(), text("c", "x", func(ev *channels.Event) { ev.Delete = &channels.Delete{} }), channels.OutcomeQuarantined, "", nil},
		{"what the adapter did not understand", newWorld(), text("c", "x", func(ev *channels.Event) { ev.Problem = "odd" }), channels.OutcomeQuarantined, "", nil},
		{"no chat", newWorld(), text("", "x"), channels.OutcomeQuarantined, "", nil},
		{"no sender", newWorld(), text("c", ""), channels.OutcomeQuarantined, "", nil},
		{"too long a chat", newWorld(), text(strings.Repeat("c", channels.MaxChat+1), "x"), channels.OutcomeQuarantined, "", nil},
		{"a receipt of an unknown kind", settled(inbox.Open), channels.Event{Receipt: &channels.Receipt{RemoteID: "out", State: "seen"}}, channels.OutcomeQuarantined, "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.ev.Key = "key"
			st := c.world.state()
			ch, out := intake.Decide([]intake.Arrival{{AccountID: 1, Event: c.ev}}, st, intake.DefaultPolicy(), &supply{w: c.world})
			if out[0].Kind != c.want || out[0].Key != "key" {
				t.Errorf("outcome %+v, want %s", out[0], c.want)
			}
			if got := sum(ch); got != c.changes {
				t.Errorf("changes: %s; want %s", got, c.changes)
			}
			if len(ch.Received) != 1 || ch.Received[0].Outcome != out[0].Kind || ch.Received[0].Raw != string(c.ev.Raw) {
				t.Errorf("the log of events holds %+v", ch.Received)
			}
			if (c.want == channels.OutcomeQuarantined) != (ch.Received[0].Error != "") {
				t.Errorf("reason %q", ch.Received[0].Error)
			}
			if err := c.world.Save(context.Background(), ch); err != nil {
				t.Error(err)
			}
			for _, problem := range c.world.broken() {
				t.Error(problem)
			}
			if c.conv == nil {
				return
			}
			conv := c.world.conversations[inbox.ConversationID(out[0].ConversationID)]
			got := facts{"status": conv.Status, "unanswered": conv.Unanswered, "seq": conv.Seq, "team": conv.TeamID, "last": conv.LastText, "id": conv.ID,
				"request": conv.RequestID, "contact": conv.ContactID}
			for name, want := range c.conv {
				if got[name] != want {
					t.Errorf("%s is %v, want %v", name, got[name], want)
				}
			}
		})
	}
}

func later(w *world, by time.Duration) *world {
	w.now = w.now.Add(by)
	return w
}

func resolved(w *world) *world {
	r := w.requests[30]
	r.Status, r.ResolvedAt = pipeline.RequestResolved, w.now
	w.requests[30] = r
	return w
}

func TestDecideOfAnotherAccountsMessage(t *testing.T) {
	t.Parallel()
	w := settled(inbox.Open)
	events := []intake.Arrival{
		{AccountID: 2, Event: channels.Event{Key: "1", Receipt: &channels.Receipt{MessageID: 12, State: channels.Read}}},
		{AccountID: 2, Event: channels.Event{Key: "2", Delete: &channels.Delete{RemoteID: "in"}}},
	}
	ch, out := intake.Decide(events, w.state(), intake.DefaultPolicy(), &supply{w: w})
	if out[0].Kind != channels.OutcomeIgnored || out[1].Kind != channels.OutcomeParked || len(ch.Messages) != 0 {
		t.Errorf("outcomes %+v, changes %s: one account touched another's message", out, sum(ch))
	}
}

func TestDecideWithinABatch(t *testing.T) {
	t.Parallel()
	w := newWorld()
	first := text("c", "x")
	second := text("c", "x", func(ev *channels.Event) { ev.Key, ev.Message.RemoteID, ev.Message.ReplyTo = "second", "r2", "new" })
	edit := channels.Event{Key: "edit", Edit: &channels.Edit{RemoteID: "r2", Text: "edited"}}
	early := channels.Event{Key: "early", Receipt: &channels.Receipt{RemoteID: "mine", State: channels.Read}}
	mine := text("c", "x", echoed, func(ev *channels.Event) { ev.Key, ev.Message.RemoteID = "mine", "mine" })
	var arrivals []intake.Arrival
	for _, ev := range []channels.Event{first, first, second, edit, early, mine} {
		arrivals = append(arrivals, intake.Arrival{AccountID: 1, Event: ev})
	}
	ch, out := intake.Decide(arrivals, w.state(), intake.DefaultPolicy(), &supply{w: w})
	for i, want := range []channels.OutcomeKind{"message", "duplicate", "reply", "edit", "parked", "echo"} {
		if out[i].Kind != want {
			t.Errorf("event %d: %s, want %s", i, out[i].Kind, want)
		}
	}
	if out[1].MessageID != out[0].MessageID || out[1].Seq != 1 {
		t.Errorf("the duplicate names %+v", out[1])
	}
	if err := w.Save(context.Background(), ch); err != nil {
		t.Fatal(err)
	}
	for _, problem := range w.broken() {
		t.Error(problem)
	}
	reply, answer := w.messages[inbox.MessageID(out[2].MessageID)], w.messages[inbox.MessageID(out[5].MessageID)]
	if reply.Text != "edited" || int64(reply.ReplyTo) != out[0].MessageID || !reply.CreatedAt.After(w.messages[inbox.MessageID(out[0].MessageID)].CreatedAt) {
		t.Errorf("the reply is %+v", reply)
	}
	if answer.State != inbox.Read || len(w.parked) != 0 {
		t.Errorf("our answer is %s and %d events wait for it", answer.State, len(w.parked))
	}
	for _, m := range w.messages {
		if m.Cause.Kind == "" || m.Cause.Depth != 0 || (m.Direction == inbox.Inbound) != (m.Cause.Kind == actor.Visitor) {
			t.Errorf("message %d is put down to %+v", m.ID, m.Cause)
		}
	}
}

func TestHistoryOfTheFuture(t *testing.T) {
	t.Parallel()
	for name, ahead := range map[string]time.Duration{"of now": 0, "of next year": 365 * 24 * time.Hour} {
		w := newWorld()
		past := text("c", "x", historic, func(ev *channels.Event) { ev.At = w.now.Add(ahead) })
		ch, out := intake.Decide([]intake.Arrival{{AccountID: 1, Event: past}}, w.state(), intake.DefaultPolicy(), &supply{w: w})
		if err := w.Save(t.Context(), ch); err != nil {
			t.Fatal(err)
		}
		c := w.conversations[inbox.ConversationID(out[0].ConversationID)]
		if m := w.messages[inbox.MessageID(out[0].MessageID)]; m.CreatedAt.After(w.now) || !m.SentAt.Equal(past.At) {
			t.Errorf("%s: created at %s, sent at %s", name, m.CreatedAt, m.SentAt)
		}
		if c.LastAt.After(w.now) || c.LastInboundAt.After(w.now) {
			t.Errorf("%s: the conversation's last message is of %s, its last inbound one of %s", name, c.LastAt, c.LastInboundAt)
		}
	}
}
