package store_test

import (
	"errors"
	"slices"
	"testing"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/inbox/pipeline"
	"parley/internal/store"
	"parley/internal/store/storetest"
)

// TestLinks says that conversations belong together, to those who see both.
func TestLinks(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		other := inbox.ConversationID(d.deliver(says("v2", "k9", "me too"))[0].ConversationID)
		for range 2 { // the second time changes nothing
			if err := d.inbox.Link(t.Context(), d.anna, other, d.conv); err != nil {
				t.Fatal(err)
			}
		}
		for one, want := range map[inbox.ConversationID]inbox.ConversationID{d.conv: other, other: d.conv} {
			list, err := d.inbox.Links(t.Context(), d.anna, one)
			if err != nil || len(list) != 1 || list[0].ID != want || list[0].Number == 0 || list[0].Status != inbox.Open {
				t.Errorf("%d has %+v, %v", one, list, err)
			}
		}
		if n := number(t, db, `SELECT COUNT(*) FROM timeline WHERE type = 'link'`); n != 2 {
			t.Errorf("%d lines", n)
		}
		team := inbox.TeamID(20)
		if _, err := d.inbox.Patch(t.Context(), d.anna, other, inbox.Patch{Team: &team}); err != nil {
			t.Fatal(err)
		}
		if list, err := d.inbox.Links(t.Context(), d.anna, d.conv); err != nil || len(list) != 0 {
			t.Errorf("what one may not see: %+v, %v", list, err)
		}
		for name, err := range map[string]error{
			"a hidden one":  d.inbox.Link(t.Context(), d.anna, d.conv, other),
			"itself":        d.inbox.Link(t.Context(), d.anna, d.conv, d.conv),
			"from a hidden": d.inbox.Unlink(t.Context(), d.anna, other, d.conv),
		} {
			if err == nil {
				t.Errorf("%s went", name)
			}
		}
		all := actor.Viewer{AgentID: 1, Scope: actor.All, Cause: d.anna.Cause}
		if err := d.inbox.Unlink(t.Context(), all, d.conv, other); err != nil {
			t.Fatal(err)
		}
		if err := d.inbox.Unlink(t.Context(), all, d.conv, other); !errors.Is(err, inbox.ErrNoLink) {
			t.Errorf("once more: %v", err)
		}
		hold(t, db)
	})
}

// TestConversationsOfARequest links a conversation to a request and takes it back.
func TestConversationsOfARequest(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		other := inbox.ConversationID(d.deliver(says("v2", "k9", "me too"))[0].ConversationID)
		was, about := d.row(d.anna).RequestID, pipeline.RequestID(0)
		if row, err := d.inbox.Get(t.Context(), d.anna, other); err != nil || row.RequestID == was {
			t.Fatalf("%+v, %v", row, err)
		} else {
			about = row.RequestID
		}
		if row := d.patch(d.anna, inbox.Patch{Request: &about}); row.RequestID != about {
			t.Errorf("%+v", row)
		}
		if got := d.listed(d.anna, inbox.Filter{Request: about}); !slices.Equal(got, []inbox.ConversationID{other, d.conv}) {
			t.Errorf("it has %v", got)
		}
		none := pipeline.RequestID(0)
		if row := d.patch(d.anna, inbox.Patch{Request: &none}); row.RequestID != 0 {
			t.Errorf("%+v", row)
		}
		unknown := pipeline.RequestID(999999)
		if _, err := d.inbox.Patch(t.Context(), d.anna, d.conv, inbox.Patch{Request: &unknown}); err == nil {
			t.Error("one that there is none of")
		}
		d.patch(d.anna, inbox.Patch{Request: &was})
		if n := number(t, db, `SELECT COUNT(*) FROM timeline WHERE type = 'request' AND cause_kind = 'agent'`); n != 3 {
			t.Errorf("%d lines", n)
		}
		hold(t, db)
	})
}

// TestTransferWithANote gives a conversation away with a word to whoever gets it.
func TestTransferWithANote(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := openDesk(t, db)
		to, team := inbox.AgentID(2), inbox.TeamID(20)
		row := d.patch(d.anna, inbox.Patch{Assignee: &to, Team: &team, Note: " She is waiting since Monday "})
		if row.AssigneeID != to || row.TeamID != team || row.Seq != 2 || !row.Unanswered {
			t.Errorf("%+v", row)
		}
		page, err := d.inbox.Messages(t.Context(), d.boris, d.conv, inbox.MessageFilter{Last: true})
		if last := page.Items[len(page.Items)-1]; err != nil || last.Kind != inbox.KindNote || last.Text != "She is waiting since Monday" || last.Author.ID != 1 {
			t.Errorf("%+v, %v", last, err)
		}
		hold(t, db)
	})
}
