package outbox

import (
	"context"
	"time"

	"parley/channels"
)

// Source is where items to send are kept. Times are the dispatcher's clock. The
// methods may be called concurrently; Claim is not called concurrently by one
// dispatcher.
type Source interface {
	// Claim takes due items, at most Want.Limit of each account, and commits them as
	// being sent until the lease ends. Of a conversation it takes one item at most, in
	// its order, and none while another is being sent or an earlier one is queued;
	// an uncertain one blocks nothing. Each claim has a token of its own.
	Claim(ctx context.Context, now time.Time, wants []Want) ([]Item, error)
	// Settle records verdicts in one transaction. One whose token is not the item's
	// any more changes nothing. Calling it again with the same list is harmless.
	Settle(ctx context.Context, now time.Time, list []Settlement) error
	// Expire settles claims of any node whose lease has run out: as uncertain, or as
	// queued where Want.SafeResend said so. It returns how many there were.
	Expire(ctx context.Context, now time.Time) (int, error)
	// Next tells when there is something to do again without anybody calling Wake:
	// due is when the first queued item of the accounts comes due after now, lapse is
	// when the first lease of any account ends. Zero means never.
	Next(ctx context.Context, now time.Time, accounts []channels.AccountID) (due, lapse time.Time, err error)
}

// Want asks for items of one account.
type Want struct {
	AccountID channels.AccountID
	Limit     int
	// Until is when the lease of what is claimed ends.
	Until time.Time
	// Fence is the lease under which this node runs the account. Where it is not 0 and
	// the account's lease has another one by now, nothing is claimed.
	Fence channels.Fence
	// SafeResend lets an expired claim be queued again; see channels.Limits.
	SafeResend bool
}

// Item is one claimed attempt.
type Item struct {
	ID             int64 // within its source
	AccountID      channels.AccountID
	ConversationID int64     // 0 where there is none
	Token          string    // of this attempt
	Since          time.Time // the first attempt since it was queued
	Until          time.Time // the end of the claim
	Fence          channels.Fence
	Act            Act
	Out            channels.Outgoing
}

// Settlement is the verdict on one attempt.
type Settlement struct {
	Item    Item
	Verdict Verdict
}
