package store_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/intake"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestHundredMessagesTenTimesEach(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, place store.Options) {
		const visitors, each, times = 5, 20, 10
		db := storetest.At(t, place)
		entrances := []*entrance{enter(t, db, nil)}
		if place.URL != "" {
			entrances = append(entrances, enter(t, storetest.At(t, place), nil))
		}
		var mu sync.Mutex
		made := map[channels.EventKey]int{}
		var all sync.WaitGroup
		for g := range times {
			random := rand.New(rand.NewPCG(uint64(g), 7))
			var events []channels.Event
			for v := range visitors {
				for n := range each {
					key := fmt.Sprintf("%d-%d", v, n)
					events = append(events, says(named(v), key, "message "+key))
				}
			}
			random.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
			all.Go(func() {
				for len(events) > 0 {
					n := min(1+random.IntN(7), len(events))
					out, err := entrances[g%len(entrances)].account(1).Deliver(t.Context(), channels.Batch{Events: events[:n]})
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					for i, o := range out {
						if o.Key != events[i].Key || o.MessageID == 0 || o.Seq == 0 {
							t.Errorf("outcome %+v of event %s", o, events[i].Key)
						}
						if o.Kind != channels.OutcomeDuplicate {
							made[o.Key]++
						}
					}
					mu.Unlock()
					events = events[n:]
				}
			})
		}
		all.Wait()
		hold(t, db)
		for what, want := range map[string]int64{"messages": visitors * each, "received": visitors * each, "contacts": visitors, "conversations": visitors, "leads": visitors, "requests": visitors} {
			if got := number(t, db, `SELECT COUNT(*) FROM `+what); got != want {
				t.Errorf("%d %s, want %d", got, what, want)
			}
		}
		if len(made) != visitors*each {
			t.Errorf("%d events were new to somebody, want %d", len(made), visitors*each)
		}
		for key, n := range made {
			if n != 1 {
				t.Errorf("event %s was new %d times", key, n)
			}
		}
	})
}

func TestTwoNodesCreateOneContact(t *testing.T) {
	t.Parallel()
	place := storetest.Place(t, store.Postgres)
	entrances := []*entrance{enter(t, storetest.At(t, place), nil), enter(t, storetest.At(t, place), nil)}
	const rounds = 25
	for round := range rounds {
		var start, all sync.WaitGroup
		start.Add(1)
		for i, d := range entrances {
			all.Go(func() {
				ev := says(named(round), fmt.Sprint("first-", round), "hello")
				start.Wait()
				// Different accounts: nothing but the address is the same.
				if _, err := d.account(channels.AccountID(10+i)).Deliver(t.Context(), channels.Batch{Events: []channels.Event{ev}}); err != nil {
					t.Error(err)
				}
			})
		}
		start.Done()
		all.Wait()
	}
	db := entrances[0].db
	hold(t, db)
	for what, want := range map[string]int64{"contacts": rounds, "identities": rounds, "leads": rounds, "requests": rounds, "conversations": 2 * rounds, "messages": 2 * rounds} {
		if got := number(t, db, `SELECT COUNT(*) FROM `+what); got != want {
			t.Errorf("%d %s, want %d", got, what, want)
		}
	}
}

func TestClosedConversationsReopenForAWeek(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := enter(t, db, nil)
		first := d.deliver(says("a", "1", "hello"))[0]
		d.close(first.ConversationID)
		d.add(7 * 24 * time.Hour)
		within := d.deliver(says("a", "2", "again"))[0]
		if within.ConversationID != first.ConversationID || within.Seq != 2 {
			t.Errorf("within a week: %+v, want the same conversation", within)
		}
		if open := number(t, db, `SELECT COUNT(*) FROM conversations WHERE status = 'open' AND unanswered AND closed_at = 0`); open != 1 {
			t.Error("the conversation did not reopen")
		}
		d.close(first.ConversationID)
		d.add(7*24*time.Hour + time.Microsecond)
		after := d.deliver(says("a", "3", "long after"))[0]
		if after.ConversationID == first.ConversationID || after.Seq != 1 || after.Kind != channels.OutcomeMessage {
			t.Errorf("after a week: %+v, want a new conversation", after)
		}
		// An agent closes the new one and takes up the old one: that is the live one now.
		d.close(after.ConversationID)
		setConversation(t, db, first.ConversationID, func(c *inbox.Conversation) { c.Status, c.ClosedAt = inbox.Open, time.Time{} })
		if got := d.deliver(says("a", "4", "and now"))[0]; got.ConversationID != first.ConversationID || got.Seq != 3 {
			t.Errorf("with the older conversation open: %+v", got)
		}
		hold(t, db)
		if leads := number(t, db, `SELECT COUNT(*) FROM leads`); leads != 1 {
			t.Errorf("%d leads of one contact", leads)
		}
	})
}

