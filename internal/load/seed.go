package load

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/intake"
	"parley/inbox/pipeline"
)

// SeedStore is what seeding needs of the database.
type SeedStore interface {
	Bulk(ctx context.Context, fn func(ctx context.Context) error) error
	Supply(ctx context.Context, ids, events int) (intake.Supply, error)
	Save(ctx context.Context, ch *inbox.Changes) error
}

// SeedOptions says what to fill a database with. The same numbers give the same data.
type SeedOptions struct {
	Conversations, Messages int
	Account                 channels.AccountID
	Kind                    channels.Kind
	Teams                   []inbox.TeamID  // may be empty
	Agents                  []inbox.AgentID // may be empty
	Now                     time.Time
	Progress                func(conversations, messages int) // may be nil
}

// seedBatch is how many conversations one transaction holds.
const seedBatch = 400

// Seed writes conversations that span the last year, most of them closed, with their
// contacts, leads and requests, spread over teams and agents.
func Seed(ctx context.Context, store SeedStore, o SeedOptions) error {
	if o.Conversations < 1 || o.Messages < o.Conversations {
		return fmt.Errorf("seed: need at least one conversation and as many messages as conversations")
	}
	s := &seeder{o: o, rnd: rand.New(rand.NewPCG(1, uint64(o.Conversations)))}
	written := 0
	for done := 0; done < o.Conversations; {
		n := min(seedBatch, o.Conversations-done)
		end := int(int64(o.Messages) * int64(done+n) / int64(o.Conversations))
		ch, supply, err := s.batch(ctx, store, done, n, end-written)
		if err != nil {
			return err
		}
		if err := store.Bulk(ctx, func(ctx context.Context) error { return store.Save(ctx, ch) }); err != nil {
			return fmt.Errorf("seed: %w", err)
		}
		supply.Release()
		done, written = done+n, end
		if o.Progress != nil {
			o.Progress(done, written)
		}
	}
	return nil
}

type seeder struct {
	o   SeedOptions
	rnd *rand.Rand
}

// batch makes n conversations with messages messages, oldest first over the year.
func (s *seeder) batch(ctx context.Context, store SeedStore, from, n, messages int) (*inbox.Changes, intake.Supply, error) {
	supply, err := store.Supply(ctx, n*6+messages, n)
	if err != nil {
		return nil, nil, fmt.Errorf("seed: %w", err)
	}
	ch := &inbox.Changes{}
	left := messages
	for i := range n {
		share := left / (n - i)
		count := share
		if i < n-1 && share > 1 { // vary the length, keep the sum
			count = 1 + s.rnd.IntN(2*share-1)
			count = min(count, left-(n-1-i))
		}
		left -= count
		age := float64(s.o.Conversations-from-i) / float64(s.o.Conversations)
		s.conversation(ch, supply, s.o.Now.Add(-time.Duration(age*365*24*float64(time.Hour))), age, count)
	}
	return ch, supply, nil
}

func (s *seeder) conversation(ch *inbox.Changes, supply intake.Supply, at time.Time, age float64, messages int) {
	at = at.UTC().Truncate(time.Microsecond)
	p := &contact.Contact{ID: contact.ID(supply.ID()), Name: s.name(), CreatedAt: at, UpdatedAt: at}
	id := &contact.Identity{ID: contact.IdentityID(supply.ID()), ContactID: p.ID, Scope: fmt.Sprintf("account:%d", s.o.Account),
		Address: fmt.Sprintf("seed-%d", p.ID), Verified: true, CreatedAt: at}
	c := &inbox.Conversation{
		ID: inbox.ConversationID(supply.ID()), Number: supply.ConversationNumber(), AccountID: s.o.Account, Chat: id.Address,
		ContactID: p.ID, IdentityID: id.ID, Status: inbox.Closed, Priority: pick(s.rnd, priorities), CreatedAt: at,
		TeamID: pick(s.rnd, append([]inbox.TeamID{0}, s.o.Teams...)), AssigneeID: pick(s.rnd, append([]inbox.AgentID{0}, s.o.Agents...)),
	}
	why := actor.Cause{Kind: actor.Import}
	// A young conversation is a quick one: nothing is later than now.
	pace := min(time.Duration(1+s.rnd.IntN(600))*time.Second, s.o.Now.Sub(at)/time.Duration(messages)).Truncate(time.Microsecond)
	for n := range messages {
		s.message(ch, supply, c, p, n, at.Add(time.Duration(n)*pace), why)
	}
	s.outcome(ch, supply, c, p, age, at)
	c.UpdatedAt = c.LastAt
	ch.Contacts = append(ch.Contacts, p)
	ch.Identities = append(ch.Identities, id)
	ch.Conversations = append(ch.Conversations, c)
}

