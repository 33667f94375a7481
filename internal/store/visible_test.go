package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// world is random conversations, leads, requests and contacts, and what decides who
// may see each.
type world struct {
	conversations map[int64]actor.Sight
	listed        map[int64]actor.Sight // those that no other has taken in
	messages      map[int64]actor.Sight
	leads         map[int64]actor.Sight
	requests      map[int64]actor.Sight
	owners        map[int64]int64 // of contacts
	people        map[int64][]actor.Sight
}

// TestVisibleAsInGo holds SQL to what Go says, for many viewers over random rows: every
// list shows exactly what the viewer may see, and reading one agrees with the lists.
func TestVisibleAsInGo(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		random := rand.New(rand.NewPCG(seed, 1))
		w := randomWorld(t, db, random)
		for range 25 {
			v := randomViewer(random)
			t.Run(fmt.Sprintf("%+v", v), func(t *testing.T) { w.check(t, db, v) })
		}
	})
}

func randomWorld(t *testing.T, db *store.DB, random *rand.Rand) *world {
	t.Helper()
	w := &world{
		conversations: map[int64]actor.Sight{}, listed: map[int64]actor.Sight{}, messages: map[int64]actor.Sight{}, leads: map[int64]actor.Sight{},
		requests: map[int64]actor.Sight{}, owners: map[int64]int64{}, people: map[int64][]actor.Sight{},
	}
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	ch := &inbox.Changes{}
	id := int64(5000)
	next := func() int64 { id++; return id }
	for n := range 60 {
		p := &contact.Contact{ID: contact.ID(next()), Name: fmt.Sprintf("Person %02d", n), OwnerID: random.Int64N(4), CreatedAt: at}
		ch.Contacts = append(ch.Contacts, p)
		w.owners[int64(p.ID)] = p.OwnerID
		for range random.IntN(4) {
			s := actor.Sight{AccountID: 20 + random.Int64N(3), TeamID: random.Int64N(4), AgentID: random.Int64N(4)}
			at = at.Add(time.Second)
			c := &inbox.Conversation{
				ID: inbox.ConversationID(next()), Number: id, AccountID: channels.AccountID(s.AccountID), Chat: fmt.Sprint("chat ", id), ContactID: p.ID,
				TeamID: inbox.TeamID(s.TeamID), AssigneeID: inbox.AgentID(s.AgentID), Priority: inbox.Normal, Unanswered: random.IntN(2) == 0,
				Status: []inbox.Status{inbox.Open, inbox.Pending, inbox.Snoozed, inbox.Closed}[random.IntN(4)], LastAt: at, CreatedAt: at, UpdatedAt: at,
			}
			if c.Unanswered = c.Unanswered && c.Status != inbox.Closed; c.Unanswered {
				c.WaitingSince = at
			}
			if c.Status == inbox.Closed && random.IntN(2) == 0 {
				c.MergedInto = 1
			} else {
				w.listed[int64(c.ID)] = s
			}
			ch.Conversations = append(ch.Conversations, c)
			w.conversations[int64(c.ID)] = s
			w.people[int64(p.ID)] = append(w.people[int64(p.ID)], s)
			m := &inbox.Message{ID: inbox.MessageID(next()), ConversationID: c.ID, Seq: 1, Kind: inbox.KindMessage, Direction: inbox.Inbound, CreatedAt: at}
			ch.NewMessages = append(ch.NewMessages, m)
			w.messages[int64(m.ID)] = s
		}
		s := actor.Sight{AccountID: 20 + random.Int64N(3), TeamID: random.Int64N(4), AgentID: random.Int64N(4)}
		l := &pipeline.Lead{ID: pipeline.LeadID(next()), ContactID: p.ID, AccountID: s.AccountID, TeamID: s.TeamID, OwnerID: s.AgentID, Status: pipeline.LeadOpen, CreatedAt: at}
		r := &pipeline.Request{ID: pipeline.RequestID(next()), Number: id, ContactID: p.ID, AccountID: s.AccountID, TeamID: s.TeamID, OwnerID: s.AgentID, Status: pipeline.RequestOpen, CreatedAt: at}
		ch.Leads, ch.Requests = append(ch.Leads, l), append(ch.Requests, r)
		w.leads[int64(l.ID)], w.requests[int64(r.ID)] = s, s
	}
	if err := db.Write(t.Context(), func(ctx context.Context) error { return db.Save(ctx, ch) }); err != nil {
		t.Fatal(err)
	}
	return w
}

func randomViewer(random *rand.Rand) actor.Viewer {
	v := actor.Viewer{AgentID: random.Int64N(4), Scope: []actor.Scope{actor.All, actor.Team, actor.Team, actor.Own, actor.Own, ""}[random.IntN(6)]}
	for team := int64(1); team < 4; team++ {
		if random.IntN(2) == 0 {
			v.Teams = append(v.Teams, team)
		}
	}
	for account := int64(20); account < 23; account++ {
		if random.IntN(4) == 0 {
			v.Accounts = append(v.Accounts, account)
		}
	}
	return v
}

