package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/history"
	"parley/inbox/pipeline"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// reunion is two contacts who write from many addresses, and what people do with them.
type reunion struct {
	t      *testing.T
	db     *store.DB
	in     *entrance
	people *contact.Service
	ada    actor.Viewer
	a, b   contact.ID
	sent   int
}

// meet makes two contacts of some addresses each, with messages spread over all of them.
func meet(t *testing.T, db *store.DB, addresses, messages int) *reunion {
	t.Helper()
	r := &reunion{t: t, db: db, in: enter(t, db, nil), ada: actor.Viewer{Scope: actor.All, AgentID: 7, Cause: actor.Cause{Kind: actor.Agent, ID: 7}}}
	r.people = contact.New(db, r.in.Now)
	r.a, r.b = r.person("Anna Ivanova", 1, addresses), r.person("+7 anna", 2, addresses)
	if _, err := r.people.Patch(t.Context(), r.ada, r.a, contact.Patch{Fields: map[string]json.RawMessage{"city": json.RawMessage(`"Perm"`)}}); err != nil {
		t.Fatal(err)
	}
	language := "ru"
	if _, err := r.people.Patch(t.Context(), r.ada, r.b, contact.Patch{Language: &language, Fields: map[string]json.RawMessage{"city": json.RawMessage(`"Omsk"`), "size": json.RawMessage(`42`)}}); err != nil {
		t.Fatal(err)
	}
	work := pipeline.New(db, r.in.Now)
	for _, id := range []contact.ID{r.a, r.b} {
		if _, err := work.CreateLead(t.Context(), r.ada, pipeline.NewLead{ContactID: id}); err != nil {
			t.Fatal(err)
		}
	}
	r.in.add(time.Hour)
	for r.sent < messages {
		var batch []channels.Event
		for range min(100, messages-r.sent) {
			batch = append(batch, r.says(1+r.sent%2, r.sent/2%addresses))
		}
		r.in.deliver(batch...)
	}
	return r
}

func addressOf(who, n int) string { return fmt.Sprintf("+7900%d%03d", who, n) }

func (r *reunion) person(name string, who, addresses int) contact.ID {
	r.t.Helper()
	d := contact.Draft{Name: name}
	for n := range addresses {
		d.Identities = append(d.Identities, contact.Address{Scope: "phone", Address: addressOf(who, n)})
	}
	p, err := r.people.Create(r.t.Context(), r.ada, d)
	if err != nil {
		r.t.Fatal(err)
	}
	return p.ID
}

func (r *reunion) says(who, n int) channels.Event {
	r.sent++
	return says(addressOf(who, n), fmt.Sprint("k", r.sent), fmt.Sprint("Message ", r.sent))
}

func (r *reunion) merge() contact.MergeID {
	r.t.Helper()
	r.in.add(time.Minute)
	id, err := r.people.Merge(r.t.Context(), r.ada, r.a, r.b)
	if err != nil {
		r.t.Fatal(err)
	}
	return id
}

func (r *reunion) unmerge(id contact.MergeID) {
	r.t.Helper()
	r.in.add(time.Minute)
	if _, err := r.people.Unmerge(r.t.Context(), r.ada, id); err != nil {
		r.t.Fatal(err)
	}
}

// tellingTables are those in which a merge and its undoing are told of themselves.
var tellingTables = []string{"contact_merges", "contact_merge_items", "feed", "field_changes", "timeline"}

