package store_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/inbox/search"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// finder is a database, the index of it and the service that asks it.
type finder struct {
	*testing.T
	db  *store.DB
	x   *search.Indexer
	s   *search.Service
	now time.Time
}

func newFinder(t *testing.T, db *store.DB) *finder {
	t.Helper()
	f := &finder{T: t, db: db, now: time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)}
	f.x = search.NewIndexer(db, slog.New(slog.DiscardHandler))
	f.s = search.New(db, f.clock)
	return f
}

func (f *finder) clock() time.Time { return f.now }

func (f *finder) save(ch *inbox.Changes) {
	f.Helper()
	if err := f.db.Write(f.Context(), func(ctx context.Context) error { return f.db.Save(ctx, ch) }); err != nil {
		f.Fatal(err)
	}
}

// index brings the index up to date.
func (f *finder) index() {
	f.Helper()
	for more := true; more; {
		var err error
		if more, err = f.x.Step(f.Context()); err != nil {
			f.Fatal(err)
		}
	}
}

func (f *finder) find(v actor.Viewer, q search.Filter) search.Result {
	f.Helper()
	if q.Limit == 0 {
		q.Limit = 20
	}
	r, err := f.s.Search(f.Context(), v, q)
	if err != nil {
		f.Fatal(err)
	}
	return r
}

// messages are the ids of the messages that are found.
func (f *finder) messages(v actor.Viewer, q search.Filter) []int64 {
	f.Helper()
	var out []int64
	for _, h := range f.find(v, q).Messages.Items {
		out = append(out, int64(h.ID))
	}
	return out
}

// talk saves a conversation of one contact with messages, one per text, and tells the feed.
func (f *finder) talk(id int64, c inbox.Conversation, texts ...string) {
	f.Helper()
	ch := &inbox.Changes{}
	c.ID, c.Number, c.ContactID, c.Chat = inbox.ConversationID(id), id, contact.ID(id+1), fmt.Sprint(id)
	c.Priority, c.CreatedAt, c.LastAt, c.UpdatedAt = inbox.Normal, f.now, f.now, f.now
	if c.Status == "" {
		c.Status = inbox.Open
	}
	cause := actor.Cause{Kind: actor.Import}
	for i, text := range texts {
		m := &inbox.Message{ID: inbox.MessageID(id + 10 + int64(i)), ConversationID: c.ID, AccountID: c.AccountID, Seq: int64(i + 1), Kind: inbox.KindMessage,
			Direction: inbox.Inbound, Author: inbox.Author{Kind: "contact", ID: id + 1}, State: inbox.Received, Text: text, CreatedAt: f.now, UpdatedAt: f.now}
		c.Seq = m.Seq
		ch.NewMessages = append(ch.NewMessages, m)
		ch.Feed = append(ch.Feed, inbox.Notice{At: f.now, Type: "message.created", ObjectID: int64(m.ID), ConversationID: c.ID, Cause: cause})
	}
	p := &contact.Contact{ID: contact.ID(id + 1), Name: "Пётр Королёв", CreatedAt: f.now, UpdatedAt: f.now}
	ch.Contacts = append(ch.Contacts, p)
	ch.Identities = append(ch.Identities, &contact.Identity{ID: contact.IdentityID(id + 2), ContactID: p.ID, Scope: "phone", Address: fmt.Sprintf("+7916%07d", id), Verified: true, CreatedAt: f.now},
		&contact.Identity{ID: contact.IdentityID(id + 3), ContactID: p.ID, Scope: "email", Address: fmt.Sprintf("petr.%d@example.com", id), Verified: true, CreatedAt: f.now})
	ch.Feed = append(ch.Feed, inbox.Notice{At: f.now, Type: "contact.created", ObjectID: int64(p.ID), Cause: cause})
	ch.Conversations = append(ch.Conversations, &c)
	f.save(ch)
}

