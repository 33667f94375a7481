package load_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/contact"
	"parley/inbox/intake"
	"parley/inbox/pipeline"
	"parley/internal/load"
)

// memory keeps what is seeded. Like the database it gives every id and number once.
type memory struct {
	last, conversationNumber, requestNumber int64
	all                                     inbox.Changes
}

func (m *memory) Bulk(ctx context.Context, fn func(ctx context.Context) error) error { return fn(ctx) }

func (m *memory) Supply(_ context.Context, ids, events int) (intake.Supply, error) {
	return &stock{memory: m, ids: ids, events: events}, nil
}

func (m *memory) Save(_ context.Context, ch *inbox.Changes) error {
	m.all.Contacts = append(m.all.Contacts, ch.Contacts...)
	m.all.Identities = append(m.all.Identities, ch.Identities...)
	m.all.Conversations = append(m.all.Conversations, ch.Conversations...)
	m.all.NewMessages = append(m.all.NewMessages, ch.NewMessages...)
	m.all.Leads = append(m.all.Leads, ch.Leads...)
	m.all.Requests = append(m.all.Requests, ch.Requests...)
	return nil
}

// stock is a Supply that panics when more is taken than was asked for.
type stock struct {
	*memory
	ids, events       int
	numbers, requests int
}

func (s *stock) ID() int64 {
	if s.ids--; s.ids < 0 {
		panic("more ids were taken than asked for")
	}
	s.last++
	return s.last
}

func (s *stock) ConversationNumber() int64 {
	if s.numbers++; s.numbers > s.events {
		panic("more conversation numbers were taken than asked for")
	}
	s.conversationNumber++
	return s.conversationNumber
}

func (s *stock) RequestNumber() int64 {
	if s.requests++; s.requests > s.events {
		panic("more request numbers were taken than asked for")
	}
	s.requestNumber++
	return s.requestNumber
}