// tables are all rows of all others, also of tables that are yet to come.
func (r *reunion) tables() map[string][]string {
	r.t.Helper()
	names, err := r.db.Tables(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	out := map[string][]string{}
	for _, name := range append(names, "search_pairs") {
		if !slices.Contains(tellingTables, name) {
			out[name] = r.table(name)
		}
	}
	return out
}

func (r *reunion) table(name string) []string {
	r.t.Helper()
	rows, err := r.db.Table(r.t.Context(), name)
	if err != nil {
		r.t.Fatal(err)
	}
	return rows
}

// told are all lines of histories.
func (r *reunion) told() []string { return r.table("field_changes") }

// toldBesides checks that a merge and its undoing left every line where it was, and added those
// that take each other back.
func (r *reunion) toldBesides(before []string, twice ...string) {
	r.t.Helper()
	now := r.told()
	for _, line := range before {
		if !slices.Contains(now, line) {
			r.t.Errorf("the history lacks %s", line)
		}
	}
	if len(now) != len(before)+2*len(twice) {
		r.t.Errorf("%d lines were added: %v", len(now)-len(before), apart(before, now))
	}
	for _, what := range twice {
		noun, field, _ := strings.Cut(what, " ")
		id := int64(r.a)
		if noun == string(history.Lead) {
			id = number(r.t, r.db, `SELECT id FROM leads WHERE contact_id = $1`, int64(r.b))
		}
		page, err := history.New(r.db).Of(r.t.Context(), r.ada, history.Noun(noun), id, "", 100)
		var list []string
		for _, l := range page.Items {
			if l.Field == field {
				list = append(list, string(l.From), string(l.To))
			}
		}
		if err != nil || len(list) < 4 || list[0] != list[3] || list[1] != list[2] {
			r.t.Errorf("%s went %v, %v", what, list, err)
		}
	}
}

// TestMergeAndBack merges two contacts of forty addresses and a thousand messages and takes
// it back: every row is as it was.
func TestMergeAndBack(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := meet(t, db, 20, 1000)
		before, told := r.tables(), r.told()
		if n := number(t, db, `SELECT COUNT(*) FROM leads WHERE status = 'open'`); n != 2 {
			t.Fatalf("%d open leads", n)
		}
		id := r.merge()
		if n := number(t, db, `SELECT COUNT(*) FROM identities WHERE contact_id = $1`, int64(r.a)); n != 40 {
			t.Errorf("%d addresses", n)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE c.contact_id = $1`, int64(r.a)); n < 1000 {
			t.Errorf("%d messages", n)
		}
		for _, table := range []string{"identities", "conversations", "leads", "requests"} {
			if n := number(t, db, `SELECT COUNT(*) FROM `+table+` WHERE contact_id = $1`, int64(r.b)); n != 0 {
				t.Errorf("%d rows of %s stayed behind", n, table)
			}
		}
		if n := number(t, db, `SELECT COUNT(*) FROM leads WHERE status = 'open' AND contact_id = $1`, int64(r.a)); n != 1 {
			t.Errorf("%d open leads of one person", n)
		}
		p, err := r.people.Get(t.Context(), r.ada, r.b)
		if err != nil || p.ID != r.a || p.Language != "ru" || string(p.Fields["city"]) != `"Perm"` || string(p.Fields["size"]) != "42" {
			t.Errorf("who asks for the one that went gets %+v, %v", p, err)
		}
		if list, err := r.people.List(t.Context(), r.ada, contact.Filter{}); err != nil || len(list.Items) != 1 {
			t.Errorf("listed are %d, %v", len(list.Items), err)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM timeline WHERE type = 'contact' AND data LIKE '%"merged"%'`); n == 0 {
			t.Error("no timeline says it")
		}
		r.unmerge(id)
		for table, rows := range r.tables() {
			if !slices.Equal(rows, before[table]) {
				t.Errorf("%s differs:\n%s", table, strings.Join(apart(before[table], rows), "\n"))
			}
		}
		r.toldBesides(told, "contact merged", "contact language", "contact fields.size", "lead status", "lead stage_id", "lead lost_reason")
		if _, err := r.people.Unmerge(t.Context(), r.ada, id); !errors.Is(err, contact.ErrMergeUndone) {
			t.Errorf("undone twice: %v", err)
		}
		if list, err := r.people.Merges(t.Context(), r.ada, r.a); err != nil || len(list) != 0 {
			t.Errorf("still merged: %v, %v", list, err)
		}
	})
}

// apart returns some rows that only one of two tables has.
func apart(a, b []string) []string {
	var out []string
	for _, row := range a {
		if !slices.Contains(b, row) {
			out = append(out, "- "+row)
		}
	}
	for _, row := range b {
		if !slices.Contains(a, row) {
			out = append(out, "+ "+row)
		}
	}
	return out[:min(len(out), 6)]
}

