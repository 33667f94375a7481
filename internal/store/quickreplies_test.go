package store_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/contact"
	"parley/inbox/pipeline"
	"parley/internal/auth"
	"parley/internal/fault"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/templates/quickreply"
	"parley/templates/wording"
)

func agentViewer(id int64, scope actor.Scope, teams ...int64) actor.Viewer {
	return actor.Viewer{AgentID: id, Scope: scope, Teams: teams, Cause: actor.Cause{Kind: actor.Agent, ID: id}, Name: "Olga Petrova"}
}

// shelf is a database with a team (10), a conversation (100) of that team, and the service on top.
type shelf struct {
	*testing.T
	db  *store.DB
	s   *quickreply.Service
	now time.Time

	head, tom, eve, key actor.Viewer // head sees all, tom is in the team, eve is in none
}

func newShelf(t *testing.T, db *store.DB) *shelf {
	t.Helper()
	h := &shelf{T: t, db: db, now: time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)}
	h.s = quickreply.New(db, func() time.Time { return h.now })
	h.head, h.tom, h.eve = agentViewer(1, actor.All), agentViewer(2, actor.Team, 10), agentViewer(3, actor.Team)
	h.key = actor.Viewer{Scope: actor.All, Cause: actor.Cause{Kind: actor.API, ID: 7}}
	h.write(func(ctx context.Context) error {
		if err := db.InsertTeam(ctx, auth.Team{ID: 10, Name: "Support", CreatedAt: h.now}); err != nil {
			return err
		}
		return db.Save(ctx, &inbox.Changes{
			Contacts: []*contact.Contact{{ID: 50, Name: "Anna Kim", Language: "ru", CreatedAt: h.now}},
			Identities: []*contact.Identity{
				{ID: 51, ContactID: 50, Scope: "email", Address: "typed@example.com", CreatedAt: h.now},
				{ID: 52, ContactID: 50, Scope: "email", Address: "anna@example.com", Verified: true, CreatedAt: h.now},
			},
			Conversations: []*inbox.Conversation{{ID: 100, Number: 128, AccountID: 20, Chat: "x", ContactID: 50, TeamID: 10, RequestID: 60, Subject: "Delivery",
				Status: inbox.Open, Priority: inbox.Normal, LastAt: h.now, CreatedAt: h.now, UpdatedAt: h.now}},
			Requests: []*pipeline.Request{{ID: 60, Number: 57, ContactID: 50, ConversationID: 100, TeamID: 10, Status: pipeline.RequestOpen, CreatedAt: h.now}},
		})
	})
	return h
}

func (h *shelf) write(fn func(ctx context.Context) error) {
	h.Helper()
	if err := h.db.Write(h.Context(), fn); err != nil {
		h.Fatal(err)
	}
}

func (h *shelf) save(v actor.Viewer, r quickreply.Reply, files ...int64) quickreply.Reply {
	h.Helper()
	r, err := h.s.Save(h.Context(), v, r, &files)
	if err != nil {
		h.Fatal(err)
	}
	return r
}

func (h *shelf) upload(v actor.Viewer, id int64) int64 {
	h.Helper()
	err := h.db.AddFile(h.Context(), inbox.File{ID: inbox.FileID(id), Hash: "hash", Name: "price.pdf", Type: "application/pdf", Size: 9, CreatedAt: h.now},
		inbox.FileOwner{Kind: string(v.Cause.Kind), ID: v.Cause.ID})
	if err != nil {
		h.Fatal(err)
	}
	return id
}

// sees lists the names that a viewer sees, in their order.
func (h *shelf) sees(v actor.Viewer, f quickreply.Filter) string {
	h.Helper()
	list, err := h.s.List(h.Context(), v, f)
	if err != nil {
		h.Fatal(err)
	}
	var names []string
	for _, r := range list {
		names = append(names, r.Name)
	}
	return strings.Join(names, " ")
}

