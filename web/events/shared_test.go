package events_test

import (
	"context"
	"slices"
	"strconv"
	"testing"

	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router"
	"parley/router/views"
	"parley/templates/quickreply"
	"parley/web/events"
	"parley/web/rest"
)

// TestSharedThingsAreHeardOfByWhoMayUseThem keeps a thing for oneself, gives it to a team, to
// all, and takes it away; a page that was away resumes with the same.
func TestSharedThingsAreHeardOfByWhoMayUseThem(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := open(t, db, events.Options{})
		head, err := db.FeedHead(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		owner, mate, stranger, lead := s.follow(member(1, 10)), s.follow(member(2, 10)), s.follow(member(3, 11)), s.follow(boss())
		change := func(do func(ctx context.Context) error) {
			t.Helper()
			if err := db.Write(t.Context(), do); err != nil {
				t.Fatal(err)
			}
		}
		view := views.View{ID: views.ID(s.id()), Name: "Late", Scope: router.Mine, Owner: 1, CreatedAt: s.now, UpdatedAt: s.now}
		change(func(ctx context.Context) error { return db.PutView(ctx, &view) })
		view.Scope, view.Team = router.Team, 10
		change(func(ctx context.Context) error { return db.PutView(ctx, &view) })
		macro := router.Macro{ID: router.MacroID(s.id()), Name: "Thanks", Scope: router.Team, Owner: 1, Team: 10, CreatedAt: s.now, UpdatedAt: s.now}
		change(func(ctx context.Context) error { return db.PutMacro(ctx, &macro) })
		change(func(ctx context.Context) error { _, err := db.DeleteMacro(ctx, macro.ID); return err })
		reply := quickreply.Reply{ID: quickreply.ID(s.id()), Shortcut: "hi", Name: "Hello", Text: "Hello", Scope: "all", Owner: 1, CreatedAt: s.now, UpdatedAt: s.now}
		change(func(ctx context.Context) error { _, err := db.PutQuickReply(ctx, &reply); return err })
		change(func(ctx context.Context) error { return db.DeleteQuickReply(ctx, reply.ID) })
		view.Scope, view.Team = router.All, 0
		change(func(ctx context.Context) error { return db.PutView(ctx, &view) }) // the last that happens, and for all

		team := []string{"view.updated", "macro.updated", "macro.updated", "quick-reply.updated", "quick-reply.updated", "view.updated"}
		for name, c := range map[string]struct {
			tape *tape
			want []string
		}{
			"owner":    {owner, append([]string{"hello", "view.updated", "view.updated"}, team...)},
			"mate":     {mate, append([]string{"hello"}, team...)},
			"lead":     {lead, append([]string{"hello"}, team...)},
			"stranger": {stranger, []string{"hello", "quick-reply.updated", "quick-reply.updated", "view.updated"}},
		} {
			c.tape.wait(t, "the last change", func(list []rest.Shown) bool { return len(list) >= len(c.want) })
			if got := c.tape.names(); !slices.Equal(got, c.want) {
				t.Errorf("%s heard %v, want %v", name, got, c.want)
			}
		}
		again := newTape()
		s.listen(member(3, 11), strconv.FormatInt(head, 10), again)
		again.wait(t, "what was missed", until("view.updated"))
		if got := again.names(); !slices.Equal(got, []string{"quick-reply.updated", "quick-reply.updated", "view.updated"}) {
			t.Errorf("who was away heard %v", got)
		}
	})
}
