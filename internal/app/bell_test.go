package app_test

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"parley/inbox"
	"parley/internal/auth"
	"parley/internal/secret"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router"
)

// TestDeadlinesRingWhoMaySee has a team told of a deadline in which one sees everything and
// one only what is their own.
func TestDeadlinesRingWhoMaySee(t *testing.T) {
	t.Parallel()
	storetest.EachPlace(t, func(t *testing.T, place store.Options) {
		n := boot(t, place, secret.NewKey())
		chat, visitor := n.chat(map[string]any{"name": "Olga"})
		n.must(http.MethodPost, chat+"/messages", visitor, map[string]any{"client_id": uuid(1), "text": "Is it green?"}, nil)
		conversation, err := strconv.ParseInt(n.list("/api/v1/conversations")[0].ID, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		tell := func(about router.Telling) (heard int) {
			t.Helper()
			err := n.app.Store.Write(t.Context(), func(ctx context.Context) (err error) {
				about.Conversation, about.Number, about.About, about.At = inbox.ConversationID(conversation), 1, "breach", time.Now()
				heard, err = n.app.TellOfDeadline(ctx, about)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return heard
		}
		err = n.app.Store.Write(t.Context(), func(ctx context.Context) error {
			if err := n.app.Store.InsertTeam(ctx, auth.Team{ID: 900, Name: "Night", CreatedAt: time.Now()}); err != nil {
				return err
			}
			for id, reach := range map[auth.AgentID]auth.Reach{901: auth.ReachAll, 902: auth.ReachOwn} {
				a := auth.Agent{ID: id, Email: fmt.Sprint(id, "@example.com"), Name: "x", Role: auth.RoleAgent, Presence: auth.Online, CreatedAt: time.Now(),
					TeamIDs: []auth.TeamID{900}, Access: auth.Access{Conversations: reach}}
				if err := n.app.Store.InsertAgent(ctx, a); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if heard := tell(router.Telling{Team: 900, Key: "clock:1"}); heard != 1 {
			t.Errorf("%d of the team were told, want only who sees it", heard)
		}
		for who, want := range map[inbox.AgentID]int{901: 1, 902: 0, 999: 0} {
			if heard := tell(router.Telling{Agent: who, Key: "clock:2"}); heard != want {
				t.Errorf("agent %d was told %d times, want %d", who, heard, want)
			}
		}
	})
}
