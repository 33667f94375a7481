package desk_test

import (
	"context"
	"fmt"
	"testing"

	"parley/inbox/actor"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

func TestMessagesCountQuickReplies(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		c := o.talk("Anna", 0, ada, 1)
		path := fmt.Sprintf("/conversations/%d/messages", c.ID)
		o.as("ada", "POST", path, object{"text": "Order [[number]]", "quick_reply_ids": []string{"5"}}, 422)
		if len(o.used) > 0 {
			t.Errorf("what was refused is counted: %v", o.used)
		}
		o.as("ada", "POST", path, object{"text": "Order 7", "quick_reply_ids": []string{"5", "6"}}, 201)
		o.as("ada", "POST", path, object{"kind": "note", "text": "ask for [[number]]", "quick_reply_ids": []string{"6"}}, 201)
		o.as("ada", "POST", path, object{"text": "As it stands: [[number]]"}, 201)
		if got := fmt.Sprint(o.used); got != "[5 6 6]" {
			t.Errorf("counted %s", got)
		}
	})
}

// note is a desk.Used.
func (o *office) note(_ context.Context, _ actor.Viewer, ids []int64) {
	o.used = append(o.used, ids...)
}