func TestSearchWordForms(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFinder(t, db)
		f.talk(1000, inbox.Conversation{AccountID: 1}, "Отправьте счёт на оплату, пожалуйста", "Where are my parcels?", "Договор № 77-Б подписан",
			"Все ЁЛКИ проданы", "100% \"кавычки\" AND (скобки) OR NEAR*",
			"Алёна ждёт подарок", "Running late, два дня без денег", "Передайте Алёне и Ивану")
		f.index()
		for typed, want := range map[string][]int64{
			"счет":             {1010},
			"счёта":            {1010},
			"оплаты СЧЕТОВ":    {1010},
			"оплат parcel":     nil,
			"parcel":           {1011},
			"PARCEL":           {1011},
			"догов":            {1012}, // still being typed
			"договоры":         {1012},
			"елка":             {1013},
			"77":               {1012},
			"кавычками":        {1014},
			"ёлок":             {1013}, // a vowel that comes and goes
			"подарки":          {1015},
			"деньги":           {1016},
			"Алёне":            {1017, 1015}, // a name whose end looks like an ending
			"Алёна":            {1017, 1015},
			"Иван":             {1017},
			"подарка Алёны":    {1015},
			"runni":            {1016}, // typed further than the stem
			"late runn":        {1016},
			"runny":            nil,
			`"скобки" AND (`:   {1014},
			"') OR 1=1 --":     nil,
			"*":                nil,
			"my":               {1011},
			"нет-такого-слова": nil,
		} {
			if got := f.messages(actor.System(), search.Filter{Query: typed}); !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", typed, got, want)
			}
		}
		long := f.messages(actor.System(), search.Filter{Query: strings.Repeat("счёт 'оплата\" (", 700)})
		if !slices.Equal(long, []int64{1010}) {
			t.Errorf("ten kilobytes find %v", long)
		}
		hit := f.find(actor.System(), search.Filter{Query: "счетом"}).Messages.Items[0]
		if want := []search.Piece{{Text: "Отправьте "}, {Text: "счёт", Hit: true}, {Text: " на оплату, пожалуйста"}}; !slices.Equal(hit.Snippet, want) || hit.ContactName != "Пётр Королёв" || hit.Seq != 1 {
			t.Errorf("hit %+v", hit)
		}
	})
}

func TestSearchPeopleAndNumbers(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFinder(t, db)
		f.talk(1234560, inbox.Conversation{AccountID: 1, TeamID: 5, Subject: "Мебель"}, "Добрый день")
		f.save(&inbox.Changes{Requests: []*pipeline.Request{{ID: 70, Number: 1234560, ContactID: 1234561, ConversationID: 1234560, TeamID: 5, Status: pipeline.RequestOpen, CreatedAt: f.now}}})
		f.index()
		for typed, want := range map[string]int{
			"петр": 1, "Королева": 1, "корол": 1, "petr.1234560@example.com": 1, "8 (916) 123-45-60": 1, "+7 916 123 45 60": 1, "123-45-60": 1, "4560": 1,
			"79161": 1, "916123": 1, "0000": 0, "+7 999 123 45 60": 0, "иван": 0,
		} {
			if got := len(f.find(actor.System(), search.Filter{Query: typed}).People.Items); got != want {
				t.Errorf("%q finds %d people, want %d", typed, got, want)
			}
		}
		for _, typed := range []string{"1234560", "#1234560", " №1234560 "} {
			list := f.find(actor.System(), search.Filter{Query: typed}).Numbers.Items
			if len(list) != 2 || list[0].RequestID != 0 || list[0].Subject != "Мебель" || list[1].RequestID != 70 {
				t.Errorf("%q finds %+v", typed, list)
			}
		}
		if list := f.find(actor.Viewer{AgentID: 3, Scope: actor.Team, Teams: []int64{6}}, search.Filter{Query: "1234560"}); len(list.Numbers.Items)+len(list.People.Items) > 0 {
			t.Errorf("a stranger finds %+v", list)
		}
	})
}

// TestSearchShowsWhatMayBeSeen holds search to what Go says of sight, also where it changed
// after the message was entered.
func TestSearchShowsWhatMayBeSeen(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFinder(t, db)
		sights := map[int64]actor.Sight{}
		for n := range int64(12) {
			id := 1000 * (n + 1)
			s := actor.Sight{AccountID: 1 + n%2, TeamID: n % 3, AgentID: n % 4}
			sights[id+10] = s
			f.talk(id, inbox.Conversation{AccountID: channels.AccountID(s.AccountID), TeamID: inbox.TeamID(s.TeamID), AssigneeID: inbox.AgentID(s.AgentID)}, "общее слово")
		}
		f.index()
		for _, v := range []actor.Viewer{
			{}, actor.System(), {AgentID: 1, Scope: actor.Own}, {AgentID: 2, Scope: actor.Team, Teams: []int64{2}}, {AgentID: 3, Scope: actor.Team},
			{AgentID: 1, Scope: actor.All, Accounts: []int64{2}},
		} {
			var want []int64
			for id, s := range sights {
				if v.Sees(s) {
					want = append(want, id)
				}
			}
			slices.Sort(want)
			got := f.messages(v, search.Filter{Query: "слова"})
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%+v finds %v, want %v", v, got, want)
			}
		}
	})
}

