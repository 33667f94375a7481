package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/history"
	"parley/internal/auth"
	"parley/internal/jobs"
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
		var told []string
		for _, r := range rows {
			told = append(told, r.Type)
		}
		if want := []string{"conversation.updated", "lead.updated", "lead.updated", "request.updated", "request.updated"}; err != nil || !slices.Equal(told, want) || rows[0].Was.TeamID != int64(routertest.Sales) {
			t.Errorf("pages hear %+v, %v", rows, err)
		}
	})
}

// TestALargeTeamIsLeftInBatches has a team go that has more than one transaction takes out; what is given to it by
// somebody who still saw it goes by the last look.
func TestALargeTeamIsLeftInBatches(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := routertest.New(t, db, routertest.Sales)
		w.Staff()
		var given []inbox.ConversationID
		for i := range 60 { // each with a lead and a request
			given = append(given, w.Says(fmt.Sprint("v", i), fmt.Sprint("m", i), "hello"))
		}
		w.Write(func(ctx context.Context) error {
			return db.DeleteTeam(ctx, routertest.Sales, auth.Viewer{AgentID: routertest.Jane}, w.Now())
		})
		run := func() (done int) {
			w.Write(func(ctx context.Context) error {
				done = 0
				list, err := db.ClaimJobs(ctx, jobs.Claim{Token: "t", Now: w.Now(), Until: w.Now().Add(time.Minute), Limit: 10})
				if err != nil {
					return err
				}
				for _, j := range list {
					if j.Kind != store.JobLeaveTeam {
						continue
					}
					done++
					if _, err := db.DeleteJob(ctx, j.ID, "t"); err != nil {
						return err
					}
					if err := db.LeaveTeam(ctx, j.Payload, w.Now()); err != nil {
						return err
					}
				}
				return nil
			})
			return done
		}
		if rest := len(inTeam(t, db, given)); rest == 0 {
			t.Fatal("all of it went in one transaction")
		}
		if n := run(); n != 1 {
			t.Fatalf("%d jobs go on", n)
		}
		if rest := inTeam(t, db, given); len(rest) != 0 {
			t.Errorf("of the team are still %v", rest)
		}
		if n := run(); n != 0 {
			t.Errorf("%d jobs look again at once", n)
		}
		for _, id := range given {
			if told := w.Entries(id, "team"); len(told) != 1 {
				t.Errorf("conversation %d tells it %d times", id, len(told))
			}
		}
		w.Write(func(ctx context.Context) error {
			c, _, err := db.LockConversation(ctx, actor.System(), given[0])
			if err != nil {
				return err
			}
			c.TeamID = inbox.TeamID(routertest.Sales)
			return db.Save(ctx, &inbox.Changes{Conversations: []*inbox.Conversation{c}})
		})
		w.Pass(time.Minute)
		for range 3 {
			run()
			w.Pass(time.Minute)
		}
		if rest := inTeam(t, db, given); len(rest) != 0 {
			t.Errorf("what came late is still of the team: %v", rest)
		}
		if n := run(); n != 0 {
			t.Error("it is looked for ever")
		}
	})
}

// inTeam names the conversations, leads and requests that are of Sales.
func inTeam(t *testing.T, db *store.DB, of []inbox.ConversationID) (list []string) {
	t.Helper()
	for _, id := range of {
		c, found, err := db.ConversationRow(t.Context(), actor.System(), id)
		if err != nil || !found {
			t.Fatalf("conversation %d: %v, %v", id, found, err)
		}
		l, found, err := db.Lead(t.Context(), actor.System(), c.LeadID)
		if err != nil || !found {
			t.Fatalf("lead %d: %v, %v", c.LeadID, found, err)
		}
		r, found, err := db.Request(t.Context(), actor.System(), c.RequestID)
		if err != nil || !found {
			t.Fatalf("request %d: %v, %v", c.RequestID, found, err)
		}
		for noun, team := range map[string]int64{"conversation": int64(c.TeamID), "lead": l.TeamID, "request": r.TeamID} {
			if team != 0 {
				list = append(list, fmt.Sprint(noun, " of ", id))
			}
		}
	}
	return list
}
