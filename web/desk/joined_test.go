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

// twice begins a second conversation of somebody's on another channel, with two messages.
func (o *office) twice(c inbox.Conversation) inbox.Conversation {
	o.t.Helper()
	again := o.talk(fmt.Sprint("again ", c.Number), team, 0, 2)
	o.write(func(ctx context.Context) error {
		c2, _, err := o.db.LockConversation(ctx, actor.System(), again.ID)
		if err != nil {
			return err
		}
		c2.ContactID, c2.IdentityID = c.ContactID, c.IdentityID
		return o.db.Save(ctx, &inbox.Changes{Conversations: []*inbox.Conversation{c2}})
	})
	return again
}

func TestConversationsMerge(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		first, hidden, stranger := o.talk("Anna", team, 0, 3), o.talk("Boris", 11, 0, 1), o.talk("Clara", team, 0, 1)
		second := o.twice(first)
		at, other := path("/conversations/%d", first.ID), path("/conversations/%d", second.ID)
		was, keptWas := o.as("tom", "GET", other, nil, 200), o.as("tom", "GET", at, nil, 200)
		for what, id := range map[string]inbox.ConversationID{"hidden": hidden.ID, "itself": first.ID, "with somebody else": stranger.ID} {
			if got := o.as("tom", "POST", at+"/merge", object{"conversation_id": fmt.Sprint(id)}, 422); !strings.Contains(fmt.Sprint(got["errors"]), "conversation_id") {
				t.Errorf("%s: %v", what, got)
			}
		}
		o.as("olga", "POST", at+"/merge", object{"conversation_id": fmt.Sprint(second.ID)}, 404)
		merge := o.as("tom", "POST", at+"/merge", object{"conversation_id": fmt.Sprint(second.ID)}, 200)["merge_id"]
		if got := o.as("tom", "GET", other, nil, 200); got["merged_into"] != fmt.Sprint(first.ID) || got["status"] != "closed" || got["seq"] != float64(2) {
			t.Errorf("the merged one is %v", got)
		}
		if got := o.as("tom", "GET", at, nil, 200); got["seq"] != float64(3) || got["status"] != "open" || got["unanswered"] != true {
			t.Errorf("the survivor is %v", got)
		}
		joined := string(o.raw("tom", "GET", at+"/joined", nil, 200))
		if !strings.HasPrefix(joined, `{"items":[`) {
			t.Errorf("joined are no list: %s", joined)
		}
		if !strings.Contains(joined, fmt.Sprintf(`"id":"%d"`, second.ID)) || !strings.Contains(joined, `"messages":2`) || !strings.Contains(joined, fmt.Sprintf(`"merge_id":"%v"`, merge)) {
			t.Errorf("joined are %s", joined)
		}
		said := 0
		for cursor := ""; ; {
			page := o.as("tom", "GET", at+"/timeline?limit=2&cursor="+cursor, nil, 200)
			for _, e := range items(page) {
				if e["type"] == "message" {
					said++
				}
			}
			if cursor = page["next"].(string); cursor == "" {
				break
			}
		}
		if said != 5 {
			t.Errorf("the timeline joins %d messages, want 5", said)
		}
		if got := o.as("tom", "POST", other+"/messages", object{"kind": "reply", "text": "hi"}, 409); got["code"] != "conversation_merged" {
			t.Errorf("answered there: %v", got)
		}
		o.as("olga", "POST", "/conversations/unmerge", object{"merge_id": merge}, 404)
		o.as("tom", "POST", "/conversations/unmerge", object{"merge_id": merge}, 200)
		for at, want := range map[string]object{other: was, at: keptWas} {
			got := o.as("tom", "GET", at, nil, 200)
			delete(got, "updated_at")
			delete(want, "updated_at")
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s is %v, was %v", at, got, want)
			}
		}
		if got := o.as("tom", "POST", "/conversations/unmerge", object{"merge_id": merge}, 409); got["code"] != "merge_undone" {
			t.Errorf("twice: %v", got)
		}
	})
}
