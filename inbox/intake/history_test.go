package intake_test

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/intake"
)

// play delivers the history that the bytes describe, in batches, each once more at
// once, and the whole again at the end, and checks after every step what must hold.
func play(t *testing.T, history []byte) {
	t.Helper()
	w := newWorld()
	s := intake.New(intake.Options{Store: w, Log: slog.New(slog.DiscardHandler), Now: w.clock})
	s.Start()
	defer s.Stop()
	var all []channels.Event
	for len(history) > 0 {
		n := min(1+4*int(1+history[0]%5), len(history))
		events := eventsOf(history[1:n])
		w.now = w.now.Add(time.Duration(history[0]) * time.Hour)
		if history[0]%16 == 15 {
			w.closeAll()
		}
		history = history[n:]
		deliver(t, s, w, events, false)
		deliver(t, s, w, events, true)
		all = append(all, events...)
	}
	deliver(t, s, w, all, true)
}

// deliver hands events in and compares outcomes and, for a replay, the whole world.
func deliver(t *testing.T, s *intake.Service, w *world, events []channels.Event, replay bool) {
	t.Helper()
	before := w.print()
	out, err := s.For(1, nil).Deliver(t.Context(), channels.Batch{Events: events})
	if err != nil {
		t.Fatalf("deliver: %v", err)
	}
	if len(out) != len(events) {
		t.Fatalf("%d outcomes of %d events", len(out), len(events))
	}
	for i, o := range out {
		if o.Kind == "" || replay && o.Kind != channels.OutcomeDuplicate {
			t.Fatalf("outcome %+v of event %d, replayed %v", o, i, replay)
		}
		if o.MessageID != 0 && o.Kind != channels.OutcomeDuplicate && w.messages[inbox.MessageID(o.MessageID)].Seq != o.Seq {
			t.Fatalf("outcome %+v names a message of another seq", o)
		}
	}
	if after := w.print(); replay && after != before {
		t.Fatalf("a replay changed the world\nfrom %s\nto   %s", before, after)
	}
	for _, problem := range w.broken() {
		t.Fatal(problem)
	}
}

// print is all that a replay must not change.
func (w *world) print() string {
	return fmt.Sprint(w.contacts, w.identities, w.conversations, w.messages, w.leads, w.requests, w.parked, len(w.feed), len(w.timeline))
}

func (w *world) closeAll() {
	for id, c := range w.conversations {
		c.Status, c.ClosedAt = inbox.Closed, w.now
		w.conversations[id] = c
	}
}

// eventsOf reads four bytes per event: kind, who and where, key, message. There are
// few of each, so that events meet.
func eventsOf(b []byte) []channels.Event {
	var list []channels.Event
	for ; len(b) >= 4; b = b[4:] {
		kind, who, key, remote := b[0], b[1], b[2], fmt.Sprint("r", b[3]%16)
		ev := channels.Event{Key: channels.EventKey(fmt.Sprint("k", key)), Direction: channels.Inward, Chat: fmt.Sprint("chat", who%5)}
		switch kind % 8 {
		case 0:
			ev.Receipt = &channels.Receipt{RemoteID: remote, State: []channels.DeliveryState{channels.Delivered, channels.Read, channels.DeliveryFailed}[kind>>3%3], UpTo: kind>>6 == 1}
		case 1:
			ev.Edit = &channels.Edit{RemoteID: remote, Text: string(b[:4])}
		case 2:
			ev.Delete = &channels.Delete{RemoteID: remote}
		case 3:
			ev.Reaction = &channels.Reaction{RemoteID: remote, Emoji: string(b[:2])}
		default:
			ev.Message = &channels.Message{RemoteID: remote, Text: string(b[:4]), ReplyTo: fmt.Sprint("r", b[3]>>4)}
			ev.Sender = channels.Sender{Scope: "s", Address: fmt.Sprint(who >> 3 % 6), Name: string(b[1:3])}
			ev.Historic, ev.Nature = kind>>3%4 == 1, []channels.Nature{2: channels.NatureNotice, 3: ""}[kind>>3%4]
			if kind>>5%2 == 1 {
				ev.Direction = channels.Echo
			}
			if kind>>6 > 0 {
				ev.Sender.Extra = []channels.Address{{Scope: "s", Address: fmt.Sprint(who >> 5), Verified: kind>>6 == 1}}
			}
		}
		list = append(list, ev)
	}
	return list
}

func TestHistories(t *testing.T) {
	t.Parallel()
	for seed := range uint64(150) {
		random := rand.New(rand.NewPCG(seed, 1))
		history := make([]byte, 40+random.IntN(600))
		for i := range history {
			history[i] = byte(random.Uint32())
		}
		if !t.Run(fmt.Sprint(seed), func(t *testing.T) { play(t, history) }) {
			return
		}
	}
}

func FuzzHistory(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("\x04\x04\x01a1\x00\x01b1\x24\x01c2\x04\x01a1"))               // message, receipt, echo, duplicate
	f.Add([]byte("\x01\x40\x01a5\x0f\x24\x01b5\x01\x01c5\x02\x01d5\x03\x01e5")) // parked, then its echo, edit, delete, reaction
	f.Add([]byte("\x0f\x44\x09a1\xff\x84\x21b2\x0c\x01c3"))                     // shared addresses around a closing
	f.Fuzz(func(t *testing.T, history []byte) {
		if len(history) > 2000 {
			return
		}
		play(t, history)
	})
}

func FuzzStrings(f *testing.F) {
	f.Add("k", "chat", "name", "text")
	f.Add("k\x00\xff", "c\x00", "\xff\xfe", "a\x00b\xc3")
	f.Fuzz(func(t *testing.T, key, chat, name, body string) {
		if key == "" || len(key) > channels.MaxKey {
			return
		}
		w := newWorld()
		s := intake.New(intake.Options{Store: w, Log: slog.New(slog.DiscardHandler), Now: w.clock})
		s.Start()
		defer s.Stop()
		ev := channels.Event{
			Key: channels.EventKey(key), Direction: channels.Inward, Chat: chat, Subject: name,
			Sender:  channels.Sender{Scope: "s", Address: chat, Name: name},
			Source:  channels.Source{Page: name, UTM: map[string]string{name: body}},
			Message: &channels.Message{RemoteID: chat, Text: body, HTML: body, Files: []channels.File{{Name: name}}}, Raw: []byte(body),
		}
		deliver(t, s, w, []channels.Event{ev}, false)
		deliver(t, s, w, []channels.Event{ev}, true)
		for _, m := range w.messages {
			storable(t, m.Text, m.HTML, m.RemoteID, m.EventKey, m.Files[0].Name)
		}
		for _, c := range w.conversations {
			storable(t, c.Chat, c.Subject, c.LastText)
		}
		for _, p := range w.contacts {
			storable(t, p.Name)
			if len(p.Name) > 1000 {
				t.Errorf("a name of %d bytes", len(p.Name))
			}
		}
	})
}
