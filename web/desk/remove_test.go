package desk_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestDeletingLeadsAndRequests has them leave lists and conversations, whose timelines say so; whoever sees them no
// more, or never did, is told that there are none.
func TestDeletingLeadsAndRequests(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		c, theirs := o.talk("Anna", team, 0, 1), o.talk("Boris", 11, 0, 1)
		other := o.talk("Clara", team, 0, 1)
		o.as("tom", "PATCH", path("/conversations/%d", other.ID), object{"request_id": fmt.Sprint(int64(c.RequestID))}, 200)
		o.as("tom", "PATCH", path("/leads/%d", c.LeadID), object{"campaign": "Spring"}, 200)
		o.as("tom", "PATCH", path("/requests/%d", c.RequestID), object{"subject": "A hat"}, 200)
		head, err := db.FeedHead(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for noun, ids := range map[string][2]string{
			"lead":    {path("/leads/%d", c.LeadID), path("/leads/%d", theirs.LeadID)},
			"request": {path("/requests/%d", c.RequestID), path("/requests/%d", theirs.RequestID)},
		} {
			o.as("tom", "DELETE", ids[1], nil, 404)
			o.as("olga", "DELETE", ids[0], nil, 404)
			o.as("ada", "GET", ids[1], nil, 200)
			o.as("tom", "DELETE", ids[0], nil, 204)
			o.as("tom", "DELETE", ids[0], nil, 404)
			o.as("tom", "GET", ids[0], nil, 404)
			o.as("tom", "PATCH", ids[0], object{"owner_id": "2"}, 404)
			timeline := string(o.raw("tom", "GET", path("/conversations/%d/timeline", c.ID), nil, 200))
			if !strings.Contains(timeline, `"type":"`+noun+`","cause":{"kind":"agent","id":"2","name":"Tom"},"message":null,"data":{"deleted":true`) {
				t.Errorf("the timeline says nothing of the %s that is gone: %s", noun, timeline)
			}
		}
		for _, id := range []inbox.ConversationID{c.ID, other.ID} {
			got := o.as("tom", "GET", path("/conversations/%d", id), nil, 200)
			if got["request_id"] != nil || id == c.ID && got["lead_id"] != nil {
				t.Errorf("the conversation is still linked: %v, %v", got["lead_id"], got["request_id"])
			}
		}
		if got := o.raw("tom", "GET", path("/conversations/%d/timeline", other.ID), nil, 200); !strings.Contains(string(got), `"deleted":true`) {
			t.Errorf("the other conversation of the request says nothing: %s", got)
		}
		if got := o.as("ada", "GET", path("/conversations/%d", theirs.ID), nil, 200); got["lead_id"] == nil || got["request_id"] == nil {
			t.Errorf("a stranger's are gone too: %v", got)
		}
		rows, err := db.FeedAfter(t.Context(), head, 50)
		told := map[string]inbox.Fed{}
		for _, r := range rows {
			told[r.Type] = r
		}
		for typ, id := range map[string]int64{"lead.deleted": int64(c.LeadID), "request.deleted": int64(c.RequestID)} {
			if r := told[typ]; err != nil || r.ObjectID != id || r.Was != (actor.Sight{AccountID: int64(chats), TeamID: int64(team)}) || r.ConversationID != c.ID {
				t.Errorf("pages hear %s of %+v, %v", typ, r, err)
			}
		}
		// Who had a lead is known, and may get another one.
		o.as("tom", "POST", "/leads", object{"conversation_id": fmt.Sprint(int64(c.ID))}, 201)
		// Nothing is left of what was there before the lead went.
		if err := db.Write(t.Context(), func(ctx context.Context) error {
			l, err := db.LinkedLead(ctx, c.LeadID)
			if l != nil {
				t.Error("the lead is still stored")
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	})
}