func TestSearchFiltersAndPages(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFinder(t, db)
		old := f.now
		f.now = time.Date(2025, 11, 30, 23, 0, 0, 0, time.UTC)
		f.talk(1000, inbox.Conversation{AccountID: 1, TeamID: 3, Status: inbox.Closed}, "счёт за ноябрь")
		f.now = old
		f.talk(2000, inbox.Conversation{AccountID: 2, AssigneeID: 9}, "счёт за март", "ещё счёт", "и счёт")
		f.save(&inbox.Changes{Labels: []inbox.LabelSet{{ConversationID: 2000, Labels: []inbox.LabelID{4}}}})
		f.index()
		team, agent, nobody := inbox.TeamID(3), inbox.AgentID(9), inbox.AgentID(0)
		for name, c := range map[string]struct {
			f    search.Filter
			want []int64
		}{
			"account":   {search.Filter{Account: 1}, []int64{1010}},
			"team":      {search.Filter{Team: &team}, []int64{1010}},
			"assignee":  {search.Filter{Assignee: &agent}, []int64{2012, 2011, 2010}},
			"nobody's":  {search.Filter{Assignee: &nobody}, []int64{1010}},
			"closed":    {search.Filter{Statuses: []inbox.Status{inbox.Closed}}, []int64{1010}},
			"label":     {search.Filter{Label: 4}, []int64{2012, 2011, 2010}},
			"from":      {search.Filter{From: time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)}, []int64{2012, 2011, 2010}},
			"to":        {search.Filter{To: time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)}, []int64{1010}},
			"that day":  {search.Filter{From: time.Date(2025, 11, 30, 0, 0, 0, 0, time.UTC), To: time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)}, []int64{1010}},
			"no time":   {search.Filter{From: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)}, nil},
			"has files": {search.Filter{HasFile: true}, nil},
		} {
			c.f.Query = "счета"
			if got := f.messages(actor.System(), c.f); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", name, got, c.want)
			}
		}
		var got []int64
		q := search.Filter{Query: "счёт", Type: search.Messages, Limit: 2}
		for range 3 {
			page := f.find(actor.System(), q).Messages
			for _, h := range page.Items {
				got = append(got, int64(h.ID))
			}
			if q.Cursor = page.Next; q.Cursor == "" {
				break
			}
		}
		if !slices.Equal(got, []int64{2012, 2011, 2010, 1010}) || q.Cursor != "" {
			t.Errorf("pages hold %v and go on at %q", got, q.Cursor)
		}
	})
}

func TestSearchFollowsChanges(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFinder(t, db)
		f.talk(1000, inbox.Conversation{AccountID: 1}, "первый черновик", "тайна")
		f.index()
		change := func(id int64, text, edited, deleted string) {
			f.Helper()
			f.save(&inbox.Changes{Feed: []inbox.Notice{{At: f.now, Type: "message.updated", ObjectID: id, ConversationID: 1000}}})
			err := db.Write(t.Context(), func(ctx context.Context) error {
				return db.Patched(ctx, `UPDATE messages SET text = $1, edited_at = `+edited+`, deleted_at = `+deleted+` WHERE id = $2`, text, id)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		change(1010, "второй вариант", "5", "0")
		change(1011, "тайна", "0", "5")
		if got := f.messages(actor.System(), search.Filter{Query: "тайна"}); got != nil {
			t.Errorf("a deleted message is found at once: %v", got)
		}
		f.index()
		for typed, want := range map[string][]int64{"черновик": nil, "вариант": {1010}, "тайна": nil} {
			if got := f.messages(actor.System(), search.Filter{Query: typed}); !slices.Equal(got, want) {
				t.Errorf("%q finds %v, want %v", typed, got, want)
			}
		}
		if err := db.Reindex(t.Context()); err != nil {
			t.Fatal(err)
		}
		if r := f.find(actor.System(), search.Filter{Query: "вариант"}); !r.Filling || len(r.Messages.Items) > 0 {
			t.Errorf("an empty index: %+v", r)
		}
		f.index()
		if r := f.find(actor.System(), search.Filter{Query: "варианты"}); r.Filling || len(r.Messages.Items) != 1 || len(f.find(actor.System(), search.Filter{Query: "петра"}).People.Items) != 1 {
			t.Errorf("the index made anew: %+v", r)
		}
	})
}

// TestSearchOfTwoNodes has two indexers take turns and race: everything is entered, and the
// progress of the slower is never written over the quicker one's.
func TestSearchOfTwoNodes(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		f := newFinder(t, db)
		for n := range int64(30) {
			f.talk(1000*(n+1), inbox.Conversation{AccountID: 1}, "гонка", "гонки")
		}
		other := search.NewIndexer(db, slog.New(slog.DiscardHandler))
		failed := make(chan error)
		go func() {
			var err error
			for more := true; more && err == nil; {
				more, err = other.Step(t.Context())
			}
			failed <- err
		}()
		f.index()
		if err := <-failed; err != nil {
			t.Fatal(err)
		}
		f.index()
		if got := f.messages(actor.System(), search.Filter{Query: "гонка", Type: search.Messages, Limit: 50}); len(got) != 50 {
			t.Errorf("found %d", len(got))
		}
		before, err := db.Progress(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		late := before
		late.Feed++
		if entered, _, err := db.Enter(t.Context(), search.Progress{Feed: before.Feed - 1}, late, nil, nil, nil); err != nil || entered {
			t.Errorf("who was too late entered: %v, %v", entered, err)
		}
	})
}