func (s *seeder) message(ch *inbox.Changes, supply intake.Supply, c *inbox.Conversation, p *contact.Contact, n int, at time.Time, why actor.Cause) {
	m := &inbox.Message{ID: inbox.MessageID(supply.ID()), ConversationID: c.ID, AccountID: c.AccountID, Seq: c.Seq + 1,
		Direction: inbox.Inbound, Kind: inbox.KindMessage, Author: inbox.Author{Kind: "contact", ID: int64(p.ID)},
		Text: s.text(questions), State: inbox.Received, Cause: why, CreatedAt: at, UpdatedAt: at, SentAt: at}
	if n%2 == 1 {
		m.Direction, m.State, m.Text = inbox.Outbound, inbox.Read, s.text(answers)
		m.Author = inbox.Author{Kind: "agent", ID: int64(pick(s.rnd, append([]inbox.AgentID{0}, s.o.Agents...)))}
	}
	c.Note(m)
	ch.NewMessages = append(ch.NewMessages, m)
}

// outcome says how the conversation stands today: the younger, the likelier it is open.
func (s *seeder) outcome(ch *inbox.Changes, supply intake.Supply, c *inbox.Conversation, p *contact.Contact, age float64, at time.Time) {
	c.ClosedAt = c.LastAt
	status, stage := pipeline.RequestClosed, int64(4)
	leadStatus := pipeline.LeadConverted
	if age < 0.02 || s.rnd.IntN(20) == 0 {
		c.Status, c.ClosedAt = inbox.Open, time.Time{}
		status, leadStatus, stage = pipeline.RequestOpen, pipeline.LeadOpen, 1+s.rnd.Int64N(3)
		if c.LastDirection == inbox.Inbound {
			c.Wait(c.LastAt)
		}
	} else if s.rnd.IntN(3) == 0 {
		leadStatus, stage = pipeline.LeadLost, 5
	}
	l := &pipeline.Lead{ID: pipeline.LeadID(supply.ID()), ContactID: p.ID, ConversationID: int64(c.ID), AccountID: int64(c.AccountID),
		TeamID: int64(c.TeamID), OwnerID: int64(c.AssigneeID), Status: leadStatus, PipelineID: 1, StageID: stage,
		Source: string(s.o.Kind), CreatedAt: at, UpdatedAt: c.LastAt}
	r := &pipeline.Request{ID: pipeline.RequestID(supply.ID()), Number: supply.RequestNumber(), ContactID: p.ID, ConversationID: int64(c.ID),
		AccountID: int64(c.AccountID), TeamID: int64(c.TeamID), OwnerID: int64(c.AssigneeID), Type: "question", Priority: string(c.Priority),
		Status: status, CreatedAt: at, UpdatedAt: c.LastAt}
	c.LeadID, c.RequestID = l.ID, r.ID
	ch.Leads = append(ch.Leads, l)
	ch.Requests = append(ch.Requests, r)
}

func (s *seeder) name() string { return pick(s.rnd, firstNames) + " " + pick(s.rnd, lastNames) }

// text strings two or three phrases together.
func (s *seeder) text(phrases []string) string {
	out := pick(s.rnd, phrases)
	for range s.rnd.IntN(3) {
		out += " " + pick(s.rnd, phrases)
	}
	return out
}

func pick[T any](rnd *rand.Rand, list []T) T { return list[rnd.IntN(len(list))] }
