package vk

import (
	"context"
	"encoding/json"
	"time"

	"parley/channels"
)

// stream is the one stream of an account. Both ways of receiving share it, so that a change of the
// way misses nothing.
const stream = "updates"

// cursor is how far an account has come.
type cursor struct {
	// TS is the number of the last event that was committed, as Long Poll counts; "" = none.
	TS string `json:"ts,omitempty"`
	// Group is whose cursor it is: each community counts its own events. 0 = the account's.
	Group int64 `json:"group,omitempty"`
	// Since is a time, in Unix seconds, before which every message has been committed.
	Since int64 `json:"since"`
}

// loadCursor reads the committed cursor; known is false before there is one for this community, as
// when an account was given another's number. A new account begins with now: what was written while
// it was being connected lies within the overlap of clocks.
func (a *Account) loadCursor(ctx context.Context, in channels.Inbound) (c cursor, known bool, failed *channels.Error) {
	text, err := in.Cursor(ctx, stream)
	if err != nil {
		return cursor{}, false, notStored(err)
	}
	if text == "" || json.Unmarshal([]byte(text), &c) != nil || c.Since <= 0 || c.Group != 0 && c.Group != a.settings.group {
		return cursor{Group: a.settings.group, Since: a.now() + int64((overlap-connecting)/time.Second)}, false, nil
	}
	return c, true, nil
}

// commit delivers events and moves the cursor in the step that commits the last of them.
func commit(ctx context.Context, in channels.Inbound, events []channels.Event, c cursor) *channels.Error {
	for len(events) > channels.MaxBatch {
		if _, err := in.Deliver(ctx, channels.Batch{Events: events[:channels.MaxBatch]}); err != nil {
			return notStored(err)
		}
		events = events[channels.MaxBatch:]
	}
	if _, err := in.Deliver(ctx, channels.Batch{Events: events, Stream: stream, Cursor: jsonText(c)}); err != nil {
		return notStored(err)
	}
	return nil
}

func (a *Account) now() int64 { return a.env.Now().Unix() }

// pauseFor waits, or ends with the context.
func pauseFor(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
