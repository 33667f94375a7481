package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"parley/channels"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/duplicates"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// duplicates lists who is likely one person, page by page of two.
func (r *reunion) duplicates(v actor.Viewer) []string {
	r.t.Helper()
	var out []string
	cursor := ""
	for {
		page, err := r.people.DuplicatePairs(r.t.Context(), v, cursor, 2)
		if err != nil {
			r.t.Fatal(err)
		}
		for _, p := range page.Items {
			names := []string{p.A.Name, p.B.Name}
			slices.Sort(names)
			out = append(out, fmt.Sprint(strings.Join(names, "+"), " ", len(p.Why.Same), " ", p.Why.Name, " ", strings.Join(p.Why.Signs, ",")))
		}
		if cursor = page.Next; cursor == "" {
			slices.Sort(out)
			return out
		}
	}
}

// look brings the duplicates up to date with the feed.
func (r *reunion) look() {
	r.t.Helper()
	f := duplicates.NewFinder(r.db, "", slog.New(slog.DiscardHandler))
	for more := true; more; {
		var err error
		if more, err = f.Step(r.t.Context()); err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r *reunion) make(name, mail string, fields map[string]json.RawMessage) contact.ID {
	r.t.Helper()
	p, err := r.people.Create(r.t.Context(), r.ada, contact.Draft{Name: name, Fields: fields, Identities: []contact.Address{{Scope: "email", Address: mail}}})
	if err != nil {
		r.t.Fatal(err)
	}
	return p.ID
}

func (r *reunion) duplicatesAre(when string, want ...string) {
	r.t.Helper()
	if got := r.duplicates(r.ada); !slices.Equal(got, want) {
		r.t.Errorf("%s, duplicates are\n%s\nwant\n%s", when, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestDuplicatePairs finds who is likely one person, in bulk and at once, without the many who merely
// have a common name.
func TestDuplicatePairs(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := meet(t, db, 1, 2)
		visitor := says("visitor", "v1", "Hello")
		visitor.Sender = channels.Sender{Scope: "account:1", Address: "visitor", Name: "Guest", Verified: true, Extra: []channels.Address{{Scope: "phone", Address: addressOf(1, 0)}}}
		r.in.deliver(visitor)
		r.duplicatesAre("before anybody looked")
		r.look()
		r.duplicatesAre("after a message", "Anna Ivanova+Guest 1 false ")

		r.make("Ivan Petrov", "ivan.petrov@a.example", nil)
		r.make("иван", "x@a.example", nil)
		r.make("ivan  PETROV", "i@b.example", nil)
		r.duplicatesAre("of a rare name", "Anna Ivanova+Guest 1 false ", "Ivan Petrov+ivan PETROV 0 true ")
		born := map[string]json.RawMessage{"born": json.RawMessage(`"1980-02-03"`), "vip": json.RawMessage(`true`)}
		r.make("Ivan Petrov", "ivan.petrov@c.example", born)
		r.make("Ivan Petrov", "five@c.example", born)
		common := []string{"Anna Ivanova+Guest 1 false ", "Ivan Petrov+Ivan Petrov 0 true fields.born", "Ivan Petrov+Ivan Petrov 0 true mailbox"}
		r.duplicatesAre("of a name that is no longer rare", common...)
		if got := r.duplicates(actor.Viewer{Scope: actor.Own, AgentID: 9}); len(got) != 0 {
			t.Errorf("a stranger sees %v", got)
		}
		rows := r.table("search_pairs")
		r.look()
		if now := r.table("search_pairs"); !slices.Equal(now, rows) {
			t.Errorf("who looks again finds %v", apart(rows, now))
		}
		if err := db.Reindex(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM search_pairs`); n != 0 {
			t.Errorf("%d pairs are left", n)
		}
		r.look()
		if now := r.table("search_pairs"); !slices.Equal(now, rows) {
			t.Errorf("who looks at all finds %v", apart(rows, now))
		}
	})
}

// TestNotOnePerson remembers who was said to be two, also while one of them is part of a third.
func TestNotOnePerson(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := meet(t, db, 1, 2)
		a, b := r.make("Ivan Petrov", "ivan@a.example", nil), r.make("Ivan Petrov", "ivan@b.example", nil)
		both := "Ivan Petrov+Ivan Petrov 0 true mailbox"
		r.duplicatesAre("at first", both)
		say := func(distinct bool, x, y contact.ID) {
			t.Helper()
			if err := r.people.SetDistinct(t.Context(), r.ada, x, y, distinct); err != nil {
				t.Fatal(err)
			}
		}
		say(true, b, a)
		say(true, a, b)
		r.duplicatesAre("said to be two")
		if list, err := r.people.Duplicates(t.Context(), r.ada, a); err != nil || len(list) != 0 {
			t.Errorf("suggested all the same: %v, %v", list, err)
		}
		say(false, a, b)
		r.duplicatesAre("taken back", both)
		say(true, a, b)
		told := r.table("contact_distinct")

		c := r.make("Ivan Petrov", "ivan@c.example", nil)
		r.duplicatesAre("with a third", both, both)
		merge, err := r.people.Merge(t.Context(), r.ada, c, b)
		if err != nil {
			t.Fatal(err)
		}
		r.duplicatesAre("while the one is part of the third")
		r.look()
		r.duplicatesAre("after looking again")
		r.unmerge(merge)
		r.duplicatesAre("apart again", both, both)
		if now := r.table("contact_distinct"); !slices.Equal(now, told) {
			t.Errorf("what was said is %v now, was %v", now, told)
		}
		if _, err := r.people.Merge(t.Context(), r.ada, c, b); err != nil {
			t.Fatal(err)
		}
		say(false, a, c) // what was said of b
		r.duplicatesAre("taken back of the third", both)
		say(true, a, c)
		if err := r.people.Delete(t.Context(), r.ada, c); err != nil {
			t.Fatal(err)
		}
		if n := number(t, db, `SELECT COUNT(*) FROM contact_distinct`) + number(t, db, `SELECT COUNT(*) FROM search_pairs`); n != 0 {
			t.Errorf("%d rows are left of who was deleted", n)
		}
	})
}

// TestDuplicatesOfWhoSeesFew are found behind any number of pairs that they do not see, a bounded
// number of which one page looks at.
func TestDuplicatesOfWhoSeesFew(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := meet(t, db, 1, 2)
		olga := actor.Viewer{Scope: actor.Own, AgentID: 9}
		a, b := r.make("Olga's", "a@a.example", nil), r.make("Olga's too", "b@b.example", nil)
		r.exec(`UPDATE contacts SET owner_id = 9 WHERE id IN ($1, $2)`, int64(a), int64(b))
		r.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
			INSERT INTO search_pairs (low_id, high_id, strength, why) SELECT $1, 1000000 + i, 90, '{}' FROM n`, int64(r.a))
		r.exec(`INSERT INTO search_pairs (low_id, high_id, strength, why) VALUES ($1, $2, 1, '{}')`, int64(min(a, b)), int64(max(a, b)))
		first, err := db.DuplicatePairs(t.Context(), olga, "", 2)
		if err != nil || len(first.Items) != 0 || first.Next == "" {
			t.Fatalf("the first page: %+v, %v", first, err)
		}
		rest, err := db.DuplicatePairs(t.Context(), olga, first.Next, 2)
		if err != nil || len(rest.Items) != 1 || rest.Next != "" {
			t.Errorf("the next page: %+v, %v", rest, err)
		}
	})
}

func (r *reunion) exec(query string, args ...any) {
	r.t.Helper()
	if err := r.db.Write(r.t.Context(), func(ctx context.Context) error { return r.db.Exec(ctx, query, args...) }); err != nil {
		r.t.Fatal(err)
	}
}