func (s *stock) Rewind()  {}
func (s *stock) Release() {}

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func seed(t *testing.T, m *memory, conversations, messages int) {
	t.Helper()
	err := load.Seed(t.Context(), m, load.SeedOptions{
		Conversations: conversations, Messages: messages, Account: 7, Kind: channels.KindWebchat,
		Teams: []inbox.TeamID{1, 2}, Agents: []inbox.AgentID{3, 4}, Now: now,
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestSeedGivesWhatWasAsked(t *testing.T) {
	t.Parallel()
	for _, n := range []struct{ conversations, messages int }{{1, 1}, {1, 50}, {3, 3}, {7, 8}, {100, 870}, {400, 400}, {401, 3999}, {1234, 10_000}} {
		t.Run(fmt.Sprint(n.conversations, " with ", n.messages), func(t *testing.T) {
			t.Parallel()
			m := &memory{}
			seed(t, m, n.conversations, n.messages)
			check(t, m, n.conversations, n.messages)
			seed(t, m, n.conversations, n.messages) // again beside what there is
			check(t, m, 2*n.conversations, 2*n.messages)
		})
	}
}

// check holds the seeded rows to what the product promises of its own.
func check(t *testing.T, m *memory, conversations, messages int) {
	t.Helper()
	a := m.all
	if len(a.Conversations) != conversations || len(a.NewMessages) != messages {
		t.Errorf("%d conversations and %d messages", len(a.Conversations), len(a.NewMessages))
	}
	for what, n := range map[string]int{"contacts": len(a.Contacts), "identities": len(a.Identities), "leads": len(a.Leads), "requests": len(a.Requests)} {
		if n != conversations {
			t.Errorf("%d %s", n, what)
		}
	}
	by := map[inbox.ConversationID]*inbox.Conversation{}
	numbers, threads, addresses := map[int64]bool{}, map[string]bool{}, map[string]bool{}
	for _, c := range a.Conversations {
		if by[c.ID] != nil || numbers[c.Number] || threads[c.Chat] {
			t.Errorf("conversation %d has an id, a number or a thread of another one", c.ID)
		}
		by[c.ID], numbers[c.Number], threads[c.Chat] = c, true, true
		if (c.Status == inbox.Closed) != !c.ClosedAt.IsZero() {
			t.Errorf("conversation %d is %s and was closed at %v", c.ID, c.Status, c.ClosedAt)
		}
		if c.Unanswered != (c.Status != inbox.Closed && c.LastDirection == inbox.Inbound) || c.Unanswered == c.WaitingSince.IsZero() {
			t.Errorf("conversation %d, %s, %s at last: unanswered %v since %v", c.ID, c.Status, c.LastDirection, c.Unanswered, c.WaitingSince)
		}
		if c.CreatedAt.After(now) || c.CreatedAt.Before(now.AddDate(-1, 0, -2)) {
			t.Errorf("conversation %d is of %v", c.ID, c.CreatedAt)
		}
	}
	for _, i := range a.Identities {
		if addresses[i.Address] {
			t.Errorf("address %s is given twice", i.Address)
		}
		addresses[i.Address] = true
	}
	checkMessages(t, a.NewMessages, by)
	checkWork(t, a.Leads, a.Requests, by)
}

func checkMessages(t *testing.T, list []*inbox.Message, by map[inbox.ConversationID]*inbox.Conversation) {
	t.Helper()
	seq, at := map[inbox.ConversationID]int64{}, map[inbox.ConversationID]time.Time{}
	for _, m := range list {
		if m.Seq != seq[m.ConversationID]+1 || !m.CreatedAt.After(at[m.ConversationID]) {
			t.Errorf("message %d of conversation %d follows %d", m.Seq, m.ConversationID, seq[m.ConversationID])
		}
		seq[m.ConversationID], at[m.ConversationID] = m.Seq, m.CreatedAt
		if m.CreatedAt.After(now) {
			t.Errorf("message %d is of %v, which is yet to come", m.ID, m.CreatedAt)
		}
		if m.Text == "" {
			t.Errorf("message %d says nothing", m.ID)
		}
	}
	for id, c := range by {
		if c.Seq != seq[id] || c.Seq < 1 || !c.LastAt.Equal(at[id]) {
			t.Errorf("conversation %d ends at %d, its messages at %d", id, c.Seq, seq[id])
		}
	}
}

func checkWork(t *testing.T, leads []*pipeline.Lead, requests []*pipeline.Request, by map[inbox.ConversationID]*inbox.Conversation) {
	t.Helper()
	open, numbers := map[contact.ID]bool{}, map[int64]bool{}
	for _, l := range leads {
		if l.Status == pipeline.LeadOpen && open[l.ContactID] {
			t.Errorf("contact %d has two open leads", l.ContactID)
		}
		open[l.ContactID] = l.Status == pipeline.LeadOpen
		if c := by[inbox.ConversationID(l.ConversationID)]; c == nil || c.LeadID != l.ID || c.ContactID != l.ContactID {
			t.Errorf("lead %d and its conversation do not know each other", l.ID)
		}
	}
	for _, r := range requests {
		if numbers[r.Number] {
			t.Errorf("request number %d is given twice", r.Number)
		}
		numbers[r.Number] = true
		if c := by[inbox.ConversationID(r.ConversationID)]; c == nil || c.RequestID != r.ID {
			t.Errorf("request %d and its conversation do not know each other", r.ID)
		}
	}
}

func TestSeedRefusesTooFewMessages(t *testing.T) {
	t.Parallel()
	for _, n := range []struct{ conversations, messages int }{{0, 0}, {2, 1}, {-1, 5}} {
		if err := load.Seed(t.Context(), &memory{}, load.SeedOptions{Conversations: n.conversations, Messages: n.messages}); err == nil {
			t.Errorf("%+v: no error", n)
		}
	}
}
