package store_test

import (
	"strconv"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestEventsByOurOwnIDs has a network that calls messages by our ids: what is said of another chat's message is nothing.
func TestEventsByOurOwnIDs(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := enter(t, db, nil)
		id := d.deliver(says("a", "1", "hello"))[0].MessageID
		d.deliver(says("b", "2", "another"))
		text := func() bool {
			return number(t, db, `SELECT COUNT(*) FROM messages WHERE id = $1 AND text = 'hello'`, id) == 1
		}
		for name, ev := range map[string]channels.Event{
			"edit":     {Edit: &channels.Edit{MessageID: id, Text: "mine now"}},
			"delete":   {Delete: &channels.Delete{MessageID: id}},
			"reaction": {Reaction: &channels.Reaction{MessageID: id, Emoji: "👍"}},
		} {
			ev.Key, ev.Chat = channels.EventKey("b-"+name), "b"
			if o := d.deliver(ev)[0]; o.Kind != channels.OutcomeIgnored {
				t.Errorf("%s from another chat: %+v", name, o)
			}
		}
		if !text() {
			t.Error("another chat changed the text")
		}
		d.deliver(channels.Event{Key: "a-edit", Chat: "a", Edit: &channels.Edit{MessageID: id, Text: "good day"}},
			channels.Event{Key: "a-react", Chat: "a", Reaction: &channels.Reaction{MessageID: id, Emoji: "👍"}})
		if number(t, db, `SELECT COUNT(*) FROM messages WHERE id = $1 AND text = 'good day' AND reaction = '👍' AND edited_at > 0`, id) != 1 {
			t.Error("its own chat did not change it")
		}
		if o := d.deliver(channels.Event{Key: "a-delete", Chat: "a", Delete: &channels.Delete{MessageID: id}})[0]; o.Kind != channels.OutcomeDelete {
			t.Errorf("delete: %+v", o)
		}
		hold(t, db)
	})
}

// TestAmendingWithoutNetworkIDs changes what a network took without giving it an id.
func TestAmendingWithoutNetworkIDs(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		a := openAmender(t, db)
		a.sent = a.post(a.anna, "Without a nme.", "")
		_, err := a.inbox.Edit(a.t.Context(), a.anna, a.sent, inbox.Words{Text: "Without a name."})
		a.refused("a network with ids that gave none", "not_sent_yet", err)
		a.limits.OwnIDs = true
		a.edit("Without a name.")
		item := a.under(outbox.Edit)
		if want := strconv.FormatInt(int64(a.sent), 10); len(item.Act.RemoteIDs) != 1 || item.Act.RemoteIDs[0] != want {
			t.Errorf("named %v, want %s", item.Act.RemoteIDs, want)
		}
		a.done(item)
		if m := a.read(); m.Text != "Without a name." || m.EditedAt.IsZero() {
			t.Errorf("%q, edited at %v", m.Text, m.EditedAt)
		}
		waiting := a.write(a.anna, inbox.Answer{Text: "Later", SendAt: a.Now().Add(time.Hour)})
		_, err = a.inbox.React(a.t.Context(), a.anna, waiting.ID, "👍")
		a.refused("what was not sent", "not_sent_yet", err)
	})
}