func refusedFor(t *testing.T, err error, path, code string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || !slices.ContainsFunc(f.Fields, func(e fault.FieldError) bool { return e.Path == path && e.Code == code }) {
		t.Errorf("%v, want %s of %s", err, code, path)
	}
}

func TestQuickRepliesAreSeenByScope(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newShelf(t, db)
		all := h.save(h.key, quickreply.Reply{Shortcut: "/all", Text: "x", Scope: quickreply.All})
		team := h.save(h.tom, quickreply.Reply{Shortcut: "team", Text: "x", Scope: quickreply.Team, Team: 10})
		mine := h.save(h.tom, quickreply.Reply{Shortcut: "mine", Text: "x", Scope: quickreply.Mine})
		for who, c := range map[string]struct {
			v    actor.Viewer
			want string
		}{
			"head": {h.head, "all team"}, "tom": {h.tom, "all mine team"}, "eve": {h.eve, "all"}, "key": {h.key, "all team"},
			"nobody": {actor.Viewer{}, ""}, "own": {agentViewer(2, actor.Own, 10), "all mine team"},
		} {
			if got := h.sees(c.v, quickreply.Filter{}); got != c.want {
				t.Errorf("%s sees %q, want %q", who, got, c.want)
			}
		}
		for _, r := range []quickreply.Reply{team, mine} {
			if _, err := h.s.Get(t.Context(), h.eve, r.ID); !errors.Is(err, quickreply.ErrNone) {
				t.Errorf("eve reads %s: %v", r.Name, err)
			}
			if err := h.s.Delete(t.Context(), h.eve, r.ID); !errors.Is(err, quickreply.ErrNone) {
				t.Errorf("eve deletes %s: %v", r.Name, err)
			}
			if err := h.s.Used(t.Context(), h.eve, []quickreply.ID{r.ID, all.ID}); err != nil {
				t.Error(err)
			}
			if again, err := h.s.Get(t.Context(), h.tom, r.ID); err != nil || again.Uses != 0 {
				t.Errorf("%s was used %d times by who does not see it, %v", r.Name, again.Uses, err)
			}
		}
		h.write(func(ctx context.Context) error { return db.DeleteTeam(ctx, 10, auth.System(), time.Now()) })
		gone, err := h.s.Get(t.Context(), h.head, team.ID)
		if err != nil || !gone.TeamGone || gone.Problem() == nil {
			t.Errorf("the reply of a deleted team: %+v, %v", gone, err)
		}
		if err := h.s.Delete(t.Context(), h.head, all.ID); err != nil {
			t.Fatal(err)
		}
		if got := h.sees(h.eve, quickreply.Filter{}); got != "" {
			t.Errorf("eve still sees %q", got)
		}
	})
}

