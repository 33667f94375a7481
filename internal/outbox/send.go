package outbox

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"parley/channels"
)

// launch starts the attempt of a claimed item, or puts it back when its chat must rest
// or nobody is left to send it.
func (d *Dispatcher) launch(ctx context.Context, l *line, item *Item) {
	now := d.now()
	d.mu.Lock()
	defer d.mu.Unlock()
	a := d.accounts[item.AccountID]
	if a == nil || a.adapter == nil || d.stopping() {
		l.add(Settlement{*item, Verdict{Outcome: Postponed, NotBefore: now}})
		return
	}
	limits := a.adapter.Limits()
	if wait := a.wait(item.Out.Chat, limits.PerChat, now); wait > 0 {
		l.add(Settlement{*item, Verdict{Outcome: Postponed, NotBefore: now.Add(wait)}})
		return
	}
	a.take(item.Out.Chat, limits, now)
	d.flying++
	f := &flight{d: d, line: l, account: a, adapter: a.adapter, limits: limits, item: *item, begun: now}
	go f.run(ctx)
}

// flight is one attempt.
type flight struct {
	d       *Dispatcher
	line    *line
	account *account
	adapter channels.Adapter
	limits  channels.Limits
	item    Item
	begun   time.Time
}

// run makes the attempt and hands over its verdict. A Send that overruns its deadline
// is taken for uncertain at once, so that a hanging network keeps nobody else's slot;
// what it says in the end still settles the message, by its token.
func (f *flight) run(ctx context.Context) {
	limit := timeout(f.limits)
	if f.d.now().Add(limit).After(f.item.Until) {
		f.postpone() // the claim is too old: it could expire, and be sent again, under the attempt
		return
	}
	if fence, held := f.d.o.Lease(f.item.AccountID); !held || fence != f.item.Fence {
		f.postpone() // the account was lost since the claim, as when the program was frozen
		return
	}
	overdue := time.AfterFunc(limit+overtimeGrace, f.overdue)
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	sent, err := f.send(ctx)
	sent, err = f.find(ctx, sent, err)
	inTime := overdue.Stop()
	now := f.d.now()
	v := judge(&f.item, sent, err, f.item.repeatable(f.limits), now, jitter())
	f.heed(err, now)
	f.landed(inTime)
	f.report(v, err, now)
	f.line.add(Settlement{f.item, v})
}

// postpone puts the item back untried. Where its claim has ended meanwhile, that changes
// nothing.
func (f *flight) postpone() {
	f.landed(true)
	f.line.add(Settlement{f.item, Verdict{Outcome: Postponed, NotBefore: f.d.now()}})
}

// send calls the adapter. A panic leaves the outcome unknown.
func (f *flight) send(ctx context.Context) (sent channels.Sent, err error) {
	defer func() {
		if r := recover(); r != nil {
			f.d.o.Log.Error("adapter panicked", "account_id", int64(f.item.AccountID), "message_id", f.item.Out.MessageID, "deed", string(f.item.Act.Deed), "stack", string(debug.Stack()))
			err = &channels.Error{Kind: channels.Uncertain, Code: CodePanic, Text: phrases[CodePanic].EN, Err: fmt.Errorf("panic of type %T", r)}
		}
	}()
	return do(ctx, f.adapter, &f.item)
}

// overdue settles an attempt that has not returned, and frees its slot. The account's
// own count keeps it, so that a hanging adapter gathers no endless crowd.
func (f *flight) overdue() {
	now := f.d.now()
	err := &channels.Error{Kind: channels.Uncertain, Code: CodeTimeout, Text: phrases[CodeTimeout].EN}
	v := judge(&f.item, channels.Sent{}, err, f.item.repeatable(f.limits), now, jitter())
	f.d.mu.Lock()
	f.d.landed()
	f.d.mu.Unlock()
	f.report(v, err, now)
	f.line.add(Settlement{f.item, v})
}

func (f *flight) landed(inTime bool) {
	f.d.mu.Lock()
	defer f.d.mu.Unlock()
	f.account.flying--
	if inTime {
		f.d.landed()
	}
}

// heed lets the account learn from the outcome.
func (f *flight) heed(err error, now time.Time) {
	e := channels.AsError(err)
	f.d.mu.Lock()
	current := f.account.adapter == f.adapter
	var troubled, mended bool
	if current {
		troubled, mended = f.account.heed(f.item.Out.Chat, e, now, jitter())
	}
	f.d.mu.Unlock()
	if troubled || mended {
		f.d.o.Sending(f.item.AccountID, e)
	}
}

func (f *flight) report(v Verdict, err error, now time.Time) {
	f.d.o.Observe(f.item.AccountID, v.Outcome, now.Sub(f.begun))
	if err == nil {
		return
	}
	f.d.o.Log.Warn("attempt did not go through", "account_id", int64(f.item.AccountID), "conversation_id", f.item.ConversationID,
		"message_id", f.item.Out.MessageID, "deed", string(f.item.Act.Deed), "attempt", f.item.Out.Attempt, "outcome", v.Outcome.String(), "code", v.Code, "network_says", said(err))
}

// said is the name that a network has for why it refused, "" where it gave none. Nothing else of an error's cause is
// fit for a log: it may quote people.
func said(err error) string {
	var name channels.Said
	errors.As(err, &name)
	return string(name)
}
