package store_test

import (
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/internal/outbox"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestAnyPartOfAnAlbumIsTheMessage has a contact's album come in parts and speak of the later one,
// in the same batch and in others, and of the later part of one of ours.
func TestAnyPartOfAnAlbumIsTheMessage(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		part := func(key string) channels.Event {
			ev := says("v1", key, "")
			ev.Message.Album, ev.Message.Media = "a1", []channels.Media{{Ref: key, Kind: channels.MediaPhoto}}
			return ev
		}
		speaks := func(key string, fill func(*channels.Event)) channels.Event {
			ev := says("v1", key, "")
			ev.Message = nil
			fill(&ev)
			return ev
		}
		last := func() inbox.Message {
			page, err := d.inbox.Messages(t.Context(), d.anna, d.conv, inbox.MessageFilter{Last: true})
			if err != nil || len(page.Items) == 0 {
				t.Fatalf("read messages: %v", err)
			}
			return page.Items[len(page.Items)-1]
		}
		// An edit that comes before its part waits for it.
		d.deliver(speaks("early", func(ev *channels.Event) { ev.Edit = &channels.Edit{RemoteID: "r-p3", Text: "Three lamps"} }))
		d.deliver(part("p1"), part("p2"), speaks("r", func(ev *channels.Event) { ev.Reaction = &channels.Reaction{RemoteID: "r-p2", Emoji: "👍"} }))
		album := last()
		if len(album.Media) != 2 || album.Reaction != "👍" {
			t.Fatalf("album %+v", album)
		}
		d.deliver(part("p3"))
		if m := last(); m.ID != album.ID || len(m.Media) != 3 || m.Text != "Three lamps" {
			t.Errorf("after a part that had been edited: %+v", m)
		}
		d.deliver(speaks("edit", func(ev *channels.Event) { ev.Edit = &channels.Edit{RemoteID: "r-p2", Text: "Two lamps"} }))
		if m := last(); m.ID != album.ID || m.Text != "Two lamps" {
			t.Errorf("edited by its second part: %+v", m)
		}
		reply := says("v1", "answer", "These")
		reply.Message.ReplyTo = "r-p3"
		d.deliver(reply)
		if m := last(); m.ReplyTo != album.ID {
			t.Errorf("a reply to the third part: %+v", m)
		}
		d.deliver(speaks("gone", func(ev *channels.Event) { ev.Delete = &channels.Delete{RemoteID: "r-p3"} }))
		if m, err := d.inbox.Message(t.Context(), d.anna, album.ID); err != nil || m.DeletedAt.IsZero() {
			t.Errorf("deleted by its third part: %+v %v", m, err)
		}

		ours := d.write(d.anna, inbox.Answer{Text: "Look"})
		items, err := db.Outbox().Claim(t.Context(), d.Now(), []outbox.Want{{AccountID: d.row(d.anna).AccountID, Limit: 10, Until: d.Now().Add(time.Minute)}})
		if err != nil || len(items) != 1 {
			t.Fatalf("claimed %d items, error %v", len(items), err)
		}
		verdict := outbox.Verdict{Outcome: outbox.Sent, RemoteID: "o1", Parts: []string{"o2", "o3"}}
		for range 2 { // a verdict that is settled again changes nothing
			if err := db.Outbox().Settle(t.Context(), d.Now(), []outbox.Settlement{{Item: items[0], Verdict: verdict}}); err != nil {
				t.Fatal(err)
			}
		}
		about := says("v1", "about", "The third one")
		about.Message.ReplyTo = "o3"
		d.deliver(about)
		if m := last(); m.ReplyTo != ours.ID {
			t.Errorf("a reply to the third part of ours: %+v", m)
		}
		// The network repeats what we sent through it, each part by itself.
		before := last().ID
		d.deliver(echo("v1", "echo", "o2"))
		if m := last(); m.ID != before {
			t.Errorf("a part of ours became a message: %+v", m)
		}
	})
}
