package desk_test

import (
	"context"
	"testing"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestHTMLIsHarmless stores what a stranger wrote as it came, and reads it through every
// operation that shows messages.
func TestHTMLIsHarmless(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		o := open(t, db)
		c := o.talk("Anna", 0, 0, 1)
		c.Seq++
		m := &inbox.Message{
			ID: inbox.MessageID(o.id()), ConversationID: c.ID, AccountID: chats, Seq: c.Seq, Direction: inbox.Inbound, Kind: inbox.KindMessage,
			Author: inbox.Author{Kind: "contact", ID: int64(c.ContactID)}, Text: "Hello", State: inbox.Received, CreatedAt: o.now, UpdatedAt: o.now,
			HTML: `<p onclick="alert(1)">Hello</p><script>alert(1)</script><img src="https://x.org/a.png"><style>body{color:red}</style>`,
		}
		ch := &inbox.Changes{}
		ch.Message(m, o.now)
		ch.Conversation(&c, actor.Cause{Kind: actor.Visitor}, o.now)
		o.write(func(ctx context.Context) error { return o.db.Save(ctx, ch) })

		const want = `<p>Hello</p><img class="parley-picture" data-parley-src="https://x.org/a.png">`
		at := path("/conversations/%d", c.ID)
		for range 2 { // the second time from memory
			list := items(o.as("ada", "GET", at+"/messages", nil, 200))
			if got := list[len(list)-1]["html"]; got != want {
				t.Errorf("the list has %v", got)
			}
		}
		found := false
		for _, item := range items(o.as("ada", "GET", at+"/timeline", nil, 200)) {
			if shown, ok := item["message"].(map[string]any); ok && shown["html"] != "" {
				found = true
				if shown["html"] != want {
					t.Errorf("the timeline has %v", shown["html"])
				}
			}
		}
		if !found {
			t.Error("the timeline has no message with HTML")
		}
	})
}