func TestQuickReplyIsRefusedWithItsField(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newShelf(t, db)
		h.save(h.head, quickreply.Reply{Shortcut: "Счёт", Text: "x", Scope: quickreply.All})
		for _, c := range []struct {
			path, code string
			v          actor.Viewer
			reply      quickreply.Reply
		}{
			{"shortcut", "taken", h.eve, quickreply.Reply{Shortcut: "/счет", Text: "x", Scope: quickreply.All}},
			{"shortcut", "format", h.eve, quickreply.Reply{Shortcut: "a b", Text: "x", Scope: quickreply.All}},
			{"name", "required", h.eve, quickreply.Reply{Text: "x", Scope: quickreply.All}},
			{"text", "required", h.eve, quickreply.Reply{Shortcut: "a", Text: " ", Scope: quickreply.All}},
			{"text", "unknown_variable", h.eve, quickreply.Reply{Shortcut: "a", Text: "{{ contact.age }}", Scope: quickreply.All}},
			{"text", "malformed", h.eve, quickreply.Reply{Shortcut: "a", Text: "{{ contact.name", Scope: quickreply.All}},
			{"scope", "choice", h.eve, quickreply.Reply{Shortcut: "a", Text: "x", Scope: "none"}},
			{"scope", "person", h.key, quickreply.Reply{Shortcut: "a", Text: "x", Scope: quickreply.Mine}},
			{"team_id", "required", h.head, quickreply.Reply{Shortcut: "a", Text: "x", Scope: quickreply.Team}},
			{"team_id", "gone", h.head, quickreply.Reply{Shortcut: "a", Text: "x", Scope: quickreply.Team, Team: 11}},
			{"team_id", "not_yours", h.eve, quickreply.Reply{Shortcut: "a", Text: "x", Scope: quickreply.Team, Team: 10}},
			{"language", "format", h.eve, quickreply.Reply{Shortcut: "a", Text: "x", Scope: quickreply.All, Language: "русский"}},
		} {
			_, err := h.s.Save(t.Context(), c.v, c.reply, nil)
			refusedFor(t, err, c.path, c.code)
		}
		// The same word may stand in another scope, twice without one, and be kept by who has it.
		h.save(h.eve, quickreply.Reply{Shortcut: "счёт", Text: "x", Scope: quickreply.Mine})
		h.save(h.tom, quickreply.Reply{Shortcut: "счёт", Text: "x", Scope: quickreply.Mine})
		h.save(h.tom, quickreply.Reply{Name: "one", Text: "x", Scope: quickreply.All})
		two := h.save(h.tom, quickreply.Reply{Name: "two", Text: "x", Scope: quickreply.All})
		two.Text = "y"
		if two = h.save(h.tom, two); two.Text != "y" {
			t.Errorf("%+v", two)
		}
	})
}

func TestQuickReplyIsFilledIn(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newShelf(t, db)
		r := h.save(h.tom, quickreply.Reply{Shortcut: "a", Scope: quickreply.All, Language: "ru",
			Text: `{{ time.greeting }}, {{ contact.first_name }} <{{ contact.email }}{{ contact.phone | default: "!" }}> {{ conversation.number }}/{{ request.number }}, {{ ask: "номер" }}. {{ agent.first_name }}, {{ team.name }}{{ lead.source }}`},
			h.upload(h.tom, 900))
		noon := time.FixedZone("east", 3*3600)
		out, err := h.s.Fill(t.Context(), h.tom, r.ID, quickreply.Occasion{Conversation: 100, Zone: noon})
		if err != nil || !slices.Equal(out.Missing, []string{"номер"}) || len(out.Files) != 0 {
			t.Fatalf("%+v, %v", out, err)
		}
		out, err = h.s.Fill(t.Context(), h.tom, r.ID, quickreply.Occasion{Conversation: 100, Zone: noon, Answers: map[string]string{"номер": "A-1"}})
		if want := "Добрый день, Anna <anna@example.com!> 128/57, A-1. Olga, Support"; err != nil || out.Text != want || len(out.Missing) != 0 {
			t.Fatalf("%q, want %q; %v", out.Text, want, err)
		}
		if !strings.Contains(out.HTML, "&lt;anna@example.com") {
			t.Errorf("HTML %s", out.HTML)
		}
		if look, err := h.s.Fill(t.Context(), h.tom, r.ID, quickreply.Occasion{Conversation: 100, Partial: true, Look: true}); err != nil || len(look.Files) != 0 || !strings.Contains(look.Text, "[[номер]]") {
			t.Errorf("a look takes %+v, %v", look, err)
		}
		// The file is the caller's own upload now, and free to be sent.
		if len(out.Files) != 1 || out.Files[0].ID == 900 {
			t.Fatalf("%+v", out.Files)
		}
		lent := inbox.FileID(out.Files[0].ID)
		if _, found, err := db.File(t.Context(), h.tom, lent); err != nil || !found {
			t.Errorf("the lent file: %v, %v", found, err)
		}
		if _, found, err := db.File(t.Context(), h.eve, lent); err != nil || found {
			t.Errorf("eve sees what was lent to tom: %v, %v", found, err)
		}
		if _, found, err := db.File(t.Context(), h.eve, 900); err != nil || !found {
			t.Errorf("the file of a reply for all: %v, %v", found, err)
		}
		if _, err := h.s.Fill(t.Context(), h.eve, r.ID, quickreply.Occasion{Conversation: 100}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("eve fills in a conversation that she does not see: %v", err)
		}
		values, language, found, err := db.ConversationValues(t.Context(), h.tom, 100)
		if err != nil || !found || language != "ru" || values[wording.ConversationSubject] != "Delivery" {
			t.Errorf("%v %q %v %v", values, language, found, err)
		}
	})
}