func (w *world) check(t *testing.T, db *store.DB, v actor.Viewer) {
	ctx := t.Context()
	filters := map[string]inbox.Filter{"newest": {}, "oldest": {Sort: inbox.Oldest}, "due": {Sort: inbox.Due}}
	for name, f := range filters {
		showsSeen(t, "conversations by "+name, v, w.listed, func(cursor string) ([]int64, string, error) {
			f.Cursor, f.Limit = cursor, 7
			page, err := db.Conversations(ctx, v, f)
			return idsOf(page.Items, func(r inbox.Row) int64 { return int64(r.ID) }), page.Next, err
		})
		walksBothWays(t, db, v, name, f)
	}
	showsSeen(t, "leads", v, w.leads, func(cursor string) ([]int64, string, error) {
		page, err := db.Leads(ctx, v, pipeline.LeadFilter{Cursor: cursor, Limit: 7})
		return idsOf(page.Items, func(l pipeline.LeadRow) int64 { return int64(l.ID) }), page.Next, err
	})
	showsSeen(t, "requests", v, w.requests, func(cursor string) ([]int64, string, error) {
		page, err := db.Requests(ctx, v, pipeline.RequestFilter{Cursor: cursor, Limit: 7})
		return idsOf(page.Items, func(r pipeline.RequestRow) int64 { return int64(r.ID) }), page.Next, err
	})
	people := map[int64]bool{}
	for id, owner := range w.owners {
		people[id] = contact.Visible(v, owner, w.people[id])
	}
	showsExactly(t, "contacts", people, func(cursor string) ([]int64, string, error) {
		page, err := db.Contacts(ctx, v, contact.Filter{Cursor: cursor, Limit: 7})
		return idsOf(page.Items, func(p contact.Contact) int64 { return int64(p.ID) }), page.Next, err
	})
	w.checkSingle(t, db, v, people)
}

// checkSingle reads each object by itself.
func (w *world) checkSingle(t *testing.T, db *store.DB, v actor.Viewer, people map[int64]bool) {
	ctx := t.Context()
	agree := func(what string, id int64, want, got bool, err error) {
		if err != nil || want != got {
			t.Errorf("%s %d: seen %v, want %v (%v)", what, id, got, want, err)
		}
	}
	for id, s := range w.conversations {
		_, got, err := db.ConversationRow(ctx, v, inbox.ConversationID(id))
		agree("conversation", id, v.Sees(s), got, err)
		_, got, err = db.Messages(ctx, v, inbox.ConversationID(id), inbox.MessageFilter{Limit: 5})
		agree("messages of", id, v.Sees(s), got, err)
	}
	for id, s := range w.messages {
		_, got, err := db.Message(ctx, v, inbox.MessageID(id))
		agree("message", id, v.Sees(s), got, err)
	}
	for id, s := range w.leads {
		_, got, err := db.Lead(ctx, v, pipeline.LeadID(id))
		agree("lead", id, v.Sees(s), got, err)
	}
	for id, s := range w.requests {
		_, got, err := db.Request(ctx, v, pipeline.RequestID(id))
		agree("request", id, v.Sees(s), got, err)
	}
	for id, want := range people {
		_, got, err := db.Contact(ctx, v, contact.ID(id))
		agree("contact", id, want, got, err)
	}
}

func idsOf[T any](list []T, id func(T) int64) []int64 {
	out := make([]int64, len(list))
	for i, x := range list {
		out[i] = id(x)
	}
	return out
}

// showsSeen reads a list to its end and compares it with what the viewer may see.
func showsSeen(t *testing.T, what string, v actor.Viewer, all map[int64]actor.Sight, page func(cursor string) ([]int64, string, error)) {
	t.Helper()
	want := map[int64]bool{}
	for id, s := range all {
		want[id] = v.Sees(s)
	}
	showsExactly(t, what, want, page)
}

func showsExactly(t *testing.T, what string, want map[int64]bool, page func(cursor string) ([]int64, string, error)) {
	t.Helper()
	var wanted, got []int64
	for id, seen := range want {
		if seen {
			wanted = append(wanted, id)
		}
	}
	for cursor, pages := "", 0; pages == 0 || cursor != ""; pages++ {
		list, next, err := page(cursor)
		if err != nil || pages > len(want) {
			t.Fatalf("%s: page %d: %v", what, pages, err)
		}
		got, cursor = append(got, list...), next
	}
	slices.Sort(wanted)
	slices.Sort(got)
	if !slices.Equal(got, wanted) {
		t.Errorf("%s: %v, want %v", what, got, wanted)
	}
}
