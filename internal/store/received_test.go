package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/fault"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// received makes n events of an account with ids from first on, every third of them
// quarantined.
func received(account channels.AccountID, first int64, n int) []inbox.ReceivedEvent {
	var list []inbox.ReceivedEvent
	for i := range int64(n) {
		ev := inbox.ReceivedEvent{
			ID: first + i, AccountID: account, Key: channels.EventKey(fmt.Sprint("k", first+i)), At: time.UnixMicro(1_700_000_000_000_000 + i).UTC(),
			Outcome: channels.OutcomeMessage, MessageID: inbox.MessageID(i + 1), ConversationID: 9,
		}
		if i%3 == 2 {
			ev.Outcome, ev.MessageID, ev.ConversationID = channels.OutcomeQuarantined, 0, 0
			ev.Raw, ev.Error = strings.Repeat("ж", 3000), "not understood"
		}
		list = append(list, ev)
	}
	return list
}

func TestReceived(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		save(t, db, &inbox.Changes{Received: append(received(7, 100, 10), received(8, 200, 3)...)})
		ctx := t.Context()
		var ids []int64
		for cursor, pages := "", 0; ; pages++ {
			items, next, err := db.Received(ctx, everyone(), 7, cursor, 4)
			if err != nil || pages > 5 {
				t.Fatalf("page %d: %v", pages, err)
			}
			for _, ev := range items {
				ids = append(ids, ev.ID)
				if ev.AccountID != 7 || ev.Raw != "" || ev.At.IsZero() || ev.Key == "" {
					t.Errorf("event = %+v", ev)
				}
			}
			if cursor = next; cursor == "" {
				break
			}
		}
		if fmt.Sprint(ids) != "[109 108 107 106 105 104 103 102 101 100]" {
			t.Errorf("ids = %v", ids)
		}
		for _, cursor := range []string{"x", "-1", "0", "1; DROP"} {
			if _, _, err := db.Received(ctx, everyone(), 7, cursor, 4); fault.KindOf(err) != fault.Invalid {
				t.Errorf("cursor %q: %v", cursor, err)
			}
		}
	})
}

func TestQuarantine(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		save(t, db, &inbox.Changes{Received: append(received(7, 100, 9), received(8, 200, 3)...)})
		ctx := t.Context()
		items, next, err := db.Quarantine(ctx, everyone(), "", 3)
		if err != nil || len(items) != 3 || items[0].ID != 202 || items[1].ID != 108 || next != "105" {
			t.Fatalf("page = %d items, next %q, %v", len(items), next, err)
		}
		if items[0].Error != "not understood" || len([]rune(items[0].Raw)) != 2000 {
			t.Errorf("shows %d characters with the error %q", len([]rune(items[0].Raw)), items[0].Error)
		}
		rest, next, err := db.Quarantine(ctx, everyone(), next, 3)
		if err != nil || len(rest) != 1 || rest[0].ID != 102 || next != "" {
			t.Errorf("rest = %d items, next %q, %v", len(rest), next, err)
		}
		for name, want := range map[string]struct {
			viewer actor.Viewer
			sizes  string
		}{
			"everyone": {everyone(), "map[7:3 8:1]"},
			"channel":  {actor.Viewer{AgentID: 2, Scope: actor.All, Accounts: []int64{8}}, "map[8:1]"},
			"own":      {actor.Viewer{AgentID: 2, Scope: actor.Own}, "map[]"},
		} {
			if sizes, err := db.QuarantineSizes(ctx, want.viewer); err != nil || fmt.Sprint(sizes) != want.sizes {
				t.Errorf("%s: %v %v", name, sizes, err)
			}
		}
		whole, found, err := db.Quarantined(ctx, everyone(), 108)
		if err != nil || !found || len([]rune(whole.Raw)) != 3000 {
			t.Errorf("found %v with %d bytes, %v", found, len(whole.Raw), err)
		}
		if _, found, err := db.Quarantined(ctx, everyone(), 100); err != nil || found {
			t.Errorf("a message is found in quarantine, %v", err)
		}
	})
}

func TestReceivedIsForThoseWhoSeeAll(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		save(t, db, &inbox.Changes{Received: append(received(7, 100, 3), received(8, 200, 3)...)})
		ctx := t.Context()
		for name, v := range map[string]actor.Viewer{
			"nobody":       {},
			"team":         {AgentID: 2, Scope: actor.Team, Teams: []int64{1}},
			"own":          {AgentID: 2, Scope: actor.Own},
			"other events": {AgentID: 2, Scope: actor.All, Accounts: []int64{8}},
		} {
			if items, _, err := db.Received(ctx, v, 7, "", 10); err != nil || len(items) != 0 {
				t.Errorf("%s: sees %d events, %v", name, len(items), err)
			}
			if _, found, err := db.Quarantined(ctx, v, 102); err != nil || found {
				t.Errorf("%s: sees into the quarantine, %v", name, err)
			}
		}
		items, _, err := db.Quarantine(ctx, actor.Viewer{AgentID: 2, Scope: actor.All, Accounts: []int64{8}}, "", 10)
		if err != nil || len(items) != 1 || items[0].AccountID != 8 {
			t.Errorf("the quarantine of one's own channel: %+v, %v", items, err)
		}
	})
}
