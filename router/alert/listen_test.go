package alert_test

import (
	"testing"

	"parley/inbox"
	"parley/inbox/actor"
	"parley/router/alert"
)

// TestWhoseMessagesAreHeardOf listens to a message in somebody's conversation, by what
// caused it.
func TestWhoseMessagesAreHeardOf(t *testing.T) {
	t.Parallel()
	for kind, want := range map[actor.Kind]int{actor.Visitor: 1, actor.Import: 0, actor.Rule: 0} {
		ch := &inbox.Changes{
			Conversations: []*inbox.Conversation{{ID: 5, AssigneeID: ann}},
			NewMessages:   []*inbox.Message{{ID: 7, ConversationID: 5, Kind: inbox.KindMessage, Direction: inbox.Inbound, Cause: actor.Cause{Kind: kind}}},
		}
		if alert.Listen(ch); len(ch.FollowUps) != want {
			t.Errorf("%s: %d jobs, want %d", kind, len(ch.FollowUps), want)
		}
	}
}