func TestReceipts(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := enter(t, db, nil)
		d.deliver(says("a", "1", "hello"), echo("a", "e1", "R1"), echo("a", "e2", "R2"), echo("a", "e3", "R3"), echo("a", "e4", "R4"))
		state := func(remote string) string {
			t.Helper()
			for _, s := range []inbox.State{inbox.Sent, inbox.Delivered, inbox.Read, inbox.Failed} {
				if number(t, db, `SELECT COUNT(*) FROM messages WHERE remote_id = $1 AND state = $2`, remote, string(s)) == 1 {
					return string(s)
				}
			}
			return "?"
		}
		expect := func(step, want string) {
			t.Helper()
			if got := strings.Join([]string{state("R1"), state("R2"), state("R3"), state("R4")}, " "); got != want {
				t.Errorf("%s: %s, want %s", step, got, want)
			}
		}
		expect("before", "sent sent sent sent")
		d.deliver(receiptOf("a", "k1", "R2", channels.Delivered))
		expect("one delivered", "sent delivered sent sent")
		d.deliver(receiptOf("a", "k2", "R1", channels.Read), receiptOf("a", "k3", "R1", channels.Delivered))
		expect("never back", "read delivered sent sent")
		upTo := receiptOf("a", "k4", "R3", channels.Read)
		upTo.Receipt.UpTo = true
		d.deliver(upTo)
		expect("up to the third", "read read read sent")
		failed := receiptOf("a", "k5", "R4", channels.DeliveryFailed)
		failed.Receipt.Code = "blocked"
		d.deliver(failed, receiptOf("a", "k6", "R4", channels.Read))
		expect("a failure stays", "read read read failed")
		if o := d.deliver(receiptOf("a", "k7", "r-1", channels.Read))[0]; o.Kind != channels.OutcomeIgnored {
			t.Errorf("a receipt for the contact's own message: %+v", o)
		}
		if o := d.deliver(channels.Event{Key: "k8", Chat: "a", Receipt: &channels.Receipt{MessageID: 1, State: channels.Read}})[0]; o.Kind != channels.OutcomeIgnored {
			t.Errorf("a receipt for no message of ours: %+v", o)
		}

		for i, batch := range [][]channels.Event{
			{receiptOf("a", "p1", "late-0", channels.Read)},
			{receiptOf("a", "p2", "late-1", channels.Delivered), echo("a", "e-late-1", "late-1"), receiptOf("a", "p3", "late-1", channels.Read)},
		} {
			if o := d.deliver(batch...)[0]; o.Kind != channels.OutcomeParked {
				t.Errorf("a receipt before its message: %+v", o)
			}
			d.deliver(echo("a", fmt.Sprint("e-late-", i), fmt.Sprint("late-", i)))
			if got := state(fmt.Sprint("late-", i)); got != "read" {
				t.Errorf("parked receipt %d: the message is %s", i, got)
			}
		}
		if n := number(t, db, `SELECT COUNT(*) FROM parked`); n != 0 {
			t.Errorf("%d events are still parked", n)
		}
		if o := d.deliver(echo("a", "again", "R1"))[0]; o.Kind != channels.OutcomeDuplicate {
			t.Errorf("an echo of what is known under its network's id: %+v", o)
		}
		hold(t, db)
	})
}

