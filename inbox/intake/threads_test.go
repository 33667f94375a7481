package intake_test

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/intake"
)

// letter is a mail of a made-up correspondence.
type letter struct {
	id     string
	thread int
	from   string
	to, cc []string
	refs   []string // as an undamaged mail has them
	forged bool     // of a stranger who has read the ids somewhere
}

const us = "support@shop.example"

func address(a string) channels.Address {
	return channels.Address{Scope: "email", Address: a}
}

func addresses(list []string) (out []channels.Address) {
	for _, a := range list {
		out = append(out, address(a))
	}
	return out
}

// event is the letter as it arrives, with the given references.
func (l *letter) event(refs []string) channels.Event {
	chat := l.id
	if len(refs) > 0 {
		chat = refs[0]
	}
	ev := channels.Event{
		Key: channels.EventKey("m:" + l.id), Direction: channels.Inward, Chat: chat, Subject: "Re: the same for all",
		Sender:  channels.Sender{Scope: "email", Address: l.from, Verified: true},
		Message: &channels.Message{RemoteID: l.id, Text: l.id, To: addresses(l.to), Cc: addresses(l.cc), References: refs},
	}
	if l.from == us { // written elsewhere
		ev.Direction, ev.Sender.Address = channels.Echo, l.to[0]
		ev.Message.From = &channels.Address{Scope: "email", Address: us}
	}
	return ev
}

// damaged loses references as mail programs do, but never the one that is answered.
func damaged(random *rand.Rand, refs []string) []string {
	if len(refs) < 2 {
		return refs
	}
	last := refs[len(refs)-1:]
	switch random.IntN(4) {
	case 0:
		return refs
	case 1: // In-Reply-To alone
		return last
	case 2: // cut at the front
		return refs[random.IntN(len(refs)):]
	default: // the root and the nearest
		return slices.Concat(refs[:1], last)
	}
}

// correspondence makes threads whose replies come from who got what they answer.
func correspondence(random *rand.Rand, threads int) []*letter {
	var all []*letter
	for n := range threads {
		people := make([]string, 2+random.IntN(4))
		for i := range people {
			people[i] = fmt.Sprintf("p%d@t%d.example", i, n)
		}
		root := &letter{id: fmt.Sprintf("%d.0@x", n), thread: n, from: people[0], to: []string{us}, cc: people[1 : 1+random.IntN(len(people))]}
		mine := []*letter{root}
		for i := 1; i < 2+random.IntN(7); i++ {
			parent := mine[random.IntN(len(mine))]
			got := slices.DeleteFunc(slices.Concat([]string{parent.from}, parent.to, parent.cc), func(a string) bool { return a == "" })
			from := got[random.IntN(len(got))]
			l := &letter{id: fmt.Sprintf("%d.%d@x", n, i), thread: n, from: from, refs: append(slices.Clone(parent.refs), parent.id)}
			if from == us {
				others := slices.DeleteFunc(slices.Clone(got), func(a string) bool { return a == us })
				if len(others) == 0 {
					others = people[:1]
				}
				l.to = others[:1+random.IntN(len(others))]
			} else {
				l.to = []string{us}
				if random.IntN(2) == 0 {
					l.cc = people[random.IntN(len(people)):]
				}
			}
			mine = append(mine, l)
		}
		if random.IntN(2) == 0 {
			target := mine[random.IntN(len(mine))]
			mine = append(mine, &letter{
				id: fmt.Sprintf("forged.%d@x", n), thread: n, forged: true, from: fmt.Sprintf("mallory@%d.evil", n), to: []string{us},
				cc: people[:random.IntN(2)], refs: append(slices.Clone(target.refs), target.id),
			})
		}
		all = append(all, mine...)
	}
	return all
}

// TestEveryReplyFindsItsConversation delivers correspondences in any order, damaged as
// mails are, one by one and in batches.
func TestEveryReplyFindsItsConversation(t *testing.T) {
	t.Parallel()
	for seed := range uint64(50) {
		random := rand.New(rand.NewPCG(seed, 7))
		if !t.Run(fmt.Sprint(seed), func(t *testing.T) { correspond(t, random) }) {
			return
		}
	}
}

func correspond(t *testing.T, random *rand.Rand) {
	w := newWorld()
	w.own = []string{us}
	s := intake.New(intake.Options{Store: w, Log: slog.New(slog.DiscardHandler), Now: w.clock})
	s.Start()
	defer s.Stop()
	letters := correspondence(random, 1+random.IntN(5))
	random.Shuffle(len(letters), func(i, j int) { letters[i], letters[j] = letters[j], letters[i] })
	var events []channels.Event
	for _, l := range letters {
		events = append(events, l.event(damaged(random, l.refs)))
	}
	for rest := events; len(rest) > 0; {
		n := 1 + random.IntN(min(len(rest), 4))
		deliver(t, s, w, rest[:n], false)
		deliver(t, s, w, rest[:n], true)
		rest = rest[n:]
	}
	deliver(t, s, w, events, true)
	where := map[string]inbox.ConversationID{}
	for _, m := range w.messages {
		where[m.RemoteID] = m.ConversationID
	}
	home := map[int]inbox.ConversationID{}
	for _, l := range letters {
		if l.forged {
			continue
		}
		c, ok := where[l.id]
		if have, known := home[l.thread]; !ok || known && have != c {
			t.Errorf("letter %s is in conversation %d, its thread in %d\n%s", l.id, c, have, describe(events))
		}
		home[l.thread] = c
	}
	for _, l := range letters {
		if c := where[l.id]; l.forged && c == home[l.thread] {
			t.Errorf("a stranger's letter %s joined conversation %d\n%s", l.id, c, describe(events))
		}
	}
	for thread, c := range home {
		for other, x := range home {
			if thread != other && c == x {
				t.Errorf("threads %d and %d became one", thread, other)
			}
		}
		for _, p := range w.participants {
			if p.ConversationID == c && (p.Address == us || strings.HasPrefix(p.Address, "mallory")) {
				t.Errorf("%s takes part in conversation %d", p.Address, c)
			}
		}
	}
}

func describe(events []channels.Event) string {
	var b strings.Builder
	for _, ev := range events {
		fmt.Fprintln(&b, ev.Message.RemoteID, ev.Direction, ev.Sender.Address, "to", ev.Message.To, "cc", ev.Message.Cc, "refs", ev.Message.References)
	}
	return b.String()
}