func TestQuickReplyKeepsItsFiles(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newShelf(t, db)
		reply := quickreply.Reply{Shortcut: "a", Text: "x", Scope: quickreply.All}
		foreign := []int64{h.upload(h.eve, 901)}
		_, err := h.s.Save(t.Context(), h.tom, reply, &foreign)
		refusedFor(t, err, "attachments", "unknown")
		if got := h.sees(h.tom, quickreply.Filter{}); got != "" {
			t.Errorf("%q was saved without its file", got)
		}
		one, two := h.upload(h.tom, 902), h.upload(h.tom, 903)
		r := h.save(h.tom, reply, two, one)
		if len(r.Files) != 2 || r.Files[0].ID != two {
			t.Fatalf("%+v", r.Files)
		}
		taken := []int64{one}
		_, err = h.s.Save(t.Context(), h.tom, quickreply.Reply{Shortcut: "b", Text: "x", Scope: quickreply.All}, &taken)
		refusedFor(t, err, "attachments", "unknown")
		// A colleague may change the reply and keep its files; what is dropped goes, the rest stays.
		r = h.save(h.eve, r, one)
		if kept, err := h.s.Save(t.Context(), h.eve, r, nil); err != nil || len(kept.Files) != 1 || kept.Files[0].ID != one {
			t.Fatalf("%+v, %v", kept, err)
		}
		if _, err := db.Housekeep(t.Context(), h.now.Add(48*time.Hour)); err != nil {
			t.Fatal(err)
		}
		for file, want := range map[int64]bool{one: true, two: false} {
			if _, found, err := db.File(t.Context(), h.tom, inbox.FileID(file)); err != nil || found != want {
				t.Errorf("file %d: %v, %v", file, found, err)
			}
		}
	})
}

func TestQuickRepliesAreOrderedByUse(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := newShelf(t, db)
		a := h.save(h.tom, quickreply.Reply{Shortcut: "a", Text: "x", Scope: quickreply.All})
		b := h.save(h.tom, quickreply.Reply{Shortcut: "b", Text: "x", Scope: quickreply.All})
		for range 3 {
			if err := h.s.Used(t.Context(), h.tom, []quickreply.ID{b.ID, b.ID, 999999}); err != nil {
				t.Fatal(err)
			}
		}
		if err := h.s.Used(t.Context(), h.eve, []quickreply.ID{a.ID}); err != nil {
			t.Fatal(err)
		}
		if err := h.s.Used(t.Context(), h.key, []quickreply.ID{a.ID}); err != nil {
			t.Fatal(err)
		}
		if tom, eve := h.sees(h.tom, quickreply.Filter{}), h.sees(h.eve, quickreply.Filter{}); tom != "b a" || eve != "a b" {
			t.Errorf("tom sees %q, eve %q", tom, eve)
		}
		b, err := h.s.Get(t.Context(), h.tom, b.ID)
		if err != nil || b.Uses != 3 || b.MyUses != 3 || !b.LastUsedAt.Equal(h.now) {
			t.Errorf("%+v, %v", b, err)
		}
		b.Text = "changed"
		if b = h.save(h.eve, b); b.Uses != 3 || b.MyUses != 0 {
			t.Errorf("a change forgets the use: %+v", b)
		}
	})
}