func TestBytesThatNoTextMayHold(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := enter(t, db, nil)
		const bad = "a\x00b\xff\xc3"
		ev := channels.Event{
			Key: "k\x00\xff", Direction: channels.Inward, Chat: "chat" + bad, Subject: bad, At: time.Date(20260, 1, 1, 0, 0, 0, 0, time.UTC),
			Sender: channels.Sender{Scope: "s" + bad, Address: bad, Name: bad, Extra: []channels.Address{{Scope: bad, Address: bad, Verified: true}, {Scope: "typed", Address: bad}}},
			Source: channels.Source{Page: bad, UTM: map[string]string{bad: bad}},
			Message: &channels.Message{RemoteID: bad, Text: bad, HTML: bad, ReplyTo: bad,
				Files: []channels.File{{Hash: "00", Name: bad, Type: bad, Size: 1}}},
			Raw: []byte(bad),
		}
		first := d.deliver(ev)[0]
		if first.Kind != channels.OutcomeMessage {
			t.Fatalf("outcome %+v", first)
		}
		if again := d.deliver(ev)[0]; again.Kind != channels.OutcomeDuplicate || again.MessageID != first.MessageID {
			t.Errorf("redelivered: %+v", again)
		}
		other := ev
		other.Key = "k\xff"
		if o := d.deliver(other)[0]; o.Kind != channels.OutcomeReply {
			t.Errorf("a key that differs in such bytes alone: %+v", o)
		}
		d.deliver(channels.Event{Key: "r", Chat: bad, Reaction: &channels.Reaction{RemoteID: "x" + bad, Emoji: bad}},
			channels.Event{Key: "q", Problem: bad, Raw: []byte(bad)})
		hold(t, db)
	})
}

func TestHugeValuesStopNobody(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := enter(t, db, nil)
		var b strings.Builder // incompressible, so that no index squeezes it in
		for i := range 4000 {
			fmt.Fprintf(&b, "%x", rand.New(rand.NewPCG(uint64(i), 1)).Uint64())
		}
		huge := b.String()
		named := says("a", "name", "hi")
		named.Sender.Name, named.Subject, named.Source.Referrer = huge, huge, huge
		addressed := says("b", "address", "hi")
		addressed.Sender.Address = huge
		remote := says("c", "remote", "hi")
		remote.Message.RemoteID = huge
		chat := says("d", "chat", "hi")
		chat.Chat = huge
		text := says("e", "text", strings.Repeat("x", channels.MaxText+1))
		read := receiptOf("f", "receipt", huge, channels.Read)
		read.Raw = []byte("{}")
		got := d.deliver(named, addressed, remote, chat, text, says("f", "fine", "hi"), read)
		q := channels.OutcomeQuarantined
		for i, want := range []channels.OutcomeKind{channels.OutcomeMessage, q, q, q, q, channels.OutcomeMessage, q} {
			if got[i].Kind != want {
				t.Errorf("event %s: %s, want %s", got[i].Key, got[i].Kind, want)
			}
		}
		hold(t, db)
		if n := number(t, db, `SELECT COUNT(*) FROM received WHERE outcome = 'quarantined' AND error <> '' AND raw <> ''`); n != 5 {
			t.Errorf("%d events in quarantine with their raw payload, want 5", n)
		}
	})
}

// touchy is a store that breaks a constraint, or panics, over certain messages.
type touchy struct{ *store.DB }

func (s touchy) Save(ctx context.Context, ch *inbox.Changes) error {
	for _, m := range ch.NewMessages {
		switch m.Text {
		case "poison":
			ch.Received = append(ch.Received, ch.Received[0]) // one id, two rows
		case "panic":
			panic("over a message")
		case "outage":
			return errors.New("the disk is gone")
		}
	}
	return s.DB.Save(ctx, ch)
}

var _ intake.Store = touchy{}

