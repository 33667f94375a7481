package events_test

import (
	"fmt"
	"slices"
	"testing"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/web/events"
	"parley/web/rest"
)

// hasMoved waits for the notice, whatever comes after it.
func hasMoved(heard []rest.Shown) bool {
	return slices.ContainsFunc(heard, func(e rest.Shown) bool { return e.Name == inbox.MessagesMoved })
}

// TestMessagesThatMoved are told of once by the conversation that they came to, to whoever sees that one, also who comes
// back later.
func TestMessagesThatMoved(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		s := open(t, db, events.Options{})
		key := boss()
		key.Auth.Key, key.Auth.Scopes = 7, auth.Scopes{"events:read", "conversations:read"}
		program, ten, eleven := s.follow(key), s.follow(member(1, 10)), s.follow(member(2, 11))
		c := s.conversation(10)
		s.save(&inbox.Changes{Feed: []inbox.Notice{{
			At: s.now, Type: inbox.MessagesMoved, ObjectID: int64(c.ID), ConversationID: c.ID, Cause: actor.Cause{Kind: actor.Agent, ID: 1},
		}}})
		s.conversation(0)
		program.wait(t, "the move", hasMoved)
		heard := ten.wait(t, "the move", hasMoved)
		eleven.wait(t, "the conversation of all", func(heard []rest.Shown) bool { return len(heard) > 1 })
		at := slices.IndexFunc(heard, func(e rest.Shown) bool { return e.Name == inbox.MessagesMoved })
		body := read(t, heard[at].Data)
		if object, _ := body["object"].(map[string]any); body["conversation_id"] != fmt.Sprint(c.ID) || object["id"] != fmt.Sprint(c.ID) {
			t.Errorf("told %s", heard[at].Data)
		}
		if hasMoved(eleven.all()) {
			t.Error("who does not see the conversation is told")
		}
		again := newTape()
		s.listen(member(1, 10), heard[at-1].ID, again)
		again.wait(t, "the move, having been away", hasMoved)
	})
}
