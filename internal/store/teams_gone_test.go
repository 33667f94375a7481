package store_test

import (
	"context"
	"testing"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/history"
	"parley/internal/auth"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router/routertest"
)

// TestADeletedTeamIsTold by whatever was given to it: who took it out, and what it was called.
func TestADeletedTeamIsTold(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := routertest.New(t, db, routertest.Sales)
		w.Staff()
		open, closed := w.Says("v1", "m1", "hello"), w.Says("v2", "m2", "hello")
		status := inbox.Closed
		jane := routertest.Viewer(routertest.Jane, "Jane")
		if _, err := w.Inbox.Patch(t.Context(), jane, closed, inbox.Patch{Status: &status}); err != nil {
			t.Fatal(err)
		}
		head, err := db.FeedHead(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		w.Write(func(ctx context.Context) error {
			return db.DeleteTeam(ctx, routertest.Sales, auth.Viewer{AgentID: routertest.Jane}, w.Now())
		})
		for id, lines := range map[inbox.ConversationID]int{open: 1, closed: 0} {
			c := w.Conversation(id)
			if c.TeamID != 0 {
				t.Errorf("conversation %d is of team %d", id, c.TeamID)
			}
			told := w.Entries(id, "team")
			if len(told) != lines {
				t.Fatalf("conversation %d tells it %d times", id, len(told))
			}
			for _, e := range told {
				if e.Data["name"] != "Sales" || e.Data["from"] == "" || e.Data["to"] != "" || e.Cause.ID != int64(routertest.Jane) {
					t.Errorf("it tells %+v", e)
				}
			}
			for noun, object := range map[history.Noun]int64{history.Lead: int64(c.LeadID), history.Request: int64(c.RequestID)} {
				page, found, err := db.HistoryOf(t.Context(), actor.System(), noun, object, "", 10)
				if err != nil || !found {
					t.Fatalf("history of %s %d: %v, %v", noun, object, found, err)
				}
				taken := 0
				for _, l := range page.Items {
					if l.Field == "team_id" && string(l.From) == string(history.ID(int64(routertest.Sales))) && string(l.To) == "null" && l.Cause.ID == int64(routertest.Jane) {
						taken++
					}
				}
				if taken != 1 {
					t.Errorf("the history of %s %d tells it %d times: %+v", noun, object, taken, page.Items)
				}
			}
		}
		rows, err := db.FeedAfter(t.Context(), head, 10)
		if err != nil || len(rows) != 1 || rows[0].Type != "conversation.updated" || rows[0].Was.TeamID != int64(routertest.Sales) {
			t.Errorf("pages hear %+v, %v", rows, err)
		}
	})
}