func TestPoisonIsQuarantinedAndItsNeighboursSaved(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := enter(t, db, touchy{db})
		out := d.batch(channels.Batch{Stream: "s", Cursor: "42", Events: []channels.Event{
			says("a", "1", "fine"), says("a", "2", "poison"), says("b", "3", "fine"), says("a", "4", "panic"), says("a", "5", "fine"),
		}})
		for i, want := range []channels.OutcomeKind{"message", "quarantined", "message", "quarantined", "reply"} {
			if out[i].Kind != want {
				t.Errorf("event %s: %s, want %s", out[i].Key, out[i].Kind, want)
			}
		}
		if cursor, err := db.Cursor(t.Context(), 1, "s"); err != nil || cursor != "42" {
			t.Errorf("cursor %q, %v", cursor, err)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM messages`); n != 3 {
			t.Errorf("%d messages, want 3", n)
		}
		hold(t, db)

		var all sync.WaitGroup // each delivery of its own, gathered as they come
		for i := range 20 {
			all.Go(func() {
				text := "fine"
				if i == 7 {
					text = "poison"
				}
				if _, err := d.account(1).Deliver(t.Context(), channels.Batch{Events: []channels.Event{says(named(i), fmt.Sprint("g", i), text)}}); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if n := number(t, db, `SELECT COUNT(*) FROM messages`); n != 3+19 {
			t.Errorf("%d messages, want %d", n, 3+19)
		}

		if _, err := d.account(1).Deliver(t.Context(), channels.Batch{Stream: "s", Cursor: "43", Events: []channels.Event{says("a", "6", "outage")}}); err == nil {
			t.Error("what could not be stored was acknowledged")
		}
		if cursor, _ := db.Cursor(t.Context(), 1, "s"); cursor != "42" {
			t.Errorf("the cursor moved to %q past what was not stored", cursor)
		}
		if o := d.deliver(says("a", "6", "fine now"))[0]; o.Kind != channels.OutcomeReply {
			t.Errorf("after the outage: %+v", o)
		}
		hold(t, db)
	})
}

func TestRandomHistories(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, place store.Options) {
		db := storetest.At(t, place)
		d := enter(t, db, nil)
		random := rand.New(rand.NewPCG(2026, 3))
		var all sync.WaitGroup
		for g := range 4 {
			stream := rand.New(rand.NewPCG(random.Uint64(), uint64(g)))
			all.Go(func() {
				for range 40 {
					events := make([]channels.Event, 1+stream.IntN(6))
					for i := range events {
						events[i] = randomEvent(stream)
					}
					out, err := d.account(channels.AccountID(1+stream.IntN(2))).Deliver(t.Context(),
						channels.Batch{Events: events, Stream: "s", Cursor: fmt.Sprint(g)})
					if err != nil {
						t.Error(err)
						return
					}
					for i, o := range out {
						if o.Key != events[i].Key || o.Kind == "" {
							t.Errorf("outcome %+v of %s", o, events[i].Key)
						}
					}
				}
			})
		}
		all.Wait()
		hold(t, db)
		if n := number(t, db, `SELECT COUNT(*) FROM messages`); n < 50 {
			t.Errorf("only %d messages: the histories are too dull to prove anything", n)
		}
	})
}

// randomEvent draws from few keys, chats and ids, so that events meet.
func randomEvent(r *rand.Rand) channels.Event {
	visitor, n := named(r.IntN(4)), r.IntN(60)
	remote := fmt.Sprint("r-", r.IntN(60))
	key := channels.EventKey(fmt.Sprint("k", r.IntN(400)))
	switch r.IntN(10) {
	case 0:
		return receiptOf(visitor, string(key), remote, channels.Read)
	case 1:
		return channels.Event{Key: key, Chat: visitor, Edit: &channels.Edit{RemoteID: remote, Text: "edited"}}
	case 2:
		return channels.Event{Key: key, Chat: visitor, Delete: &channels.Delete{RemoteID: remote}}
	case 3:
		return channels.Event{Key: key, Chat: visitor, Reaction: &channels.Reaction{RemoteID: remote, Emoji: "👍"}}
	case 4:
		return echo(visitor, string(key), remote)
	case 5:
		ev := says(visitor, string(key), "from the past")
		ev.Historic, ev.At = true, time.Date(2025, 1, 1+n, 0, 0, 0, 0, time.UTC)
		return ev
	case 6:
		ev := says(visitor, string(key), "I am away")
		ev.Nature = channels.NatureNotice
		return ev
	default:
		ev := says(visitor, string(key), "hello")
		ev.Message.RemoteID = remote
		return ev
	}
}
