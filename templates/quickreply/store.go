package quickreply

import (
	"context"
	"time"

	"parley/inbox/actor"
	"parley/templates/wording"
)

// MaxReplies is how many there may be in all, so that lists can be ordered whole.
const MaxReplies = 5000

// Store keeps quick replies. Transactions ride in the context.
type Store interface {
	// Write runs fn in one transaction; it may run several times.
	Write(ctx context.Context, fn func(ctx context.Context) error) error
	NextIDs(ctx context.Context, n int) ([]int64, error)
	// QuickReplies returns those that the viewer may see.
	QuickReplies(ctx context.Context, v actor.Viewer) ([]Reply, error)
	// QuickReply returns one of them.
	QuickReply(ctx context.Context, v actor.Viewer, id ID) (r Reply, found bool, err error)
	// PutQuickReply adds or changes one, without its files and its use. It runs inside Write.
	PutQuickReply(ctx context.Context, r *Reply) (Put, error)
	DeleteQuickReply(ctx context.Context, id ID) error
	// PutQuickFiles makes files the whole of those of a reply, in order. What it did not have before must be a
	// free upload of the viewer; ok is false where one is not. It runs inside Write.
	PutQuickFiles(ctx context.Context, v actor.Viewer, id ID, files []int64) (ok bool, err error)
	// LendQuickFiles makes uploads of the viewer from a reply's files, with given ids. It runs inside Write.
	LendQuickFiles(ctx context.Context, v actor.Viewer, files []File, ids []int64, at time.Time) error
	// UseQuickReplies counts one use of each by an agent; 0 is a key. It runs inside Write.
	UseQuickReplies(ctx context.Context, v actor.Viewer, ids []ID, at time.Time) error
	// TeamThere tells whether there is such a team.
	TeamThere(ctx context.Context, id int64) (bool, error)
	// ConversationValues returns what texts may say about a conversation, without what concerns the time and the
	// viewer, and the language of its contact; "" when it is not known.
	ConversationValues(ctx context.Context, v actor.Viewer, conversation int64) (values wording.Values, language string, found bool, err error)
}

// Put is what came of PutQuickReply.
type Put uint8

// The outcomes.
const (
	Stored Put = iota
	Taken      // another has the shortcut in the same scope
	Full       // there are MaxReplies
)