// TestWhatCameSinceAMerge gives what was written to an address to whom the address goes back to.
func TestWhatCameSinceAMerge(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := meet(t, db, 2, 4)
		id := r.merge()
		name := "Anna Petrova"
		if _, err := r.people.Patch(t.Context(), r.ada, r.a, contact.Patch{Name: &name}); err != nil {
			t.Fatal(err)
		}
		r.in.add(time.Minute)
		other := r.says(2, 1)
		other.Chat = "another chat"
		out := r.in.deliver(r.says(2, 0), other, r.says(1, 0))
		r.unmerge(id)
		for n, want := range []contact.ID{r.b, r.b, r.a} {
			if got := number(t, db, `SELECT contact_id FROM conversations WHERE id = $1`, out[n].ConversationID); got != int64(want) {
				t.Errorf("conversation %d is with %d, want %d", n, got, want)
			}
			if got := number(t, db, `SELECT author_id FROM messages WHERE id = $1`, out[n].MessageID); got != int64(want) {
				t.Errorf("message %d is by %d, want %d", n, got, want)
			}
		}
		p, err := r.people.Get(t.Context(), r.ada, r.a)
		if err != nil || p.Name != name || p.Language != "" || len(p.Fields) != 1 || len(p.Identities) != 2 {
			t.Errorf("the one that stayed is %+v, %v", p, err)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM conversations c JOIN identities i ON i.id = c.identity_id WHERE i.contact_id <> c.contact_id`); n != 0 {
			t.Errorf("%d conversations answer to somebody else's address", n)
		}
	})
}

// TestMergesUponMerges undoes the later one first.
func TestMergesUponMerges(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := meet(t, db, 2, 4)
		before := r.tables()
		first := r.merge()
		c := r.person("Anna I.", 3, 1)
		second, err := r.people.Merge(t.Context(), r.ada, c, r.a)
		if err != nil {
			t.Fatal(err)
		}
		if p, err := r.people.Get(t.Context(), r.ada, r.b); err != nil || p.ID != c || len(p.Identities) != 5 {
			t.Errorf("the first one is now %+v, %v", p, err)
		}
		if _, err := r.people.Unmerge(t.Context(), r.ada, first); !errors.Is(err, contact.ErrMergeBuried) {
			t.Errorf("the buried one: %v", err)
		}
		if _, err := r.people.Merge(t.Context(), r.ada, c, r.b); err == nil {
			t.Error("merged with itself")
		}
		r.unmerge(second)
		r.unmerge(first)
		if err := r.people.Delete(t.Context(), r.ada, c); err != nil {
			t.Fatal(err)
		}
		for table, rows := range r.tables() {
			if !slices.Equal(rows, before[table]) {
				t.Errorf("%s differs:\n%s", table, strings.Join(apart(before[table], rows), "\n"))
			}
		}
	})
}

// TestMergeWhileMessagesCome merges at the moment when both write, and when others merge.
func TestMergeWhileMessagesCome(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := meet(t, db, 2, 4)
		work := pipeline.New(db, time.Now)
		for range 10 {
			events := []channels.Event{r.says(1, 0), r.says(2, 0), r.says(2, 1)}
			var all sync.WaitGroup
			var id contact.MergeID
			all.Go(func() {
				var err error
				if id, err = r.people.Merge(t.Context(), r.ada, r.a, r.b); err != nil {
					t.Errorf("merge: %v", err)
				}
			})
			all.Go(func() {
				if _, err := r.in.account(1).Deliver(t.Context(), channels.Batch{Events: events}); err != nil {
					t.Errorf("deliver: %v", err)
				}
			})
			all.Go(func() {
				if _, err := work.CreateRequest(t.Context(), r.ada, pipeline.NewRequest{ContactID: r.b}); err != nil {
					t.Errorf("request: %v", err)
				}
			})
			all.Wait()
			for _, table := range []string{"conversations", "leads", "requests", "identities"} {
				if n := number(t, db, `SELECT COUNT(*) FROM `+table+` x JOIN contacts p ON p.id = x.contact_id WHERE p.merged_into <> 0`); n != 0 {
					t.Fatalf("%d rows of %s belong to whom there is no more", n, table)
				}
			}
			r.unmerge(id)
		}
	})
}

// TestDuplicates suggests those who have an address that somebody merely typed, or a name.
func TestDuplicates(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := meet(t, db, 1, 2)
		visitor := says("visitor", "v1", "Hello")
		visitor.Sender = channels.Sender{Scope: "account:1", Address: "visitor", Name: "Guest", Verified: true, Extra: []channels.Address{{Scope: "phone", Address: addressOf(1, 0)}}}
		r.in.deliver(visitor)
		named := r.person("anna  ИВАНОВА", 4, 1)
		other := r.person("Anna Ivanova", 5, 1)
		list, err := r.people.Duplicates(t.Context(), r.ada, r.a)
		if err != nil || len(list) != 2 {
			t.Fatalf("%+v, %v", list, err)
		}
		if list[0].Contact.Name != "Guest" || len(list[0].Shared) != 1 || list[0].Name || list[1].Contact.ID != other || !list[1].Name || list[1].Contact.ID == named {
			t.Errorf("%+v", list)
		}
		own := actor.Viewer{Scope: actor.Own, AgentID: 9}
		if list, err := r.people.Duplicates(t.Context(), own, r.a); !errors.Is(err, contact.ErrNoContact) {
			t.Errorf("a stranger sees %v, %v", list, err)
		}
	})
}
